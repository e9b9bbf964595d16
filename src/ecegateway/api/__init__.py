"""The JSON interface a vendor's product may call: claims, findings, returns, events and student numbers."""
