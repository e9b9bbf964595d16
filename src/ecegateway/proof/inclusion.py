"""Proof that one leaf lies in a tree.

Source: RFC 9162 sections 2.1.3.1 (generating) and 2.1.3.2 (verifying an inclusion proof).
"""

from collections.abc import Callable, Sequence

from ecegateway.proof.tree import HASH_BYTES, node_hash

Subtree = Callable[[int, int], bytes]
"""The hash over the leaves from the first index up to, and without, the second."""


def split(size: int) -> int:
    """The largest power of two below ``size``: where a tree of more than one leaf divides."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The hashes beside the way from leaf ``index`` up to the root of the first ``size`` leaves, lowest first.

    Raises:
        ValueError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    first, after, beside = 0, size, []
    while after - first > 1:
        middle = first + split(after - first)
        if index < middle:
            beside.append(subtree(middle, after))
            after = middle
        else:
            beside.append(subtree(first, middle))
            first = middle
    return tuple(reversed(beside))


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that ``leaf`` is leaf ``index`` of the tree of ``size`` leaves under ``root``."""
    if not 0 <= index < size or len(leaf) != HASH_BYTES:
        return False
    position, last, node = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            node = node_hash(beside, node)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            node = node_hash(node, beside)
        position, last = position >> 1, last >> 1
    return last == 0 and node == root
