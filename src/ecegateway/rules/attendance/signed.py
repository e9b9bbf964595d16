"""Criterion 8: the record says who signed the child in and out; criterion 9: a parent may answer for what was missed."""

from collections.abc import Iterator
from datetime import datetime

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, Stay
from ecegateway.handbook.citation import cite
from ecegateway.model.attendance import Mark
from ecegateway.model.finding import Severity
from ecegateway.rules.days import NO_PERSONS, confirmation
from ecegateway.rules.registry import Breach, Question, rule

SIGNATURE_CURES = "guardian-verification-cures"
SIGNATURE_SHOWS = "guardian-verification-shows"


def _unsigned(mark: Mark | None, instant: datetime | None) -> bool:
    """Whether one end of a stay has a time and no signer, and is not already known for a default or the system's work."""
    return instant is not None and (mark is None or (mark.by is None and mark.method not in NO_PERSONS))


@rule(
    "attendance.signed",
    "A sign-in or sign-out without a signer",
    message="The record does not say who signed the child {ends}.",
    why="Hours rest on an arrival and departure that a known person signed for.",
    fix="Have the person who signed named in the vendor's system, or have a parent verify these days; then pull again.",
    cites=cite("6-3", "electronic attendance records, criteria 8 and 9"),
    severity=Severity.HOLDS,
    switch="attendance.unsigned-mark",
).of_each_child
def signed(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays with a mark that names nobody, unless a guardian has since confirmed the day."""
    for stay in asked.stays(child):
        if not asked.facts.can_show(stay.known.source, Fact.SIGNER):
            continue
        came = _unsigned(stay.record.sign_in, stay.record.arrived)
        left = _unsigned(stay.record.sign_out, stay.record.departed)
        if not (came or left):
            continue
        if asked.policy["attendance.unsigned-mark"] == SIGNATURE_CURES and confirmation(child, stay, asked.facts.people):
            continue
        ends = "in or out" if came and left else "in" if came else "out"
        yield Breach((stay.day,), (stay.known.id,), (("ends", ends),), cause=_tablet(stay, came=came, left=left))


def _tablet(stay: Stay, *, came: bool, left: bool) -> str:
    """The device the unsigned marks of a day were made on, where the source names it: one tablet without a PIN is one cause."""
    unsigned = [mark for mark, bare in ((stay.record.sign_in, came), (stay.record.sign_out, left)) if bare]
    devices = sorted({mark.device for mark in unsigned if mark is not None and mark.device})
    return f"device {' and '.join(devices)}, {stay.day}" if devices else ""


@rule(
    "attendance.signer-not-shown",
    "The source cannot show who signed",
    message="The source's records cannot say who signed the child in and out, and no parent has confirmed this day.",
    why="What a source cannot show is not a pass: the centre must hold the evidence another way.",
    fix="Have a parent or guardian confirm these days, on paper or electronically, and record the confirmation.",
    cites=cite("6-3", "electronic attendance records, criterion 8"),
    severity=Severity.HOLDS,
    switch="attendance.signer-not-shown",
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
