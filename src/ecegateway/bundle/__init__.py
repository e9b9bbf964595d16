"""Signed bundles: a return with all it was made from, so that it can be made again from the bundle alone."""
