"""The staff hour count: a day's minutes on ratio, certificated and other, rounded on the day's total.

Source: ECE Funding Handbook 9-4. Sessional kindergartens, playcentres, home-based services and kōhanga reo do not fill it.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from ecegateway.claim.rounding import whole_hours
from ecegateway.facts.types import Known, ServiceFacts
from ecegateway.model.claim import StaffColumn, StaffDay, StaffLine
from ecegateway.model.ids import EvidenceId
from ecegateway.model.people import StaffShift
from ecegateway.model.period import DateRange
from ecegateway.model.spans import Spans, minutes, union, without
from ecegateway.rules.service.staffing import counts_staff

_NOWHERE: Mapping[EvidenceId, Spans] = MappingProxyType({})


def staff_days(
    facts: ServiceFacts, days: DateRange, reading: str, twice: Mapping[EvidenceId, Spans] = _NOWHERE
) -> tuple[StaffDay, ...]:
    """One entry per day and column; a person's overlapping shifts are counted once.

    ``twice`` are minutes of shifts during which the person is on the ratio of another service too; they count in neither.
    """
    found = []
    for day in days:
        counted = counts_staff(facts.profile(day))
        for column in StaffColumn:
            lines = _lines(facts, day, column, twice) if counted else ()
            found.append(StaffDay(day, column, lines, whole_hours(sum(line.minutes for line in lines), reading)))
    return tuple(found)


def has_staff_hours(facts: ServiceFacts, day: date) -> bool:
    """Whether any shift of the day holds a minute."""
    return any(minutes((known.record.span,)) > 0 for known in facts.shifts.get(day, ()))


def _lines(facts: ServiceFacts, day: date, column: StaffColumn, twice: Mapping[EvidenceId, Spans]) -> tuple[StaffLine, ...]:
    """Each person's minutes; time recorded in both columns counts as certificated, once."""
    certificated = _spans(facts, day, twice, certificated=True)
    lines = []
    for person, (spans, evidence) in sorted(_spans(facts, day, twice, certificated=column is StaffColumn.CERTIFICATED).items()):
        taken = certificated[person][0] if column is StaffColumn.OTHER and person in certificated else ()
        counted = minutes(without(spans, taken))
        if counted:
            lines.append(StaffLine(person, counted, evidence))
    return tuple(lines)


def _spans(
    facts: ServiceFacts, day: date, twice: Mapping[EvidenceId, Spans], *, certificated: bool
) -> dict[str, tuple[Spans, tuple[EvidenceId, ...]]]:
    shifts: defaultdict[str, list[Known[StaffShift]]] = defaultdict(list)
    for known in facts.shifts.get(day, ()):
        if known.record.certificated is certificated:
            shifts[known.record.person].append(known)
    return {
        person: (
            without(union(known.record.span for known in found), union(s for known in found for s in twice.get(known.id, ()))),
            tuple(known.id for known in found),
        )
        for person, found in shifts.items()
    }
