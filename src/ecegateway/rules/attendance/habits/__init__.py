"""What the stays of some days show together, worked out once for all rules that look for patterns in them."""
