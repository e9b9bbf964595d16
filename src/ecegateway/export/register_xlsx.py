"""The register as a workbook: entries, parents' confirmations, and the days of the service."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ecegateway.contract import Exportable
from ecegateway.export.register_rows import COLUMNS, entry_rows
from ecegateway.export.register_words import confirmed_words, marking_words, state_words
from ecegateway.export.summary import name_of
from ecegateway.export.verification_words import CITES
from ecegateway.export.words import instant_words, times
from ecegateway.export.workbook import OPTIONS, TOP, lay_out, write_text
from ecegateway.export.workbook_styles import Styles
from ecegateway.model.claim import Claim

_ENTRY_WIDTHS = (13, 13, 18, 18, 18, 11, 14, 10, 9, 24, 9, 24, 34, 34, 44, 44)
_CONFIRMATIONS = (("From", 13), ("To", 13), ("Child", 26), ("Child key", 18), ("State", 44), ("By whom and when", 60))
_DAYS = (("Day", 13), ("Open", 34), ("Register marked by staff", 44), ("Notes", 60))
Cell = str | date


def register_xlsx(exportable: Exportable) -> bytes:
    """The bytes of ``register.xlsx``. Text is written as text: no cell is a formula or a link.

    The workbook is dated by the moment the claim is known at, so that equal input gives equal bytes.
    """
    raw = io.BytesIO()
    with Workbook(raw, dict(OPTIONS)) as book:
        book.set_properties({"title": "Attendance register", "created": exportable.claim.known_at.astimezone(UTC)})
        styles = Styles(book)
        for name, columns, rows in (
            ("Entries", tuple(zip(COLUMNS, _ENTRY_WIDTHS, strict=True)), _entries(exportable)),
            ("Confirmations", _CONFIRMATIONS, _confirmations(exportable)),
            ("Days", _DAYS, _days(exportable)),
        ):
            sheet = _sheet(book, styles, exportable.claim, name)
            for place, (heading, width) in enumerate(columns):
                sheet.set_column(place, place, width)
                sheet.write_string(TOP, place, heading, styles["head"])
            for line, row in enumerate(rows, TOP + 1):
                _write_row(sheet, styles, line, row)
    return raw.getvalue()


def _sheet(book: Workbook, styles: Styles, claim: Claim, name: str) -> Worksheet:
    """A sheet of its own, with title and note."""
    sheet = book.add_worksheet(name)
    lay_out(sheet)
    sheet.write_string(0, 0, f"Attendance register, {name}: {claim.service_name}, service {claim.service}", styles["title"])
    sheet.write_string(1, 0, f"Draft, from the records as known on {instant_words(claim.known_at)}. {CITES}.", styles["note"])
    sheet.freeze_panes(TOP + 1, 1)
    return sheet


def _write_row(sheet: Worksheet, styles: Styles, line: int, row: Sequence[Cell]) -> None:
    for place, value in enumerate(row):
        if isinstance(value, date):
            sheet.write_datetime(line, place, datetime.combine(value, time()), styles["date"])
        else:
            write_text(sheet, line, place, value, styles["text"])


def _entries(exportable: Exportable) -> Iterator[Sequence[Cell]]:
    for row in entry_rows(exportable):
        yield row.day, *row.values


def _confirmations(exportable: Exportable) -> Iterator[Sequence[Cell]]:
    for child in exportable.verifications().children:
        for span in child.spans:
            said = "; ".join(map(confirmed_words, span.words))
            name = name_of(exportable, child.child)
            yield span.days.first, span.days.last, name, child.child, state_words(span), said


def _days(exportable: Exportable) -> Iterator[Sequence[Cell]]:
    for week in exportable.register().weeks:
        for day in week.days:
            how = times(day.sessions) if day.open else f"closed: {day.why_closed}"
            yield day.day, how, "; ".join(map(marking_words, day.markings)), "; ".join(note.text for note in day.notes)
