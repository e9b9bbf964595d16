"""Whether a parent has regularly examined and confirmed the attendance record (Handbook 6-3)."""
