"""How long records are kept, and which may go. Pure."""
