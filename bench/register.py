"""What was recorded at an invented service day by day: who came, who did not, who worked, what parents confirmed."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bench.roll import SEASON, Enrolled, Service, Term, clock

from ecegateway.demo.identities import means_key
from ecegateway.demo.season import instant
from ecegateway.model.attendance import Absence, Attendance, Cause, Mark, Method, Reconfirmation, Verification
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import RecordKey
from ecegateway.model.people import StaffShift
from ecegateway.model.period import ONE_DAY, DateRange, first_of_month_after
from ecegateway.model.record import Change, Record

_MORNING, _EVENING = 9 * 60, 18 * 60
_SYSTEM_TIME = 24 * 60 + 9 * 60
"""When a system signs out who was left: 20:00 UTC, which in New Zealand's summer is nine o'clock of the day after."""


def daily(service: Service) -> Iterator[Record]:
    """One attendance or absence for each child and day enrolled, and each day's shifts; a few were rewritten later."""
    chance = service.dice("days")
    rewritten: list[Record] = []
    for day in service.open_days:
        for child in service.roll:
            if day in child.days:
                for record in _child_day(service, child, day, chance):
                    yield record
                    if isinstance(record, Attendance) and chance.random() < 0.001:
                        rewritten.append(record.model_copy(update={"departed": instant(day, _EVENING)}))
        yield from _shifts(service, day, chance)
    yield from rewritten


def _child_day(service: Service, child: Enrolled, day: date, chance: Random) -> Iterator[Record]:
    term = child.term(day)
    if child.basis is not Basis.PERMANENT:
        if chance.random() < 0.3:
            yield _stay(service, child, day, term, chance)
    elif day.weekday() in term.weekdays:
        if _stays_away(child, day, chance):
            yield _absence(service, child, day, chance)
        else:
            yield _stay(service, child, day, term, chance)


def _stays_away(child: Enrolled, day: date, chance: Random) -> bool:
    habit = child.habit
    if habit.gone is not None and day in habit.gone:
        return True
    return chance.random() < (habit.shuns_with if day.weekday() == habit.shuns else habit.away)


def _absence(service: Service, child: Enrolled, day: date, chance: Random) -> Record:
    cause = chance.choice((Cause.ILLNESS, Cause.HOLIDAY, Cause.OTHER, None))
    return Absence(
        service=service.number,
        key=RecordKey(f"x-{child.key}-{day}"),
        child=child.key,
        day=day,
        cause=cause,
        document_reference="certificate" if cause is Cause.ILLNESS and chance.random() < 0.1 else None,
        notified_by=child.guardian,
        marked_by=service.staff[0],
        marked_at=instant(day, _MORNING),
    )


def _stay(service: Service, child: Enrolled, day: date, term: Term, chance: Random) -> Record:
    """A signed stay about the booked times; one in a hundred is not as it should be."""
    came, left = term.starts + chance.randint(-5, 15), term.ends + chance.randint(-20, 8)
    luck = chance.random()
    leaving = Method.SIGNED
    if luck < 0.004:
        leaving = Method.NOT_SHOWN
    elif luck < 0.006:
        leaving, left = Method.SYSTEM, _SYSTEM_TIME
    elif luck < 0.008:
        leaving = Method.BULK
    arrived, departed = instant(day, came), instant(day, left)
    signed = leaving is Method.SIGNED
    change = Change(by=service.staff[0], at=departed + timedelta(hours=1), why="typed the wrong hour") if luck > 0.995 else None
    means = means_key(child.guardian)
    return Attendance(
        service=service.number,
        key=RecordKey(f"a-{child.key}-{day}"),
        recorded_at=departed if change is None else change.at,
        change=change,
        child=child.key,
        arrived=arrived,
        departed=None if 0.008 <= luck < 0.01 else departed,
        sign_in=Mark(method=Method.SIGNED, by=child.guardian, at=arrived, means=means, device="tablet-1"),
        sign_out=Mark(
            method=leaving,
            by=child.guardian if signed else None,
            at=departed,
            means=means if signed else None,
            device="tablet-1",
        ),
    )


def _shifts(service: Service, day: date, chance: Random) -> Iterator[Record]:
    for number, person in enumerate(service.staff):
        if chance.random() < 0.9:
            starts = service.kind.sessions[0][0] + chance.randint(-10, 60)
            yield StaffShift(
                service=service.number,
                key=RecordKey(f"w-{person}-{day}"),
                person=person,
                day=day,
                starts=clock(starts),
                ends=clock(starts + 8 * 60),
                certificated=number % 4 != 3,
            )


def confirmations(service: Service) -> Iterator[Record]:
    """Most families confirm each month; of those with a habit of absence half confirm the agreement anew."""
    chance = service.dice("confirmations")
    for child in service.roll:
        if child.habit.away > 0.1 and chance.random() < 0.5:
            yield _reconfirmation(service, child)
        if chance.random() < 0.7:
            month = SEASON.first
            while month < SEASON.after:
                following = first_of_month_after(month, 1)
                yield _confirmation(service, child, DateRange(month, following))
                month = following


def _reconfirmation(service: Service, child: Enrolled) -> Record:
    return Reconfirmation(
        service=service.number,
        key=RecordKey(f"r-{child.key}"),
        child=child.key,
        agreement=RecordKey(f"e-{child.key}"),
        by=child.guardian,
        signed_on=date(2026, 1, 30),
        medium="electronic",
        means=means_key(child.guardian),
    )


def _confirmation(service: Service, child: Enrolled, month: DateRange) -> Record:
    return Verification(
        service=service.number,
        key=RecordKey(f"v-{child.key}-{month.first:%Y-%m}"),
        child=child.key,
        first_day=month.first,
        last_day=month.last,
        by=child.guardian,
        at=instant(month.last + 3 * ONE_DAY, _EVENING),
        decision="confirmed",
        medium="electronic",
        means=means_key(child.guardian),
    )
