"""Months in a line: a child's enrolled days one mark after another, for what takes many weeks to show.

``line("2026-02", "We", "aaa✓ a✓✓✓")`` is a child enrolled on Wednesdays: February, then March, a word for each month and a
mark for each of its Wednesdays. A stroke stands between the weeks of a child who is enrolled on several days. The marks are
those of :mod:`tests.handbook.grids`; ``#`` is a day that a public holiday or a closure beside the line shuts, ``v`` a visit to
a school, ``x`` an emergency closure, ``.`` a day outside the enrolment.

The records are made from the line, and the line is written again from what the rules say.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ecegateway.model.absence import ABSENCES, ChildAbsences, DayMark, EnrolledDay, Pattern
from ecegateway.model.claim import Verdict
from ecegateway.model.period import DateRange, Weekday, first_of_month_after, week_of
from ecegateway.model.record import Record
from ecegateway.rules.assess import Assessment
from tests.handbook.grids import SEVEN, assessed
from tests.support.records import C1, NO_SWITCHES, Switches, absence, agreement, child, profile, stay

_MARK = re.compile(r"\d!?|[✓aAeEh?#vx.]")
_ABSENT = frozenset("aAheE")
_OTHERS = {DayMark.PRESENT: "✓", DayMark.UNKNOWN: "?", DayMark.CLOSED: "#", DayMark.VISIT: "v", DayMark.EMERGENCY: "x"}


@dataclass(frozen=True)
class Line:
    """The marks of a child's enrolled days, by day."""

    marks: tuple[tuple[date, str], ...]

    @property
    def days(self) -> DateRange:
        """The whole months the line covers."""
        return DateRange(self.marks[0][0].replace(day=1), first_of_month_after(self.marks[-1][0], 1))

    def __str__(self) -> str:
        written = ""
        for number, (day, mark) in enumerate(self.marks):
            if number:
                before = self.marks[number - 1][0]
                written += " " if before.month != day.month else "/" * (week_of(before) != week_of(day) and self._many)
            written += mark
        return written

    @property
    def _many(self) -> bool:
        return len({day.weekday() for day, _ in self.marks}) > 1


def line(month: str, weekdays: str, text: str) -> Line:
    """The line of some weekdays (``"We"``, ``"Mo We Fr"``) whose first word is the month ``month``."""
    first, booked = date.fromisoformat(f"{month}-01"), weekdays.split()
    found: list[tuple[date, str]] = []
    for number, word in enumerate(text.split()):
        inside = DateRange(first_of_month_after(first, number), first_of_month_after(first, number + 1))
        days = [day for day in inside if Weekday.of(day) in booked]
        found += zip(days, _MARK.findall(word), strict=True)
    made = Line(tuple(found))
    assert str(made) == " ".join(text.split()), "the strokes do not stand between weeks"
    return made


def records_of(drawn: Line, times: str = "08:30-14:30", away: Callable[[date], Record] = absence) -> Iterator[Record]:
    """The stays and absences a line shows; ``away`` makes the record of an absence."""
    starts = times.split("-", maxsplit=1)[0]
    for day, mark in drawn.marks:
        if mark == "✓":
            yield stay(day, times)
        elif mark[0].isdigit():
            yield stay(day, f"{starts}-{int(starts[:2]) + int(mark[0]):02}{starts[2:]}")
        elif mark in _ABSENT:
            yield away(day)


def asked(
    drawn: Line,
    *,
    times: str = "08:30-14:30",
    more: Iterable[Record] = (),
    switches: Switches = NO_SWITCHES,
    service: Record | None = None,
    enrolled: Iterable[Record] | None = None,
    on: DateRange | None = None,
    away: Callable[[date], Record] = absence,
) -> Assessment:
    """What the rules say of a line's child, on the line's days or on some of them."""
    weekdays = [weekday for weekday in SEVEN if any(Weekday.of(day) == weekday for day, _ in drawn.marks)]
    agreements = [agreement(times=times, weekdays=weekdays, since=date(2020, 1, 6), signed_on=date(2020, 1, 2))]
    records = [
        service or profile(weekdays=SEVEN),
        *child(born=date(drawn.days.first.year - 3, 1, 15)),
        *(enrolled if enrolled is not None else agreements),
        *records_of(drawn, times, away),
        *more,
    ]
    return assessed(records, on or drawn.days, switches)


def of_child(found: Assessment) -> ChildAbsences:
    """What the absence rules say of child ``c1``."""
    return next(one for one in found.absences if one.child == C1)


def written(drawn: Line, found: Assessment) -> str:
    """The line as the rules see it."""
    told = of_child(found)
    enrolled = {day.day: day for day in told.days}
    return str(Line(tuple((day, _mark(enrolled.get(day), told)) for day, _ in drawn.marks)))


def _mark(day: EnrolledDay | None, told: ChildAbsences) -> str:
    if day is None:
        return "."
    ruling = told.rulings.get(day.day)
    verdict = ruling.verdict if ruling is not None else None
    if day.mark is DayMark.SHORT:
        return f"{(day.attended or 0) // 60}" + "!" * (verdict is Verdict.REFUSED)
    if day.mark in ABSENCES:
        letter = "e" if day.mark is DayMark.EXEMPT else "a"
        return "h" if verdict is Verdict.HELD else letter.upper() if verdict is Verdict.REFUSED else letter
    return _OTHERS[day.mark]


def shown(found: Assessment) -> list[str]:
    """The patterns that show, month by month: ``2026-02 same-weekday We 3/4: 1``, the last figure its place in the run."""
    return [
        f"{month.days.first:%Y-%m} {month.pattern}{f' {month.weekday}' if month.weekday else ''} "
        f"{'passed over' if month.skipped else f'{month.missed}/{month.of}'}: {month.number}"
        for month in of_child(found).months
        if month.pattern is not Pattern.HALF_THE_MONTH
    ]
