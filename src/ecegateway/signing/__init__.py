"""Keys, and what is signed with them: notes, checkpoints, files and the change of a key. Pure but for the keys' folder."""
