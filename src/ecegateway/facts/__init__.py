"""What was true of a service and its children, folded from evidence as known at a moment."""
