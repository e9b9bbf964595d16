"""Day grids to hold beside the Handbook's page: what was recorded, and what becomes of each absence, in one picture.

A row is a week from Monday, written as the Handbook prints it:

    ``✓`` attended the enrolled hours      ``a`` absent, funded          ``A`` absent, not funded (the printed white on black)
    ``3`` attended three hours, the rest funded                          ``3!`` attended three hours, the rest not funded
    ``?`` no record                        ``h`` absent, held            ``#`` the service was closed
    ``e`` absent, exempt and funded        ``E`` absent, exempt and not funded
    ``.`` not enrolled, or in another month

The records are made from the grid, and the grid is drawn again from what the rules say: both must be equal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ecegateway.facts.fold import fold
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.absence import ABSENCES, ChildAbsences, DayMark, EnrolledDay
from ecegateway.model.claim import Verdict
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.model.service import Closure
from ecegateway.rules.assess import Assessment, assess
from ecegateway.rules.registry import question
from tests.support.records import NO_SWITCHES, SERVICE, Switches, absence, agreement, child, evidence, profile, stay, versions

SEVEN = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_ABSENT = frozenset("aAheE")


@dataclass(frozen=True)
class Grid:
    """Cells by day, from the Monday of the first row."""

    cells: tuple[tuple[date, str], ...]

    @property
    def days(self) -> DateRange:
        return DateRange(self.cells[0][0], self.cells[-1][0] + timedelta(days=1))

    def __str__(self) -> str:
        return "\n".join(f"{row[0][0]}  " + " ".join(f"{mark:>3}" for _, mark in row) for row in _rows(self.cells))


def _rows(cells: tuple[tuple[date, str], ...]) -> Iterator[tuple[tuple[date, str], ...]]:
    for start in range(0, len(cells), 7):
        yield cells[start : start + 7]


def grid(monday: str, text: str) -> Grid:
    """A grid whose first row is the week of ``monday``; a header row of weekdays and words after ``|`` are passed over."""
    first = date.fromisoformat(monday)
    assert first.weekday() == 0, f"{monday} is no Monday"
    marks = [
        mark for line in text.strip().splitlines() for mark in line.split("|")[0].split() if not line.strip().startswith("M ")
    ]
    assert len(marks) % 7 == 0, f"{len(marks)} cells do not fill weeks"
    return Grid(tuple((first + timedelta(days=n), mark) for n, mark in enumerate(marks)))


def records_of(drawn: Grid, *, times: str = "08:30-14:30", starts: str = "08:30") -> list[Record]:
    """The stays, absences and closures a grid shows."""
    found: list[Record] = []
    for day, mark in drawn.cells:
        hours = mark.rstrip("!")
        if mark == "✓":
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
    shut = [day for day, mark in drawn.cells if mark == "#"]
    while shut:
        first = last = shut.pop(0)
        while shut and shut[0] == last + timedelta(days=1):
            last = shut.pop(0)
        yield Closure(service=SERVICE, key=f"z-{first}", first_day=first, last_day=last, kind="planned")


def assessed(records: Iterable[Record], days: DateRange, switches: Switches = NO_SWITCHES) -> Assessment:
    """What all rules say of records on some days."""
    facts = fold(evidence(versions(records)), days)
    return assess(question(facts, days, policy(switches), handbook()))


def absences_of(records: Iterable[Record], days: DateRange, switches: Switches = NO_SWITCHES) -> ChildAbsences:
    """What the absence rules say of child ``c1``."""
    return next(one for one in assessed(records, days, switches).absences if one.child == ChildKey("kowhai:c1"))


def redrawn(drawn: Grid, told: ChildAbsences) -> Grid:
    """The grid as the rules see it."""
    enrolled = {day.day: day for day in told.days}
    return Grid(tuple((day, _mark(enrolled.get(day), told, mark)) for day, mark in drawn.cells))


def _mark(day: EnrolledDay | None, told: ChildAbsences, drawn: str) -> str:
    if day is None:
        return "#" if drawn == "#" else "."
    ruling = told.rulings.get(day.day)
    refused = ruling is not None and ruling.verdict is Verdict.REFUSED
    held = ruling is not None and ruling.verdict is Verdict.HELD
    if day.mark is DayMark.SHORT:
        hours = (day.attended or 0) / 60
        return f"{hours:g}" + ("!" if refused else "")
    if day.mark in ABSENCES:
        letter = "e" if day.mark is DayMark.EXEMPT else "a"
        return "h" if held else letter.upper() if refused else letter
    return {DayMark.PRESENT: "✓", DayMark.UNKNOWN: "?", DayMark.CLOSED: "#"}[day.mark]


def check(
    drawn: Grid,
    *,
    weekdays: Iterable[str],
    times: str = "08:30-14:30",
    more: Iterable[Record] = (),
    switches: Switches = NO_SWITCHES,
    service: Record | None = None,
    enrolled: Iterable[Record] | None = None,
) -> ChildAbsences:
    """Make the grid's records, judge them, draw the grid again, and compare; gives what the rules said."""
    agreements = [agreement(times=times, weekdays=weekdays, since=date(2020, 1, 6), signed_on=date(2020, 1, 2))]
    records = [
        service or profile(weekdays=SEVEN),
        *child(born=date(drawn.days.first.year - 3, 1, 15)),
        *(enrolled if enrolled is not None else agreements),
        *records_of(drawn, times=times, starts=times.split("-", maxsplit=1)[0]),
        *more,
    ]
    told = absences_of(records, drawn.days, switches)
    again = redrawn(drawn, told)
    assert str(again) == str(drawn)
    return told
