"""Proof that evidence has not changed: a Merkle tree over commitments to rows. Pure; needs no store."""
