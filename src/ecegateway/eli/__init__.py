"""What the Ministry is told, event by event: from facts to entities, and from entities to what has to be said of them.

Pure: no input or output, no clock. ELI-shaped, from public evidence, not Ministry-approved.
"""
