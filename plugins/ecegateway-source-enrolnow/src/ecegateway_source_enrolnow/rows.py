"""CSV bytes of one file to rows: columns found by their documented names, leftovers named."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from ecegateway.contract import Refusal
from ecegateway.errors import IntakeError
from ecegateway.model.ids import ServiceNumber
from ecegateway.reading import read_csv
from ecegateway_source_enrolnow.settings import Settings
from ecegateway_source_enrolnow.wallclock import UnreadableError

_Value = TypeVar("_Value")
_CURLED = str.maketrans({"\u2019": "'", "\u2018": "'"})


class RefusedError(Exception):
    """A row that is no record, with the column at fault."""

    def __init__(self, column: str | None, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file, by documented column names. ``number`` counts from 1, the first row below the header."""

    number: int
    service: ServiceNumber
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell, empty when blank or when an optional column is missing."""
        return self.cells.get(column, "")

    def needed(self, column: str) -> str:
        """The cell.

        Raises:
            RefusedError: it is blank.
        """
        return self.text(column) or self.refuse(column, "blank; the record cannot be told without it")

    def read(self, column: str, reader: Callable[[str], _Value]) -> _Value:
        """The cell, which must not be blank, through a reader.

        Raises:
            RefusedError: blank or unreadable.
        """
        text = self.needed(column)
        try:
            return reader(text)
        except UnreadableError as error:
            self.refuse(column, str(error))

    def refuse(self, column: str | None, reason: str) -> NoReturn:
        """Raise the refusal of this row."""
        raise RefusedError(column, reason)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one answer that concern one service, those refused, and the columns nobody reads."""

    rows: Sequence[Row]
    refused: Sequence[Refusal]
    unread: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns a file must have, which it may have, and which of them names the service."""

    service: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()


def read_sheet(body: bytes, first_row: int, layout: Layout, settings: Settings, service: ServiceNumber) -> Sheet:
    """Read one answer. Rows of another configured service are another feed's; those of an unknown one are refused.

    Raises:
        IntakeError: not CSV, or a needed column is missing.
    """
    header, cells = read_csv(body)
    known = {_folded(name): name for name in (layout.service, *layout.needed, *layout.optional)}
    names = {column: known[_folded(column)] for column in header if _folded(column) in known}
    missing = sorted({layout.service, *layout.needed} - set(names.values()))
    if missing:
        raise IntakeError(f"the file lacks the column {missing[0]!r}; is it the file that the settings' pattern means?")
    rows: list[Row] = []
    refused: list[Refusal] = []
    for number, found in enumerate(cells, start=first_row):
        if found is None:
            refused.append(Refusal(number, None, "the row has more or fewer cells than the header, or a stray quotation mark"))
            continue
        named = {names[column]: cell for column, cell in found.items() if column in names}
        owner = settings.service_ids.get(named[layout.service])
        if owner is None:
            unknown = "not in service_ids; add the service there or ask EnrolNow"
            refused.append(Refusal(number, layout.service, unknown, _NO_RECORD_OF_OURS))
        elif owner == service:
            rows.append(Row(number, service, named))
    return Sheet(rows, refused, frozenset(header) - names.keys())


_NO_RECORD_OF_OURS = "row of another service"
"""A key no record has: such a row hides none of ours."""


def refusals(rows: Sequence[Row], read: Callable[[Row], _Value], key: Callable[[Row], str]) -> Iterator[_Value | Refusal]:
    """Each row through ``read``; a row that it refuses comes back as a refusal with its ``key``, its neighbours as they are."""
    for row in rows:
        try:
            yield read(row)
        except RefusedError as refused:
            yield Refusal(row.number, refused.column, refused.reason, key(row) or None)


def _folded(column: str) -> str:
    return " ".join(column.translate(_CURLED).casefold().split())
