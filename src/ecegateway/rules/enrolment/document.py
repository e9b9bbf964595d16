"""A number whose identity document nobody has sighted: the unverified path.

Source: ECE Funding Handbook 6-1 (identity documents, unverified numbers).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId
from ecegateway.rules.enrolment.stretches import stretches
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_PATIENCE = timedelta(days=14)
"""How long after the enrolment began a missing document is left alone: our own measure, about when families bring it."""
_DOCUMENT = cite("6-1", "identity documentation; unverified National Student Numbers")
_VERIFIED = frozenset({"passport", "birth certificate", "other"})


def _unseen(child: ChildFacts, asked: Question) -> EvidenceId | None:
    """The record of a number for which no document was sighted, from a source that could show one."""
    known = child.number
    if known is None or known.record.nsn is None or known.record.document_sighted is not None:
        return None
    shows = asked.facts.can_show(known.source, Fact.DOCUMENT_SIGHTED)
    return known.id if shows and known.record.verification not in _VERIFIED else None


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
    condition="An enrolled child has a number, the record names no document and no verification, and its source can show "
    "documents.",
    examples=(
        found("A child has a number, and no document is noted."),
        passes("A birth certificate was sighted."),
        passes("The number is verified by a passport."),
        passes("The source cannot show documents."),
    ),
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
    condition=f"The number is marked unverified, no document is noted, and the first signed agreement has been in force for "
    f"{_PATIENCE.days} days.",
    examples=(
        found("A number is still unverified two weeks after the child was enrolled."),
        passes("A number is unverified and the child was enrolled thirteen days ago."),
        passes("A document was sighted since; the number waits to be verified."),
    ),
).of_each_child
def number_unverified(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The enrolled days from two weeks after the first agreement on."""
    unseen = _unseen(child, asked)
    if unseen is None or child.number is None or child.number.record.verification != "unverified" or not child.agreed:
        return
    since = child.agreed[0].since
    days = tuple(day for day in _enrolled(child, asked) if day >= since + _PATIENCE)
    if days:
        yield Breach(days, (unseen,), (("since", str(since)),))


DOCUMENT_RULES = (document_sighted, number_unverified)
