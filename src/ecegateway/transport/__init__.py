"""How the host asks on a source's behalf: over HTTP or from a drop folder, with every guard in one place."""
