"""The attendance register as pages to read and print: one to start from, and one for each month with a sheet for each week."""

from dataclasses import dataclass
from datetime import date

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export import register_words
from ecegateway.export.pages import render_page
from ecegateway.export.register_words import LEGEND, official_name, register_page
from ecegateway.export.verification_words import SIGNS
from ecegateway.export.words import in_order_of_names
from ecegateway.model.register import RegisterCell, RegisterRow, RegisterWeek, Section
from ecegateway.model.verification import TO_CHASE


@dataclass(frozen=True, slots=True)
class SectionSheet:
    """One section of one week: rows by last name. ``cells`` of a row go by the day of the week."""

    section: Section
    rows: tuple[tuple[RegisterRow, dict[date, RegisterCell]], ...]


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """One week, ready to print."""

    week: RegisterWeek
    sections: tuple[SectionSheet, ...]


def register_pages(exportable: Exportable) -> tuple[ExportFile, ...]:
    """``register.html`` and ``register-YYYY-MM.html`` for each month of which anything is entered."""
    months: dict[date, list[WeekSheet]] = {}
    for week in exportable.register().weeks:
        months.setdefault(week.days[0].day.replace(day=1), []).append(_sheet(week))
    shared = {
        "words": register_words,
        "legend": LEGEND,
        "signs": SIGNS,
        "to_chase": TO_CHASE,
        "months": tuple(months),
        "register": exportable.register(),
    }
    return (
        ExportFile("register.html", render_page("register.html", exportable, weeks=months, **shared)),
        *(
            ExportFile(register_page(month), render_page("register-month.html", exportable, month=month, weeks=weeks, **shared))
            for month, weeks in months.items()
        ),
    )


def _sheet(week: RegisterWeek) -> WeekSheet:
    return WeekSheet(
        week,
        tuple(
            SectionSheet(section, tuple((row, {cell.day: cell for cell in row.cells}) for row in sorted(rows, key=_by_name)))
            for section, rows in week.sections
        ),
    )


def _by_name(row: RegisterRow) -> tuple[str, str, str]:
    return in_order_of_names(row.family_name), in_order_of_names(official_name(row)), row.child
