"""Criterion 4: only a parent or guardian who is an authorised signatory verifies, and only with their own signature.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, Known, ServiceFacts
from ecegateway.model.attendance import Verification
from ecegateway.model.conformance import GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.model.people import SignatureMeans
from ecegateway.model.period import ONE_DAY, DateRange
from ecegateway.rules.criteria.criterion_01_own_signature import misused, owners
from ecegateway.rules.criteria.grading import Criterion, criterion_cite, graded, judged
from ecegateway.rules.days import may_verify, verifier_fault
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 4


def given(child: ChildFacts, asked: Question) -> Iterator[tuple[Known[Verification], tuple[date, ...]]]:
    """A child's verifications that bear on the days asked about, with those days.

    One whose days end before they begin bears on its first day, and covers none.
    """
    for known in child.verifications:
        first, last = max(known.record.first_day, asked.days.first), min(known.record.last_day, asked.days.last)
        if first <= last:
            yield known, tuple(DateRange(first, last + ONE_DAY))
        elif known.record.last_day < known.record.first_day and known.record.first_day in asked.days:
            yield known, ()


def borrowed(known: Known[Verification], facts: ServiceFacts) -> tuple[Known[SignatureMeans], ...]:
    """The signatures a verification was given with that its verifier should not have used: another's, or revoked."""
    record = known.record
    return tuple(
        owner for owner in owners(record.means, known.source, facts) if misused(owner, record.by, record.at) is not None
    )


@rule(
    "verification.by-guardian",
    "Verified by somebody who may not",
    message="The record of these days was verified by a person who is not an authorised parent or guardian of the child.",
    why="Only a parent or guardian who is an authorised signatory can verify attendance; staff cannot.",
    fix="Have a parent or guardian verify these days themselves. Until then the verification counts for nothing.",
    cites=criterion_cite(4),
    severity=Severity.WARNS,
    holds="No hours of its own; the verification answers for no other finding.",
    condition="The verifier is staff or an administrator by the same source's records, or the child has a list of authorised "
    "signatories and the verifier does not stand on it on the day of verifying, both ends of the authority included.",
    examples=(
        found("A teacher verifies the week."),
        found("An administrator verifies the week."),
        found("An aunt who is not on the child's list verifies the week."),
        found("A father verifies the day after his authority ended."),
        passes("A mother on the child's list verifies the week."),
        passes("A father verifies on the last day of his authority."),
        passes("A guardian verifies, and the child has no list."),
    ),
).of_each_child
def by_guardian(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Verifications by staff, or by people not on the child's list where there is one."""
    for known, days in given(child, asked):
        if days and not may_verify(child, known, asked.facts.people):
            yield Breach(days, (known.id,))


@rule(
    "verification.own-signature",
    "Verified with somebody else's signature",
    message="The record of these days was verified with an electronic signature that is another person's, or was "
    "revoked before.",
    why="A parent or guardian must only use their own electronic signature to verify attendance records.",
    fix="Have the parent verify these days again with a signature of their own, or on paper.",
    cites=criterion_cite(4),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="A verification names a signature that the same source has on record as another person's, or as revoked at or "
    "before the moment of verifying.",
    examples=(
        found("The father verifies with the mother's signature."),
        found("A mother verifies with a signature that was revoked the day before."),
        passes("A mother verifies with her own signature."),
        passes("A verification names a signature that is not on record."),
    ),
).of_each_child
def own_signature(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Verifications given with a signature of another person, or a revoked one."""
    for known, days in given(child, asked):
        others = borrowed(known, asked.facts) if days else ()
        if others:
            yield Breach(days, (known.id, *(owner.id for owner in others)))


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each verification made electronically."""
    for child in asked.facts.children:
        for known, days in given(child, asked):
            if days and known.record.medium == "electronic":
                fault = verifier_fault(child, known, asked.facts.people)
                if fault is None and borrowed(known, asked.facts):
                    fault = "was given with a signature of another person, or a revoked one"
                told = judged(fault, _unknown(child, known, asked.facts), "was given by an authorised signatory with their own")
                yield graded(_NUMBER, known, told, days, child)


def _unknown(child: ChildFacts, known: Known[Verification], facts: ServiceFacts) -> str | None:
    if not child.signatories:
        return "was given for a child whose authorised signatories are not on record"
    if not owners(known.record.means, known.source, facts):
        return "does not say whose signature it was given with"
    return None


CRITERION = Criterion(
    number=_NUMBER,
    group="Security",
    title="Only an authorised parent or guardian verifies",
    asks="Only a parent or guardian who is an authorised signatory verifies, and only with their own electronic signature.",
    on_paper="Each child's list of authorised signatories, signed and dated, and the attendance sheets a parent "
    "signed by hand.",
    needs=frozenset({Fact.VERIFICATION, Fact.SIGNATURE_OWNER}),
    grades=grades,
    rules=(by_guardian, own_signature),
)
