"""One person on the ratio in two places at once.

Source: ECE Funding Handbook 9-4 (staff hours are those of people counted towards regulated staff, at the service).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ecegateway.facts.elsewhere import Person, There
from ecegateway.facts.types import Known
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId, ServiceNumber
from ecegateway.model.people import StaffShift
from ecegateway.model.spans import Span, Spans, minutes, union, within
from ecegateway.rules.across.presence import person_of
from ecegateway.rules.registry import Breach, Question, found, passes, rule

TWO_PLACES = "across.two-places"


@dataclass(frozen=True, slots=True)
class _Clash:
    """Minutes of a shift here during which the person has a shift elsewhere."""

    person: Person
    day: date
    shift: Known[StaffShift]
    there: There
    both: Spans


def _clashes(asked: Question) -> Iterator[_Clash]:
    elsewhere = asked.elsewhere.shifts
    if not elsewhere:
        return
    for day, shifts in asked.facts.shifts.items():
        for known in shifts if day in asked.days else ():
            person = person_of(known, asked.facts)
            for there in elsewhere.get(person, {}).get(day, ()):
                both = within(union((known.record.span,)), union((there.span,)))
                if both:
                    yield _Clash(person, day, known, there, both)


def in_two_places(asked: Question) -> dict[EvidenceId, Spans]:
    """The minutes of each shift that count in neither place until somebody settles where the person was (trap 27)."""
    if asked.policy[TWO_PLACES] != "hold":
        return {}
    spans: defaultdict[EvidenceId, list[Span]] = defaultdict(list)
    for clash in _clashes(asked):
        spans[clash.shift.id] += clash.both
    return {shift: union(both) for shift, both in spans.items()}


@rule(
    "across.staff-twice",
    "One person on the ratio in two places at once",
    message="Person {person} is on the ratio here and at service {other} at the same time, {hours} hours in all.",
    why="Nobody can be in two places at once. Staff hours counted at both raise the funding rate of both.",
    fix="Find out where the person was, and have the other service's shift, or this one, corrected with who and why.",
    cites=cite("9-4", "staff counted towards regulated staff"),
    severity=Severity.WARNS,
    switch=TWO_PLACES,
    holds="No child's hours. The minutes in two places stay out of the staff hour count of both services, unless the switch "
    "`across.two-places` only warns.",
    condition="A shift here and a shift at another service of the store share a minute, and both name the same person by the "
    "same key of one source.",
    examples=(
        found("A teacher's shifts at two services overlap by an hour."),
        passes("A teacher works at one service in the morning and at another from noon."),
        passes("Two sources use the same key for people of two services."),
        passes("Two people of the same name work at two services."),
    ),
).of_the_service
def staff_twice(asked: Question) -> Iterator[Breach]:
    """One breach for each person and other service."""
    together: defaultdict[tuple[Person, ServiceNumber], list[_Clash]] = defaultdict(list)
    for clash in _clashes(asked):
        together[clash.person, clash.there.service].append(clash)
    for (person, other), clashes in sorted(together.items()):
        total = sum(minutes(clash.both) for clash in clashes)
        yield Breach(
            days=tuple(dict.fromkeys(clash.day for clash in clashes)),
            evidence=tuple(dict.fromkeys(item for clash in clashes for item in (clash.shift.id, clash.there.evidence))),
            parameters=(("person", ":".join(person)), ("other", other), ("hours", f"{total // 60}:{total % 60:02}")),
        )
