"""The claim: from facts and law to every cell of the return, with all it rests on.

A pure function of (facts, handbook, policy). The steps, in order: what is at stake each day, what each day loses by itself,
licensed places, short sessions, six hours a day, categories, then the limits of a place's day, a child's week, a place's week.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from ecegateway.claim.absent import Rulings
from ecegateway.claim.advance_days import advance_days
from ecegateway.claim.clauses import ZERO_STAFF
from ecegateway.claim.day import Holds, judge
from ecegateway.claim.held import held_by_clauses
from ecegateway.claim.limits import categorise, daily_limit, weekly_limit
from ecegateway.claim.places import limit_subsidy, occupancy
from ecegateway.claim.portions import fate, turn
from ecegateway.claim.rounding import whole_hours
from ecegateway.claim.short_session import fund_short_sessions
from ecegateway.claim.staff import has_staff_hours, staff_days
from ecegateway.claim.stake import Stake, stake
from ecegateway.facts.types import ServiceFacts
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.claim import Category, Cell, ChildDay, Claim, Verdict
from ecegateway.model.finding import Finding
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange, FundingPeriod, week_of
from ecegateway.rules.across.people import in_two_places
from ecegateway.rules.assess import Assessment
from ecegateway.rules.registry import Question
from ecegateway.rules.service.staffing import counts_staff

_WEEK = timedelta(days=7)


def days_to_judge(period: FundingPeriod) -> DateRange:
    """The period's days and the rest of its first and last week: the week's limits need whole weeks."""
    return DateRange(week_of(period.days.first), week_of(period.days.last) + _WEEK)


def claim(asked: Question, period: FundingPeriod, assessed: Assessment, input_digest: str) -> Claim:
    """The claim of a service for a period.

    ``asked`` covers :func:`days_to_judge`; ``assessed`` is what all rules say of it; ``input_digest`` names the evidence.

    Raises:
        ParameterNotInForceError: the period lies outside the verified dates of the law.
    """
    facts, reading = asked.facts, asked.policy["rs7.rounding"]
    judged = [found for found in _judged(asked, assessed) if found.day in period.days]
    child_days = tuple(_child_day(found) for found in sorted(judged, key=lambda found: (found.day, found.child.key)))
    inside = _inside(assessed.findings, period.days)
    return Claim(
        service=facts.number,
        service_name=facts.profile(period.days.last).name,
        period=period,
        known_at=facts.known_at,
        handbook_edition=asked.law.edition,
        switches=asked.policy.settings,
        input_digest=input_digest,
        cells=_cells(child_days, period, reading),
        staff=staff_days(facts, period.days, reading, in_two_places(asked)),
        child_days=child_days,
        advance=advance_days(facts, period),
        findings=(*inside, *held_by_clauses(facts.number, child_days, frozenset(finding.rule for finding in inside))),
    )


def _judged(asked: Question, assessed: Assessment) -> list[Stake]:
    holds, rulings, law = _holds(assessed.findings), Rulings.of(assessed.absences, asked.days), asked.law
    weeks: defaultdict[tuple[date, ChildKey], list[Stake]] = defaultdict(list)
    for day in asked.days:
        operation = asked.operating[day]
        stakes = [found for child in asked.facts.children if (found := stake(child, day, asked))]
        stakes = [judge(found, operation, holds, rulings, asked) for found in stakes]
        if not operation.emergency:
            stakes = _staffed(stakes, asked, day)
        for found in occupancy(stakes, asked, day):
            funded = fund_short_sessions(found, operation, law, asked.policy)
            weeks[week_of(day), found.child.key].append(daily_limit(funded, law))
    by_week: defaultdict[date, list[Stake]] = defaultdict(list)
    for (monday, _), week in weeks.items():
        by_week[monday] += categorise(week, asked.facts, law)
    return [found for monday in sorted(by_week) for found in _limited(by_week[monday], asked.facts, law)]


def _limited(week: list[Stake], facts: ServiceFacts, handbook: Handbook) -> list[Stake]:
    """All children's week within the limits: a place's day, then a child's week, then a place's week."""
    by_day: defaultdict[date, list[Stake]] = defaultdict(list)
    for found in week:
        by_day[found.day].append(found)
    by_child: defaultdict[ChildKey, list[Stake]] = defaultdict(list)
    for day in sorted(by_day):
        for found in limit_subsidy(by_day[day], facts.profile(day).places * handbook.on("funded_hour.daily_limit", day)):
            by_child[found.child.key].append(found)
    limited = [found for key in sorted(by_child) for found in weekly_limit(by_child[key], handbook)]
    first = min(by_day)
    return limit_subsidy(limited, facts.profile(first).places * handbook.on("funded_hour.weekly_limit", first))


def _staffed(stakes: list[Stake], asked: Question, day: date) -> list[Stake]:
    """Holds a teacher-led day without staff hours, unless a note explains it (A40)."""
    facts = asked.facts
    explained = any(known.record.about == "staff-hours" and known.record.day == day for known in facts.notes)
    reads = asked.policy["rs7.zero-staff-day"] == "block-until-explained"
    if not reads or explained or has_staff_hours(facts, day) or not counts_staff(facts.profile(day)):
        return stakes
    return [replace(found, portions=turn(found.portions, fate(ZERO_STAFF, Verdict.HELD))) for found in stakes]


def _holds(findings: Iterable[Finding]) -> Holds:
    holds: defaultdict[tuple[ChildKey, date], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.holds and finding.child is not None:
            for day in finding.days:
                holds[finding.child, day].append(finding)
    return holds


def _child_day(found: Stake) -> ChildDay:
    return ChildDay(found.child.key, found.day, found.basis, found.booked, found.attended, found.portions)


def _cells(child_days: Iterable[ChildDay], period: FundingPeriod, reading: str) -> tuple[Cell, ...]:
    totals: defaultdict[tuple[date, Category], int] = defaultdict(int)
    for one in child_days:
        for category in Category:
            totals[one.day, category] += one.claimed(category)
    return tuple(
        Cell(day, category, totals[day, category], whole_hours(totals[day, category], reading))
        for day in period.days
        for category in Category
    )


def _inside(findings: Iterable[Finding], days: DateRange) -> tuple[Finding, ...]:
    """Findings that bear on the period, cut to its days."""
    inside = []
    for finding in findings:
        kept = tuple(day for day in finding.days if day in days)
        if kept or not finding.days:
            inside.append(replace(finding, days=kept))
    return tuple(inside)
