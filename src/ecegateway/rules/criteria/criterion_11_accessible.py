"""Criterion 11: all records are readily accessible for inspection: each can be found by child and by day.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts, Known
from ecegateway.model.attendance import Attendance
from ecegateway.model.conformance import GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.rules.criteria.criterion_10_kept import attendance_records
from ecegateway.rules.criteria.grading import Criterion, criterion_cite, graded, judged
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 11


def nameless(child: ChildFacts) -> str | None:
    """Whether a child's records cannot be found by first and last name; a single name stands as the last."""
    return "is of a child whose name is not on record" if child.identity is None else None


def dayless(child: ChildFacts) -> tuple[Known[Attendance], ...]:
    """A child's stays that say neither a day nor a time: no day's register holds them."""
    return child.dayless


@rule(
    "records.nameless",
    "Attendance of a child without a name",
    message="There are attendance records under this key, but no record of the child's name.",
    why="A register names each child, first and last name; a record under a bare key cannot be inspected.",
    fix="Have the source send the child's record under the same key, or correct the key of the attendance.",
    cites=criterion_cite(11),
    severity=Severity.WARNS,
    holds="No hours of its own; an agreement under the key holds its own hours.",
    condition="A stay, an absence or a verification of the days asked about belongs to a key without a child record.",
    examples=(
        found("A stay is recorded for a key that no child record has."),
        found("An absence is recorded for a key that no child record has."),
        passes("A stay is recorded for a child with first and last name."),
        passes("A stay is recorded for a child with a single name."),
    ),
).of_each_child
def records_nameless(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Attendance records of keys without a child record."""
    if nameless(child) is not None:
        records = tuple(attendance_records(child, asked))
        if records:
            days = tuple(sorted({day for _, days in records for day in days}))
            yield Breach(days, tuple(known.id for known, _ in records))


@rule(
    "attendance.no-day",
    "Attendance of no day",
    message="{count} attendance record(s) of the child say neither a day nor a time.",
    why="A register holds days and times of attendance; a record of no day stands in none.",
    fix="Have the vendor send day and times, or delete the record with who and why.",
    cites=criterion_cite(11),
    severity=Severity.WARNS,
    holds="No hours: the record counts for no day.",
    condition="An attendance record gives no day, no arrival and no departure.",
    examples=(
        found("An attendance gives neither a day nor a time."),
        passes("An attendance gives its day and no times."),
        passes("An attendance gives its departure and nothing else."),
    ),
).of_each_child
def no_day(child: ChildFacts, asked: Question) -> Iterator[Breach]:  # noqa: ARG001 - a record of no day is of all days
    """Attendance records that belong to no day."""
    found_dayless = dayless(child)
    if found_dayless:
        yield Breach((), tuple(known.id for known in found_dayless), (("count", str(len(found_dayless))),))


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each stay, absence and verification, and each stay of no day."""
    for child in asked.facts.children:
        for known, days in attendance_records(child, asked):
            told = judged(nameless(child), None, "can be found by the child's name and by day")
            yield graded(_NUMBER, known, told, days, child)
        for known in dayless(child):
            yield graded(_NUMBER, known, judged("gives neither a day nor a time", None, ""), (), child)


CRITERION = Criterion(
    number=_NUMBER,
    group="Retention and inspection",
    title="Ready for inspection",
    asks="All records are readily accessible, so that Ministry staff can use them on inspection.",
    on_paper="Nothing more where each record names its child and day; else the signed register of those days.",
    needs=frozenset(),
    grades=grades,
    rules=(records_nameless, no_day),
)
