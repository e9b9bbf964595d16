"""The enrolment agreement: signed and dated, its basis and conditional part given.

Source: ECE Funding Handbook 6-1.
"""

from collections.abc import Callable, Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts, Known
from ecegateway.handbook.citation import cite
from ecegateway.model.enrolment import Basis, Enrolment
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId, same_record
from ecegateway.rules.days import certain_bookings, in_force
from ecegateway.rules.registry import Breach, Question, found, passes, rule


def waiting_for_signature(child: ChildFacts, day: date) -> tuple[Known[Enrolment], ...]:
    """Agreement versions that would be in force on a day had a parent signed them by then."""
    signed = in_force(child, day)
    covered = max((known.record.effective_from for known in signed), default=date.min)
    return tuple(
        known
        for known in child.enrolments
        if known.record.effective_from <= day
        and (known.record.last_day is None or day <= known.record.last_day)
        and _unsigned_by(known.record, day)
        and (not signed or known.record.effective_from > covered or any(same_record(known.id, one.id) for one in signed))
    )


def _unsigned_by(record: Enrolment, day: date) -> bool:
    return record.signature is None or record.signature.signed_on > day


@rule(
    "enrolment.signed",
    "An agreement or change that no parent has signed",
    message="An agreement{change} in the system has no parent's signature on {count} day(s) and does not count.",
    why="Changes that a parent or guardian has not signed and dated are not changes for funding.",
    fix="Have the parent sign and date it. Funding follows it from that day; nothing can be signed backwards.",
    cites=cite("6-1", "changes to records"),
    severity=Severity.HOLDS,
    holds="The child's open days on which no signed agreement is in force; beside a signed one the change only warns.",
    condition="The service is open on the day, and an agreement version that has taken effect and not ended has no signature, "
    "or one of a later day.",
    examples=(
        found("A permanent agreement has no signature."),
        found("A casual child attends before the parent has signed the casual basis."),
        found("A conditional child attends before the parent has signed."),
        found("An agreement is signed a week after it took effect: that week waits."),
        found("A change of the booked times has no signature: the signed times go on."),
        passes("A change is signed before it takes effect."),
        passes("An agreement is signed on the day it takes effect."),
    ),
).of_each_child
def signed(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Open days on which an unsigned agreement waits for a signature, and those on which an unsigned change does.

    A day with no signed agreement at all is held; on the others the signed one goes on and the change only warns.
    """
    if not any(_unsigned_by(known.record, asked.days.first) for known in child.enrolments):
        return
    waiting: dict[tuple[Known[Enrolment], bool], list[date]] = {}
    for day in asked.days:
        if asked.operating[day].open:
            change = bool(in_force(child, day))
            for known in waiting_for_signature(child, day):
                waiting.setdefault((known, change), []).append(day)
    for (known, change), days in waiting.items():
        parameters = (("change", " change" if change else ""), ("count", str(len(days))))
        yield Breach(tuple(days), (known.id,), parameters, Severity.WARNS if change else None)


@rule(
    "enrolment.conditional-part",
    "Conditional, but which part?",
    message="The agreement is conditional and does not say whether all of it or which bookings are.",
    why="Where the conditional part is not indicated, no attendance can be claimed.",
    fix="Have the parent sign an agreement that says which part is conditional.",
    cites=cite("6-1", "additional requirements for conditional children's records"),
    severity=Severity.HOLDS,
    holds="The child's days under the agreement.",
    condition="A signed agreement in force is conditional and says neither that the whole of it is nor which bookings are.",
    examples=(
        found("A conditional agreement does not say which part is conditional."),
        found("A conditional agreement says that some bookings are conditional and marks none."),
        passes("A conditional agreement says that the whole of it is conditional."),
        passes("A conditional agreement marks the Friday as its conditional part."),
    ),
).of_each_child
def conditional_part(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Days under a conditional agreement that names no part, or names bookings and marks none of them."""
    yield from _days_under(child, asked, _names_no_part)


def _names_no_part(agreement: Enrolment) -> bool:
    if agreement.basis is not Basis.CONDITIONAL or agreement.conditional_part == "whole":
        return False
    return agreement.conditional_part is None or not any(booking.conditional for booking in agreement.bookings)


@rule(
    "enrolment.basis",
    "Permanent, casual or conditional?",
    message="The signed agreement does not say whether the enrolment is permanent, casual or conditional.",
    why="Permanent children are funded on enrolled hours, others on attended hours; the record must tell them apart.",
    fix="Have the basis entered in the agreement.",
    cites=cite("6-1", "enrolment records must distinguish permanent, casual and conditional"),
    severity=Severity.HOLDS,
    holds="The child's days under the agreement.",
    condition="A signed agreement in force has no basis.",
    examples=(
        found("A signed agreement has no basis."),
        passes("A signed agreement is casual."),
    ),
).of_each_child
def basis(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Days under a signed agreement without a basis."""
    yield from _days_under(child, asked, lambda agreement: agreement.basis is None)


@rule(
    "enrolment.two-agreements",
    "Two permanent agreements at once",
    message="Two permanent agreements of the child are in force and both book this day.",
    why="A child has one enrolment agreement with the service; hours of two must not be added up.",
    fix="End the agreement that no longer holds, signed and dated by the parent.",
    cites=cite("6-1", "individual enrolment agreements"),
    severity=Severity.HOLDS,
    holds="The child's days that both agreements book.",
    condition="On the day two signed agreements of the child are in force and each books permanent hours.",
    examples=(
        found("Two permanent agreements book the same Monday."),
        passes("Two permanent agreements book different weekdays."),
        passes("A casual agreement stands beside a permanent one."),
        passes("A new version of the agreement replaces the old one."),
    ),
).of_each_child
def two_agreements(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Days booked by two permanent agreements in force."""
    if not any(agreed.agreements[1:] for agreed in child.agreed):
        return
    double: dict[tuple[EvidenceId, ...], list[date]] = {}
    for day in asked.days:
        booking = tuple(known.id for known in in_force(child, day) if certain_bookings(known.record, day))
        if len(booking) > 1:
            double.setdefault(booking, []).append(day)
    for agreements, days in double.items():
        yield Breach(tuple(days), agreements)


def _days_under(child: ChildFacts, asked: Question, faulty: Callable[[Enrolment], bool]) -> Iterator[Breach]:
    """One breach for each faulty agreement, with the days it is in force."""
    if not any(faulty(known.record) for known in child.enrolments):
        return
    under: dict[Known[Enrolment], list[date]] = {}
    for day in asked.days:
        for known in in_force(child, day):
            if faulty(known.record):
                under.setdefault(known, []).append(day)
    for known, days in under.items():
        yield Breach(tuple(days), (known.id,))
