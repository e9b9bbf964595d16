"""Criterion 10: electronic attendance records are kept for seven years without any loss of integrity.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, Known
from ecegateway.model.attendance import Absence, Attendance, Verification
from ecegateway.model.conformance import Grade, GradedRecord
from ecegateway.model.ids import record_of
from ecegateway.model.record import Record
from ecegateway.rules.criteria.altered import answered, disappeared, supported_by, unstated
from ecegateway.rules.criteria.criterion_04_own_verification import given
from ecegateway.rules.criteria.criterion_05_alterations import silent
from ecegateway.rules.criteria.disappearances import deleted, vanished
from ecegateway.rules.criteria.grading import Criterion, graded, judged
from ecegateway.rules.registry import Question

_NUMBER = 10
_ATTENDANCE_RECORDS = (Attendance, Absence, Verification)


def attendance_records(child: ChildFacts, asked: Question) -> Iterator[tuple[Known[Record], tuple[date, ...]]]:
    """A child's standing attendance records of the days asked about: stays, absences, verifications; with those days."""
    for stay in asked.stays(child):
        yield stay.known, (stay.day,)
    for day, absences in child.absences.items():
        if day in asked.days:
            yield from ((absence, (day,)) for absence in absences)
    yield from given(child, asked)


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each stay, absence and verification, standing or gone."""
    for child in asked.facts.children:
        settled = answered(child.alterations)
        rewritten = {record_of(change.after) for change in child.alterations if unstated(change, settled)}
        for known, days in attendance_records(child, asked):
            fault = "was rewritten, and nothing says who did it" if record_of(known.id) in rewritten else None
            yield graded(_NUMBER, known, judged(fault, None, "is kept, with every version of it"), days, child)
        for gone in child.vanished:
            days_lost = supported_by(gone, asked) if isinstance(gone.record, _ATTENDANCE_RECORDS) else None
            if days_lost:
                why = disappeared(gone)
                yield GradedRecord(_NUMBER, gone.source, gone.last_seen, child.key, days_lost, Grade.BREACHED, why)


CRITERION = Criterion(
    number=_NUMBER,
    group="Retention and inspection",
    title="Kept for seven years, unharmed",
    asks="Electronic attendance records are kept for seven years without any loss of integrity.",
    on_paper="Signed monthly printouts of the register, kept for seven years.",
    needs=frozenset({Fact.DELETIONS}),
    grades=grades,
    rules=(vanished, deleted, silent),
)
