"""The frequent-absence report: for each month of the period a row for each permanently enrolled child.

Source: ECE Funding Handbook 6-7 (check the attendance pattern of each child at the end of each month).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from ecegateway.facts.names import signatory_names
from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.model.absence import (
    AbsenceReport,
    ChildAbsences,
    ChildMonth,
    Duty,
    EnrolledDay,
    GridDay,
    Pattern,
    PatternMonth,
    Standing,
)
from ecegateway.model.claim import Claim, Verdict
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange
from ecegateway.rules.absence.reasons import REASONS
from ecegateway.rules.absence.runs import in_a_row
from ecegateway.rules.days import in_force

_ABSENCE_REASONS = frozenset(clause.id for clause in REASONS)
Refused = Mapping[tuple[ChildKey, date], int]


def absence_report(facts: ServiceFacts, absences: Sequence[ChildAbsences], claim: Claim) -> AbsenceReport:
    """The report of a claim's period; children without an enrolled day in a month have no row in it."""
    refused = _refused(claim)
    children = {child.key: child for child in facts.children}
    return AbsenceReport(
        tuple(
            (month, tuple(row for found in absences if (row := _row(facts, children[found.child], found, month, refused))))
            for month in claim.period.months
        )
    )


def _refused(claim: Claim) -> Refused:
    """Minutes an absence rule refuses, by child and day."""
    minutes: defaultdict[tuple[ChildKey, date], int] = defaultdict(int)
    for line in claim.child_days:
        for p in line.portions:
            if p.verdict is Verdict.REFUSED and p.reason in _ABSENCE_REASONS:
                minutes[line.child, line.day] += p.minutes
    return minutes


def _row(facts: ServiceFacts, child: ChildFacts, found: ChildAbsences, month: DateRange, refused: Refused) -> ChildMonth | None:
    days = [day for day in found.days if day.day in month]
    if not days:
        return None
    shown = tuple(one for one in found.months if one.days.first in month)
    lost = sum(refused.get((child.key, day.day), 0) for day in days)
    return ChildMonth(
        child=child.key,
        grid=tuple(_cell(day, refused.get((child.key, day.day), 0)) for day in days),
        months=shown,
        in_a_row=in_a_row(found.months).get(month.first.replace(day=1), 0),
        refused=lost,
        at_risk=_at_risk(days, shown),
        standing=Standing.STOPPED if lost else Standing.WARNING if _warns(shown) else Standing.CLEAR,
        signatories=signatory_names(facts, child, month.last),
        agreement=in_force(child, days[-1].day)[0].record.agreement,
    )


def _cell(day: EnrolledDay, refused: int) -> GridDay:
    return GridDay(day.day, day.mark, day.booked, day.attended, refused)


def _warns(shown: Sequence[PatternMonth]) -> bool:
    return any(one.pattern is not Pattern.HALF_THE_MONTH for one in shown)


def _at_risk(days: Sequence[EnrolledDay], shown: Sequence[PatternMonth]) -> int:
    """Minutes not funded next month if it looked like this one and nothing were done.

    That is what this month missed on the days of a pattern whose next month is its third and not reconfirmed, or its fourth.
    """
    missed = {day.day: max(0, day.booked - (day.attended or 0)) for day in days}
    counted = {day for one in shown if one.duty in {Duty.RECONFIRM, Duty.CHANGE} for day in one.caused_by}
    return sum(missed.get(day, 0) for day in counted)
