"""The staff hour count: a day's minutes on ratio, certificated and other, rounded on the day's total.

Source: ECE Funding Handbook 9-4. Sessional kindergartens, playcentres, home-based services and kōhanga reo do not fill it.
"""

from collections import defaultdict
from datetime import date

from ecegateway.claim.rounding import whole_hours
from ecegateway.facts.types import Known, ServiceFacts
from ecegateway.model.claim import StaffColumn, StaffDay, StaffLine
from ecegateway.model.ids import EvidenceId
from ecegateway.model.people import StaffShift
from ecegateway.model.period import DateRange
from ecegateway.model.service import ServiceProfile, ServiceType
from ecegateway.model.spans import Span, Spans, minutes, union, without

_COUNTING_TYPES = frozenset({ServiceType.EDUCATION_AND_CARE, ServiceType.CASUAL_EDUCATION_AND_CARE, ServiceType.HOSPITAL_BASED})


def counts_staff(profile: ServiceProfile) -> bool:
    """Whether the service fills the staff hour count."""
    if profile.service_type is ServiceType.KINDERGARTEN:
        return profile.licence_class != "sessional"
    return profile.teacher_led and profile.service_type in _COUNTING_TYPES


def staff_days(facts: ServiceFacts, days: DateRange, reading: str) -> tuple[StaffDay, ...]:
    """One entry per day and column; a person's overlapping shifts are counted once."""
    found = []
    for day in days:
        counted = counts_staff(facts.profile(day))
        for column in StaffColumn:
            lines = _lines(facts, day, column) if counted else ()
            found.append(StaffDay(day, column, lines, whole_hours(sum(line.minutes for line in lines), reading)))
    return tuple(found)


def _lines(facts: ServiceFacts, day: date, column: StaffColumn) -> tuple[StaffLine, ...]:
    """Each person's minutes; time recorded in both columns counts as certificated, once."""
    certificated = _spans(facts, day, certificated=True)
    lines = []
    for person, (spans, evidence) in sorted(_spans(facts, day, certificated=column is StaffColumn.CERTIFICATED).items()):
        taken = certificated[person][0] if column is StaffColumn.OTHER and person in certificated else ()
        counted = minutes(without(spans, taken))
        if counted:
            lines.append(StaffLine(person, counted, evidence))
    return tuple(lines)


def _spans(facts: ServiceFacts, day: date, *, certificated: bool) -> dict[str, tuple[Spans, tuple[EvidenceId, ...]]]:
    shifts: defaultdict[str, list[Known[StaffShift]]] = defaultdict(list)
    for known in facts.shifts.get(day, ()):
        if known.record.certificated is certificated:
            shifts[known.record.person].append(known)
    return {
        person: (union(_span(known.record) for known in found), tuple(known.id for known in found))
        for person, found in shifts.items()
    }


def _span(shift: StaffShift) -> Span:
    return shift.starts.hour * 60 + shift.starts.minute, shift.ends.hour * 60 + shift.ends.minute
