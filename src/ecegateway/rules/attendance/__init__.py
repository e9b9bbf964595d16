"""Rules about daily attendance: Handbook 6-3, criteria 7, 8 and 9, and what a record must at least say."""
