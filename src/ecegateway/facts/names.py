"""How people read: by the name the source gives that speaks of them, else by their key."""

from datetime import date

from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.model.ids import PersonKey, SourceName
from ecegateway.model.people import Person


def person_name(facts: ServiceFacts, person: PersonKey, source: SourceName) -> str:
    """The display name of a person, by a source whose keys mean the same people; the key where none gives a name."""
    known = _record(facts, person, source)
    return (known and f"{known.given_names or ''} {known.family_name or ''}".strip()) or person


def _record(facts: ServiceFacts, person: PersonKey, source: SourceName) -> Person | None:
    """Whom a key of a source means: a paper folder that uses a system's keys speaks of the same people."""
    space = facts.key_spaces.get(source)
    return next((one.record for one in facts.people.get(person, ()) if facts.key_spaces.get(one.source) == space), None)


def signatory_names(facts: ServiceFacts, child: ChildFacts, day: date) -> tuple[str, ...]:
    """Display names of those who may sign for the child on a day, in order of their keys.

    Somebody the source lists as a signatory and has no record of is left out: a key is no name to ask for.
    """
    may = sorted(
        (known.source, known.record.person)
        for known in child.signatories
        if known.record.first_day <= day and (known.record.last_day is None or day <= known.record.last_day)
    )
    return tuple(person_name(facts, person, source) for source, person in may if _record(facts, person, source) is not None)
