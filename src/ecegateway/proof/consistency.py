"""Proof that a tree is the beginning of a larger one: nothing that was in it has changed.

Source: RFC 9162 sections 2.1.4.1 (generating) and 2.1.4.2 (verifying a consistency proof).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ecegateway.proof.inclusion import Subtree, split
from ecegateway.proof.tree import node_hash


@dataclass(frozen=True, slots=True)
class OtherSize:
    """The same log at another size: its leaves, their root, and the hashes that show one tree to begin the other."""

    size: int
    root: bytes
    path: tuple[bytes, ...]


def is_of_one_log(other: OtherSize, size: int, root: bytes) -> bool:
    """Whether the tree of ``size`` leaves under ``root`` begins the other one, or the other one begins it."""
    if other.size <= size:
        return consistent(other.size, size, other.path, other.root, root)
    return consistent(size, other.size, other.path, root, other.root)


def consistency_proof(earlier: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The hashes that show the tree of the first ``earlier`` leaves inside the tree of the first ``size``.

    Raises:
        ValueError: ``earlier`` is no size between nothing and ``size``.
    """
    if not 0 < earlier <= size:
        raise ValueError(f"a tree of {size} leaves has no beginning of {earlier}")
    first, after, whole, proof = 0, size, True, []
    while earlier < after:
        middle = first + split(after - first)
        if earlier <= middle:
            proof.append(subtree(middle, after))
            after = middle
        else:
            proof.append(subtree(first, middle))
            first, whole = middle, False
    if not whole:
        proof.append(subtree(first, after))
    return tuple(reversed(proof))


def consistent(earlier: int, size: int, proof: Sequence[bytes], earlier_root: bytes, root: bytes) -> bool:
    """Whether a proof shows that the tree of ``earlier`` leaves is the beginning of the tree of ``size``."""
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and earlier_root == root
    path = list(proof)
    if earlier & (earlier - 1) == 0:
        path.insert(0, earlier_root)
    if not path:
        return False
    position, last = earlier - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    small = large = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            small, large = node_hash(beside, small), node_hash(beside, large)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            large = node_hash(large, beside)
        position, last = position >> 1, last >> 1
    return last == 0 and small == earlier_root and large == root
