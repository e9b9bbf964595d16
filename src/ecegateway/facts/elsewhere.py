"""What other services' records say of the people and children who are at this service too.

A person is the same only by the same key in the same source's key space; a child by that, or by the same National Student
Number. Nobody is ever the same by name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from ecegateway.evidence.record import ServiceEvidence
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.ids import ChildKey, EvidenceId, PersonKey, ServiceNumber, SourceName
from ecegateway.model.people import StaffShift
from ecegateway.model.spans import Span

Person = tuple[SourceName, PersonKey]
"""A key space and a key in it."""
Mark = tuple[str, str]
"""Something that no two children share: ``("key", "kowhai:c-1")`` or ``("nsn", "100000001")``."""

ROLL_STREAMS = frozenset({Child.stream, StudentNumber.stream, StaffShift.stream})
"""The streams that say who is at a service."""


@dataclass(frozen=True, slots=True)
class Roll:
    """Who was ever on record at a service: people with shifts, and children on record, each with their marks."""

    people: frozenset[Person]
    children: Mapping[ChildKey, frozenset[Mark]]


def roll(evidence: ServiceEvidence) -> Roll:
    """Everybody of whom any version of any record at the service tells; also of records that are gone since."""
    people: set[Person] = set()
    children: defaultdict[ChildKey, set[Mark]] = defaultdict(set)
    for version in evidence.versions:
        record, space = version.record, version.key_space
        if isinstance(record, StaffShift):
            people.add((space, record.person))
        elif isinstance(record, Child):
            key = ChildKey(f"{space}:{record.key}")
            children[key].add(("key", key))
        elif isinstance(record, StudentNumber):
            key = ChildKey(f"{space}:{record.child}")
            children[key].add(("key", key))
            if record.nsn is not None:
                children[key].add(("nsn", record.nsn))
    return Roll(frozenset(people), {key: frozenset(marks) for key, marks in children.items()})


@dataclass(frozen=True, slots=True)
class Companions:
    """Of another service: the people who have shifts here too, and, by their keys there, the children who may be here too."""

    people: frozenset[Person]
    children: frozenset[ChildKey]


@dataclass(frozen=True, slots=True)
class Shared:
    """Who is at more than one service. Everybody else is left out, so that it stays small."""

    people: Mapping[Person, tuple[ServiceNumber, ...]]
    children: Mapping[Mark, tuple[tuple[ServiceNumber, ChildKey], ...]]

    def companions(self, service: ServiceNumber) -> Mapping[ServiceNumber, Companions]:
        """The other services that share anybody with a service, in order, and whom."""
        people: defaultdict[ServiceNumber, set[Person]] = defaultdict(set)
        children: defaultdict[ServiceNumber, set[ChildKey]] = defaultdict(set)
        for person, services in self.people.items():
            for other in services if service in services else ():
                people[other].add(person)
        for places in self.children.values():
            for other, key in places if any(at == service for at, _ in places) else ():
                children[other].add(key)
        others = sorted(({*people} | {*children}) - {service})
        return {other: Companions(frozenset(people[other]), frozenset(children[other])) for other in others}


NOBODY_SHARED = Shared({}, {})


def shared(rolls: Iterable[tuple[ServiceNumber, Roll]]) -> Shared:
    """Who is at more than one of some services; the rolls may come one by one."""
    people: defaultdict[Person, list[ServiceNumber]] = defaultdict(list)
    children: defaultdict[Mark, list[tuple[ServiceNumber, ChildKey]]] = defaultdict(list)
    for service, found in rolls:
        for person in found.people:
            people[person].append(service)
        for key, marks in found.children.items():
            for mark in marks:
                children[mark].append((service, key))
    return Shared(
        {person: tuple(services) for person, services in people.items() if len(services) > 1},
        {mark: tuple(places) for mark, places in children.items() if len({service for service, _ in places}) > 1},
    )


@dataclass(frozen=True, slots=True)
class There:
    """Minutes of a day at another service, by the clocks of this one, and the record that says so."""

    service: ServiceNumber
    span: Span
    evidence: EvidenceId


Days = Mapping[date, tuple[There, ...]]


@dataclass(frozen=True, slots=True)
class Presence:
    """What is kept of another service: the minutes of its companions, by the clocks of ``zone`` and under its own keys.

    ``shifts`` are staff shifts, ``stays`` attendance with both times believed, ``booked`` the hours it may claim as enrolled,
    and ``attested`` those of them that a parent's attestation makes 20 Hours ECE.
    ``numbers`` are the children's National Student Numbers as they stand. ``known_at`` is when its newest record came.
    """

    service: ServiceNumber
    zone: str
    known_at: datetime
    numbers: Mapping[ChildKey, str | None]
    shifts: Mapping[Person, Days]
    stays: Mapping[ChildKey, Days]
    booked: Mapping[ChildKey, Days]
    attested: Mapping[ChildKey, Days]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """All that other services' records say, by person and child and day, under this service's keys."""

    shifts: Mapping[Person, Days]
    stays: Mapping[ChildKey, Days]
    booked: Mapping[ChildKey, Days]
    attested: Mapping[ChildKey, Days]

    def spans(self) -> Iterator[There]:
        """Everything that is said."""
        for said in (self.shifts, self.stays, self.booked, self.attested):
            for days in said.values():
                for spans in days.values():
                    yield from spans


_NONE: Mapping[date, tuple[There, ...]] = MappingProxyType({})
NOWHERE = Elsewhere({}, {}, {}, {})


def days_of(found: Mapping[ChildKey, Days], child: ChildKey) -> Days:
    """What is said of a child, by day; nothing of nearly all."""
    return found.get(child, _NONE)
