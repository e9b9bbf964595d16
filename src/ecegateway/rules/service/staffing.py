"""Staff hours within a service: who worked them, and that nobody works twice at a time.

Source: ECE Funding Handbook 9-4. Sessional kindergartens, playcentres, home-based services and kōhanga reo count no staff
hours.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ecegateway.facts.types import Known
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import PersonKey, SourceName
from ecegateway.model.people import StaffShift
from ecegateway.model.service import ServiceProfile, ServiceType
from ecegateway.model.spans import minutes
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_COUNTING_TYPES = frozenset({ServiceType.EDUCATION_AND_CARE, ServiceType.CASUAL_EDUCATION_AND_CARE, ServiceType.HOSPITAL_BASED})
_STAFF_HOURS = cite("9-4", "staff counted towards regulated staff")

Worker = tuple[SourceName, PersonKey]


def counts_staff(profile: ServiceProfile) -> bool:
    """Whether the service fills the staff hour count."""
    if profile.service_type is ServiceType.KINDERGARTEN:
        return profile.licence_class != "sessional"
    return profile.teacher_led and profile.service_type in _COUNTING_TYPES


def _shifts(asked: Question) -> dict[Worker, dict[date, list[Known[StaffShift]]]]:
    """The shifts of the days on which staff hours are counted, by person and day."""
    found_shifts: defaultdict[Worker, dict[date, list[Known[StaffShift]]]] = defaultdict(dict)
    for day, shifts in asked.facts.shifts.items():
        if day in asked.days and counts_staff(asked.facts.profile(day)):
            for known in shifts:
                worker = asked.facts.key_spaces[known.source], known.record.person
                found_shifts[worker].setdefault(day, []).append(known)
    return {worker: found_shifts[worker] for worker in sorted(found_shifts)}


@rule(
    "staff.not-on-record",
    "Staff hours of somebody who is not on record as staff",
    message="Person {person} has staff hours on {count} day(s) and {what}.",
    why="Staff hours count people counted towards regulated staff at the service. An auditor asks for each one's staff record.",
    fix="Have the person's staff record entered, or the hours corrected if they are somebody else's.",
    cites=_STAFF_HOURS,
    severity=Severity.WARNS,
    holds="Nothing.",
    condition="A shift names a person who is on record as administrator or guardian alone, or not at all though the same "
    "source's keys name other people as staff.",
    examples=(
        found("A shift names a person of whom there is no record."),
        found("A shift names a person who is on record as a guardian."),
        found("A shift names a person who is on record as an administrator."),
        passes("A shift names a member of staff."),
        passes("No source names any staff: whose the hours are cannot be shown."),
    ),
).of_the_service
def not_on_record(asked: Question) -> Iterator[Breach]:
    """One breach for each such person."""
    roles: defaultdict[Worker, set[str]] = defaultdict(set)
    for people in asked.facts.people.values():
        for known in people:
            roles[asked.facts.key_spaces[known.source], PersonKey(known.record.key)].add(known.record.role)
    naming = {space for (space, _), held in roles.items() if "staff" in held}
    for worker, days in _shifts(asked).items():
        held = roles.get(worker, set())
        if "staff" in held or (not held and worker[0] not in naming):
            continue
        what = f"is on record as {' and '.join(sorted(held))}, not as staff" if held else "is not on record"
        yield Breach(
            days=tuple(days),
            evidence=tuple(known.id for shifts in days.values() for known in shifts),
            parameters=(("person", ":".join(worker)), ("count", str(len(days))), ("what", what)),
        )


@rule(
    "staff.shifts-overlap",
    "One person with two shifts at the same time",
    message="Person {person} has shifts that share time, or that do not end after they start, on {count} day(s).",
    why="A person's time is counted once, and a shift that does not end after it starts holds none.",
    fix="Have the shifts corrected to the times the person worked.",
    cites=_STAFF_HOURS,
    severity=Severity.WARNS,
    holds="Nothing: the shared time is counted once.",
    condition="Two shifts of one person on one day share a minute, or a shift does not end after it starts.",
    examples=(
        found("A teacher has a shift from 8 to 12 and one from 11 to 15."),
        found("A shift ends when it starts."),
        passes("A teacher's second shift starts when the first ends."),
        passes("Two teachers work at the same time."),
    ),
).of_the_service
def shifts_overlap(asked: Question) -> Iterator[Breach]:
    """One breach for each such person."""
    for worker, days in _shifts(asked).items():
        wrong = {day: shifts for day, shifts in days.items() if _overlap(shifts)}
        if wrong:
            evidence = tuple(known.id for shifts in wrong.values() for known in shifts)
            yield Breach(tuple(wrong), evidence, (("person", ":".join(worker)), ("count", str(len(wrong)))))


def _overlap(shifts: list[Known[StaffShift]]) -> bool:
    spans = sorted(known.record.span for known in shifts)
    return any(minutes((span,)) <= 0 for span in spans) or any(one[1] > other[0] for one, other in pairwise(spans))


STAFFING_RULES = (not_on_record, shifts_overlap)
