"""The append-only evidence store: receipts, versions, cursors, quarantine and decisions, on SQLite or PostgreSQL."""
