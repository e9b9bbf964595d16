"""The store's schema, step by step; run by ``open_evidence(url, create=True)``."""
