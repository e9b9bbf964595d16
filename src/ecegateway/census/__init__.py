"""The annual ECE Return before it is written: what records show for it, and what is wrong with its answers. Pure."""
