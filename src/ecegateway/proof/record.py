"""Proof that a row was stored as it is shown: the row, its salt, its entry in the log, and the way from there up to the root.

Whoever trusts a checkpoint needs nothing else: the row and its salt give the commitment, the commitment gives the entry, the
entry's hash is a leaf, and the hashes beside the way lead from the leaf to the root that was signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from ecegateway.proof.commitment import RowId, commitment, entry
from ecegateway.proof.inclusion import included
from ecegateway.proof.tree import leaf_hash

Column = str | int | None
"""What a column of a committed row holds: bytes as hexadecimal, instants and days as texts."""


@dataclass(frozen=True, slots=True)
class RecordProof:
    """A row and its proof.

    ``columns`` is what the log commits to. ``content`` is a text that is committed to by its digest, which stands in
    the column ``digest``; ``None`` where the row has no such text. ``entry`` is the log's, at ``index`` of the tree; ``path``
    are the hashes beside its way up, lowest first.
    """

    table: str
    row: RowId
    columns: Mapping[str, Column]
    content: str | None
    salt: bytes
    entry: bytes
    index: int
    path: tuple[bytes, ...]


def record_fault(proof: RecordProof, size: int, root: bytes) -> str | None:
    """What is wrong with a proof under the root of a tree of ``size`` leaves; ``None`` if it holds."""
    if proof.content is not None and not _is_named(proof.content, proof.columns.get("digest")):
        return "its content is not the one its digest names"
    if entry(proof.table, proof.row, commitment(proof.salt, proof.columns)) != proof.entry:
        return "its columns and salt do not give the entry of the log"
    if not included(leaf_hash(proof.entry), proof.index, size, proof.path, root):
        return "its entry is not in the log that was signed"
    return None


def _is_named(content: str, digest: Column) -> bool:
    """Whether a text has that digest; a record that is gone has neither."""
    return digest == (sha256(content.encode(errors="surrogatepass")).hexdigest() if content else "")
