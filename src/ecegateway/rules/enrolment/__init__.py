"""Rules about enrolment records (Handbook 6-1)."""
