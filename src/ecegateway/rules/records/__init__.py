"""Rules about what was said of the records after they were made: disputes, and changes after a confirmation (Handbook 6-3)."""
