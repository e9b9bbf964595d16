"""Day grids to hold beside the Handbook's page: what was recorded, and what becomes of each absence, in one picture.

A row is a week from Monday, written as the Handbook prints it:

    ``✓`` attended the enrolled hours      ``a`` absent, funded          ``A`` absent, not funded (the printed white on black)
    ``3`` attended three hours, all enrolled hours funded                ``3!`` attended three hours, the rest not funded
    ``?`` no record                        ``h`` absent, held            ``v`` on a school visit
    ``e`` absent, exempt and funded        ``E`` absent, exempt and not funded
    ``#`` the service was closed           ``p`` closed, a public holiday
    ``c`` closed in an emergency, funded   ``C`` closed in an emergency, not funded
    ``.`` not enrolled, or in another month                              ``+`` attended on a day not enrolled

The records are made from the grid, and the grid is drawn again from what the rules say: both must be equal.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any

from ecegateway.facts.fold import fold
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.absence import ABSENCES, ChildAbsences, DayMark, EnrolledDay, Pattern, PatternMonth
from ecegateway.model.attendance import Reconfirmation
from ecegateway.model.claim import Category, Verdict
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.period import DAYS_A_WEEK, ONE_DAY, DateRange, FundingPeriod, first_of_month_after, week_of
from ecegateway.model.record import Record
from ecegateway.model.service import Closure
from ecegateway.rules.assess import Assessment, assess
from ecegateway.rules.registry import question
from tests.support.records import (
    C1,
    NO_SWITCHES,
    SERVICE,
    WEEK,
    Switches,
    absence,
    agreement,
    child,
    evidence,
    profile,
    staffed,
    stay,
    versions,
)

SEVEN = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_ABSENT = frozenset("aAheE")
_CAME = frozenset("✓+")
_CLOSED = MappingProxyType({"#": "planned", "c": "emergency", "C": "emergency"})
_NOT_ENROLLED = frozenset(".+#p")


@dataclass(frozen=True)
class Grid:
    """Cells by day, none left out."""

    cells: tuple[tuple[date, str], ...]

    @property
    def days(self) -> DateRange:
        return DateRange(self.cells[0][0], self.cells[-1][0] + timedelta(days=1))

    def __str__(self) -> str:
        weeks = groupby(self.cells, key=lambda cell: week_of(cell[0]))
        return "\n".join(f"{monday}  " + " ".join(f"{day:%d}{mark:>3}" for day, mark in row) for monday, row in weeks)


def grid(monday: str, text: str) -> Grid:
    """A grid whose first row is the week of ``monday``; a header row of weekdays and words after ``|`` are passed over."""
    first = date.fromisoformat(monday)
    assert first.weekday() == 0, f"{monday} is no Monday"
    marks = [
        mark for line in text.strip().splitlines() for mark in line.split("|")[0].split() if not line.strip().startswith("M ")
    ]
    assert len(marks) % DAYS_A_WEEK == 0, f"{len(marks)} cells do not fill weeks"
    return Grid(tuple((first + timedelta(days=n), mark) for n, mark in enumerate(marks)))


def months(printed: Mapping[str, str]) -> Grid:
    """Calendar months one after another, each as the Handbook prints it: its weeks from Monday, its own days alone in them."""
    cells: list[tuple[date, str]] = []
    for month, text in printed.items():
        first = date.fromisoformat(f"{month}-01")
        after = first_of_month_after(first, 1)
        rows = grid(str(week_of(first)), text)
        outside = {mark for day, mark in rows.cells if not first <= day < after}
        assert outside <= {"."}, f"{month} has marks on days of another month"
        assert rows.days.after >= after, f"{month} lacks its last week"
        assert not cells or cells[-1][0] + ONE_DAY == first, f"{month} does not follow the month before it"
        cells += [cell for cell in rows.cells if first <= cell[0] < after]
    return Grid(tuple(cells))


def records_of(drawn: Grid, *, times: str = "08:30-14:30", starts: str = "08:30") -> list[Record]:
    """The stays, absences and closures a grid shows; public holidays and school visits are not recorded day by day."""
    found: list[Record] = []
    for day, mark in drawn.cells:
        hours = mark.rstrip("!")
        if mark in _CAME:
            found.append(stay(day, times))
        elif hours[0].isdigit():
            found.append(stay(day, f"{starts}-{_after(starts, float(hours))}"))
        elif mark in _ABSENT:
            found.append(absence(day))
    return [*found, *_closures(drawn)]


def _after(starts: str, hours: float) -> str:
    hour, minute = (int(part) for part in starts.split(":"))
    total = hour * 60 + minute + round(hours * 60)
    return f"{total // 60:02}:{total % 60:02}"


def _closures(drawn: Grid) -> Iterator[Record]:
    for mark, run in groupby(drawn.cells, key=lambda cell: cell[1]):
        if mark in _CLOSED:
            days = [day for day, _ in run]
            yield Closure(
                service=SERVICE,
                key=f"z-{days[0]}",
                first_day=days[0],
                last_day=days[-1],
                kind=_CLOSED[mark],
                approval_reference="approved",
            )


def assessed(records: Iterable[Record], days: DateRange, switches: Switches = NO_SWITCHES) -> Assessment:
    """What all rules say of records on some days."""
    facts = fold(evidence(versions(records)), days)
    return assess(question(facts, days, policy(switches), handbook()))


def absences_of(records: Iterable[Record], days: DateRange, switches: Switches = NO_SWITCHES) -> ChildAbsences:
    """What the absence rules say of child ``c1``."""
    return next(one for one in assessed(records, days, switches).absences if one.child == C1)


def redrawn(drawn: Grid, told: ChildAbsences) -> Grid:
    """The grid as the rules see it."""
    enrolled = {day.day: day for day in told.days}
    return Grid(tuple((day, _mark(enrolled.get(day), told, mark)) for day, mark in drawn.cells))


_OTHER_MARKS = MappingProxyType({DayMark.PRESENT: "✓", DayMark.UNKNOWN: "?", DayMark.VISIT: "v"})


def _mark(day: EnrolledDay | None, told: ChildAbsences, drawn: str) -> str:
    if day is None:
        return drawn if drawn in _NOT_ENROLLED else "."
    ruling = told.rulings.get(day.day)
    refused = ruling is not None and ruling.verdict is Verdict.REFUSED
    held = ruling is not None and ruling.verdict is Verdict.HELD
    if day.mark is DayMark.SHORT or (day.mark is DayMark.PRESENT and drawn[0].isdigit()):
        hours = (day.attended or 0) / 60
        return f"{hours:g}" + ("!" if refused else "")
    if day.mark in ABSENCES:
        letter = "e" if day.mark is DayMark.EXEMPT else "a"
        return "h" if held else letter.upper() if refused else letter
    if day.mark is DayMark.EMERGENCY:
        return "C" if refused else "c"
    if day.mark is DayMark.CLOSED:
        return drawn if drawn in {"#", "p"} else "#"
    return _OTHER_MARKS[day.mark]


def enrolment(
    *, weekdays: Iterable[str] = WEEK, times: str = "08:30-14:30", since: date = date(2020, 1, 6), **more: Any
) -> Enrolment:
    """The agreement of the child of a grid, signed before it counts; ``key`` tells versions apart."""
    signed_on = more.pop("signed_on", since - timedelta(days=4))
    return agreement(times=times, weekdays=weekdays, since=since, signed_on=signed_on, **more)


def months_of(told: ChildAbsences, pattern: Pattern) -> list[PatternMonth]:
    """The months in which a situation showed, or was passed over."""
    return [month for month in told.months if month.pattern is pattern]


def reconfirmed(on: str) -> Reconfirmation:
    """A parent's signature that the agreement remains valid."""
    day = date.fromisoformat(on)
    return Reconfirmation(service=SERVICE, key=f"r-{on}", child="c1", agreement="a-c1", by="g1", signed_on=day, medium="paper")


def counted(told: ChildAbsences, pattern: Pattern) -> list[str]:
    """Each month in which a situation showed: where, how much of it was missed, and in which month in a row."""
    lines = []
    for month in months_of(told, pattern):
        where = f"{month.days.first:%b} {month.weekday}" if month.weekday else f"{month.days.first:%b}"
        missed = "passed over" if month.skipped else f"{month.missed}/{month.of}"
        lines.append(f"{where} {missed}: month {month.number}")
    return lines


def kept(
    drawn: Grid,
    *,
    weekdays: Iterable[str] = WEEK,
    times: str = "08:30-14:30",
    more: Iterable[Record] = (),
    service: Record | None = None,
    enrolled: Iterable[Record] | None = None,
) -> list[Record]:
    """Everything on record of the grid's child and service; ``enrolled`` stands for the one agreement of ``weekdays``."""
    visits = tuple(day for day, mark in drawn.cells if mark == "v")
    agreements = [enrolment(weekdays=weekdays, times=times, school_visits=visits)] if enrolled is None else enrolled
    return [
        service or profile(weekdays=SEVEN),
        *child(born=date(drawn.days.first.year - 3, 1, 15)),
        *agreements,
        *records_of(drawn, times=times, starts=times.split("-", maxsplit=1)[0]),
        *more,
    ]


def check(drawn: Grid, *, switches: Switches = NO_SWITCHES, **on_record: Any) -> ChildAbsences:
    """Keep the grid's records, judge them, draw the grid again, and compare; gives what the rules said."""
    told = absences_of(kept(drawn, **on_record), drawn.days, switches)
    assert str(redrawn(drawn, told)) == str(drawn)
    return told


def claimed_minutes(records: Iterable[Record], days: DateRange, switches: Switches = NO_SWITCHES) -> dict[date, int]:
    """What is claimed for child ``c1`` on each of some days of one funding period, all categories together."""
    period = FundingPeriod.holding(days.first)
    made = from_evidence(evidence(versions([*staffed(period.days), *records])), period, policy(switches)).claim
    return {one.day: sum(map(one.claimed, Category)) for one in made.child_days if one.child == C1 and one.day in days}
