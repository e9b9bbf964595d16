"""What a parent's dispute does, and what a change does to a verification given before it.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import Alteration, ChildFacts, Known
from ecegateway.handbook.citation import cite
from ecegateway.model.attendance import Verification
from ecegateway.model.finding import Severity
from ecegateway.model.period import DateRange
from ecegateway.rules.days import word_of_guardians
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "verification.disputed",
    "A parent says it was not so",
    message="A parent has disputed the attendance record of this day, and nobody has settled it since.",
    why="A record that the parent contradicts may not support a claim.",
    fix="Find out what happened, correct the record with who and why, and have the parent confirm it.",
    cites=cite("6-3", "electronic attendance records, criterion 6"),
    severity=Severity.HOLDS,
    doubts_presence=True,
    holds="The whole day of the child.",
    condition="The last word of a guardian who may verify, given after the stay ended and after its last stated "
    "change, is a dispute.",
    examples=(
        found("A mother disputes the Monday."),
        passes("A mother disputes the Monday and confirms it two days later."),
        passes("A teacher disputes the Monday."),
    ),
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
    "verification.superseded",
    "Changed after a parent confirmed it",
    message="The {stream} record was changed after a parent had confirmed these days; the confirmation no longer covers it.",
    why="A confirmation speaks of the record as it was when it was given.",
    fix="Show the parent the changed record and have these days confirmed again.",
    cites=cite("6-3", "electronic attendance records, criteria 5 and 6"),
    severity=Severity.WARNS,
    holds="No hours of its own; what was changed answers for itself.",
    condition="A record of a child was changed with a statement, and the newest verification of its days is older "
    "than the change.",
    examples=(
        found("A stay is corrected a week after a mother confirmed its day."),
        passes("A stay is corrected on its own day, and a mother confirms it two days later."),
        passes("A stay is corrected after a confirmation, and a mother confirms it again."),
    ),
).of_each_child
def superseded(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Alterations later than the newest confirmation of their days."""
    for alteration, days, newest in changed_since_confirmed(child, asked.days):
        yield Breach(days, (alteration.after, newest.id), (("stream", alteration.stream),))


def changed_since_confirmed(
    child: ChildFacts, days: DateRange
) -> Iterator[tuple[Alteration, tuple[date, ...], Known[Verification]]]:
    """Stated alterations of some days later than every verification of them, with those days and the newest verification."""
    for alteration in child.alterations:
        touched = tuple(day for day in alteration.days if day in days)
        if alteration.stream == "verification" or alteration.statement is None or not touched:
            continue
        covering = [v for v in child.verifications if any(v.record.first_day <= day <= v.record.last_day for day in touched)]
        if covering and covering[-1].record.at < alteration.seen_at:
            yield alteration, touched, covering[-1]
