"""What the facts say of a child on a day: who it is as on the document, which document was sighted, which number it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.model.child import StudentNumber
from ecegateway.model.ids import ChildKey
from ecegateway.model.nsn_request import DOCUMENT_WITHIN
from ecegateway.nsn.folding import SINGLE_NAME
from ecegateway.outbound import Identity
from ecegateway.rules.days import in_force


@dataclass(frozen=True, slots=True)
class Sighted:
    """A document that is on record as sighted, and when, as far as that is noted."""

    document: str
    on: date | None


def numbers(child: ChildFacts) -> Iterator[StudentNumber]:
    """Every record of the child's number that stands, the one that counts first."""
    if child.number is not None:
        yield child.number.record
        yield from (known.record for known in child.other_numbers)


def number(child: ChildFacts) -> str | None:
    """The child's number, as it stands."""
    return child.number.record.nsn if child.number is not None else None


def is_unverified(child: ChildFacts) -> bool:
    """Whether the child's number is marked as one that was given without a document."""
    return child.number is not None and child.number.record.verification == "unverified"


def sighted(child: ChildFacts) -> Sighted | None:
    """The document on record, by whichever of the child's records notes one."""
    found = [record for record in numbers(child) if record.document_sighted is not None]
    for record in found:
        assert record.document_sighted is not None
        if record.document_sighted_on is not None or record is found[-1]:
            return Sighted(record.document_sighted, record.document_sighted_on)
    return None


def asked_on(child: ChildFacts) -> date | None:
    """The day the family was first asked for a document, by whichever record says it: the two weeks never begin anew."""
    return min((record.document_asked_on for record in numbers(child) if record.document_asked_on is not None), default=None)


def document_due(child: ChildFacts) -> date | None:
    """The last of the two weeks in which the family is to bring a document; ``None`` once one is sighted, or none was asked."""
    day = asked_on(child)
    return None if day is None or sighted(child) is not None else day + DOCUMENT_WITHIN


def identity(child: ChildFacts) -> Identity | None:
    """Who the child is, as on the document: official names as they are; ``None`` while birth date or gender is not known."""
    if child.identity is None or child.identity.record.gender is None:
        return None
    record = child.identity.record
    return Identity(record.family_name, record.given_names or (SINGLE_NAME,), record.birth_date, record.gender or "")


def others_with(facts: ServiceFacts, nsn: str, child: ChildKey, today: date) -> tuple[ChildKey, ...]:
    """Other children who have a number and are enrolled on a day.

    One who has left may be the same child under another system's key: a centre that changes its system has each child twice.
    """
    others = (one for one in facts.children if one.key != child and any(has.nsn == nsn for has in numbers(one)))
    return tuple(one.key for one in others if in_force(one, today))
