"""The Handbook's rules as pure functions: facts and law in, findings out."""
