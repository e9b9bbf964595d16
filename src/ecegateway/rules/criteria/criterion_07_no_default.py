"""Criterion 7: presence comes from an event, never from a default, a booking or one action for many children.

Declared defaults, and departures that their time gives away, are breaches. A stay that belongs to a pattern people do not make
is suspected: no proof of a default, and no proof of an event either, so it cannot be shown to be met.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator, Mapping

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, ServiceFacts, Stay
from ecegateway.model.attendance import Mark, Method
from ecegateway.model.conformance import GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId
from ecegateway.rules.attendance.default_present.catalogue import DEFAULT_PRESENT_RULES
from ecegateway.rules.attendance.departure import not_a_persons, system_sign_out
from ecegateway.rules.criteria.grading import Criterion, criterion_cite, graded, judged
from ecegateway.rules.days import DEFAULTED
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 7


def defaulted(stay: Stay) -> Method | None:
    """The declared way by which an end of a stay was no event of this child's own; a sign-in the system made counts too."""
    for mark in stay.marks:
        if mark.method in DEFAULTED:
            return mark.method
    came = stay.record.sign_in
    return came.method if came is not None and came.method is Method.SYSTEM else None


def suspected(asked: Question) -> Mapping[EvidenceId, str]:
    """Stays that the rules of undeclared defaults count among their patterns, and which pattern."""
    patterns: dict[EvidenceId, str] = {}
    for pattern in DEFAULT_PRESENT_RULES:
        for finding in pattern.findings(asked):
            for stay in finding.evidence:
                patterns.setdefault(stay, f"belongs to a pattern people do not make: {pattern.text.title}")
    return patterns


@rule(
    "attendance.not-defaulted",
    "Presence that nobody recorded for this child",
    message="The presence was made by the system or by one action for many children ({method}), not by signing this child in.",
    why="A register that marks children present by itself, or copies the booked times, shows who was expected, not who came.",
    fix="Ask the parent or the staff member who saw the child to record the true arrival and departure, with the reason.",
    cites=criterion_cite(7),
    severity=Severity.HOLDS,
    doubts_presence=True,
    holds="The whole day of the child.",
    condition="A sign-in or sign-out says that it is a default, a copy of the booking or one action for several children, or a "
    "sign-in says that the system made it.",
    examples=(
        found("The system marks the child present unless somebody says otherwise."),
        found("The times are copied from the booking."),
        found("One action marks the whole room present."),
        found("The system signs the child in by itself."),
        passes("A mother signs her child in and out."),
        passes("A teacher enters the arrival of this child alone."),
        passes("A source that cannot say how children were signed in says nothing."),
    ),
).of_each_child
def not_defaulted(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays of which an end was a default, copied from the booking, or marked in bulk, or that the system began."""
    for stay in asked.stays(child):
        method = defaulted(stay)
        if method is not None:
            one_action = f" on {stay.day}" if method is Method.BULK else ""
            cause = f"{stay.known.source}: {method.value}{one_action}"
            yield Breach((stay.day,), (stay.known.id,), (("method", method.value),), cause=cause)


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each stay."""
    patterns = suspected(asked)
    for child in asked.facts.children:
        for stay in asked.stays(child):
            method = defaulted(stay)
            fault = f"was not recorded for this child, but made as {_MADE[method]}" if method is not None else None
            departure = not_a_persons(stay, asked)
            fault = fault or (f"has a sign-out that {departure}" if departure is not None else None)
            unknown = patterns.get(stay.known.id) or _unknown(stay, asked.facts)
            told = judged(fault, unknown, "was recorded for this child alone")
            yield graded(_NUMBER, stay.known, told, (stay.day,), child)


_MADE: Mapping[Method, str] = {
    Method.BULK: "one action for several children",
    Method.BOOKING: "a copy of the booking",
    Method.DEFAULT: "a default",
    Method.SYSTEM: "a sign-in of the system's own",
}


def _unknown(stay: Stay, facts: ServiceFacts) -> str | None:
    ends = ((stay.record.sign_in, stay.record.arrived), (stay.record.sign_out, stay.record.departed))
    if all(_says_how(mark) for mark, instant in ends if mark is not None or instant is not None):
        return None
    shows = facts.can_show(stay.known.source, Fact.METHOD)
    return "does not say how it was recorded" if shows else "comes from a source that cannot say how it was recorded"


def _says_how(mark: Mark | None) -> bool:
    return mark is not None and mark.method is not Method.NOT_SHOWN


CRITERION = Criterion(
    number=_NUMBER,
    group="Attendance registers",
    title="No default to present",
    asks="Daily sign-in and sign-out does not default to marking children present, nor to the times booked.",
    on_paper="A sign-in sheet that parents or staff fill in as each child comes and goes, or the vendor's statement, "
    "with dates, "
    "that nothing is filled in beforehand.",
    needs=frozenset({Fact.METHOD}),
    grades=grades,
    rules=(not_defaulted, system_sign_out, *DEFAULT_PRESENT_RULES),
)
