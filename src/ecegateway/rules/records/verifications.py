"""Criteria 4 and 6: who may verify, and what a parent's dispute does.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.days import may_verify, word_of_guardians
from ecegateway.rules.registry import Breach, Question, rule


@rule(
    "verification.disputed",
    "A parent says it was not so",
    message="A parent has disputed the attendance record of this day, and nobody has settled it since.",
    why="A record that the parent contradicts may not support a claim.",
    fix="Find out what happened, correct the record with who and why, and have the parent confirm it.",
    cites=cite("6-3", "electronic attendance records, criterion 6"),
    severity=Severity.HOLDS,
    doubts_presence=True,
).of_each_child
def disputed(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays on which a guardian's last word is a dispute."""
    if all(known.record.decision == "confirmed" for known in child.verifications):
        return
    for stay in asked.stays(child):
        last = word_of_guardians(child, stay, asked.facts.people)
        if last is not None and last.record.decision == "disputed":
            yield Breach((stay.day,), (stay.known.id, last.id))


@rule(
    "verification.by-guardian",
    "Verified by somebody who may not",
    message="The record of these days was verified by a person who is not an authorised parent or guardian of the child.",
    why="Only a parent or guardian who is an authorised signatory can verify attendance; staff cannot.",
    fix="Have a parent or guardian verify these days themselves. Until then the verification counts for nothing.",
    cites=cite("6-3", "electronic attendance records, criterion 4"),
    severity=Severity.WARNS,
).of_each_child
def by_guardian(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Verifications by staff, or by people not on the child's list where there is one."""
    for known in child.verifications:
        if may_verify(child, known, asked.facts.people):
            continue
        days = tuple(day for day in asked.days if known.record.first_day <= day <= known.record.last_day)
        if days:
            yield Breach(days, (known.id,))
