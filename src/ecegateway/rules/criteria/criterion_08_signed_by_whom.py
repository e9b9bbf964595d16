"""Criterion 8: the system records who signed the child in and out, and on what day and at what time.

That only authorised signatories sign is recommended: a warning, not a breach.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator
from datetime import date, datetime

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, Stay
from ecegateway.model.attendance import Mark, Method
from ecegateway.model.conformance import GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.model.people import AuthorisedSignatory
from ecegateway.rules.attendance.departure import system_sign_out
from ecegateway.rules.attendance.recorded import missing_times, times_given
from ecegateway.rules.criteria.criterion_07_no_default import not_defaulted
from ecegateway.rules.criteria.grading import Criterion, criterion_cite, graded, judged
from ecegateway.rules.days import NO_PERSONS, SIGNATURE_CURES, SIGNATURE_SHOWS, confirmation
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 8


def unsigned_ends(stay: Stay, besides: frozenset[Method] = frozenset()) -> str | None:
    """Which ends of a stay have a time and no signer, ``in``, ``out`` or ``in or out``; not counting those made ``besides``."""
    came = _unsigned(stay.record.sign_in, stay.record.arrived, besides)
    left = _unsigned(stay.record.sign_out, stay.record.departed, besides)
    if came and left:
        return "in or out"
    return "in" if came else "out" if left else None


def _unsigned(mark: Mark | None, instant: datetime | None, besides: frozenset[Method]) -> bool:
    return instant is not None and (mark is None or (mark.by is None and mark.method not in besides))


def _tablet(stay: Stay) -> str:
    """The device the unsigned marks of a day were made on, where the source names it: one tablet without a PIN is one cause."""
    devices = sorted({mark.device for mark in stay.marks if mark.by is None and mark.device})
    return f"device {' and '.join(devices)}, {stay.day}" if devices else ""


def outsider(child: ChildFacts, stay: Stay, asked: Question) -> bool:
    """Whether somebody signed who neither works at the service nor stands on the child's list on this day, if there is one."""
    if not child.signatories:
        return False
    signers = {mark.by for mark in stay.marks if mark.method is Method.SIGNED and mark.by is not None}
    allowed = {known.record.person for known in child.signatories if _counts(known.record, stay.day)}
    return any((stay.known.source, signer) not in asked.facts.staff for signer in signers - allowed)


def _counts(authority: AuthorisedSignatory, day: date) -> bool:
    return authority.first_day <= day and (authority.last_day is None or day <= authority.last_day)


@rule(
    "attendance.signed",
    "A sign-in or sign-out without a signer",
    message="The record does not say who signed the child {ends}.",
    why="Hours rest on an arrival and departure that a known person signed for.",
    fix="Have the person who signed named in the vendor's system, or have a parent verify these days; then pull again.",
    cites=criterion_cite(8, 9),
    severity=Severity.HOLDS,
    switch="attendance.unsigned-mark",
    holds="The whole day of the child.",
    condition="The source declares that it can show signers; an arrival or departure has a time and names nobody, and "
    "is no default "
    "and no work of the system's; and no guardian has confirmed the day since, as far as the switch lets that answer for it.",
    examples=(
        found("A departure has a time and names nobody."),
        found("A stay has times and no mark at all."),
        passes("Both ends name who signed."),
        passes("A departure names nobody, and a mother has confirmed the day since."),
    ),
).of_each_child
def signed(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays with a mark that names nobody, unless a guardian has since confirmed the day."""
    for stay in asked.stays(child):
        if not asked.facts.can_show(stay.known.source, Fact.SIGNER):
            continue
        ends = unsigned_ends(stay, NO_PERSONS)
        if ends is None:
            continue
        if asked.policy["attendance.unsigned-mark"] == SIGNATURE_CURES and confirmation(child, stay, asked.facts.people):
            continue
        yield Breach((stay.day,), (stay.known.id,), (("ends", ends),), cause=_tablet(stay))


@rule(
    "attendance.signer-not-shown",
    "The source cannot show who signed",
    message="The source's records cannot say who signed the child in and out, and no parent has confirmed this day.",
    why="What a source cannot show is not a pass: the centre must hold the evidence another way.",
    fix="Have a parent or guardian confirm these days, on paper or electronically, and record the confirmation.",
    cites=criterion_cite(8),
    severity=Severity.HOLDS,
    switch="attendance.signer-not-shown",
    holds="The whole day of the child, unless the switch lets it only warn.",
    condition="The source does not declare that it can show signers, and no guardian has confirmed the day, as far as "
    "the switch lets "
    "that show it.",
    examples=(
        found("A source that cannot show signers sends a stay nobody has confirmed."),
        passes("A source that cannot show signers sends a stay, and a mother has confirmed its day."),
        passes("A source that can show signers names one."),
    ),
).of_each_child
def signer_not_shown(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays from sources that cannot name a signer, as far as the switch lets nothing else show it."""
    reading = asked.policy["attendance.signer-not-shown"]
    severity = Severity.WARNS if reading == "warn" else None
    for stay in asked.stays(child):
        if asked.facts.can_show(stay.known.source, Fact.SIGNER):
            continue
        if reading == SIGNATURE_SHOWS and confirmation(child, stay, asked.facts.people):
            continue
        yield Breach((stay.day,), (stay.known.id,), severity=severity)


@rule(
    "signature.authorised",
    "Signed by somebody not authorised for this child",
    message="The person who signed is a guardian who is not among this child's authorised signatories on this day.",
    why="It is recommended that only authorised signatories sign a child in or out.",
    fix="Add the person to the child's authorised signatories, with dates, or find out how they came to sign.",
    cites=criterion_cite(8),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="The child has a list of authorised signatories, and a signer of the day neither stands on it on that "
    "day, both ends of "
    "the authority included, nor works at the service.",
    examples=(
        found("An aunt who is not on the child's list signs the child out."),
        found("A father signs the day after his authority ended."),
        passes("A father signs on the last day of his authority."),
        passes("A teacher signs the child in."),
        passes("An aunt signs the child out, and the child has no list."),
    ),
).of_each_child
def authorised(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Signed stays whose guardian is not on the child's list, where the source gives a list."""
    if not child.signatories:
        return
    for stay in asked.stays(child):
        if outsider(child, stay, asked):
            yield Breach((stay.day,), (stay.known.id,))


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each stay."""
    for child in asked.facts.children:
        for stay in asked.stays(child):
            ends, shows = unsigned_ends(stay), asked.facts.can_show(stay.known.source, Fact.SIGNER)
            missing = missing_times(stay)
            fault = f"does not say {missing}" if missing is not None else None
            if ends is not None and shows:
                fault = f"does not say who signed the child {ends}"
            unknown = "comes from a source that cannot say who signed" if ends is not None or not shows else None
            met = "says who signed in and out, and when"
            if outsider(child, stay, asked):
                met += "; one of them is no authorised signatory, which the Handbook only recommends"
            yield graded(_NUMBER, stay.known, judged(fault, unknown, met), (stay.day,), child)


CRITERION = Criterion(
    number=_NUMBER,
    group="Attendance registers",
    title="Who signed in and out, and when",
    asks="Where daily electronic sign-in and sign-out is used, the system records who signed the child in and out, "
    "day and time.",
    on_paper="A sign-in and sign-out sheet with name, signature and time at both ends, or a register a parent "
    "confirms and signs.",
    needs=frozenset({Fact.SIGNER, Fact.MARK_TIME}),
    grades=grades,
    rules=(signed, signer_not_shown, times_given, system_sign_out, not_defaulted, authorised),
)
