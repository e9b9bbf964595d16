"""The inspection pack: all that an officer needs of a service and period, as values, tables, pages, and one manifest."""
