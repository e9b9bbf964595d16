"""The Merkle tree of RFC 9162: its hashes, and a tree that grows leaf by leaf while only its right edge is kept.

Source: RFC 9162 section 2.1.1 (definition of the Merkle tree), with SHA-256.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""

BLOCK = 1024
"""Leaves of a whole subtree whose hash is kept, so that a proof need not read every leaf. A power of two."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry, in a domain of its own."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the hash of each whole subtree, the largest first.

    ``peaks`` of a tree of ``size`` leaves are as many as ``size`` has ones in binary.
    """

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(peaks)}")
        self.size = size
        self.peaks = list(peaks)

    def add(self, leaves: Iterable[bytes]) -> list[bytes]:
        """Grow by leaves; gives the hashes of the blocks of :data:`BLOCK` leaves that they complete."""
        peaks, size, blocks = self.peaks, self.size, []
        for leaf in leaves:
            size += 1
            node, width = leaf, 1
            while not size & width:
                node = sha256(b"\x01" + peaks.pop() + node).digest()
                width <<= 1
                if width == BLOCK:
                    blocks.append(node)
            peaks.append(node)
        self.size = size
        return blocks

    def root(self) -> bytes:
        """The root of the tree so far."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over all leaves of a tree."""
    tree = Frontier()
    tree.add(leaves)
    return tree.root()
