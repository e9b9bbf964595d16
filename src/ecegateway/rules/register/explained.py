"""A day that was clearly shorter or longer than agreed has a note.

Source: ECE Funding Handbook 6-3 (notes and explanations, such as when a child has attended for more or less hours than they
were enrolled).
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts, Stay
from ecegateway.handbook.citation import cite
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Severity
from ecegateway.model.spans import minutes
from ecegateway.rules.absence.exemptions import exemption_on
from ecegateway.rules.attendance.believed import attended_spans
from ecegateway.rules.attendance.departure import not_a_persons
from ecegateway.rules.days import booked_spans, in_force
from ecegateway.rules.registry import Breach, Question, found, passes, rule

CLEARLY = 60
"""By how many minutes a day must differ from the agreed one to want a note. The Handbook names no number; this one is ours.

Families come and go some minutes early or late every day. Within an hour nobody would write a note, and an auditor who reads
the times needs none; an hour is a nap, a meal or an appointment.
"""


@rule(
    "register.explained",
    "A shorter, longer or extra day without a note",
    message="On some days the child attended at least {clearly} minutes {direction} than enrolled, and nothing says why.",
    why="The register must hold notes and explanations, such as when a child attends for more or fewer hours than enrolled.",
    fix="Ask the family or staff, and write a note on the day; if it goes on, have the agreement changed.",
    cites=cite("6-3", "records must include: notes and explanations about attendance"),
    severity=Severity.INFORMS,
    holds="None.",
    condition=(
        "On a day with stays whose times are all known and made by a person, of a child under an agreement that is not casual, "
        "the minutes attended differ by at least 60 from the minutes enrolled (none, on a day not enrolled), and there are no "
        "circumstances, no note about the child's day, no absence with a reason, no school visit, no exemption, no make-up day."
    ),
    examples=(
        found("Enrolled for six hours, a child stayed for four, and nobody wrote down why."),
        found("Enrolled for six hours, a child stayed for five to the minute, and nobody wrote down why."),
        found("Enrolled for six hours, a child stayed for eight, and nobody wrote down why."),
        found("A child enrolled on Mondays came on a Tuesday, and nobody wrote down why."),
        passes("Enrolled for six hours, a child stayed for five and a quarter."),
        passes("A child went home after four of six hours, and a note says: fever."),
        passes("A child went home after four of six hours, marked absent for the rest, at the dentist."),
        passes("A child stayed for eight hours instead of six, and the circumstances say: mother's train was late."),
        passes("A child came on a Tuesday to make up for a Monday, as recorded."),
        passes("A casual child stayed for as long as it was needed."),
        passes("The departure is the system's own: how long the child stayed is not known."),
    ),
).of_each_child
def explained(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The child's shorter days without an explanation, and the longer ones, each together."""
    different: dict[str, list[Stay]] = {"less": [], "more": []}
    for day, stays in child.stays.items():
        by = _difference(child, day, stays, asked) if day in asked.days else 0
        if abs(by) >= CLEARLY and _is_known(stays, asked) and not _is_explained(child, day):
            different["more" if by > 0 else "less"] += stays
    for direction, stays_found in different.items():
        if stays_found:
            days = tuple(dict.fromkeys(stay.day for stay in stays_found))
            evidence = tuple(stay.known.id for stay in stays_found)
            yield Breach(days, evidence, (("clearly", str(CLEARLY)), ("direction", direction)))


def _difference(child: ChildFacts, day: date, stays: tuple[Stay, ...], asked: Question) -> int:
    """By how many minutes a day was longer than agreed; none where nothing was agreed, or it was left open."""
    agreed = [known.record for known in in_force(child, day)]
    if not agreed or any(record.basis in (None, Basis.CASUAL) for record in agreed):
        return 0
    return minutes(attended_spans(stays, asked)) - minutes(booked_spans(agreed, day))


def _is_known(stays: tuple[Stay, ...], asked: Question) -> bool:
    """Whether every arrival and departure is known, and by a person."""
    return all(s.arrives is not None and s.departs is not None and not_a_persons(s, asked) is None for s in stays)


def _is_explained(child: ChildFacts, day: date) -> bool:
    """Whether the record says anything of why the day was not as agreed."""
    return (
        any(stay.record.circumstances for stay in child.stays[day])
        or any(note.record.day == day for note in child.notes)
        or any(known.record.reason or known.record.cause for known in child.absences.get(day, ()))
        or any(day in known.record.school_visits for known in in_force(child, day))
        or any(known.record.made_up_on == day for known in child.make_up_days)
        or exemption_on(child, day) is not None
    )
