"""The RS7 return as a page to read and print."""

from dataclasses import dataclass
from datetime import date

from ecegateway.contract import Exportable
from ecegateway.export.days import by_day
from ecegateway.export.pages import render_page
from ecegateway.export.summary import held_by_day, minutes_with, reasons
from ecegateway.model.claim import Category, Claim, StaffColumn, Verdict

COLUMNS: tuple[Category | StaffColumn, ...] = (*Category, *StaffColumn)
"""The six columns of the return, in order."""


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the return: whole hours by column, and the minutes held back. Only a day with lines is explained."""

    day: date
    hours: tuple[int, ...]
    held_minutes: int
    explained: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the return, with its totals."""

    first: date
    rows: tuple[Row, ...]
    hours: tuple[int, ...]
    held_minutes: int


def rs7_page(exportable: Exportable) -> bytes:
    """The bytes of ``rs7.html``."""
    claim = exportable.claim
    months = month_tables(claim)
    return render_page(
        "rs7.html",
        exportable,
        months=months,
        columns=COLUMNS,
        totals=tuple(sum(column) for column in zip(*(month.hours for month in months), strict=True)),
        held_minutes=minutes_with(claim, Verdict.HELD),
        held=reasons(exportable, Verdict.HELD),
    )


def month_tables(claim: Claim) -> tuple[Month, ...]:
    """The four months of the return, day by day."""
    hours: dict[tuple[date, Category | StaffColumn], int] = {(cell.day, cell.category): cell.hours for cell in claim.cells}
    hours.update({(line.day, line.column): line.hours for line in claim.staff})
    held = held_by_day(claim)
    explained = by_day(claim.child_days).keys() | by_day(claim.staff).keys()
    months = []
    for days in claim.period.months:
        rows = tuple(
            Row(
                day=day,
                hours=tuple(hours.get((day, column), 0) for column in COLUMNS),
                held_minutes=held.get(day, 0),
                explained=day in explained,
            )
            for day in days
        )
        months.append(
            Month(
                first=days.first,
                rows=rows,
                hours=tuple(sum(column) for column in zip(*(row.hours for row in rows), strict=True)),
                held_minutes=sum(row.held_minutes for row in rows),
            )
        )
    return tuple(months)
