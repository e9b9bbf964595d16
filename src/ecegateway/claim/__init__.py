"""The funded hour: facts and findings in, a claim out. Pure."""
