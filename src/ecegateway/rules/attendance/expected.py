"""Attendance where none was to be expected: nobody enrolled the child, or the service was closed."""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts, Operation
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.days import in_force
from ecegateway.rules.enrolment.dates import finish_date
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "attendance.not-enrolled",
    "Attended without an agreement",
    message="The child attended on a day for which no signed enrolment agreement is in force ({known}).",
    why="Only enrolled children are funded; every child needs a signed enrolment record, also casual and conditional ones.",
    fix="Have the agreement signed and entered, or correct the child's key if the attendance is another child's.",
    cites=cite("6-1", "enrolment records for all children who attend"),
    severity=Severity.WARNS,
    holds="Nothing. Without an agreement no hour is at stake.",
    condition="A stay on a day on which no signed agreement of the child is in force, other than after a finish date.",
    version=2,
    examples=(
        found("The stay names a child of whom nothing else is on record."),
        passes("The agreement ended on Monday, and the child came on Tuesday: the rule on the finish date says so."),
        passes("A signed agreement is in force on the day."),
    ),
).of_each_child
def not_enrolled(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Days with a stay and no agreement in force; of those after the finish date another rule speaks."""
    known = "the child has no record of their own" if child.identity is None else "the child is on record"
    for day, stays in child.stays.items():
        if day in asked.days and not in_force(child, day) and finish_date(child, day) is None:
            yield Breach((day,), tuple(stay.known.id for stay in stays), (("known", known),))


@rule(
    "attendance.closed-day",
    "Attended on a day the service was closed",
    version=2,
    message="The child is recorded as attending on a day the service did not operate ({because}).",
    why="Presence on a closed day is either a false record or a day that was opened without being recorded.",
    fix="Correct the record, or record that the service opened on this day.",
    cites=cite("6-3", "incorrect records"),
    severity=Severity.WARNS,
    holds="Nothing. A closed day is not funded in any case.",
    condition="A stay on a day on which the service did not operate: no session is licensed on that weekday, a closure "
    "covers the day, it is a public holiday on which the service does not open, or a source says that it was "
    "shut.",
    examples=(
        found("The child is signed in on a day within a planned closure."),
        passes("The service is open."),
        passes("The service opens on the public holiday."),
    ),
).of_each_child
def closed_day(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays on days without operation."""
    for day in asked.days:
        stays, operation = child.stays.get(day), asked.operating[day]
        if not stays or operation.open:
            continue
        yield Breach((day,), tuple(stay.known.id for stay in stays), (("because", _why_closed(operation)),))


def _why_closed(operation: Operation) -> str:
    if operation.holiday is not None:
        return operation.holiday
    if operation.closure is not None:
        return f"{operation.closure.record.kind} closure"
    return "said to be shut" if operation.sessions else "no session"
