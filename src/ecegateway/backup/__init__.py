"""What a backup is: a folder with a packed store, what is said of it, and who signed that."""
