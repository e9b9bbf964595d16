"""A frequent-absence report that looks like one: every mark, every pattern, every duty, every standing, in two months.

The months are February and March 2026; both start on a Sunday, and 6 February is Waitangi Day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ecegateway.model.absence import (
    AbsenceReport,
    ChildMonth,
    DayMark,
    Duty,
    GridDay,
    Pattern,
    PatternMonth,
    Standing,
)
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange, Weekday

FEBRUARY = DateRange(date(2026, 2, 1), date(2026, 3, 1))
MARCH = DateRange(date(2026, 3, 1), date(2026, 4, 1))
FRIDAYS = (date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 20))
BOOKED = 360


def absence_report(keys: Sequence[ChildKey]) -> AbsenceReport:
    """The report of six children with these keys."""
    return AbsenceReport(
        (
            (FEBRUARY, tuple(replace(row, child=key) for key, row in zip(keys, _february(), strict=True))),
            (MARCH, tuple(replace(row, child=key) for key, row in zip(keys, _march(), strict=True))),
        )
    )


def grid(month: DateRange, marks: Mapping[date, DayMark], *, refused: Iterable[date] = ()) -> tuple[GridDay, ...]:
    """Monday to Friday, six hours a day, present unless another mark is given; a short day lasts three hours."""
    stopped, made = set(refused), []
    for day in month:
        if day.weekday() < 5:
            mark = marks.get(day, DayMark.CLOSED if day == date(2026, 2, 6) else DayMark.PRESENT)
            attended = {DayMark.PRESENT: BOOKED, DayMark.SHORT: 180}.get(mark, 0)
            made.append(GridDay(day, mark, BOOKED, attended, BOOKED - attended if day in stopped else 0))
    return tuple(made)


def shown(pattern: Pattern, month: DateRange, caused_by: Iterable[date] = (), **changes: object) -> PatternMonth:
    """A pattern of four days or weeks in its first month, to be watched."""
    days = tuple(caused_by)
    weekday = Weekday.of(days[0]) if pattern is Pattern.SAME_WEEKDAY else None
    made = PatternMonth(
        pattern=pattern,
        weekday=weekday,
        days=month,
        missed=len(days),
        of=4,
        caused_by=days,
        number=1,
        skipped=False,
        reconfirmed_on=None,
        refuses=False,
        duty=Duty.MONITOR,
        due=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def row(cells: tuple[GridDay, ...], months: Iterable[PatternMonth] = (), **changes: object) -> ChildMonth:
    """A child's month, clear unless said otherwise; ``refused`` is the sum of its cells."""
    made = ChildMonth(
        child=ChildKey("c-000"),
        grid=cells,
        months=tuple(months),
        in_a_row=max((month.number for month in months), default=0),
        refused=sum(cell.refused for cell in cells),
        at_risk=0,
        standing=Standing.CLEAR,
        signatories=("Mererangi O'Hārae", "Hēmi O'Hārae"),
        agreement="kowhai/agr-000",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def _february() -> tuple[ChildMonth, ...]:
    fridays = (date(2026, 2, 13), date(2026, 2, 20), date(2026, 2, 27))
    shorts = tuple(day for day in FEBRUARY if day.weekday() < 4)
    return (
        row(grid(FEBRUARY, {})),
        row(grid(FEBRUARY, {date(2026, 2, 3): DayMark.ABSENT})),
        row(
            grid(FEBRUARY, dict.fromkeys(shorts, DayMark.SHORT)),
            (shown(Pattern.FEWER_HOURS, FEBRUARY, shorts, of=19),),
            standing=Standing.WARNING,
        ),
        row(
            grid(FEBRUARY, dict.fromkeys(fridays, DayMark.ABSENT), refused=fridays),
            (
                shown(Pattern.SAME_WEEKDAY, FEBRUARY, fridays, of=3, number=3, refuses=True, duty=Duty.RECONFIRM),
                shown(Pattern.FEWER_DAYS, FEBRUARY, fridays, number=1),
            ),
            at_risk=3 * BOOKED,
            standing=Standing.STOPPED,
        ),
        row(grid(FEBRUARY, dict.fromkeys(FEBRUARY, DayMark.UNKNOWN))),
        row(
            grid(FEBRUARY, dict.fromkeys(FEBRUARY, DayMark.CLOSED)),
            (shown(Pattern.FEWER_DAYS, FEBRUARY, missed=0, of=0, number=1, skipped=True, duty=Duty.NONE),),
        ),
    )


def _march() -> tuple[ChildMonth, ...]:
    shorts = tuple(day for day in MARCH if day.weekday() < 3)
    tuesdays = (date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17))
    away = {**dict.fromkeys(FRIDAYS, DayMark.ABSENT), **dict.fromkeys(tuesdays, DayMark.ON_HOLIDAY)}
    first_half = DateRange(date(2026, 3, 1), date(2026, 3, 16))
    return (
        row(grid(MARCH, {date(2026, 3, 3): DayMark.VISIT, date(2026, 3, 10): DayMark.EMERGENCY})),
        row(
            grid(MARCH, dict.fromkeys(FRIDAYS, DayMark.ABSENT)),
            (shown(Pattern.SAME_WEEKDAY, MARCH, FRIDAYS),),
            standing=Standing.WARNING,
        ),
        row(
            grid(MARCH, dict.fromkeys(shorts, DayMark.SHORT)),
            (
                shown(Pattern.FEWER_HOURS, MARCH, shorts, of=22, number=2, duty=Duty.RECONFIRM, due=date(2026, 4, 30)),
                shown(Pattern.HALF_THE_MONTH, MARCH, shorts, of=22, duty=Duty.NONE),
            ),
            at_risk=14 * 180,
            standing=Standing.WARNING,
        ),
        row(
            grid(MARCH, away, refused=FRIDAYS),
            (
                shown(Pattern.SAME_WEEKDAY, MARCH, tuesdays, number=1, of=5),
                shown(Pattern.SAME_WEEKDAY, MARCH, FRIDAYS, number=4, refuses=True, duty=Duty.CHANGE, due=date(2026, 3, 31)),
                shown(Pattern.FEWER_DAYS, MARCH, tuesdays, number=2, duty=Duty.RECONFIRM, due=date(2026, 4, 30)),
            ),
            at_risk=3 * BOOKED,
            standing=Standing.STOPPED,
            signatories=(),
        ),
        row(grid(MARCH, {date(2026, 3, 2): DayMark.UNKNOWN, date(2026, 3, 4): DayMark.EXEMPT})),
        row(
            grid(MARCH, dict.fromkeys(FRIDAYS[:2], DayMark.ABSENT)),
            (
                shown(
                    Pattern.FEWER_DAYS,
                    first_half,
                    FRIDAYS[:2],
                    of=3,
                    number=2,
                    reconfirmed_on=date(2026, 4, 2),
                    duty=Duty.NONE,
                ),
            ),
            standing=Standing.WARNING,
        ),
    )
