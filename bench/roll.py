"""Invented services: the licence, the people, and which child is enrolled for what.

Everything follows from the service's number, so that a nation of any size holds the same services again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import NamedTuple

from ecegateway.demo.identities import filed, means_key
from ecegateway.demo.people import CastChild, cast
from ecegateway.demo.season import dice
from ecegateway.facts.calendar import public_holidays
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.enrolment import Basis, Booking, Enrolment, GuardianSignature, TwentyHours
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey, ServiceNumber
from ecegateway.model.people import AuthorisedSignatory, Person, SignatureMeans
from ecegateway.model.period import ONE_DAY, DateRange, Weekday, age_on
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, Mode, OperatingSession, ServiceProfile, ServiceType

SEASON = DateRange(date(2025, 11, 1), date(2026, 6, 1))
"""The funding period of February 2026 and the three months before it, to which the absence rules look back."""

_FEWEST, _MOST, _USUAL = 12, 100, 21
"""Children at a service; 44 on average, so that 4,500 services hold 200,000."""
_DAYS_A_WEEK, _HOW_OFTEN = (1, 2, 3, 4, 5), (12, 38, 30, 8, 12)
_WORKING_DAYS = tuple(Weekday)[:5]
_NAMES = "10842"
_REGION = "WGN"
_SIX_HOURS, _TWENTY_HOURS = 6 * 60, 20 * 60


class Kind(NamedTuple):
    """How a service runs: sessions by local minutes, the times children are booked for, and when it closes."""

    service_type: ServiceType
    mode: Mode
    sessions: tuple[tuple[int, int], ...]
    bookings: tuple[tuple[int, int], ...]
    closures: tuple[DateRange, ...]


_ALL_DAY = Kind(
    ServiceType.EDUCATION_AND_CARE,
    Mode.ALL_DAY,
    ((450, 1050),),
    ((480, 990), (510, 870), (540, 900), (525, 765)),
    (DateRange(date(2025, 12, 22), date(2026, 1, 12)),),
)
_SESSIONAL = Kind(
    ServiceType.KINDERGARTEN,
    Mode.SESSIONAL,
    ((525, 765), (780, 930)),
    ((525, 765), (780, 930)),
    (DateRange(date(2025, 12, 20), date(2026, 1, 28)), DateRange(date(2026, 4, 7), date(2026, 4, 18))),
)


class Term(NamedTuple):
    """What is booked from a day on: the same minutes on some weekdays (Monday is 0)."""

    since: date
    weekdays: tuple[int, ...]
    starts: int
    ends: int


class Habit(NamedTuple):
    """How often a child stays away: on any day, on one weekday in particular, and all through some days."""

    away: float
    shuns: int | None = None
    shuns_with: float = 0.0
    gone: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A child on the roll. ``days`` are those enrolled; ``terms`` ascend."""

    key: ChildKey
    who: CastChild
    born: date
    basis: Basis
    days: DateRange
    terms: tuple[Term, ...]
    habit: Habit

    @property
    def guardian(self) -> PersonKey:
        """The key of the guardian who signs."""
        return PersonKey(f"p-{self.key}")

    def term(self, day: date) -> Term:
        """What is booked on a day."""
        return next(term for term in reversed(self.terms) if term.since <= day or term is self.terms[0])


@dataclass(frozen=True, slots=True)
class Service:
    """An invented service, its roll, its staff and the days it was open in the season."""

    number: ServiceNumber
    kind: Kind
    roll: tuple[Enrolled, ...]
    staff: tuple[PersonKey, ...]
    open_days: tuple[date, ...]

    def dice(self, matter: str) -> Random:
        """A source of chance of its own for a matter."""
        return dice(int(self.number), matter)


def invent(number: int) -> Service:
    """The service of a number."""
    chance = dice(number, "roll")
    kind = chance.choices((_ALL_DAY, _SESSIONAL), (4, 1))[0]
    names = tuple(cast(_NAMES).children.values())
    count = round(chance.triangular(_FEWEST, _MOST, _USUAL))
    roll = tuple(_enrolled(chance, kind, ChildKey(f"c-{n}"), names[n % len(names)]) for n in range(count))
    staff = tuple(PersonKey(f"s-{n}") for n in range(max(2, count // 10)))
    return Service(ServiceNumber(str(number)), kind, roll, staff, tuple(_open_days(kind)))


def _open_days(kind: Kind) -> Iterator[date]:
    holidays = public_holidays(SEASON, _REGION)
    for day in SEASON:
        closed = day in holidays or any(day in closure for closure in kind.closures)
        if day.weekday() < len(_WORKING_DAYS) and not closed:
            yield day


def _enrolled(chance: Random, kind: Kind, key: ChildKey, who: CastChild) -> Enrolled:
    born = SEASON.first - timedelta(days=chance.randint(200, 1900))
    starts, leaves = SEASON.first - timedelta(days=chance.randint(30, 500)), SEASON.after
    if chance.random() < 0.12:
        starts = _day_in(chance, SEASON)
    if chance.random() < 0.1:
        leaves = _day_in(chance, DateRange(max(starts, SEASON.first), SEASON.after))
    basis = chance.choices((Basis.PERMANENT, Basis.CASUAL, Basis.CONDITIONAL), (94, 4, 2))[0]
    terms = [_term(chance, kind, starts)]
    if chance.random() < 0.15 and leaves > SEASON.first:
        terms.append(_term(chance, kind, _day_in(chance, DateRange(max(starts, SEASON.first), leaves))))
    return Enrolled(key, who, born, basis, DateRange(starts, leaves), tuple(terms), _habit(chance, terms[0]))


def _day_in(chance: Random, days: DateRange) -> date:
    return days.first + ONE_DAY * chance.randrange(max(1, len(days)))


def _term(chance: Random, kind: Kind, since: date) -> Term:
    count = chance.choices(_DAYS_A_WEEK, _HOW_OFTEN)[0]
    return Term(since, tuple(sorted(chance.sample(range(len(_WORKING_DAYS)), count))), *chance.choice(kind.bookings))


def _habit(chance: Random, term: Term) -> Habit:
    kinds = ("steady", "often away", "shuns a weekday", "gone for weeks")
    kind = chance.choices(kinds, (80, 8, 5, 7))[0]
    if kind == "often away":
        return Habit(0.4)
    if kind == "shuns a weekday":
        return Habit(0.05, shuns=chance.choice(term.weekdays), shuns_with=0.8)
    if kind == "gone for weeks":
        first = _day_in(chance, SEASON)
        return Habit(0.07, gone=DateRange(first, first + timedelta(days=chance.randint(18, 40))))
    return Habit(0.07)


def papers(service: Service) -> Iterator[Record]:
    """Everything but the daily records: licence, closures, people and signatures, children, numbers, agreements."""
    yield _profile(service)
    for closed in service.kind.closures:
        key = RecordKey(f"z-{closed.first}")
        yield Closure(service=service.number, key=key, first_day=closed.first, last_day=closed.last, kind="planned")
    for person in service.staff:
        yield Person(service=service.number, key=RecordKey(person), role="staff")
    chance = service.dice("papers")
    for child in service.roll:
        yield from _people(service, child)
        yield from _identity(service, child, chance)
        yield from _agreements(service, child, chance)


def _profile(service: Service) -> Record:
    kind = service.kind
    return ServiceProfile(
        service=service.number,
        key=RecordKey("profile"),
        name=f"Centre {service.number}",
        effective_from=date(2025, 1, 1),
        service_type=kind.service_type,
        licence_class="all-day" if kind.mode is Mode.ALL_DAY else "sessional",
        teacher_led=True,
        places=max(10, len(service.roll) * 3 // 4),
        under_two_places=max(4, len(service.roll) // 3),
        sessions=tuple(
            OperatingSession(weekday=day, opens=clock(opens), closes=clock(closes), mode=kind.mode)
            for day in _WORKING_DAYS
            for opens, closes in kind.sessions
        ),
        region=_REGION,
        offers_twenty_hours=True,
    )


def _people(service: Service, child: Enrolled) -> Iterator[Record]:
    adult = child.who.guardians[0]
    number, guardian, since = service.number, child.guardian, child.days.first
    yield Person(service=number, key=RecordKey(guardian), role="guardian", given_names=adult.given, family_name=adult.family)
    yield SignatureMeans(
        service=number, key=means_key(guardian), person=guardian, created_by=service.staff[0], created_at=filed(since)
    )
    yield AuthorisedSignatory(
        service=number, key=RecordKey(f"may-{guardian}"), child=child.key, person=guardian, first_day=since - ONE_DAY * 14
    )


def _identity(service: Service, child: Enrolled, chance: Random) -> Iterator[Record]:
    yield Child(
        service=service.number,
        key=RecordKey(child.key),
        recorded_at=filed(child.days.first),
        family_name=child.who.family,
        given_names=child.who.given,
        birth_date=child.born,
        gender=child.who.gender,
    )
    numbered = chance.random() >= 0.02
    yield StudentNumber(
        service=service.number,
        key=RecordKey(f"n-{child.key}"),
        child=child.key,
        nsn=str(999_000_000 + chance.randrange(1_000_000)) if numbered else None,
        verification="birth certificate" if numbered else None,
    )


def _agreements(service: Service, child: Enrolled, chance: Random) -> Iterator[Record]:
    """An agreement for each term: most signed in good time, some late, a few not at all."""
    for number, term in enumerate(child.terms, 1):
        roll = chance.random()
        late = 0.015 <= roll < 0.04
        signed_on = term.since + timedelta(days=chance.randint(1, 10) if late else -chance.randint(1, 14))
        signature = GuardianSignature(
            by=child.guardian, signed_on=signed_on, medium="electronic", means=means_key(child.guardian)
        )
        yield Enrolment(
            service=service.number,
            key=RecordKey(f"e-{child.key}-{number}"),
            recorded_at=filed(signed_on),
            child=child.key,
            agreement=RecordKey(f"e-{child.key}"),
            basis=child.basis,
            conditional_part="whole" if child.basis is Basis.CONDITIONAL else None,
            effective_from=term.since,
            last_day=child.days.last if child.days.after < SEASON.after else None,
            bookings=tuple(
                Booking(weekday=_WORKING_DAYS[day], starts=clock(term.starts), ends=clock(term.ends)) for day in term.weekdays
            ),
            other_service_minutes=0,
            twenty_hours=_attested(child, term, signed_on),
            signature=None if roll < 0.015 else signature,
        )


def _attested(child: Enrolled, term: Term, signed_on: date) -> TwentyHours | None:
    """Up to six hours a booked day and twenty a week, for a child who turns three before the season ends."""
    if child.basis is not Basis.PERMANENT or age_on(child.born, SEASON.last) < 3:
        return None
    left = _TWENTY_HOURS
    minutes = [0] * 7
    for day in term.weekdays:
        minutes[day] = min(left, _SIX_HOURS, term.ends - term.starts)
        left -= minutes[day]
    return TwentyHours(signed_on=signed_on, minutes=tuple(minutes))


def clock(minute: int) -> time:
    """A minute of the day as the wall clock shows it."""
    return time(minute // 60, minute % 60)
