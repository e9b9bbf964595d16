"""Which children belong together: those who share a guardian."""

from collections.abc import Iterable, Iterator

from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.model.ids import ChildKey, PersonKey
from ecegateway.model.period import DateRange

Family = frozenset[PersonKey]


class Families:
    """The guardians of a service's children: who signed an agreement, who may sign, who did sign and is not known for staff.

    A child's are looked up when they are asked for.
    """

    def __init__(self, facts: ServiceFacts, days: DateRange) -> None:
        self._people = facts.people
        self._children = {child.key: child for child in facts.children}
        self._days = days
        self._found: dict[ChildKey, Family] = {}

    def of(self, key: ChildKey) -> Family:
        """A child's guardians, as far as they are known."""
        family = self._found.get(key)
        if family is None:
            grown_ups = set(_grown_ups(self._children[key], self._days))
            family = self._found[key] = frozenset(person for person in grown_ups if self._may_be_guardian(person))
        return family

    def unrelated(self, children: Iterable[ChildKey], enough: int) -> bool:
        """Whether enough of some children share no guardian with one before; those without a known one do not count."""
        seen: set[PersonKey] = set()
        count = 0
        for child in children:
            family = self.of(child)
            if family and seen.isdisjoint(family):
                count += 1
                if count >= enough:
                    return True
            seen |= family
        return False

    def _may_be_guardian(self, person: PersonKey) -> bool:
        return all(known.record.role == "guardian" for known in self._people.get(person, ()))


def _grown_ups(child: ChildFacts, days: DateRange) -> Iterator[PersonKey]:
    for enrolment in child.enrolments:
        if enrolment.record.signature is not None:
            yield enrolment.record.signature.by
    for signatory in child.signatories:
        yield signatory.record.person
    for day, stays in child.stays.items():
        for stay in stays if day in days else ():
            for mark in stay.marks:
                if mark.by is not None:
                    yield mark.by
