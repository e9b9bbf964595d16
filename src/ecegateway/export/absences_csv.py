"""The frequent-absence report as CSV: one row per child, month and pattern, and one for each child that shows none."""

from collections.abc import Iterator
from datetime import date

from ecegateway.contract import Exportable
from ecegateway.export.absence_months import absence_months
from ecegateway.export.absence_words import DUTIES, PATTERNS, STANDINGS
from ecegateway.export.csv_text import csv_bytes
from ecegateway.export.words import clock, weekday_name
from ecegateway.model.absence import PatternMonth

_HEADER = (
    "Child key",
    "Child",
    "Month",
    "State",
    "Months in a row, any pattern",
    "Hours not funded",
    "Hours at risk next month",
    "Pattern",
    "Weekday",
    "First day judged",
    "Last day judged",
    "Missed",
    "Of",
    "Months in a row",
    "Waiting",
    "What to do",
    "Due",
    "Reconfirmed on",
    "Days",
)


def absences_csv(exportable: Exportable) -> bytes:
    """The bytes of ``frequent-absence.csv``.

    A child's hours stand on the first row of its month only, so that the columns add up.
    """
    return csv_bytes(_HEADER, _rows(exportable))


def _rows(exportable: Exportable) -> Iterator[tuple[str, ...]]:
    for month in absence_months(exportable):
        for row in month.rows:
            head = (row.child, row.name, f"{month.days.first:%Y-%m}", STANDINGS[row.standing], str(row.in_a_row))
            hours = (clock(row.refused), clock(row.at_risk))
            for place, shown in enumerate(row.months or (None,)):
                yield (*head, *(("", "") if place else hours), *_pattern(shown))


def _pattern(shown: PatternMonth | None) -> tuple[str, ...]:
    if shown is None:
        return ("",) * (len(_HEADER) - 7)
    return (
        PATTERNS[shown.pattern],
        weekday_name(shown.weekday) if shown.weekday is not None else "",
        shown.days.first.isoformat(),
        shown.days.last.isoformat(),
        str(shown.missed),
        str(shown.of),
        str(shown.number),
        "yes" if shown.skipped else "",
        DUTIES[shown.duty],
        _iso(shown.due),
        _iso(shown.reconfirmed_on),
        " ".join(day.isoformat() for day in shown.caused_by),
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
