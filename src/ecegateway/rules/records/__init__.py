"""Rules about the records themselves: alterations, disappearances and signatures (Handbook 6-3, criteria 1 and 5)."""
