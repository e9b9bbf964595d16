"""Compares rows with what the log committed to when they were stored."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from ecegateway.evidence import schema
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.evidence.erasing import erased_rows
from ecegateway.evidence.log_page import LogPage, LogRow
from ecegateway.evidence.rows import LOGGED, each_row, every_row, key_value, named_rows, read_row, row_id, stored
from ecegateway.proof.commitment import RowId, commitment, leaf_of

_TEXTS = frozenset({schema.RECORD_VERSION.name, schema.ELI_EVENT.name, schema.NSN_STEP.name})
_BYTES = frozenset({schema.BODY.name, schema.DOCUMENT.name})
"""Tables whose content the log commits to by its digest: as a text, or compressed."""


class RowAudit:
    """One walk over the log beside the rows of the store. ``erased`` counts rows whose content was erased after its time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._series = {number: row for number, row in each_row(connection, schema.SERIES) if row is not None}
        self._unreadable: set[LogRow] = set()
        self._erased = erased_rows(connection)
        self.erased = 0
        self._logged: defaultdict[str, _Named] = defaultdict(_Named)

    def compare(self, page: LogPage) -> Iterator[tuple[bytes, Damage | None]]:
        """For each leaf of a page, the leaf that stood there when it was written as far as can be told, and what is wrong."""
        rows = self._rows(page.rows)
        for named, committed, salt, leaf in zip(page.rows, page.commitments, page.salts, page.leaves, strict=True):
            self._logged[named[0]].add(named[1])
            yield self._compared(named, rows.get(named), committed, salt, leaf)

    def _compared(
        self, named: LogRow, row: Mapping[Any, Any] | None, committed: bytes, salt: bytes, leaf: bytes
    ) -> tuple[bytes, Damage | None]:
        derived = leaf_of(*named, committed)
        if row is None:
            return leaf, self._missing(named)
        if (named[0], str(named[1])) in self._erased:
            self.erased += 1
            return leaf, self._erased_fault(named, row) if leaf == derived else self._other_leaf(named, row)
        made = commitment(salt, stored(named[0], row))
        if made == committed and derived == leaf:
            wrong = _content_fault(named[0], row)
            return leaf, Damage(Harm.EDITED, self._where(named, row), wrong) if wrong else None
        if made == committed:
            return derived, self._other_leaf(named, row)
        if derived != leaf and leaf_of(*named, made) == leaf:
            return leaf, Damage(Harm.LOG, self._where(named, row), "its commitment in the log is not the one written")
        return leaf, Damage(Harm.EDITED, self._where(named, row), "it is not what the log committed to when it was stored")

    def _erased_fault(self, named: LogRow, row: Mapping[Any, Any]) -> Damage | None:
        """What is wrong with an erased row whose leaf is the one written: nothing of its content may be left."""
        said = "it is said to be erased, and holds something"
        return Damage(Harm.EDITED, self._where(named, row), said) if row["content"] else None

    def _other_leaf(self, named: LogRow, row: Mapping[Any, Any]) -> Damage:
        return Damage(Harm.LOG, self._where(named, row), "its leaf in the log is not the one written")

    def _missing(self, named: LogRow) -> Damage:
        if named in self._unreadable:
            return Damage(Harm.UNREADABLE, self._where(named, None), "the engine cannot read it")
        if named[0] in LOGGED:
            return Damage(Harm.REMOVED, self._where(named, None), "it was stored, and is not there")
        return Damage(Harm.LOG, self._where(named, None), "the log names a table there is not")

    def _rows(self, named: Iterable[LogRow]) -> dict[LogRow, Mapping[Any, Any]]:
        by_table: defaultdict[str, list[RowId]] = defaultdict(list)
        for name, row in named:
            by_table[name].append(row)
        found: dict[LogRow, Mapping[Any, Any]] = {}
        for name, asked in by_table.items():
            if (table := LOGGED.get(name)) is not None:
                found |= {(name, row_id(table, row)): row for row in self._read(table, asked)}
        return found

    def _read(self, table: Table, asked: Sequence[RowId]) -> Sequence[Mapping[Any, Any]]:
        try:
            return list(named_rows(self._connection, table, asked))
        except DBAPIError:
            found = {row: read_row(self._connection, table, key_value(row)) for row in asked}
            self._unreadable |= {(table.name, row) for row, read in found.items() if read is None}
            return [read for read in found.values() if read is not None]

    def added(self) -> Iterator[Damage]:
        """After the walk: rows that no leaf speaks of."""
        for name, table in LOGGED.items():
            count = self._connection.scalar(select(func.count()).select_from(table)) or 0
            if count <= self._logged[name].count:
                continue
            for row in every_row(self._connection, table):
                if (named := row_id(table, row)) not in self._logged[name]:
                    yield Damage(Harm.ADDED, self._where((name, named), row), "the log knows nothing of it")

    def _where(self, named: LogRow, row: Mapping[Any, Any] | None) -> str:
        """A row by its table and key; a version of a record by its evidence id too."""
        place = f"{named[0]} {named[1]}"
        series = self._series.get(row["series_id"]) if row is not None and named[0] == schema.RECORD_VERSION.name else None
        if row is None or series is None:
            return place
        return f"{place} ({series['source']}/{series['service']}/{series['stream']}/{row['key']}@{row['version']})"


def _content_fault(table: str, row: Mapping[Any, Any]) -> str | None:
    """What is wrong with content that is committed to by its digest."""
    if table in _TEXTS:
        content = row["content"]
        sound = isinstance(content, str) and (sha256(content.encode()).digest() if content else b"") == row["digest"]
        return None if sound else "its content is not the one its digest names"
    if table in _BYTES:
        return None if _body_is_sound(row) else "its bytes are not the ones its digest names"
    return None


def _body_is_sound(row: Mapping[Any, Any]) -> bool:
    try:
        body = zlib.decompress(row["content"])
    except (zlib.error, TypeError):
        return False
    return (len(body), sha256(body).digest()) == (row["size"], row["digest"])


class _Named:
    """Keys of rows, those in a row as one range, so that millions take no room."""

    def __init__(self) -> None:
        self.count = 0
        self._ranges: list[list[int]] = []
        self._texts: set[str] = set()

    def add(self, row: RowId) -> None:
        self.count += 1
        if isinstance(row, str):
            self._texts.add(row)
        elif self._ranges and self._ranges[-1][1] == row:
            self._ranges[-1][1] = row + 1
        else:
            self._ranges.append([row, row + 1])

    def __contains__(self, row: RowId) -> bool:
        if isinstance(row, str):
            return row in self._texts
        return any(first <= row < after for first, after in self._ranges)
