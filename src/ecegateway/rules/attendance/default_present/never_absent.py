"""A register in which nobody is ever absent."""

from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.attendance.default_present.chance import surprising
from ecegateway.rules.attendance.default_present.suspicion import OF_NO_CHILD, numbers, shown
from ecegateway.rules.days import certain_bookings, in_force
from ecegateway.rules.registry import Breach, Question, found, passes, rule

PRESENT = 0.98
"""The most of the booked child-days on which children of an honest service come. Illness alone keeps five in a hundred away."""


@rule(
    "register.never-absent",
    "Nobody is ever absent",
    message="Children are marked present on {hits} of {of} booked child-days; at an honest service at most {at_most} would be. "
    "Chance: {chance}.",
    why="Young children are ill, families go away. A register without absences shows who was booked, not who came.",
    fix="Compare the register with what staff and parents remember: outings, illnesses, messages. Mark the absences.",
    cites=cite("6-3", "records must include: actual attendance, and an 'a' for each absence"),
    severity=Severity.WARNS,
    holds=OF_NO_CHILD,
    condition="Of the days on which the service was open and a child was permanently booked, up to the last day anybody "
    "attended, so many have a stay that at an honest share of 98 % it would happen less than once in a million. Days with "
    "neither stay nor absence count as absent here.",
    examples=(
        found("Seven hundred booked child-days, and a stay on every one of them."),
        passes("Seven hundred booked child-days, and an absence on ten of them."),
        passes("Six hundred booked child-days, and a stay on every one: too few to tell."),
        passes("The source records stays only, and on many booked days there is none."),
    ),
).of_the_service
def never_absent(asked: Question) -> Iterator[Breach]:
    """A service whose children are present too often to be true."""
    traces = asked.habits.traces
    attended = {child.key: {trace.stay.day for trace in traces[child.key]} for child in asked.facts.children}
    present = sum(map(len, attended.values()))
    marked = sum(day in asked.days for child in asked.facts.children for day in child.absences)
    if surprising(present, present + marked, PRESENT) is None:
        return
    until = max((day for days in attended.values() for day in days), default=asked.days.first)
    hits = of = 0
    for child in asked.facts.children:
        for day in _booked_days(child, until, asked):
            of += 1
            hits += day in attended[child.key]
    chance = surprising(hits, of, PRESENT)
    if chance is not None:
        every = [trace.stay for child in asked.facts.children for trace in traces[child.key]]
        yield Breach(tuple(sorted({stay.day for stay in every})), shown(every), numbers(hits, of, PRESENT, chance))


def _booked_days(child: ChildFacts, until: date, asked: Question) -> Iterator[date]:
    for day in asked.days:
        if day > until or not asked.operating[day].open:
            continue
        if any(certain_bookings(known.record, day) for known in in_force(child, day)):
            yield day
