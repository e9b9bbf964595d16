"""Rows as the log commits to them: what a table's columns hold, alike on both engines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnClause, Connection, CursorResult, RowMapping, Select, Table, select
from sqlalchemy.exc import DBAPIError

from ecegateway.evidence import schema
from ecegateway.evidence.bulk import VersionRow
from ecegateway.evidence.columns import instant_text
from ecegateway.proof.commitment import RowId

Stored = Mapping[str, str | int | None]
"""A row by the names of its columns, bytes as hexadecimal, days and instants as the texts that are stored."""

LOGGED = MappingProxyType({str(table.name): table for table in schema.METADATA.sorted_tables if table not in schema.OF_THE_LOG})
"""The tables whose rows the log commits to, by name: a table before those that refer to it."""

_AT_ONCE = 1000
_TEXT: Mapping[type, Callable[[Any], str]] = MappingProxyType({bytes: bytes.hex, datetime: instant_text, date: date.isoformat})
"""How a value that is neither text nor number is written. By its very type: looked up once for each value of each row."""
_ASKED_AT_ONCE = 500
"""Keys asked for in one statement."""


def key_of(table: Table) -> str:
    """The column that names a row of a table."""
    (column,) = table.primary_key
    return str(column.name)


def committed_columns(table: Table) -> tuple[str, ...]:
    """The columns the log commits to; what is kept under its own digest is committed to by that digest."""
    return tuple(str(column.name) for column in table.columns if schema.BY_DIGEST not in column.info)


COMMITTED = MappingProxyType({name: committed_columns(table) for name, table in LOGGED.items()})
"""The columns the log commits to, by table."""


def stored(table: str, row: Mapping[Any, Any]) -> Stored:
    """A row as it is about to be written, or as it was read; what it leaves out is nothing."""
    found = {}
    for column in COMMITTED[table]:
        value = row.get(column)
        made = _TEXT.get(type(value))
        found[column] = value if made is None else made(value)
    return found


def stored_version(row: VersionRow) -> Stored:
    """As :func:`stored` for a row of ``record_version`` about to be written; there are many of them."""
    seq, series, key, version, state, _, digest, receipt = row
    return {
        "seq": seq,
        "series_id": series,
        "key": key,
        "version": version,
        "state": state,
        "digest": digest.hex(),
        "receipt_id": receipt,
    }


def row_id(table: Table, row: Mapping[Any, Any]) -> RowId:
    """What names a row within its table."""
    found: RowId | bytes = row[key_of(table)]
    return found.hex() if isinstance(found, bytes) else found


def plain(table: Table) -> Select[Any]:
    """All columns of a table as the engine gives them, without our types."""
    columns: list[ColumnClause[Any]] = [sqlalchemy.column(column.name) for column in table.columns]
    return select(*columns).select_from(sqlalchemy.table(table.name, *columns))


def each_row(connection: Connection, table: Table) -> Iterator[tuple[Any, RowMapping | None]]:
    """Every row of a table by its key, asked for one by one; ``None`` for one that the engine cannot read."""
    key: ColumnClause[Any] = sqlalchemy.column(key_of(table))
    named = select(key).select_from(sqlalchemy.table(table.name)).order_by(key)
    for row in connection.scalars(named).all():
        yield row, read_row(connection, table, row)


def read_row(connection: Connection, table: Table, row: Any) -> RowMapping | None:
    """One row; ``None`` where there is none, or the engine cannot read it."""
    try:
        return connection.execute(plain(table).where(sqlalchemy.column(key_of(table)) == row)).mappings().one_or_none()
    except DBAPIError:
        return None


def every_row(connection: Connection, table: Table) -> Iterator[RowMapping]:
    """Every row of a table by its key, some at a time."""
    asked = plain(table).order_by(sqlalchemy.column(key_of(table)))
    with connection.execute(asked, execution_options={"yield_per": _AT_ONCE}) as found:
        yield from found.mappings()


def named_rows(connection: Connection, table: Table, named: Sequence[RowId]) -> Iterator[Mapping[str, Any]]:
    """The rows of a table that these name, as far as they are there, in any order."""
    key: ColumnClause[Any] = sqlalchemy.column(key_of(table))
    numbers = [row for row in named if isinstance(row, int)]
    if numbers and len(numbers) == len(named) == max(numbers) - min(numbers) + 1:
        yield from _dicts(connection.execute(plain(table).where(key.between(min(numbers), max(numbers)))))
        return
    values = list(map(key_value, named))
    for at in range(0, len(values), _ASKED_AT_ONCE):
        yield from _dicts(connection.execute(plain(table).where(key.in_(values[at : at + _ASKED_AT_ONCE]))))


def _dicts(found: CursorResult[Any]) -> Iterator[Mapping[str, Any]]:
    """Rows as plain dicts: every column of every row is looked up, and these are the quickest to ask."""
    columns = tuple(found.keys())
    return (dict(zip(columns, row, strict=True)) for row in found)


def key_value(row: RowId) -> int | bytes:
    """What names a row, as its column holds it."""
    try:
        return row if isinstance(row, int) else bytes.fromhex(row)
    except ValueError:
        return b""
