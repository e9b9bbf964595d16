"""What would come back if one cause were settled: the days it touches are claimed again as if it were, and compared.

Nothing of it enters a claim. The other causes stand: what two causes hold comes back only when both are settled.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ecegateway.claim.absent import Rulings
from ecegateway.claim.assemble import DayAtStake, judged_days, stakes
from ecegateway.claim.catalogue import ALL_CLAUSES
from ecegateway.claim.clauses import TIMES_NOT_KNOWN
from ecegateway.claim.groups import GroupKey, Groups
from ecegateway.claim.holds import ChildDate, Holds, Settled
from ecegateway.model.absence import ChildAbsences
from ecegateway.model.cause import ColumnEffect, DayEffect, Effect
from ecegateway.model.claim import Category, ChildDay, Claim, Portion, Verdict
from ecegateway.model.finding import Finding
from ecegateway.model.ids import RuleId
from ecegateway.model.period import DAYS_A_WEEK, MINUTES_A_DAY, ONE_DAY, week_of
from ecegateway.model.spans import Spans, union, within
from ecegateway.rules.absence.reasons import NOT_JUDGED
from ecegateway.rules.assess import RECORD_OF_THE_DAY, Assessment, put_right
from ecegateway.rules.registry import Question

_CLAUSES = frozenset(clause.id for clause in ALL_CLAUSES)
_GO_WITH_THE_RECORD = frozenset({NOT_JUDGED.id, TIMES_NOT_KNOWN.id})
"""Clauses that say no more than that the record of the day is not good yet; they go with the finding that says why."""
_WHOLE_DAY: Spans = ((0, MINUTES_A_DAY),)
_Lines = Mapping[ChildDate, ChildDay]


def effects(asked: Question, assessed: Assessment, made: Claim, groups: Groups) -> Mapping[GroupKey, Effect]:
    """The effect of each group that holds hours, by its key."""
    holding = {key: found for key, found in groups.findings.items() if any(f.holds for f in found)}
    if not holding:
        return {}
    before = {(one.child, one.day): one for one in made.child_days}
    case = _Case(asked, assessed, made, groups, before, cache(lambda day: (day, stakes(asked, day))))
    free = case.all_settled()
    return {key: case.effect(key, found, free) for key, found in holding.items()}


@dataclass(frozen=True, slots=True)
class _Case:
    asked: Question
    assessed: Assessment
    made: Claim
    groups: Groups
    before: _Lines
    at_stake: Callable[[date], DayAtStake]

    def all_settled(self) -> _Lines:
        """Every day with held minutes, as if nothing held any."""
        held = {place for place, line in self.before.items() if line.minutes_with(Verdict.HELD)}
        assessed = put_right(self.asked, self.assessed, lambda finding: finding.holds)
        return self._claimed_again(assessed, Settled(_CLAUSES), _weeks(day for _, day in held))

    def effect(self, key: GroupKey, found: tuple[Finding, ...], free: _Lines) -> Effect:
        """What one group means for the claim."""
        own = _own(found)
        settled = Settled(
            clauses=frozenset({key.rule}) & _CLAUSES,
            days=frozenset(own),
            there=_GO_WITH_THE_RECORD if key.rule in RECORD_OF_THE_DAY else frozenset(),
        )
        assessed = put_right(self.asked, self.assessed, lambda finding: self.groups.key(finding) == key)
        days = {*(day for _, day in own), *self._hanging_on(assessed.absences, settled)}
        after = self._claimed_again(assessed, settled, _weeks(days))
        return self._compared(key.rule, own, after, free)

    def _hanging_on(self, absences: tuple[ChildAbsences, ...], settled: Settled) -> Iterator[date]:
        """Days whose ruling is another one now, and days that make them up."""
        children = {child.key: child for child in self.asked.facts.children}
        for was, now in zip(self.assessed.absences, absences, strict=True):
            if was is not now or settled.clauses:
                before, after = (Rulings.of((one,), self.asked.days, s) for one, s in ((was, Settled()), (now, settled)))
                changed = {day for day in self.asked.days if before.on(was.child, day) != after.on(was.child, day)}
                yield from changed
                yield from (k.record.made_up_on for k in children[was.child].make_up_days if k.record.missed_day in changed)

    def _claimed_again(self, assessed: Assessment, settled: Settled, mondays: Iterable[date]) -> _Lines:
        days = [monday + n * ONE_DAY for monday in mondays for n in range(DAYS_A_WEEK)]
        holds, rulings = Holds.of(assessed.findings, settled), Rulings.of(assessed.absences, self.asked.days, settled)
        found = [self.at_stake(day) for day in days if day in self.asked.days]
        return {(one.child, one.day): one for one in judged_days(self.asked, self.made.period, found, holds, rulings)}

    def _compared(self, rule: RuleId, own: Mapping[ChildDate, Spans], after: _Lines, free: _Lines) -> Effect:
        days, others = list[DayEffect](), set[RuleId]()
        for place, now in sorted(after.items()):
            was = self.before[place]
            held = _held(was, rule, own[place]) if place in own else []
            minutes = sum(p.minutes for p in held)
            shared = max(0, now.minutes_with(Verdict.HELD) - (was.minutes_with(Verdict.HELD) - minutes)) if held else 0
            others.update(p.reason for p in now.portions if shared and p.verdict is Verdict.HELD)
            columns = tuple(_columns(was, now, _would_stand(held, free.get(place))))
            returns = now.minutes_with(Verdict.CLAIMED) - was.minutes_with(Verdict.CLAIMED)
            if minutes or returns or columns:
                days.append(DayEffect(*place, minutes, returns, shared, columns))
        return Effect(tuple(days), tuple(sorted(others)))


def _own(found: Iterable[Finding]) -> Mapping[ChildDate, Spans]:
    """The children's days that findings name, each with the part of it they bear on."""
    own: defaultdict[ChildDate, Spans] = defaultdict(tuple)
    for finding in found:
        if finding.child is not None:
            for day in finding.days:
                own[finding.child, day] = union((*own[finding.child, day], *(finding.within or _WHOLE_DAY)))
    return own


def _held(line: ChildDay, rule: RuleId, part: Spans) -> list[Portion]:
    """What a rule holds of a day it names: a finding all that is held in its part of it, a clause its own minutes."""
    if rule in _CLAUSES:
        return [p for p in line.portions if p.verdict is Verdict.HELD and p.reason == rule]
    return [
        replace(p, starts=start, minutes=end - start)
        for p in line.portions
        if p.verdict is Verdict.HELD and p.starts is not None
        for start, end in within(((p.starts, p.starts + p.minutes),), part)
    ]


def _columns(was: ChildDay, now: ChildDay, would_stand: Mapping[Category, int]) -> Iterator[ColumnEffect]:
    for category in Category:
        gained, held = now.claimed(category) - was.claimed(category), would_stand.get(category, 0)
        if gained or held:
            yield ColumnEffect(category, held, gained)


def _weeks(days: Iterable[date]) -> list[date]:
    return sorted({week_of(day) for day in days})


def _would_stand(held: Iterable[Portion], free: ChildDay | None) -> Mapping[Category, int]:
    """Held minutes by the column in which they would stand if nothing held any."""
    claimed = [p for p in free.portions if p.verdict is Verdict.CLAIMED] if free is not None else []
    found: Counter[Category] = Counter()
    for p in held:
        for q in claimed:
            if q.category is not None:
                found[q.category] += _common(p, q)
    return found


def _common(one: Portion, other: Portion) -> int:
    if one.starts is None or other.starts is None:
        return 0
    return max(0, min(one.starts + one.minutes, other.starts + other.minutes) - max(one.starts, other.starts))
