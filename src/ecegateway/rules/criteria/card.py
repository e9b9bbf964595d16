"""The conformance card: every record of some days graded by every criterion, counted by source, with the gaps day by day.

Source: ECE Funding Handbook 6-3, electronic attendance records criteria.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from ecegateway.contract import Fact
from ecegateway.model.child import is_student_index
from ecegateway.model.conformance import (
    Conformance,
    ConformanceCard,
    CriterionCounts,
    DayGaps,
    Grade,
    GradedRecord,
    GradeReason,
)
from ecegateway.model.ids import ChildKey, SourceName
from ecegateway.rules.criteria.catalogue import CRITERIA
from ecegateway.rules.criteria.grading import Criterion
from ecegateway.rules.registry import Question

_NAMED = 5
"""How many records a reason names: enough to look, few enough to read."""
_DAILY = 9
"""The criterion whose breaches are listed day by day."""


@dataclass(slots=True)
class _Tally:
    records: int = 0
    children: set[ChildKey] = field(default_factory=set)
    first: list[str] = field(default_factory=list)


def conformance(asked: Question) -> Conformance:
    """Every record of the days asked about by every criterion. Equal facts give an equal card."""
    sources = sorted(source for source in asked.facts.source_facts if not is_student_index(source))
    counted: dict[SourceName, list[CriterionCounts]] = {source: [] for source in sources}
    gaps: defaultdict[date, defaultdict[str, set[ChildKey]]] = defaultdict(lambda: defaultdict(set))
    for criterion in CRITERIA:
        tallies: defaultdict[SourceName, defaultdict[tuple[Grade, str], _Tally]] = defaultdict(lambda: defaultdict(_Tally))
        for one in criterion.grades(asked):
            _count(tallies[one.source][one.grade, one.why], one)
            if criterion.number == _DAILY and one.grade is Grade.BREACHED and one.child is not None:
                for day in one.days:
                    gaps[day][one.why].add(one.child)
        for source in sources:
            counted[source].append(_counts(criterion, asked.facts.source_facts[source], tallies[source]))
    return Conformance(
        criteria=tuple(criterion.text for criterion in CRITERIA),
        cards=tuple(ConformanceCard(source, tuple(counts)) for source, counts in counted.items()),
        gaps=tuple(
            DayGaps(day, tuple((why, tuple(sorted(gaps[day][why]))) for why in sorted(gaps[day]))) for day in sorted(gaps)
        ),
    )


def _count(tally: _Tally, one: GradedRecord) -> None:
    tally.records += 1
    if one.child is not None:
        tally.children.add(one.child)
    if len(tally.first) < _NAMED:
        tally.first.append(one.record)


def _counts(criterion: Criterion, shown: frozenset[Fact], tallies: dict[tuple[Grade, str], _Tally]) -> CriterionCounts:
    def of(grade: Grade) -> int:
        return sum(tally.records for (graded, _), tally in tallies.items() if graded is grade)

    return CriterionCounts(
        criterion=criterion.number,
        shows=_words(criterion.needs & shown),
        lacks=_words(criterion.needs - shown),
        met=of(Grade.MET),
        breached=of(Grade.BREACHED),
        cannot_show=of(Grade.CANNOT_SHOW),
        reasons=tuple(_reasons(tallies)),
    )


def _words(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(sorted(fact.value for fact in facts))


def _reasons(tallies: dict[tuple[Grade, str], _Tally]) -> Iterator[GradeReason]:
    for grade in (Grade.BREACHED, Grade.CANNOT_SHOW):
        found = [(why, tally) for (graded, why), tally in tallies.items() if graded is grade]
        for why, tally in sorted(found, key=lambda one: (-one[1].records, one[0])):
            yield GradeReason(grade, why, tally.records, len(tally.children), tuple(tally.first))
