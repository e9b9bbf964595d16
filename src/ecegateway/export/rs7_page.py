"""The RS7 return as a page to read and print: the form's parts in the form's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ecegateway.contract import Exportable
from ecegateway.export.days import by_day
from ecegateway.export.pages import render
from ecegateway.export.rs7_words import KINDS, place_words
from ecegateway.export.summary import Reason, held_by_day, minutes_with, reasons
from ecegateway.model.claim import Category, StaffColumn, Verdict
from ecegateway.model.correction import Change
from ecegateway.model.return_check import ReturnCheck
from ecegateway.model.rs7 import COLUMNS, ReturnKind, Rs7Return


@dataclass(frozen=True, slots=True)
class Beside:
    """What a claim adds to its return: minutes held back, by day and by reason, and which days it can explain."""

    held_by_day: Mapping[date, int]
    held: tuple[Reason, ...]
    held_minutes: int
    explained: frozenset[date]

    @classmethod
    def of(cls, exportable: Exportable) -> "Beside":
        """What the claim adds.

        Raises:
            ExportError: a rule has no text.
        """
        claim = exportable.claim
        return cls(
            held_by_day=held_by_day(claim),
            held=reasons(exportable, Verdict.HELD),
            held_minutes=minutes_with(claim, Verdict.HELD),
            explained=frozenset(by_day(claim.child_days).keys() | by_day(claim.staff).keys()),
        )


_ALONE: Final = Beside({}, (), 0, frozenset())


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the return: whole hours by column, and the minutes held back. Only a day with lines is explained.

    ``elsewhere`` is a day of the period that the return does not claim for.
    """

    day: date
    hours: tuple[int, ...]
    held_minutes: int
    explained: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the return, with its totals."""

    first: date
    rows: tuple[Row, ...]
    hours: tuple[int, ...]
    held_minutes: int


@dataclass(frozen=True, slots=True)
class Card:
    """What one check says of the return, with every place it says it of: ``(what, where)``."""

    check: ReturnCheck
    said: tuple[tuple[str, str], ...]


def rs7_page(
    made: Rs7Return,
    checks: Sequence[ReturnCheck] | None = None,
    changes: Sequence[Change] = (),
    beside: Beside | None = None,
) -> bytes:
    """The bytes of ``rs7.html``; ``checks`` is ``None`` where none were made, ``changes`` are those since the return before."""
    months = month_tables(made, beside or _ALONE)
    return render(
        "rs7.html",
        claim=made,
        kind=KINDS[made.kind],
        months=() if made.kind is ReturnKind.ZERO else months,
        columns=COLUMNS,
        child_columns=len(Category),
        staff_columns_count=len(StaffColumn),
        totals=totals(months),
        has_staff_hours=any(counts.staff_hours for counts in made.counts),
        whole=made.days == made.period.days,
        checked=checks is not None,
        cards=cards(checks or ()),
        errors=len({check.rule for check in checks or () if check.blocks}),
        changed_days=changed_days(changes),
        beside=beside,
    )


def cards(checks: Sequence[ReturnCheck]) -> tuple[Card, ...]:
    """The checks, those of one rule and weight together, in their order."""
    groups: dict[tuple[str, bool], list[ReturnCheck]] = {}
    for check in checks:
        groups.setdefault((check.rule, check.blocks), []).append(check)
    return tuple(Card(group[0], tuple((one.what, place_words(one.place)) for one in group)) for group in groups.values())


def changed_days(changes: Sequence[Change]) -> tuple[tuple[date, tuple[Change | None, ...]], ...]:
    """Each day with a figure that changed, and what changed in each column."""
    days = {day: {one.column: one for one in found} for day, found in by_day(changes).items()}
    return tuple((day, tuple(found.get(column) for column in COLUMNS)) for day, found in days.items())


def totals(months: Sequence[Month]) -> tuple[int, ...]:
    """Hours of the period, column by column."""
    return tuple(sum(column) for column in zip(*(month.hours for month in months), strict=True))


def month_tables(made: Rs7Return, beside: Beside) -> tuple[Month, ...]:
    """The four months of the return, day by day."""
    counts = {one.day: one.figures for one in made.counts}
    months = []
    for days in made.period.months:
        rows = tuple(
            Row(
                day=day,
                hours=counts[day],
                held_minutes=beside.held_by_day.get(day, 0),
                explained=day in beside.explained,
                elsewhere=day not in made.days,
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
