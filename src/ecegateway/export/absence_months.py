"""The frequent-absence report, month by month, as every screen, page and sheet shows it: rows, cells, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ecegateway.contract import Exportable
from ecegateway.export.absence_words import COUNTS, NOT_ENROLLED, STOPPED, column_words, day_sign, day_words
from ecegateway.export.summary import name_of
from ecegateway.export.words import count, in_order_of_names
from ecegateway.model.absence import (
    ChildMonth,
    DayMark,
    Duty,
    GridDay,
    Pattern,
    PatternMonth,
    Standing,
)
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange

_TELLS_NOTHING = frozenset({DayMark.UNKNOWN, DayMark.CLOSED})
SIGNED = frozenset({Duty.RECONFIRM, Duty.CHANGE})
"""Duties that need a parent's signature."""
_MOST_PRESSING = {duty: place for place, duty in enumerate((Duty.CHANGE, Duty.RECONFIRM, Duty.MONITOR, Duty.NONE))}


@dataclass(frozen=True, slots=True)
class Cell:
    """One child's day: the mark's kind, its letters, all of it in words, and whether it counts or is not funded.

    ``kind`` is the mark's own word, ``none`` where the child is not enrolled. ``state`` is ``counts``, ``stopped`` or empty,
    and ``flag`` the sign for it.
    """

    day: date
    kind: str
    sign: str
    words: str
    state: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One child in one month.

    ``columns`` holds what stands in each rule's column. ``duty`` is the most pressing of the month, ``due`` the last day to
    do it, ``reasons`` the patterns that ask something. ``months`` are all patterns of the row.
    """

    name: str
    child: ChildKey
    standing: Standing
    in_a_row: int
    columns: tuple[tuple[Pattern, tuple[str, ...]], ...]
    refused: int
    at_risk: int
    cells: tuple[Cell, ...]
    months: tuple[PatternMonth, ...]
    duty: Duty
    due: date | None
    reasons: tuple[PatternMonth, ...]
    signatories: tuple[str, ...]
    agreement: str

    @property
    def half(self) -> bool:
        """Whether the Handbook's general sentence is not met: attendance matched the agreement on less than half the days."""
        return any(month.pattern is Pattern.HALF_THE_MONTH and month.number for month in self.months)

    @property
    def reconfirmed_on(self) -> date | None:
        """The newest signature that answers a pattern of the month."""
        return max((month.reconfirmed_on for month in self.months if month.reconfirmed_on is not None), default=None)

    @property
    def who_may_sign(self) -> str:
        """The names of those who may sign, or what to do first where there is nobody."""
        return " or ".join(self.signatories) or "nobody on record: enter the parent or guardian first"

    @property
    def clear(self) -> bool:
        """Whether nothing shows and nothing is asked."""
        return self.standing is Standing.CLEAR and self.duty is Duty.NONE


@dataclass(frozen=True, slots=True)
class AbsenceMonth:
    """One month of the report, children by name. ``latest`` says that it is the last month of which anything is known."""

    days: DateRange
    rows: tuple[ChildRow, ...]
    latest: bool

    @property
    def tasks(self) -> tuple[ChildRow, ...]:
        """The rows that ask something, the most pressing first."""
        asking = (row for row in self.rows if row.duty is not Duty.NONE)
        return tuple(sorted(asking, key=lambda row: _MOST_PRESSING[row.duty]))

    @property
    def to_sign(self) -> tuple[ChildRow, ...]:
        """The rows that ask for a parent's signature."""
        return tuple(row for row in self.tasks if row.duty in SIGNED)


def absence_months(exportable: Exportable) -> tuple[AbsenceMonth, ...]:
    """The months of the report up to the last of which anything is known; none where nothing is."""
    report = exportable.absences
    known = [place for place, (_, rows) in enumerate(report.months) if any(map(_tells, rows))]
    last = known[-1] if known else -1
    return tuple(
        AbsenceMonth(days, _rows(exportable, rows, days), place == last)
        for place, (days, rows) in enumerate(report.months[: last + 1])
    )


def latest_month(months: Iterable[AbsenceMonth]) -> AbsenceMonth | None:
    """The month whose duties are those of today."""
    return next((month for month in months if month.latest), None)


def duties_in_words(month: AbsenceMonth) -> str:
    """``1 agreement to change, 2 agreements to reconfirm, 3 children to watch``; empty where nothing is asked."""
    number = {duty: sum(row.duty is duty for row in month.rows) for duty in Duty}
    told = [
        count(number[Duty.CHANGE], "agreement to change", "agreements to change") if number[Duty.CHANGE] else "",
        count(number[Duty.RECONFIRM], "agreement to reconfirm", "agreements to reconfirm") if number[Duty.RECONFIRM] else "",
        count(number[Duty.MONITOR], "child to watch", "children to watch") if number[Duty.MONITOR] else "",
    ]
    return ", ".join(words for words in told if words)


def _tells(row: ChildMonth) -> bool:
    return any(day.mark not in _TELLS_NOTHING for day in row.grid)


def _rows(exportable: Exportable, rows: Iterable[ChildMonth], days: DateRange) -> tuple[ChildRow, ...]:
    made = (_row(name_of(exportable, row.child), row, days) for row in rows)
    return tuple(sorted(made, key=lambda row: (in_order_of_names(row.name), row.child)))


def _row(name: str, row: ChildMonth, days: DateRange) -> ChildRow:
    reasons = tuple(sorted((m for m in row.months if m.duty is not Duty.NONE), key=lambda m: _MOST_PRESSING[m.duty]))
    duty = reasons[0].duty if reasons else Duty.NONE
    return ChildRow(
        name=name,
        child=row.child,
        standing=row.standing,
        in_a_row=row.in_a_row,
        columns=tuple((pattern, _column(row, pattern, days)) for pattern in Pattern if pattern is not Pattern.HALF_THE_MONTH),
        refused=row.refused,
        at_risk=row.at_risk,
        cells=tuple(_cells(row, days)),
        months=row.months,
        duty=duty,
        due=min((m.due for m in reasons if m.duty is duty and m.due is not None), default=None),
        reasons=reasons,
        signatories=row.signatories,
        agreement=row.agreement,
    )


def _column(row: ChildMonth, pattern: Pattern, days: DateRange) -> tuple[str, ...]:
    return tuple(column_words(month, days) for month in row.months if month.pattern is pattern)


def _cells(row: ChildMonth, days: DateRange) -> Iterable[Cell]:
    grid = {day.day: day for day in row.grid}
    counting = {day for month in row.months if month.number for day in month.caused_by}
    for day in days:
        if day in grid:
            yield _cell(grid[day], counts=day in counting)
        else:
            yield Cell(day, "none", "", NOT_ENROLLED)


def _cell(day: GridDay, *, counts: bool) -> Cell:
    kind, sign, words = day.mark.value, day_sign(day), day_words(day)
    if day.refused:
        return Cell(day.day, kind, sign, words, "stopped", STOPPED)
    if counts:
        return Cell(day.day, kind, sign, f"{words}; counts towards a pattern", "counts", COUNTS)
    return Cell(day.day, kind, sign, words)
