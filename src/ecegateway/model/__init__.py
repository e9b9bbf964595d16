"""Values without I/O: the canonical records, periods, findings and claims."""
