"""All absence rules together: what becomes of each absent hour of a child, and why.

Days of which the record does not say who was there are taken once as present and once as absent. What comes out the same is
settled; what does not is held until somebody puts the record right.

Source: ECE Funding Handbook 6-4 (claiming funding for absences); policy switches ``absence.rules-combine``,
``attendance.no-record``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from ecegateway.facts.types import ChildFacts
from ecegateway.model.absence import ABSENCES, ChildAbsences, DayMark, EnrolledDay, Loses, PatternMonth, Ruling
from ecegateway.model.claim import Verdict
from ecegateway.model.period import ONE_DAY, DateRange
from ecegateway.model.service import ServiceType
from ecegateway.rules.absence.frequent import refusals
from ecegateway.rules.absence.long_closures import long_closures
from ecegateway.rules.absence.marks import enrolled_days
from ecegateway.rules.absence.month_parts import Months, months_to_judge, touched_months
from ecegateway.rules.absence.opinions import Opinion
from ecegateway.rules.absence.planned_start import planned_starts
from ecegateway.rules.absence.reasons import HANGS_ON_UNKNOWN, OTHER_CHAPTER, SCHOOL_VISIT
from ecegateway.rules.absence.reconfirming import signatures
from ecegateway.rules.absence.regimes import Regime, regimes
from ecegateway.rules.absence.runs import pattern_months
from ecegateway.rules.absence.three_week import opinions, spells
from ecegateway.rules.registry import Question

Doubted = Mapping[str, frozenset[date]]
"""By child, the days of a presence that nobody can believe."""


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What the rules say under one way of taking the unknown days."""

    opinions: Mapping[date, Opinion]
    months: tuple[PatternMonth, ...]


def judge_absences(asked: Question, doubted: Doubted) -> tuple[ChildAbsences, ...]:
    """Every child's absences, by key; children who are never permanently enrolled have no enrolled days."""
    closures = long_closures(asked.operating, asked.law, asked.policy["closure.long-threshold"])
    bench = _Bench(asked, closures, touched_months(closures, asked.operating))
    return tuple(bench.absences(child, doubted.get(child.key, frozenset())) for child in asked.facts.children)


@dataclass(frozen=True, slots=True)
class _Bench:
    asked: Question
    closures: tuple[DateRange, ...]
    touched: frozenset[date]

    def absences(self, child: ChildFacts, doubted: frozenset[date]) -> ChildAbsences:
        """One child's marks, months of patterns, and rulings.

        Days asked about from before the record begins are marked, and nothing is judged by them.
        """
        asked, reading = self.asked, self.asked.policy["frequent.mid-month-change"]
        before = DateRange(asked.days.first, asked.look_back.first)
        earlier = enrolled_days(child, regimes(child, before, reading), doubted, asked)
        under = regimes(child, asked.look_back, reading)
        days = enrolled_days(child, under, doubted, asked)
        stays = {day for day in child.stays if day in asked.look_back}
        unknown = {day.day for day in days if _is_unknown(day)} | (stays & doubted)
        seen = self._judged(child, under, [_taken(day, DayMark.PRESENT) for day in days], stays | unknown)
        other = seen
        if unknown or any(day.attended is None for day in days):
            other = self._judged(child, under, [_taken(day, DayMark.ABSENT) for day in days], stays - unknown)
        marked = (*earlier, *days)
        rulings = {day.day: found for day in marked if (found := self._ruling(day, seen.opinions, other.opinions)) is not None}
        return ChildAbsences(child.key, marked, seen.months, MappingProxyType(rulings))

    def _judged(
        self, child: ChildFacts, under: tuple[Regime, ...], days: Sequence[EnrolledDay], attended: set[date]
    ) -> _Judgement:
        came, policy = sorted(attended), self.asked.policy
        starts = planned_starts(child, came, self.asked)
        by_weeks = opinions(child, spells(days, starts, self.closures, self.asked), starts, self.asked)
        after = DateRange(self.asked.look_back.after, self.asked.look_back.after + ONE_DAY)
        (following,) = regimes(child, after, policy["frequent.mid-month-change"])
        judged = months_to_judge(Months(child, under, following, came, self.touched, policy), days)
        months = pattern_months(judged, signatures(child, self.asked.facts.people, policy), policy, self.asked.law)
        return _Judgement(_together(by_weeks, refusals(days, months, policy, self.asked.law)), months)

    def _ruling(self, day: EnrolledDay, one: Mapping[date, Opinion], other: Mapping[date, Opinion]) -> Ruling | None:
        """The ruling of a day in the days asked about; ``None`` where there is nothing to rule on."""
        if day.day not in self.asked.days or _is_unknown(day):
            return None
        if day.mark is DayMark.VISIT:
            return self._told(day, Opinion(Verdict.CLAIMED, SCHOOL_VISIT))
        first, second = one.get(day.day), other.get(day.day)
        if first is None and second is None:
            return None
        if (first is None or first.allows) != (second is None or second.allows):
            return self._told(day, Opinion(Verdict.HELD, HANGS_ON_UNKNOWN))
        if self.asked.facts.profile(day.day).service_type is ServiceType.HOSPITAL_BASED:
            return self._told(day, Opinion(Verdict.HELD, OTHER_CHAPTER))
        settled = first or second
        assert settled is not None
        return self._told(day, settled)

    def _told(self, day: EnrolledDay, opinion: Opinion) -> Ruling:
        whole = self.asked.policy["frequent.refusal-extent"] == "whole-days" and day.mark not in ABSENCES
        loses = Loses.WHOLE_DAY if whole else Loses.ABSENT_HOURS
        evidence = (day.agreement, *day.evidence, *opinion.evidence)
        return Ruling(opinion.verdict, loses, opinion.why.id, opinion.why.switch, evidence)


def _is_unknown(day: EnrolledDay) -> bool:
    return day.mark is DayMark.UNKNOWN


def _taken(day: EnrolledDay, mark: DayMark) -> EnrolledDay:
    """The day with the unknown settled one way: who was there, or whether the child stayed for the enrolled hours."""
    if _is_unknown(day):
        return replace(day, mark=mark)
    if day.attended is None and mark is DayMark.ABSENT:
        return replace(day, mark=DayMark.SHORT)
    return day


def _together(by_weeks: Mapping[date, Opinion], refused: Mapping[date, Opinion]) -> dict[date, Opinion]:
    """Neither rule may refuse an absence (A28); short days are spoken of by the Frequent Absence Rule alone."""
    graver = {
        day: opinion for day, opinion in refused.items() if day not in by_weeks or by_weeks[day].verdict is not Verdict.REFUSED
    }
    return {**by_weeks, **graver}
