"""The enrolment agreement: signed and dated, its basis and conditional part given.

Source: ECE Funding Handbook 6-1.
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts, Known
from ecegateway.handbook.citation import cite
from ecegateway.model.enrolment import Basis, Enrolment
from ecegateway.model.finding import Severity
from ecegateway.rules.days import in_force
from ecegateway.rules.registry import Breach, Question, rule


def waiting_for_signature(child: ChildFacts, day: date) -> tuple[Known[Enrolment], ...]:
    """Agreement versions that would be in force on a day had a parent signed them by then."""
    signed = in_force(child, day)
    covered = max((known.record.effective_from for known in signed), default=date.min)
    return tuple(
        known
        for known in child.enrolments
        if known.record.effective_from <= day
        and (known.record.last_day is None or day <= known.record.last_day)
        and (known.record.signature is None or known.record.signature.signed_on > day)
        and (not signed or known.record.effective_from > covered)
    )


@rule(
    "enrolment.signed",
    "An agreement or change that no parent has signed",
    message="An agreement{change} in the system has no parent's signature on {count} day(s) and does not count.",
    why="Changes that a parent or guardian has not signed and dated are not changes for funding.",
    fix="Have the parent sign and date it. Funding follows it from that day; nothing can be signed backwards.",
    cites=cite("6-1", "changes to records"),
    severity=Severity.HOLDS,
).of_each_child
def signed(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Open days on which an unsigned agreement or change waits for a signature."""
    waiting: dict[Known[Enrolment], list[date]] = {}
    changes = set()
    for day in asked.days:
        if asked.operating[day].open:
            for known in waiting_for_signature(child, day):
                waiting.setdefault(known, []).append(day)
                if in_force(child, day):
                    changes.add(known.id)
    for known, days in waiting.items():
        change = known.id in changes
        yield Breach(
            tuple(days),
            (known.id,),
            (("change", " change" if change else ""), ("count", str(len(days)))),
            Severity.WARNS if change else None,
        )


@rule(
    "enrolment.conditional-part",
    "Conditional, but which part?",
    message="The agreement is conditional and does not say whether all of it or which bookings are.",
    why="Where the conditional part is not indicated, no attendance can be claimed.",
    fix="Have the parent sign an agreement that says which part is conditional.",
    cites=cite("6-1", "additional requirements for conditional children's records"),
    severity=Severity.HOLDS,
).of_each_child
def conditional_part(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Days under a conditional agreement that names no part."""
    waiting: dict[Known[Enrolment], list[date]] = {}
    for day in asked.days:
        for known in in_force(child, day):
            if known.record.basis is Basis.CONDITIONAL and known.record.conditional_part is None:
                waiting.setdefault(known, []).append(day)
    for known, days in waiting.items():
        yield Breach(tuple(days), (known.id,))


@rule(
    "enrolment.basis",
    "Permanent, casual or conditional?",
    message="The signed agreement does not say whether the enrolment is permanent, casual or conditional.",
    why="Permanent children are funded on enrolled hours, others on attended hours; the record must tell them apart.",
    fix="Have the basis entered in the agreement.",
    cites=cite("6-1", "enrolment records must distinguish permanent, casual and conditional"),
    severity=Severity.HOLDS,
).of_each_child
def basis(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Days under a signed agreement without a basis."""
    unknown: dict[Known[Enrolment], list[date]] = {}
    for day in asked.days:
        for known in in_force(child, day):
            if known.record.basis is None:
                unknown.setdefault(known, []).append(day)
    for known, days in unknown.items():
        yield Breach(tuple(days), (known.id,))
