"""Invented honest centres, each from a seed: families with habits, and offices that write times down in different ways.

They differ on purpose: tablets to the minute, sheets rounded to five or fifteen minutes, all-day and sessional services, roll
calls, vans, siblings, small home-based groups, punctual and unpunctual families, illness going round, closures, forgotten
sign-outs and staff who enter what a parent forgot.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import NamedTuple

from ecegateway.demo.season import PERIOD, dice
from ecegateway.facts.calendar import public_holidays
from ecegateway.model.period import DateRange

_WORKING_DAYS = 5
_REGION = "WGN"


class Writing(StrEnum):
    """How times come into the record."""

    TABLET = "tablet"
    """Parents sign at a tablet that keeps seconds."""
    MINUTES = "minutes"
    """Parents sign at a tablet whose marks keep the minute alone."""
    FIVES = "sheet, fives"
    """Parents write on a sheet to five minutes; staff type it in the same evening or on Friday."""
    QUARTERS = "sheet, quarters"
    """The same, to the quarter of an hour."""


class Kind(StrEnum):
    """What kind of service it is."""

    ALL_DAY = "all-day"
    SESSIONAL = "sessional"
    HOME = "home-based"


class Office(NamedTuple):
    """A centre's habits."""

    kind: Kind
    writing: Writing
    opens: int
    closes: int
    away: float
    """How often a child is absent, on average."""
    staff_enters: float
    forgets: float
    """How often staff enter an end for a parent, and how often nobody signs a child out."""
    roll_call: int | None
    """The minute after opening at which a teacher ticks who came, where no parent signs in."""
    types_on_friday: bool
    names_signers: bool


@dataclass(frozen=True, slots=True)
class Habit:
    """A family's times against the booking: how far off on average, how far they spread, how often something happens."""

    comes: float
    comes_within: float
    leaves: float
    leaves_within: float
    upset: float
    away: float


@dataclass(frozen=True, slots=True)
class Child:
    """A child, the siblings' family, what is booked (weekdays from 0), and the family's habit."""

    key: str
    family: str
    weekdays: tuple[int, ...]
    starts: int
    ends: int
    habit: Habit
    by_van: bool


@dataclass(frozen=True, slots=True)
class End:
    """One end of a stay as recorded: the minute of the day, who marked it how, and after how many seconds."""

    minute: int
    by: str | None
    method: str
    after: float | None


@dataclass(frozen=True, slots=True)
class Day:
    """A child's booked day: both ends, one, or none for a day marked absent."""

    child: Child
    day: date
    came: End | None = None
    left: End | None = None

    @property
    def absent(self) -> bool:
        """Whether the child is marked absent."""
        return self.came is None and self.left is None


@dataclass(slots=True)
class Centre:
    """A centre, its children and what was recorded on each of their booked days."""

    seed: int
    office: Office
    children: tuple[Child, ...]
    closure: DateRange
    open_days: tuple[date, ...]
    register: list[Day] = field(default_factory=list)


class Truth(NamedTuple):
    """When a child really came and left, in minutes of the day; its row on the sheet, and when the roll is ticked."""

    came: float
    left: float
    row: int
    ticked: float


def honest(seed: int) -> Centre:
    """The honest centre of a seed."""
    chance = dice(seed, "centre")
    office = _office(chance)
    children = tuple(_children(office, chance))
    closed = PERIOD.days.first + timedelta(days=chance.randint(20, 90))
    closure = DateRange(closed, closed + timedelta(weeks=chance.choice((0, 0, 1, 2))))
    centre = Centre(seed, office, children, closure, tuple(_open_days(closure)))
    sick = frozenset(chance.sample(range(17), chance.choice((0, 1, 2))))
    for number, day in enumerate(centre.open_days):
        weather = chance.gauss(0, 1.5)
        wave = 3.0 if (day - PERIOD.days.first).days // 7 in sick else 1.0
        centre.register += _booked_day(centre, day, weather, wave, dice(seed, "day", number))
    return centre


def _office(chance: Random) -> Office:
    kind = chance.choices(tuple(Kind), (5, 3, 2))[0]
    sheets = chance.random() < 0.4
    writing = chance.choice((Writing.FIVES, Writing.QUARTERS)) if sheets else chance.choice((Writing.TABLET, Writing.MINUTES))
    opens, closes = {Kind.ALL_DAY: (450, 1050), Kind.SESSIONAL: (525, 765), Kind.HOME: (480, 1020)}[kind]
    return Office(
        kind,
        writing,
        opens,
        closes,
        away=chance.uniform(0.03, 0.15),
        staff_enters=chance.uniform(0.005, 0.06),
        forgets=chance.uniform(0.001, 0.02),
        roll_call=chance.randint(4, 20) if kind is not Kind.ALL_DAY and not sheets and chance.random() < 0.3 else None,
        types_on_friday=chance.random() < 0.4,
        names_signers=chance.random() < 0.85,
    )


def _children(office: Office, chance: Random) -> Iterator[Child]:
    count = chance.randint(3, 14) if office.kind is Kind.HOME else round(chance.triangular(12, 80, 25))
    van = chance.randint(3, 6) if office.kind is not Kind.HOME and chance.random() < 0.15 else 0
    family, habit = 0, _habit(office, chance)
    for number in range(count):
        if number == 0 or chance.random() > 0.15:
            family, habit = number, _habit(office, chance)
        days = chance.choices((1, 2, 3, 4, 5), (6, 22, 34, 13, 25))[0]
        starts, ends = _booking(office, chance)
        weekdays = tuple(sorted(chance.sample(range(_WORKING_DAYS), days)))
        yield Child(f"c{number:03}", f"f{family:03}", weekdays, starts, ends, habit, by_van=number < van)


def _booking(office: Office, chance: Random) -> tuple[int, int]:
    if office.kind is Kind.SESSIONAL:
        return office.opens, office.closes
    starts = office.opens + 15 * chance.choice((0, 2, 2, 4, 4, 6))
    return starts, min(office.closes, starts + 60 * chance.choice((4, 6, 6, 7, 8, 9)))


def _habit(office: Office, chance: Random) -> Habit:
    away = office.away * chance.choice((0.4, 0.7, 1.0, 1.0, 1.6))
    if chance.random() < 0.06:
        return Habit(0, 1.6, 0, 1.6, 0.02, away)  # a family by the clock
    if office.kind is Kind.SESSIONAL:
        return Habit(
            chance.gauss(2, 2.5),
            chance.uniform(1.5, 6),
            chance.gauss(0.5, 1.5),
            chance.uniform(1.2, 4),
            chance.uniform(0.02, 0.06),
            away,
        )
    return Habit(
        chance.gauss(3, 6),
        chance.uniform(2.5, 14),
        chance.gauss(-4, 10),
        chance.uniform(3.5, 18),
        chance.uniform(0.02, 0.07),
        away,
    )


def _open_days(closure: DateRange) -> Iterator[date]:
    holidays = public_holidays(PERIOD.days, _REGION)
    return (day for day in PERIOD.days if day.weekday() < _WORKING_DAYS and day not in holidays and day not in closure)


def _booked_day(centre: Centre, day: date, weather: float, wave: float, chance: Random) -> Iterator[Day]:
    office = centre.office
    booked = [child for child in centre.children if day.weekday() in child.weekdays]
    van_comes, row = office.opens + chance.gauss(20, 4), 0
    tick = float(office.roll_call or 0) * 60 + chance.uniform(-90, 90)
    for child in booked:
        if chance.random() < min(0.7, child.habit.away * wave):
            yield Day(child, day)
            continue
        upset = chance.random() < child.habit.upset
        came = child.starts + child.habit.comes + weather + chance.gauss(0, child.habit.comes_within)
        left = child.ends + child.habit.leaves + chance.gauss(0, child.habit.leaves_within)
        if upset:
            came, left = chance.choice(((came + chance.uniform(15, 90), left), (came, left - chance.uniform(15, 120))))
        if child.by_van:
            came = van_comes + chance.uniform(0, 1.5)
        came, left = max(came, office.opens - 15.0), max(left, came + 30)
        row += 1
        tick += chance.uniform(1, 4)
        yield _recorded(office, Day(child, day), Truth(came, left, row, office.opens + tick / 60), chance)


def _recorded(office: Office, of: Day, truth: Truth, chance: Random) -> Day:
    """What the office makes of the true times."""
    child, came, left = of.child, truth.came, truth.left
    parent = chance.choice((f"p1-{child.family}", f"p1-{child.family}", f"p2-{child.family}"))
    if office.writing in (Writing.FIVES, Writing.QUARTERS):
        step = 5 if office.writing is Writing.FIVES else 15
        typed = _typed(office, of.day, truth.row, chance)
        ends = [End(round(at / step) * step, "t0", "staff-entry", typed) for at in (came, left)]
        return replace(of, came=ends[0], left=ends[1] if chance.random() > office.forgets / 2 else None)
    first = End(int(came), parent, "signed", came % 1 * 60)
    if child.by_van:
        first = replace(first, by="t1")
    elif office.roll_call is not None:
        seen = max(came, truth.ticked)
        first = End(int(seen), "t0", "signed", seen % 1 * 60)
    elif chance.random() < office.staff_enters:
        first = _entered(came, chance)
    last: End | None = End(int(left), parent, "signed", left % 1 * 60)
    if chance.random() < office.forgets:
        last = chance.choice((None, End(33 * 60, None, "system", 0.0)))
    elif chance.random() < office.staff_enters:
        last = _entered(left, chance)
    return replace(of, came=first, left=last)


def _entered(at: float, chance: Random) -> End:
    """A time staff enter for a parent who forgot: to five minutes, some minutes or hours later."""
    minute = round(at / 5) * 5
    return End(
        minute,
        f"t{chance.randint(0, 2)}",
        "staff-entry",
        chance.choice((600.0, 3600.0, 15 * 3600.0)) * chance.uniform(0.7, 1.3),
    )


def _typed(office: Office, day: date, row: int, chance: Random) -> float:
    """Seconds after midnight of the day at which a row of the sheet was typed, one row after the other."""
    days = max(0, 4 - day.weekday()) if office.types_on_friday else 0
    return days * 86_400.0 + (19 + day.weekday() % 2) * 3600 + row * 14 + chance.uniform(0, 8)
