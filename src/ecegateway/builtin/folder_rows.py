"""Rows of canonical CSV and JSON Lines files to drafts, each faulty row refused by itself."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ecegateway.builtin.folder_cells import FormError
from ecegateway.builtin.folder_columns import Column, columns_of
from ecegateway.contract import Draft, Refusal
from ecegateway.errors import IntakeError
from ecegateway.model.ids import ServiceNumber
from ecegateway.reading import PoisonedObject, read_csv, read_json

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SERVICE = "service"
_KEY = "key"
_JSON_KINDS = {str: "string", bool: "true or false", int: "number", list: "array"}


class RowsRead(NamedTuple):
    """What a slice of a file gave, in order, and the columns or fields that nobody reads."""

    items: Sequence[Draft | Refusal]
    unread: frozenset[str]


class _FaultyError(Exception):
    def __init__(self, column: str | None, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def read_csv_rows(stream: str, body: bytes, first_row: int, service: ServiceNumber) -> RowsRead:
    """Read a slice of a CSV file: the header, then rows of which the first has the number ``first_row``.

    Raises:
        IntakeError: not CSV in UTF-8, or a column is missing that no record can be without.
    """
    header, rows = read_csv(body)
    columns = [column for column in columns_of(stream) if column.name in header]
    for column in columns_of(stream):
        if column.needed and column.name not in (_SERVICE, *header):
            raise IntakeError(f"the file has no column {column.name!r}, which every {stream} needs; add it")
    items: list[Draft | Refusal] = []
    for number, row in enumerate(rows, start=first_row):
        try:
            items.append(Draft(stream, _of_cells(columns, row, service), number))
        except _FaultyError as fault:
            # A row that is not of the header's width has no cell to trust, its key among them.
            items.append(Refusal(number, fault.column, fault.reason, (row or {}).get(_KEY) or None))
    # A spreadsheet numbers the header as line 1.
    return RowsRead(_each_key_once(items, lines_before=1), frozenset(header) - {column.name for column in columns})


def read_line_rows(stream: str, body: bytes, first_row: int, service: ServiceNumber) -> RowsRead:
    """Read a slice of a JSON Lines file: an object a line, the first with the number ``first_row``; blank lines do not count.

    Unlike a cell, a value of a line may be anything; dates, times and instants must be text in the same forms as in CSV.
    """
    columns = columns_of(stream)
    known = {column.path[0] for column in columns}
    lines = (line for line in body.removeprefix(_BYTE_ORDER_MARK).split(b"\n") if line.rstrip(b"\r"))
    items: list[Draft | Refusal] = []
    unread: set[str] = set()
    for number, line in enumerate(lines, start=first_row):
        key = None
        try:
            found = _object_of(line)
            key = found.get(_KEY)
            fields = _of_line(columns, found, service)
        except _FaultyError as fault:
            items.append(Refusal(number, fault.column, fault.reason, key if isinstance(key, str) else None))
            continue
        unread |= fields.keys() - known
        items.append(Draft(stream, {name: fields[name] for name in fields.keys() & known}, number))
    return RowsRead(_each_key_once(items, lines_before=0), frozenset(unread))


def _each_key_once(items: Sequence[Draft | Refusal], *, lines_before: int) -> Sequence[Draft | Refusal]:
    """The rows, with those refused whose key stands in an earlier row: two records of one name would overwrite each other."""
    rows: dict[Any, int] = {}
    told: list[Draft | Refusal] = []
    for item in items:
        key = item.fields.get(_KEY) if isinstance(item, Draft) else None
        if key is not None and rows.setdefault(key, item.row) != item.row:
            line = rows[key] + lines_before
            told.append(Refusal(item.row, _KEY, f"the key of line {line} stands here again; give each record its own", key))
        else:
            told.append(item)
    return told


def _of_cells(columns: Sequence[Column], row: Mapping[str, str] | None, service: ServiceNumber) -> dict[str, Any]:
    if row is None:
        raise _FaultyError(
            None, "the row has more or fewer cells than the header, or a stray quotation mark; put cells with commas in quotes"
        )
    fields: dict[str, Any] = {}
    for column in columns:
        cell = row[column.name]
        if not cell:
            continue
        within = fields
        for step in column.path[:-1]:
            within = within.setdefault(step, {})
        try:
            within[column.path[-1]] = column.form.read(cell)
        except FormError as error:
            raise _FaultyError(column.name, str(error)) from None
    return _with_service(fields, service)


def _object_of(line: bytes) -> dict[str, Any]:
    try:
        found = read_json(line)
    except IntakeError as error:
        raise _FaultyError(None, str(error)) from None
    if poison := _poison_in(found):
        raise _FaultyError(None, f"{poison}; write each field once, with a value JSON allows")
    if not isinstance(found, dict):
        raise _FaultyError(None, "not a JSON object; write one record as one object on one line")
    return found


def _of_line(columns: Sequence[Column], found: dict[str, Any], service: ServiceNumber) -> dict[str, Any]:
    for column in columns:
        value = column.of(found)
        if value is None:
            continue
        kind = type(value)
        if kind is not column.form.json_type:
            raise _FaultyError(column.name, f"expected JSON of kind {_JSON_KINDS[column.form.json_type]}")
        if column.form.json_type is str:
            try:
                column.form.read(value)
            except FormError as error:
                raise _FaultyError(column.name, str(error)) from None
    return _with_service(found, service)


def _poison_in(value: Any) -> str:
    """Why an object somewhere in the value must not be believed, or nothing."""
    if isinstance(value, PoisonedObject):
        return value.poison
    inner: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next(filter(None, map(_poison_in, inner)), "")


def _with_service(fields: dict[str, Any], service: ServiceNumber) -> dict[str, Any]:
    named = fields.setdefault(_SERVICE, service)
    if named != service:
        raise _FaultyError(_SERVICE, f"the row is of another service than {service}; give each service its own folder")
    return fields
