"""The frequent-absence report as a workbook: what to do, and a calendar for each month, ready to print."""

import io
from datetime import UTC, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ecegateway.contract import Exportable
from ecegateway.export.absence_months import AbsenceMonth, Cell, ChildRow, absence_months
from ecegateway.export.absence_words import CITES, DUTIES, LEGEND, PATTERNS, STANDINGS, reason_words
from ecegateway.export.words import instant_words, month_name, short_day
from ecegateway.export.workbook import OPTIONS, TOP, lay_out, write_text
from ecegateway.export.workbook_styles import Styles
from ecegateway.model.claim import Claim
from ecegateway.model.period import MINUTES_A_DAY

_SATURDAY = 5
_TASKS = (
    ("Month", 15),
    ("Child", 26),
    ("Child key", 18),
    ("What to do", 34),
    ("By when", 13),
    ("Who may sign", 26),
    ("Months in a row", 9),
    ("Why", 60),
    ("Agreement", 22),
)
_SUMMARY = (
    ("Child", 26),
    ("Child key", 18),
    ("State", 17),
    ("Months in a row", 8),
    *((PATTERNS[pattern], 11) for pattern in tuple(PATTERNS)[:3]),
    ("Not funded, hours", 9),
    ("At risk next month, hours", 10),
)


def absences_xlsx(exportable: Exportable) -> bytes:
    """The bytes of ``frequent-absence.xlsx``. Text is written as text: no cell is a formula or a link.

    The workbook is dated by the moment the claim is known at, so that equal input gives equal bytes.
    """
    raw = io.BytesIO()
    months = absence_months(exportable)
    with Workbook(raw, dict(OPTIONS)) as book:
        book.set_properties({"title": "Frequent absence", "created": exportable.claim.known_at.astimezone(UTC)})
        styles = Styles(book)
        _write_tasks(_sheet(book, styles, exportable.claim, "To do"), styles, months)
        for month in months:
            _write_month(_sheet(book, styles, exportable.claim, month_name(month.days.first)), styles, month)
    return raw.getvalue()


def _sheet(book: Workbook, styles: Styles, claim: Claim, name: str) -> Worksheet:
    """A sheet of its own, with title and note."""
    sheet = book.add_worksheet(name)
    lay_out(sheet)
    sheet.write_string(0, 0, f"Frequent absence, {name}: {claim.service_name}, service {claim.service}", styles["title"])
    sheet.write_string(1, 0, f"Draft, from the records as known on {instant_words(claim.known_at)}. {CITES}.", styles["note"])
    return sheet


def _write_tasks(sheet: Worksheet, styles: Styles, months: tuple[AbsenceMonth, ...]) -> None:
    for place, (heading, width) in enumerate(_TASKS):
        sheet.set_column(place, place, width)
        sheet.write_string(TOP, place, heading, styles["head"])
    sheet.freeze_panes(TOP + 1, 2)
    tasks = [(month, row) for month in reversed(months) for row in month.tasks]
    for line, (month, row) in enumerate(tasks, TOP + 1):
        values = (month_name(month.days.first), row.name, row.child, DUTIES[row.duty])
        for place, value in enumerate(values):
            sheet.write_string(line, place, value, styles["text"])
        if row.due is not None:
            sheet.write_datetime(line, 4, datetime.combine(row.due, time()), styles["date"])
        sheet.write_string(line, 5, row.who_may_sign if row in month.to_sign else "", styles["text"])
        sheet.write_number(line, 6, row.in_a_row, styles["number"])
        write_text(sheet, line, 7, "; ".join(reason_words(shown, month.days) for shown in row.reasons), styles["text"])
        sheet.write_string(line, 8, row.agreement, styles["text"])
    if not tasks:
        sheet.write_string(TOP + 1, 0, "Nothing to do.")


def _write_month(sheet: Worksheet, styles: Styles, month: AbsenceMonth) -> None:
    for place, (heading, width) in enumerate(_SUMMARY):
        sheet.set_column(place, place, width)
        sheet.write_string(TOP, place, heading, styles["head"])
    first = len(_SUMMARY)
    sheet.set_column(first, first + len(month.days) - 1, 5)
    for place, day in enumerate(month.days, first):
        sheet.write_string(TOP, place, short_day(day), styles["day-off" if day.weekday() >= _SATURDAY else "day"])
    sheet.freeze_panes(TOP + 1, 1)
    for line, row in enumerate(month.rows, TOP + 1):
        _write_summary(sheet, styles, line, row)
        for place, cell in enumerate(row.cells, first):
            sheet.write_string(line, place, cell.sign + cell.flag, styles[_look(cell)])
    below = TOP + 2 + len(month.rows)
    for line, (sign, kind, words) in enumerate(LEGEND, below):
        sheet.write_string(line, 0, words, styles["clear"])
        sheet.write_string(line, 1, sign, styles[kind])


def _write_summary(sheet: Worksheet, styles: Styles, line: int, row: ChildRow) -> None:
    state = styles[row.standing.value]
    for place, value in enumerate((row.name, row.child, STANDINGS[row.standing])):
        sheet.write_string(line, place, value, state)
    sheet.write_number(line, 3, row.in_a_row, styles["number"])
    for place, (_, shown) in enumerate(row.columns, 4):
        sheet.write_string(line, place, ", ".join(shown), styles["clear"])
    for place, minutes in enumerate((row.refused, row.at_risk), 7):
        sheet.write_number(line, place, minutes / MINUTES_A_DAY, styles["hours"])


def _look(cell: Cell) -> str:
    if cell.kind == "none" and cell.day.weekday() >= _SATURDAY:
        return "off"
    return cell.state or cell.kind
