"""The staff hour count: a day's minutes on ratio, certificated and other, rounded on the day's total.

Source: ECE Funding Handbook 9-4. Sessional kindergartens, playcentres, home-based services and kōhanga reo do not fill it.
"""

from collections import defaultdict
from datetime import date

from ecegateway.claim.rounding import whole_hours
from ecegateway.facts.types import ServiceFacts
from ecegateway.model.claim import StaffColumn, StaffDay, StaffLine
from ecegateway.model.ids import EvidenceId
from ecegateway.model.people import StaffShift
from ecegateway.model.period import DateRange
from ecegateway.model.service import ServiceProfile, ServiceType
from ecegateway.model.spans import Span, minutes, union

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
            lines = _lines(facts, day, column is StaffColumn.CERTIFICATED) if counted else ()
            found.append(StaffDay(day, column, lines, whole_hours(sum(line.minutes for line in lines), reading)))
    return tuple(found)


def _lines(facts: ServiceFacts, day: date, certificated: bool) -> tuple[StaffLine, ...]:  # noqa: FBT001 - one column of two
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    evidence: defaultdict[str, list[EvidenceId]] = defaultdict(list)
    for known in facts.shifts.get(day, ()):
        if known.record.certificated is certificated:
            spans[known.record.person].append(_span(known.record))
            evidence[known.record.person].append(known.id)
    return tuple(StaffLine(person, minutes(union(spans[person])), tuple(evidence[person])) for person in sorted(spans))


def _span(shift: StaffShift) -> Span:
    return shift.starts.hour * 60 + shift.starts.minute, shift.ends.hour * 60 + shift.ends.minute
