"""Writes the log: a leaf for every row stored, in pages, inside the transaction that stores the rows.

A page holds what up to some thousand rows committed to, and the right edge of the tree after it, so that the next page goes on
where it ends. Nothing in it tells what a row holds.
"""

import os
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select
from sqlalchemy import insert as insert_into

from ecegateway.evidence import schema
from ecegateway.evidence.log_page import LogPage, peaks_of
from ecegateway.evidence.rows import Stored
from ecegateway.proof.commitment import SALT_BYTES, RowId, commitment, leaf_of
from ecegateway.proof.tree import BLOCK, Frontier

_ROWS_A_PAGE = 4096
"""A transaction of more rows writes several pages, so that memory stays flat."""


_SALTS_AT_ONCE = 256


class Log:
    """The log inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[tuple[str, RowId]] = []
        self._salts: list[bytes] = []
        self._commitments: list[bytes] = []
        self._tree: Frontier | None = None

    def add(self, table: str, rows: Iterable[tuple[RowId, Stored]]) -> None:
        """Commit to rows of a table, each with what names it and what it holds."""
        salts = _salts()
        for (row, stored), salt in zip(rows, salts, strict=False):
            self._rows.append((table, row))
            self._salts.append(salt)
            self._commitments.append(commitment(salt, stored))
            if len(self._rows) == _ROWS_A_PAGE:
                self.flush()

    def flush(self) -> None:
        """Write what was committed to since the last page."""
        if not self._rows:
            return
        tree = self._tree = self._tree or edge(self._connection)
        first = tree.size
        leaves = [leaf_of(table, row, made) for (table, row), made in zip(self._rows, self._commitments, strict=True)]
        blocks = tree.add(leaves)
        page = LogPage(first, tuple(self._rows), tuple(self._commitments), tuple(self._salts), tuple(leaves), tuple(tree.peaks))
        self._connection.execute(insert_into(schema.LOG_PAGE), [page.columns()])
        self._keep_blocks(first // BLOCK, blocks)
        self._rows, self._salts, self._commitments = [], [], []

    def _keep_blocks(self, first: int, blocks: Sequence[bytes]) -> None:
        if blocks:
            rows = [{"number": number, "hash": found} for number, found in enumerate(blocks, first)]
            self._connection.execute(insert_into(schema.LOG_BLOCK), rows)


def _salts() -> Iterator[bytes]:
    """Salts without end, by chance; asking the system for each would take as long as committing to a row."""
    while True:
        many = os.urandom(SALT_BYTES * _SALTS_AT_ONCE)
        yield from (many[at : at + SALT_BYTES] for at in range(0, len(many), SALT_BYTES))


def edge(connection: Connection) -> Frontier:
    """The tree as the newest page left it."""
    columns = schema.LOG_PAGE.c
    newest = connection.execute(
        select(columns.first, columns.count, columns.peaks).order_by(columns.first.desc()).limit(1)
    ).one_or_none()
    return Frontier() if newest is None else Frontier(newest.first + newest.count, peaks_of(newest.peaks))
