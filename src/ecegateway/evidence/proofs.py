"""Proves rows of the store: each with its salt, its entry in the log, and the way up to the root of a given size.

The log keeps a hash over each whole block of leaves, so a proof reads the leaves of one block and the hashes of the others.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from ecegateway.errors import IntegrityError
from ecegateway.evidence import schema
from ecegateway.evidence.log_page import LogRow
from ecegateway.evidence.rows import LOGGED, named_rows, row_id, stored
from ecegateway.proof.commitment import SALT_BYTES, RowId, commitment, entry
from ecegateway.proof.consistency import OtherSize, consistency_proof
from ecegateway.proof.inclusion import inclusion_proof, split
from ecegateway.proof.record import RecordProof
from ecegateway.proof.tree import BLOCK, HASH_BYTES, leaf_hash, node_hash


def places_of(connection: Connection, rows: Iterable[LogRow]) -> dict[LogRow, int]:
    """Where rows stand in the log: the index of each one's leaf. Reads what every page names, and no hash.

    Raises:
        IntegrityError: the log knows nothing of a row.
    """
    wanted = _by_table(rows)
    columns = schema.LOG_PAGE.c
    places: dict[LogRow, int] = {}
    for first, runs in connection.execute(select(columns.first, columns.runs).order_by(columns.first)):
        index = first
        for table, start, count in orjson.loads(runs):
            places |= {(table, row): index + offset for row, offset in _within(wanted[table], start, count)}
            index += count
    for table, asked in wanted.items():
        if (missing := next((row for row in asked if (table, row) not in places), None)) is not None:
            raise _broken(table, missing, "the log knows nothing of it")
    return places


def _by_table(rows: Iterable[LogRow]) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, set[RowId]] = defaultdict(set)
    for table, row in rows:
        found[table].add(row)
    return defaultdict(list, {table: sorted(asked, key=str if table == "body" else None) for table, asked in found.items()})


def _within(asked: Sequence[Any], start: RowId, count: int) -> Iterator[tuple[RowId, int]]:
    """Which of the rows asked about, ascending, lie in a run, each with its place in it."""
    at = bisect_left(asked, start)
    while at < len(asked) and (asked[at] == start if isinstance(start, str) else asked[at] < start + count):
        yield asked[at], 0 if isinstance(start, str) else asked[at] - start
        at += 1


def prove(connection: Connection, places: Mapping[LogRow, int], size: int) -> Iterator[RecordProof]:
    """The proof of each row in the tree of ``size`` leaves, in the order of the log.

    Raises:
        IntegrityError: a row is not what the log committed to, or the tree of that size does not hold it.
    """
    held = _held(connection, places)
    tree, salts = _Tree(connection, size), _Salts(connection)
    for (table, row), index in sorted(places.items(), key=lambda placed: placed[1]):
        if index >= size:
            raise _broken(table, row, f"it came after the {size} leaves that were signed")
        found = held.get((table, row))
        if found is None:
            raise _broken(table, row, "it was stored, and is not there")
        columns, salt = stored(table, found), salts.of(index)
        written = entry(table, row, commitment(salt, columns))
        if leaf_hash(written) != tree.leaf(index):
            raise _broken(table, row, "it is not what the log committed to")
        path = inclusion_proof(index, size, tree.subtree)
        yield RecordProof(table, row, columns, _content(table, found), salt, written, index, path)


def prove_sizes(connection: Connection, size: int, others: Iterable[int]) -> Iterator[OtherSize]:
    """Each other size of the log with its root as the leaves make it, and the proof that it is of one log with ``size``.

    Raises:
        IntegrityError: the log lacks a leaf or a block.
    """
    wanted = sorted(set(others))
    tree = _Tree(connection, max([size, *wanted]))
    for other in wanted:
        path = consistency_proof(min(size, other), max(size, other), tree.subtree)
        yield OtherSize(other, tree.subtree(0, other), path)


def _held(connection: Connection, rows: Iterable[LogRow]) -> dict[LogRow, Mapping[Any, Any]]:
    return {
        (table, row_id(LOGGED[table], found)): found
        for table, asked in _by_table(rows).items()
        for found in named_rows(connection, LOGGED[table], asked)
    }


def _content(table: str, row: Mapping[Any, Any]) -> str | None:
    return row["content"] if table == schema.RECORD_VERSION.name else None


def _broken(table: str, row: RowId, why: str) -> IntegrityError:
    return IntegrityError(f"{table} {row}: {why}; run `ecegateway verify` to see what else was changed")


class _Salts:
    """Salts by the index of their leaf; the page read last is kept, for rows stored together lie together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._first, self._salts = 0, b""

    def of(self, index: int) -> bytes:
        at = (index - self._first) * SALT_BYTES
        if not 0 <= at < len(self._salts):
            columns = schema.LOG_PAGE.c
            asked = select(columns.first, columns.salts).where(columns.first <= index).order_by(columns.first.desc()).limit(1)
            self._first, self._salts = self._connection.execute(asked).one()
            at = (index - self._first) * SALT_BYTES
        return self._salts[at : at + SALT_BYTES]


class _Tree:
    """The tree of the first ``size`` leaves. Above whole blocks every hash met is kept, below only those of one block."""

    def __init__(self, connection: Connection, size: int) -> None:
        self._connection = connection
        self._size = size
        self._above: dict[tuple[int, int], bytes] = {}
        self._below: dict[tuple[int, int], bytes] = {}
        self._block = -1
        numbers = schema.LOG_BLOCK.c
        kept = connection.execute(select(numbers.number, numbers.hash))
        self._blocks: dict[int, bytes] = {row.number: row.hash for row in kept}

    def leaf(self, index: int) -> bytes:
        """A leaf as the log keeps it."""
        return self._inside(index, index + 1)

    def subtree(self, first: int, after: int) -> bytes:
        """The hash over leaves ``first`` to ``after``, the latter not among them."""
        if first % BLOCK:
            return self._inside(first, after)
        found = self._above.get((first, after))
        if found is None:
            found = self._above[first, after] = self._made(first, after)
        return found

    def _made(self, first: int, after: int) -> bytes:
        if after - first < BLOCK:
            return self._inside(first, after)
        if after - first == BLOCK:
            if first // BLOCK not in self._blocks:
                raise _broken("log_block", first // BLOCK, "it was stored, and is not there")
            return self._blocks[first // BLOCK]
        middle = first + split(after - first)
        return node_hash(self.subtree(first, middle), self.subtree(middle, after))

    def _inside(self, first: int, after: int) -> bytes:
        if first // BLOCK != self._block:
            self._open(first // BLOCK)
        found = self._below.get((first, after))
        if found is None:
            if after - first == 1:
                raise _broken("leaf", first, "it was written into the log, and is not there")
            middle = first + split(after - first)
            found = self._below[first, after] = node_hash(self._inside(first, middle), self._inside(middle, after))
        return found

    def _open(self, block: int) -> None:
        first, after = block * BLOCK, min((block + 1) * BLOCK, self._size)
        columns = schema.LOG_PAGE.c
        before = select(func.max(columns.first)).where(columns.first <= first).scalar_subquery()
        pages = self._connection.execute(
            select(columns.first, columns.leaves).where(columns.first >= before, columns.first < after).order_by(columns.first)
        )
        self._below = {}
        for start, leaves in pages:
            for index in range(max(first, start), min(after, start + len(leaves) // HASH_BYTES)):
                at = (index - start) * HASH_BYTES
                self._below[index, index + 1] = leaves[at : at + HASH_BYTES]
        self._block = block
