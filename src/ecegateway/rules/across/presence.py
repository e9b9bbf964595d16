"""What one service's records say of people and children who are at another service too, and all of it gathered for that one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from ecegateway.facts.elsewhere import NOWHERE, Companions, Days, Elsewhere, Person, Presence, There
from ecegateway.facts.types import ChildFacts, Known, ServiceFacts
from ecegateway.model.ids import ChildKey, EvidenceId
from ecegateway.model.people import StaffShift
from ecegateway.model.period import local_time
from ecegateway.model.spans import Span, last_minutes, minutes, union, without
from ecegateway.rules.attendance.departure import not_a_persons
from ecegateway.rules.attested import attested_minutes
from ecegateway.rules.days import certain_bookings, in_force
from ecegateway.rules.registry import Question

Key = TypeVar("Key")


def person_of(known: Known[StaffShift], facts: ServiceFacts) -> Person:
    """Whose shift it is: the person's key, in the space it belongs to."""
    return facts.key_spaces[known.source], known.record.person


def stays_of(child: ChildFacts, asked: Question) -> Iterator[tuple[date, Span, EvidenceId]]:
    """A child's stays on the days asked about, as far as a person saw both arrival and departure."""
    for stay in asked.stays(child):
        if stay.arrives is None or stay.departs is None or stay.departs <= stay.arrives:
            continue
        if not_a_persons(stay, asked) is None:
            yield stay.day, (stay.arrives, stay.departs), stay.known.id


def booked_of(child: ChildFacts, day: date, asked: Question) -> Iterator[tuple[Span, EvidenceId]]:
    """The hours of a day that the service may claim as enrolled, whether or not the child came.

    On a public holiday those of children enrolled for that very day; on an emergency closure too.

    Source: ECE Funding Handbook 3-A-2, 7-5.
    """
    operation = asked.operating[day]
    if not (operation.open or operation.emergency):
        return
    for known in in_force(child, day):
        if operation.holiday is None or day in known.record.holidays:
            for booking in certain_bookings(known.record, day):
                yield booking.span, known.id


def number_of(child: ChildFacts) -> str | None:
    """The child's National Student Number as it stands."""
    return child.number.record.nsn if child.number is not None else None


def attested_of(child: ChildFacts, day: date, asked: Question) -> Iterator[tuple[Span, EvidenceId]]:
    """The booked hours of a day that are 20 Hours ECE as attested: the first ones, as the claim takes them.

    Source: ECE Funding Handbook 4-2.
    """
    attested = attested_minutes(child, day, asked.facts, asked.law)
    if not attested:
        return
    booked = tuple(booked_of(child, day, asked))
    spans = union(span for span, _ in booked)
    for span in without(spans, last_minutes(spans, minutes(spans) - attested)):
        yield span, booked[0][1]


def presence(asked: Question, companions: Companions, known_at: datetime) -> Presence:
    """What a service's records say of its companions on the days asked about, small enough to keep."""
    facts = asked.facts
    children = [child for child in facts.children if child.key in companions.children]
    shifts = [
        (person_of(known, facts), day, known)
        for day, shifts in facts.shifts.items()
        for known in (shifts if day in asked.days else ())
    ]
    return Presence(
        service=facts.number,
        zone=facts.profile(asked.days.last).zone,
        known_at=known_at,
        numbers={child.key: number_of(child) for child in children},
        shifts=_by_day(
            (person, day, There(facts.number, known.record.span, known.id))
            for person, day, known in shifts
            if person in companions.people
        ),
        stays=_by_day(
            (child.key, day, There(facts.number, span, stay))
            for child in children
            for day, span, stay in stays_of(child, asked)
        ),
        booked=_by_day(
            (child.key, day, There(facts.number, span, known))
            for child in children
            for day in asked.days
            for span, known in booked_of(child, day, asked)
        ),
        attested=_by_day(
            (child.key, day, There(facts.number, span, known))
            for child in children
            for day in asked.days
            for span, known in attested_of(child, day, asked)
        ),
    )


def gathered(presences: Sequence[Presence], facts: ServiceFacts) -> Elsewhere:
    """All presences together, under a service's own keys and by its clocks."""
    if not presences:
        return NOWHERE
    zone = home_zone(facts)
    people = [(one, person, person) for one in presences for person in one.shifts]
    children = [(one, there, here) for one in presences for there, here in _same_children(one, facts)]
    return Elsewhere(
        shifts=_joined(((one.shifts[there], here, one) for one, there, here in people), zone),
        stays=_joined(((one.stays.get(there, {}), here, one) for one, there, here in children), zone),
        booked=_joined(((one.booked.get(there, {}), here, one) for one, there, here in children), zone),
        attested=_joined(((one.attested.get(there, {}), here, one) for one, there, here in children), zone),
    )


def home_zone(facts: ServiceFacts) -> str:
    """The zone by whose clocks what others say is gathered."""
    return max(facts.profiles, key=lambda known: known.record.effective_from).record.zone


def _same_children(one: Presence, facts: ServiceFacts) -> Iterator[tuple[ChildKey, ChildKey]]:
    """Each child of a presence with the key of the same child here: equal keys of one space, or equal numbers."""
    for child in facts.children:
        number = number_of(child)
        for there, other in one.numbers.items():
            if there == child.key or (number is not None and number == other):
                yield there, child.key


def _joined(found: Iterable[tuple[Days, Key, Presence]], zone: str) -> Mapping[Key, Days]:
    return _by_day(
        (key, day, replace(there, span=_moved(there.span, _ahead(one.zone, zone, day))))
        for days, key, one in found
        for day, spans in days.items()
        for there in spans
    )


def _by_day(found: Iterable[tuple[Key, date, There]]) -> Mapping[Key, Days]:
    gathered: defaultdict[Key, defaultdict[date, list[There]]] = defaultdict(lambda: defaultdict(list))
    for key, day, there in found:
        gathered[key][day].append(there)
    return {key: {day: tuple(spans) for day, spans in days.items()} for key, days in gathered.items()}


def _moved(span: Span, back: int) -> Span:
    return span[0] - back, span[1] - back


def _ahead(zone: str, other: str, day: date) -> int:
    """By how many minutes the clocks of one zone were ahead of another's at noon of a day: 45 in the Chathams."""
    if zone == other:
        return 0
    noon = datetime.combine(day, time(12), UTC)
    apart = local_time(noon, zone).replace(tzinfo=None) - local_time(noon, other).replace(tzinfo=None)
    return apart // timedelta(minutes=1)
