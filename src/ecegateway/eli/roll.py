"""Everything that is told of a service, child by child: what can be said now, what is held back and why, what is no more."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ecegateway.eli.absences import absence_id, absences
from ecegateway.eli.attendance import stay_id, stays
from ecegateway.eli.bookings import schedules
from ecegateway.eli.enrolments import enrolment_id, enrolments, stretches_said
from ecegateway.eli.identity import demographics, demographics_id, who
from ecegateway.eli.ids import entity_id, unnumbered
from ecegateway.eli.service import closures, confirmations
from ecegateway.eli.telling import Gone, Told
from ecegateway.eli.twenty_hours import attestations
from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.handbook.policy import Policy
from ecegateway.model.attendance import Absence, Attendance
from ecegateway.model.child import Child
from ecegateway.model.eli import Entity, Family, Held
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ChildKey
from ecegateway.model.service import ServiceType

DERIVED = frozenset({Family.BOOKINGS, Family.TWENTY_HOURS})
"""Families whose entities are read off a child's agreements, so that one no longer there is one no longer agreed."""


@dataclass(slots=True)
class Roll:
    """What there is to tell of a service on a day: entities by family and id, holds, and what is no more."""

    entities: dict[tuple[Family, str], Entity] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    _gone: set[tuple[Family, str]] = field(default_factory=set)
    _held: set[tuple[ChildKey | None, Family | None, str | None]] = field(default_factory=set)
    _agreed: set[ChildKey | None] = field(default_factory=set)
    _unsaid: set[ChildKey | None] = field(default_factory=set)

    def take(self, told: Iterable[Told]) -> None:
        """Note what a family's builder says."""
        for one in told:
            if isinstance(one, Entity):
                self.entities[one.family, one.id] = one
                if one.family is Family.ENROLMENT:
                    self._agreed.add(one.child)
            elif isinstance(one, Gone):
                self._gone.add((one.family, one.entity))
            else:
                self.held.append(one)
                if one.holds:
                    self._held.add((one.child, one.family, one.entity))
                    if one.family is Family.ENROLMENT:
                        self._unsaid.add(one.child)

    def is_held(self, family: Family, entity: str, child: ChildKey | None) -> bool:
        """Whether something is held back as it was told last: it is there, and cannot be said now."""
        places = ((child, None, None), (child, family, None), (child, family, unnumbered(entity)))
        of_agreements = family in DERIVED and child in self._unsaid
        return of_agreements or any(place in self._held for place in places if place != _NOTHING)

    def is_gone(self, family: Family, entity: str, child: ChildKey | None) -> bool:
        """Whether its record, or its child's, is known to be no more, or to say nothing that is told."""
        deleted = child is not None and (Family.IDENTITY, entity_id(child)) in self._gone
        return (family, unnumbered(entity)) in self._gone or (family in DERIVED and deleted)

    def is_agreed_no_longer(self, family: Family, child: ChildKey | None) -> bool:
        """Whether what is read off a child's agreements, and is no longer there, is no longer agreed.

        Of what is neither there nor known to be gone nobody can say: it may have been lost, or erased after its time.
        """
        return family in DERIVED and child in self._agreed


_NOTHING = (None, None, None)


def roll(
    facts: ServiceFacts, today: date, policy: Policy, *, closure_reasons: Mapping[str, str], confirmed: Iterable[date] = ()
) -> Roll:
    """What there is to tell of a service by the end of a day; ``confirmed`` are the first days of confirmed months."""
    found = Roll()
    for child in facts.children:
        found.take(_child(facts, child, today, policy))
    found.take(closures(facts, today, closure_reasons))
    found.take(confirmations(confirmed))
    return found


def _child(facts: ServiceFacts, child: ChildFacts, today: date, policy: Policy) -> Iterator[Told]:
    yield from _deleted(child)
    identity = list(who(child))
    yield from identity
    if any(isinstance(one, Held) and one.holds for one in identity):
        return
    yield from demographics(child)
    enrolled = list(enrolments(child, today))
    yield from enrolled
    stretches = stretches_said(enrolled)
    profile = facts.profile(today)
    exact = policy["attendance.rounding"] == "exact"
    home_based = profile.service_type is ServiceType.HOME_BASED
    yield from schedules(child, stretches, today)
    yield from attestations(child, stretches, today)
    yield from stays(child, stretches, today, profile.zone, exact=exact, home_based=home_based)
    yield from absences(facts, child, stretches, today, profile.zone)


def _deleted(child: ChildFacts) -> Iterator[Told]:
    """What is no more because the vendor deleted its record."""
    standing = {known.record.agreement for known in child.enrolments}
    for vanished in child.vanished:
        record, source = vanished.record, vanished.source
        if not vanished.deleted:
            continue
        if isinstance(record, Child):
            yield Gone(Family.IDENTITY, entity_id(child.key))
            yield Gone(Family.DEMOGRAPHICS, demographics_id(child.key))
        elif isinstance(record, Enrolment) and record.agreement not in standing:
            yield Gone(Family.ENROLMENT, enrolment_id(child.key, record.agreement))
        elif isinstance(record, Attendance):
            yield Gone(Family.ATTENDANCE, stay_id(source, record))
        elif isinstance(record, Absence):
            yield Gone(Family.ATTENDANCE, absence_id(source, record))
