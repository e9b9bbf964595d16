"""Where pure code meets the outside: one module for each use."""
