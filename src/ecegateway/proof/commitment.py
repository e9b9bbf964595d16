"""What stands in the log for a row of the store: a commitment to its content, never the content.

The row is written as RFC 8785 JSON, its bytes as hexadecimal, and committed to by SHA-256 over a salt of its own, of fixed
length, and that text (decision 12). While salt and row are there, anybody can compute the commitment again; once both are
erased, it says nothing of what the row held, and the tree above it still stands. A text that is kept elsewhere under its own
digest is committed to by that digest.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson

from ecegateway.proof.tree import leaf_hash

SALT_BYTES = 16
COMMITMENT_BYTES = 32

RowId = int | str
"""What names a row within its table: its number, or the hexadecimal digest by which a body is kept."""


def commitment(salt: bytes, row: Mapping[str, Any]) -> bytes:
    """The commitment to a row: texts, whole numbers and ``None`` by the names of their columns, bytes as hexadecimal."""
    return sha256(salt + orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).digest()


def entry(table: str, row: RowId, committed: bytes) -> bytes:
    """The log's entry for a row: RFC 8785 JSON of which row of which table it is, and the commitment to it."""
    named = row if isinstance(row, int) else f'"{row}"'
    return f'{{"commitment":"{committed.hex()}","row":{named},"table":"{table}"}}'.encode()


def leaf_of(table: str, row: RowId, committed: bytes) -> bytes:
    """The leaf of a row's entry."""
    return leaf_hash(entry(table, row, committed))
