"""When a child commenced and finished, held against the days the child really came.

Source: ECE Funding Handbook 6-1 (the date the child commenced attendance at the service and their finish date).
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts, Known
from ecegateway.handbook.citation import cite
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.finding import Severity
from ecegateway.model.ids import RecordKey
from ecegateway.model.period import DateRange
from ecegateway.rules.days import bookings_on, in_force
from ecegateway.rules.enrolment.items import ITEM_MISSING, item_severity
from ecegateway.rules.enrolment.stretches import newest_in_force
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_DATES = cite("6-1", "the date the child commenced attendance and their finish date")


@rule(
    "enrolment.commenced-differs",
    "The child did not commence on the date given",
    message="The record says that the child commenced on {commenced}; the first attendance on record is of {first}.",
    why="The record must include the date the child commenced attendance; the attendance record must agree with it.",
    fix="Find out which is right, and correct the date or the attendance, with who and why.",
    cites=_DATES,
    severity=Severity.WARNS,
    holds="Nothing.",
    condition="Under an agreement in force the child attended before the date it says the child commenced; or the first "
    "attendance came after it, a booked day on which the service was open lies between, and the attendance record reaches "
    "back that far.",
    examples=(
        found("The child attended on the day before the date given."),
        found("The child first came a week after the date given, and was booked on the days between."),
        passes("The child first attended on the date given."),
        passes("The date given is a Monday and the first booked day the Tuesday on which the child first came."),
        passes("The date given lies before the attendance record begins."),
        passes("The child attended under an earlier enrolment that has ended."),
    ),
).of_each_child
def commenced_differs(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Agreements whose date of commencing the attendance record contradicts, on the day that shows it."""
    for agreement, known in {known.record.agreement: known for known, _ in newest_in_force(child, asked.days)}.items():
        commenced = known.record.commenced_on
        if commenced is None:
            continue
        since = min(commenced, _began(child, agreement))
        first = next((day for day in child.stays if day >= since), None)
        if first is None or first not in asked.days:
            continue
        if first < commenced or _expected_between(known, commenced, first, asked):
            evidence = (known.id, *(stay.known.id for stay in child.stays[first]))
            yield Breach((first,), evidence, (("commenced", str(commenced)), ("first", str(first))))


def _began(child: ChildFacts, agreement: RecordKey) -> date:
    """From when any version of an agreement was to be in force."""
    return min(known.record.effective_from for known in child.enrolments if known.record.agreement == agreement)


def _expected_between(known: Known[Enrolment], commenced: date, first: date, asked: Question) -> bool:
    """Whether the child was booked, and did not come, on an open day from the date given on."""
    begins = asked.facts.record_begins
    if begins is None or commenced < begins:
        return False
    days = (day for day in DateRange(commenced, first) if day in asked.operating and asked.operating[day].open)
    return any(bookings_on(known.record, day) for day in days)


def finish_date(child: ChildFacts, day: date) -> date | None:
    """The finish date of the last signed agreement, where it lies before a day and no agreement begins after it."""
    signed = [known.record for known in child.enrolments if known.record.signature is not None]
    newest = max(signed, key=lambda record: record.effective_from, default=None)
    last = newest.last_day if newest is not None else None
    return last if last is not None and last < day else None


@rule(
    "enrolment.after-finish",
    "Attended after the finish date",
    message="The child is recorded as attending on {count} day(s) after the finish date, {finish}.",
    why="After the finish date the child is not enrolled, and a service must not state that a child is when they are not.",
    fix="Have a new agreement signed if the child came back; correct the finish date or the attendance if one is wrong.",
    cites=_DATES,
    severity=Severity.WARNS,
    holds="Nothing: hours without an agreement in force are not claimed in any case.",
    condition="A stay lies after the last day of the child's newest signed agreement, and no signed agreement is in force.",
    examples=(
        found("The child attends on the day after the finish date."),
        passes("The child attends on the finish date itself."),
        passes("The child comes back under a new signed agreement."),
    ),
).of_each_child
def after_finish(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays after the finish date, all in one breach."""
    if not any(known.record.last_day for known in child.enrolments):
        return
    late = [day for day in child.stays if day in asked.days and finish_date(child, day) and not in_force(child, day)]
    if late:
        evidence = tuple(stay.known.id for day in late for stay in child.stays[day])
        yield Breach(tuple(late), evidence, (("count", str(len(late))), ("finish", str(finish_date(child, late[0])))))


@rule(
    "enrolment.finish-date",
    "Left, and the record has no finish date",
    message="Notice was given that the child's last day is {last}; the agreement goes on after it.",
    why="The record must include the finish date. Nothing may be claimed for a child who has left.",
    fix="Enter the finish date in the agreement, or withdraw the notice if the child stayed.",
    cites=_DATES,
    severity=Severity.WARNS,
    switch=ITEM_MISSING,
    holds="Nothing; with the switch `enrolment.item-missing` at `hold`, the days after the last day told.",
    condition="A notice of leaving names a last day, and an agreement that began by then is in force after it.",
    examples=(
        found("Notice names a last day and the agreement has no finish date."),
        found("Notice names a last day and the agreement ends a week later."),
        passes("The agreement ends on the day the notice names."),
        passes("The child came back under an agreement that begins after the last day told."),
        passes("Notice was given and no last day named."),
    ),
).of_each_child
def finish_missing(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Days after the last day told on which an agreement from before it is still in force."""
    for notice in child.leaving_notices:
        last = notice.record.last_day
        if last is None:
            continue
        ongoing = [
            (known, stretch)
            for known, stretch in newest_in_force(child, asked.days)
            if stretch.last > last and known.record.effective_from <= last
        ]
        days = sorted({day for _, stretch in ongoing for day in stretch if day > last})
        if days:
            evidence = (notice.id, *(known.id for known, _ in ongoing))
            yield Breach(tuple(days), evidence, (("last", str(last)),), item_severity(asked))


DATE_RULES = (commenced_differs, after_finish, finish_missing)
