"""A number whose identity document nobody has sighted: the unverified path.

Source: ECE Funding Handbook 6-1 (identity documents, unverified numbers).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.child import StudentNumber
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId
from ecegateway.model.nsn_request import DOCUMENT_WITHIN
from ecegateway.model.period import local_day
from ecegateway.rules.enrolment.stretches import stretches
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_PATIENCE = timedelta(days=14)
"""How long after the enrolment began a missing document is left alone: our own measure, about when families bring it."""
_DOCUMENT = cite("6-1", "identity documentation; unverified National Student Numbers")
_CLOCK = "Pacific/Auckland"
_VERIFIED = frozenset({"passport", "birth certificate", "other"})


def _unseen(child: ChildFacts, asked: Question) -> EvidenceId | None:
    """The record of a number for which no record of the child notes a document, from a source that could show one."""
    known = child.number
    if known is None or known.record.nsn is None:
        return None
    if any(_proves(one.record, known.record) for one in (known, *child.other_numbers)):
        return None
    return known.id if asked.facts.can_show(known.source, Fact.DOCUMENT_SIGHTED) else None


def _proves(record: StudentNumber, number: StudentNumber) -> bool:
    """Whether a record notes a document, or has the very number as verified."""
    return record.document_sighted is not None or (record.nsn == number.nsn and record.verification in _VERIFIED)


def _asked_on(child: ChildFacts) -> date | None:
    """The day the family was first asked for a document; ``None`` if nobody notes one, or a document was sighted."""
    if child.number is None:
        return None
    records = [known.record for known in (child.number, *child.other_numbers)]
    if any(record.document_sighted is not None for record in records):
        return None
    return min((record.document_asked_on for record in records if record.document_asked_on is not None), default=None)


def _enrolled(child: ChildFacts, asked: Question) -> tuple[date, ...]:
    return tuple(day for stretch, _ in stretches(child, asked.days) for day in stretch)


@rule(
    "child.document-sighted",
    "A number, and no document sighted",
    message="The child has a National Student Number; no identity document is noted as sighted, and the number is not "
    "marked as unverified.",
    why="A service that cannot sight a document asks for an unverified number; one that can says which document it sighted.",
    fix="Note the document that was sighted. If none was, call the Ministry on 0800 ECE ECE for an unverified number.",
    cites=_DOCUMENT,
    severity=Severity.WARNS,
    holds="Nothing: a child may be enrolled without a document.",
    condition="An enrolled child has a number that is not marked unverified, no record of the child names a document or has "
    "the number as verified, and the number's source can show documents.",
    examples=(
        found("A child has a number, and no document is noted."),
        passes("A birth certificate was sighted."),
        passes("The number is verified by a passport."),
        passes("The source cannot show documents."),
        passes("The vendor's record has the number alone, and another record notes the passport that was sighted."),
    ),
    version=2,
).of_each_child
def document_sighted(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Enrolled children whose number rests on no document and is not said to be unverified."""
    unseen = _unseen(child, asked)
    if unseen is None or child.number is None or child.number.record.verification == "unverified":
        return
    days = _enrolled(child, asked)
    if days:
        yield Breach(days, (unseen,))


@rule(
    "child.number-unverified",
    "Unverified number: ask again for a document",
    message="The child's number is unverified, and no document has been sighted since the enrolment began on {since}.",
    why="An unverified number can be verified once an official document is provided.",
    fix="Ask the family for a birth certificate or passport, note what was sighted, and have the number verified.",
    cites=_DOCUMENT,
    severity=Severity.INFORMS,
    holds="Nothing: an unverified number is a number.",
    condition=f"The number is marked unverified, no record of the child notes a document or the day the family was asked for "
    f"one, and the first signed agreement has been in force for {_PATIENCE.days} days.",
    examples=(
        found("A number is still unverified two weeks after the child was enrolled."),
        passes("A number is unverified and the child was enrolled thirteen days ago."),
        passes("A document was sighted since; the number waits to be verified."),
        passes("The family was asked for a document last week: the two weeks count from that day."),
    ),
    version=2,
).of_each_child
def number_unverified(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The enrolled days from two weeks after the first agreement on."""
    unseen = _unseen(child, asked)
    if unseen is None or child.number is None or child.number.record.verification != "unverified" or not child.agreed:
        return
    if _asked_on(child) is not None:
        return
    since = child.agreed[0].since
    days = tuple(day for day in _enrolled(child, asked) if day >= since + _PATIENCE)
    if days:
        yield Breach(days, (unseen,), (("since", str(since)),))


@rule(
    "child.document-overdue",
    "Document asked of the family, and overdue",
    message="The family was asked for an identity document on {asked_on}; none was noted by {due}, two weeks later.",
    why="A family that has no document at hand is to bring one within two weeks; until then the number stays unverified.",
    fix="Ask the family again. Once a document is sighted, note it: ecegateway nsn document, or in the vendor's system.",
    cites=_DOCUMENT,
    severity=Severity.WARNS,
    holds="Nothing: an unverified number is a number.",
    condition=f"A record of the child says when the family was asked for a document, none notes one as sighted, and more than "
    f"{DOCUMENT_WITHIN.days} days have gone by since. Of several days on which it was asked the earliest counts; days after "
    "the newest evidence came are not judged.",
    examples=(
        found("Fifteen days ago the family was asked for a document, and none is noted."),
        passes("The family was asked fourteen days ago: today is the last day."),
        passes("A passport was sighted on the fifteenth day."),
        passes("Nobody notes when the family was asked."),
    ),
).of_each_child
def document_overdue(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The enrolled days after the two weeks."""
    day = _asked_on(child)
    if day is None:
        return
    due = day + DOCUMENT_WITHIN
    known = local_day(asked.facts.known_at, _CLOCK)
    days = tuple(one for one in _enrolled(child, asked) if due < one <= known)
    if days:
        evidence = tuple(known.id for known in (child.number, *child.other_numbers) if known is not None)
        yield Breach(days, evidence, (("asked_on", str(day)), ("due", str(due))), due=due)


DOCUMENT_RULES = (document_sighted, number_unverified, document_overdue)
