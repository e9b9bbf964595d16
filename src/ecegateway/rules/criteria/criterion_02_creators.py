"""Criterion 2: the system records who created each username and password, and when.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator

from ecegateway.contract import Fact
from ecegateway.facts.types import Known
from ecegateway.model.conformance import GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.model.people import SignatureMeans
from ecegateway.rules.criteria.grading import Criterion, criterion_cite, graded, judged
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 2


def missing(known: Known[SignatureMeans]) -> str | None:
    """What a signature's record does not say of its making."""
    nobody, never = known.record.created_by is None, known.record.created_at is None
    if nobody and never:
        return "does not say who created it, nor when"
    if nobody:
        return "does not say who created it"
    return "does not say when it was created" if never else None


@rule(
    "signature.creator-not-recorded",
    "A signature nobody is on record as having created",
    message="The record of an electronic signature {what}.",
    why="Where usernames and passwords are used, the system must record who created them and when.",
    fix="Have the administrator enter who created it and when; where nobody knows, revoke it and create a new one.",
    cites=criterion_cite(2),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="The source declares that it can show who created signatures, and a signature names no creator or no moment.",
    examples=(
        found("A signature names no creator."),
        found("A signature does not say when it was created."),
        passes("A signature names its creator and when."),
        passes("A source that cannot show creators names none."),
    ),
).of_the_service
def creator_not_recorded(asked: Question) -> Iterator[Breach]:
    """Signatures without who or when, from sources that carry both."""
    for means in asked.facts.signature_means.values():
        for known in means:
            what = missing(known)
            if what is not None and asked.facts.can_show(known.source, Fact.SIGNATURE_CREATOR):
                yield Breach((), (known.id,), (("what", what),))


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each electronic signature."""
    for means in asked.facts.signature_means.values():
        for known in means:
            what = missing(known)
            shows = asked.facts.can_show(known.source, Fact.SIGNATURE_CREATOR)
            yield graded(_NUMBER, known, judged(what if shows else None, what, "says who created it and when"))


CRITERION = Criterion(
    number=_NUMBER,
    group="Security",
    title="Who created each signature, and when",
    asks="Where usernames and passwords are used, the system records who created them and when.",
    on_paper="A dated note, for each username or PIN, of who set it up.",
    needs=frozenset({Fact.SIGNATURE_CREATOR}),
    grades=grades,
    rules=(creator_not_recorded,),
)
