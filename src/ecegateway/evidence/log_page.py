"""A page of the log as it lies in the store: which rows, their commitments, salts and leaves, and the tree's edge after it.

Rows stored together have numbers in a row, so a page names them as runs: table, first number, how many.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import orjson

from ecegateway.proof.commitment import COMMITMENT_BYTES, SALT_BYTES, RowId
from ecegateway.proof.tree import HASH_BYTES

LogRow = tuple[str, RowId]
"""A row of the store: its table, and what names it there."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page: ``first`` is the place of its first leaf in the tree; the rest run side by side, but ``peaks``."""

    first: int
    rows: tuple[LogRow, ...]
    commitments: tuple[bytes, ...]
    salts: tuple[bytes, ...]
    leaves: tuple[bytes, ...]
    peaks: tuple[bytes, ...]

    @property
    def after(self) -> int:
        """The size of the tree with this page."""
        return self.first + len(self.rows)

    def columns(self) -> dict[str, Any]:
        """The page as its row in the store."""
        return {
            "first": self.first,
            "count": len(self.rows),
            "runs": orjson.dumps(list(_runs(self.rows))).decode(),
            "commitments": b"".join(self.commitments),
            "salts": b"".join(self.salts),
            "leaves": b"".join(self.leaves),
            "peaks": b"".join(self.peaks),
        }


def read_page(row: Mapping[str, Any]) -> LogPage:
    """The page of a row in the store.

    Raises:
        ValueError: the row is no page: its parts have different lengths, or its runs cannot be read.
    """
    rows = tuple(chain.from_iterable(map(_rows, _read_runs(row["runs"]))))
    page = LogPage(
        row["first"],
        rows,
        _cut(row["commitments"], COMMITMENT_BYTES),
        _cut(row["salts"], SALT_BYTES),
        _cut(row["leaves"], HASH_BYTES),
        peaks_of(row["peaks"]),
    )
    parts = {row["count"], *map(len, (page.rows, page.commitments, page.salts, page.leaves))}
    if len(parts) != 1 or not rows:
        raise ValueError("its parts have different lengths")
    return page


def peaks_of(column: bytes) -> tuple[bytes, ...]:
    """The tree's edge as a page keeps it."""
    return _cut(column, HASH_BYTES)


def _cut(column: bytes, width: int) -> tuple[bytes, ...]:
    if not isinstance(column, bytes) or len(column) % width:
        raise ValueError(f"a column does not hold pieces of {width} bytes")
    return tuple(column[at : at + width] for at in range(0, len(column), width))


def _runs(rows: Sequence[LogRow]) -> Iterator[tuple[str, RowId, int]]:
    table, first, count = *rows[0], 1
    for following, number in rows[1:]:
        if following == table and isinstance(first, int) and number == first + count:
            count += 1
        else:
            yield table, first, count
            table, first, count = following, number, 1
    yield table, first, count


def _read_runs(text: str) -> Iterable[tuple[str, RowId, int]]:
    for run in orjson.loads(text):
        match run:
            case [str(), int(), int()] | [str(), str(), 1]:
                yield run
            case _:
                raise ValueError("its runs cannot be read")


def _rows(run: tuple[str, RowId, int]) -> Iterator[LogRow]:
    table, first, count = run
    return ((table, first + n) for n in range(count)) if isinstance(first, int) else iter([(table, first)])
