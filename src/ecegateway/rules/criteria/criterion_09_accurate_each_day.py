"""Criterion 9: the records are accurate each day: staff who sign for a parent say why, and a parent verifies it later.

A booked day of which there is no record at all is a gap in that day's record.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator
from datetime import timedelta

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, ServiceFacts, Stay
from ecegateway.model.attendance import Mark, Method
from ecegateway.model.conformance import Grade, GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.model.period import local_day
from ecegateway.rules.attendance.recorded import expected_in_vain, missing_times, no_record, times_given
from ecegateway.rules.criteria.criterion_08_signed_by_whom import signed, unsigned_ends
from ecegateway.rules.criteria.grading import Criterion, Judged, criterion_cite, graded, judged
from ecegateway.rules.days import NO_PERSONS, confirmation, word_of_guardians
from ecegateway.rules.records.verifications import disputed
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 9
_PATIENCE = timedelta(days=31)
"""How long a staff member's entry may wait for a parent. Some services confirm once a month (6-3): sooner would accuse them."""


def entered_by_staff(stay: Stay, facts: ServiceFacts) -> bool:
    """Whether staff signed for a parent at an end of the stay: by the way it was entered, or by the signer's role."""
    return any(_of_staff(mark, stay, facts) for mark in stay.marks)


def _of_staff(mark: Mark, stay: Stay, facts: ServiceFacts) -> bool:
    if mark.method in NO_PERSONS:
        return False
    return mark.method is Method.STAFF_ENTRY or (mark.by is not None and (stay.known.source, mark.by) in facts.staff)


def unexplained(child: ChildFacts, stay: Stay, facts: ServiceFacts) -> bool:
    """Whether a source that can show circumstances gives none for a stay, in the record or in a note on the child's day."""
    return facts.can_show(stay.known.source, Fact.CIRCUMSTANCES) and not _explained(child, stay)


def _explained(child: ChildFacts, stay: Stay) -> bool:
    if stay.record.circumstances is not None:
        return True
    return any(note.record.day == stay.day and note.record.about == "attendance" for note in child.notes)


def waited_too_long(child: ChildFacts, stay: Stay, asked: Question) -> bool:
    """Whether for more than a month no guardian has said anything of a stay, though a source could show it."""
    today = local_day(asked.facts.known_at, asked.facts.profile(stay.day).zone)
    if today - stay.day <= _PATIENCE or not any(Fact.VERIFICATION in shown for shown in asked.facts.source_facts.values()):
        return False
    return word_of_guardians(child, stay, asked.facts.people) is None


@rule(
    "attendance.staff-entry-not-explained",
    "Signed by staff, and nobody says why",
    message="A staff member signed the child in or out, and the record does not say under what circumstances.",
    why="Where a parent cannot sign or forgets, staff sign and record the circumstances for a parent to verify.",
    fix="Have the staff member who signed write down why the parent did not, and have a parent verify the day.",
    cites=criterion_cite(9),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="An end of a stay was entered by staff, by its method or by the signer's role; its source declares that "
    "it can show "
    "circumstances; and neither the stay nor a note on attendance of that child and day says why.",
    examples=(
        found("A teacher enters an arrival and gives no reason."),
        found("A teacher signs a child in as a parent would and gives no reason."),
        passes("A teacher enters an arrival and says that the grandfather left before signing."),
        passes("A teacher enters an arrival, and a note of that day about the child's attendance says why."),
        passes("A mother signs the child in."),
    ),
).of_each_child
def not_explained(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays that staff signed without saying why."""
    for stay in asked.stays(child):
        if entered_by_staff(stay, asked.facts) and unexplained(child, stay, asked.facts):
            yield Breach((stay.day,), (stay.known.id,))


@rule(
    "attendance.staff-entry-not-verified",
    "Signed by staff, and no parent has verified it",
    message="A staff member signed the child in or out, and in more than a month no parent has verified the day.",
    why="What staff sign for a parent is recorded for verification by a parent or guardian.",
    fix="Show the parent the entry with its circumstances, and have the day verified.",
    cites=criterion_cite(9),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="An end of a stay was entered by staff, a source of the service declares that it can show "
    "verifications, no guardian "
    "who may verify has said anything of the day since, and it lies more than 31 days before the newest evidence.",
    examples=(
        found("A teacher enters an arrival, and 32 days later no parent has verified the day."),
        passes("A teacher enters an arrival, and 31 days later no parent has verified the day."),
        passes("A teacher enters an arrival, and a mother verifies the week."),
        passes("A teacher enters an arrival, and no source of the service can show verifications."),
    ),
).of_each_child
def not_verified(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays that staff signed and that waited too long for a parent."""
    for stay in asked.stays(child):
        if entered_by_staff(stay, asked.facts) and waited_too_long(child, stay, asked):
            yield Breach((stay.day,), (stay.known.id,))


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each stay, and each booked day of a child of which there is no record: the agreement by which the child was expected."""
    for child in asked.facts.children:
        for stay in asked.stays(child):
            by_staff = entered_by_staff(stay, asked.facts)
            told = _by_staff(child, stay, asked) if by_staff else _by_others(child, stay, asked)
            yield graded(_NUMBER, stay.known, told, (stay.day,), child)
        for day in asked.days:
            for agreement in expected_in_vain(child, day, asked):
                gap = Judged(Grade.BREACHED, "expected the child on a day of which there is no record")
                yield graded(_NUMBER, agreement, gap, (day,), child)


def _by_staff(child: ChildFacts, stay: Stay, asked: Question) -> Judged:
    word = word_of_guardians(child, stay, asked.facts.people)
    fault = unknown = None
    if unexplained(child, stay, asked.facts):
        fault = "was signed by staff without saying why"
    elif word is not None and word.record.decision == "disputed":
        fault = "was signed by staff, and a parent disputes it"
    elif waited_too_long(child, stay, asked):
        fault = "was signed by staff, and in more than a month no parent has verified it"
    elif not _explained(child, stay):
        unknown = "was signed by staff, and the source cannot say why"
    elif word is None:
        unknown = "was signed by staff, and waits for a parent"
    return judged(fault, unknown, "was signed by staff who said why, and a parent has verified it")


def _by_others(child: ChildFacts, stay: Stay, asked: Question) -> Judged:
    if not asked.facts.can_show(stay.known.source, Fact.SIGNER):
        return Judged(Grade.CANNOT_SHOW, "comes from a source that cannot say who signed")
    fault = unknown = None
    if missing_times(stay) is not None:
        fault = "lacks a time"
    elif unsigned_ends(stay) is not None and confirmation(child, stay, asked.facts.people) is None:
        if unsigned_ends(stay, NO_PERSONS) is not None:
            fault = "was signed by nobody at one end, and no parent has confirmed it"
        else:
            unknown = "was made by the system, and no parent has confirmed it"
    return judged(fault, unknown, "was signed as the child came and went, or confirmed by a parent since")


CRITERION = Criterion(
    number=_NUMBER,
    group="Attendance registers",
    title="Accurate each day",
    asks="A process makes the records accurate each day; staff who sign for a parent record why, for a parent to verify.",
    on_paper="A day book: who signed for which child and why, initialled by the parent; and a note for each booked "
    "child not seen.",
    needs=frozenset({Fact.SIGNER, Fact.METHOD, Fact.CIRCUMSTANCES, Fact.VERIFICATION}),
    grades=grades,
    rules=(not_explained, not_verified, signed, no_record, times_given, disputed),
)
