"""How people read: by the name the source gives that speaks of them, else by their key."""

from collections.abc import Mapping
from datetime import date

from ecegateway.facts.types import ChildFacts, Known, ServiceFacts
from ecegateway.model.ids import PersonKey, SourceName
from ecegateway.model.people import Person


def person_name(people: Mapping[PersonKey, tuple[Known[Person], ...]], person: PersonKey, source: SourceName) -> str:
    """The display name of a person by the source that names them; the key where it gives no name."""
    known = next((one.record for one in people.get(person, ()) if one.source == source), None)
    return (known and f"{known.given_names or ''} {known.family_name or ''}".strip()) or person


def signatory_names(facts: ServiceFacts, child: ChildFacts, day: date) -> tuple[str, ...]:
    """Display names of those who may sign for the child on a day, in order of their keys.

    Somebody the source lists as a signatory and has no record of is left out: a key is no name to ask for.
    """
    may = sorted(
        (known.source, known.record.person)
        for known in child.signatories
        if known.record.first_day <= day and (known.record.last_day is None or day <= known.record.last_day)
    )
    return tuple(
        person_name(facts.people, person, source)
        for source, person in may
        if any(one.source == source for one in facts.people.get(person, ()))
    )
