"""Six hours a day and thirty a week for a child, and which minutes are 20 Hours ECE, Plus 10 or subsidy.

A child fills one place at a time, so what binds a place binds the child who fills it alone; children who share places are
looked at in ``places.py``.

Source: ECE Funding Handbook 3-A-2, 4-2, 9-2, 9-3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ecegateway.claim.clauses import ATTENDED_HOURS, DAILY_LIMIT, ENROLLED_HOURS, PLUS_TEN, TWENTY_HOURS, WEEKLY_LIMIT
from ecegateway.claim.place_clauses import SUBSIDY_FOR_PLACE
from ecegateway.claim.portions import claimed_minutes, fate, is_claimed, trim_last
from ecegateway.claim.stake import Stake
from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.claim import Category, Portion, Verdict
from ecegateway.model.ids import EvidenceId
from ecegateway.model.period import age_on
from ecegateway.rules.attested import attested_minutes
from ecegateway.rules.registry import Clause

_BARE = frozenset({ENROLLED_HOURS.id, ATTENDED_HOURS.id})
"""Reasons that say no more than why the child is funded at all; the category may take their place."""


def daily_limit(found: Stake, handbook: Handbook) -> Stake:
    """Minutes above six hours in the day are refused, the last ones first; held minutes count, as they may be claimed yet."""
    at_stake = sum(p.minutes for p in found.portions if p.verdict is not Verdict.REFUSED)
    excess = at_stake - handbook.on("funded_hour.daily_limit", found.day)
    if excess <= 0:
        return found
    over = fate(DAILY_LIMIT, Verdict.REFUSED)
    return replace(found, portions=trim_last(found.portions, excess, over, lambda p: p.verdict is not Verdict.REFUSED))


def categorise(week: Iterable[Stake], facts: ServiceFacts, handbook: Handbook) -> list[Stake]:
    """One child's week, ascending, with each claimed minute's category: 20 Hours as attested, up to twenty a week."""
    categorised: list[Stake] = []
    twenty = 0
    for found in week:
        attested = attested_minutes(found.child, found.day, facts, handbook)
        if attested is None:
            portions = tuple(_by_age(p, found.child, found.day, handbook) if is_claimed(p) else p for p in found.portions)
        else:
            left = handbook.on("twenty_hours.weekly_limit", found.day) - twenty
            allowed = min(attested, left, handbook.on("twenty_hours.daily_limit", found.day))
            portions = _twenty_hours(found, allowed, handbook)
            twenty += sum(p.minutes for p in portions if p.category is Category.TWENTY_HOURS)
        categorised.append(replace(found, portions=portions))
    return categorised


def weekly_limit(week: Sequence[Stake], handbook: Handbook) -> list[Stake]:
    """One child's week: minutes above thirty hours are refused, the latest day's first, attested 20 Hours never before others.

    The limit holds across categories, also when the child has a birthday in the week (A34, A35).
    """
    excess = sum(claimed_minutes(found.portions) for found in week) - handbook.on("funded_hour.weekly_limit", week[0].day)
    if excess <= 0:
        return list(week)
    over = fate(WEEKLY_LIMIT, Verdict.REFUSED)
    limited = []
    for found in reversed(week):
        spare = sum(p.minutes for p in found.portions if _beyond_attested(p))
        taken = min(excess, spare)
        excess -= taken
        limited.append(replace(found, portions=trim_last(found.portions, taken, over, _beyond_attested)))
    return limited[::-1]


def _beyond_attested(p: Portion) -> bool:
    return is_claimed(p) and p.category is not Category.TWENTY_HOURS


def _by_age(p: Portion, child: ChildFacts, day: date, handbook: Handbook) -> Portion:
    if child.identity is None:  # every day is held; only when asked what would come back is a minute claimed, of no column
        return p
    age = age_on(child.identity.record.birth_date, day)
    under_two = age < handbook.on("funded_hour.two_and_over", day)
    category = Category.UNDER_TWO if under_two else Category.TWO_AND_OVER
    return replace(p, category=category, evidence=p.evidence + _identity(child))


def _identity(child: ChildFacts) -> tuple[EvidenceId, ...]:
    """The record that holds the birth date, on which every category rests: without it no minute has one."""
    assert child.identity is not None
    return (child.identity.id,)


def _twenty_hours(found: Stake, allowed: int, handbook: Handbook) -> tuple[Portion, ...]:
    """The first ``allowed`` claimed minutes are 20 Hours ECE, the rest Plus 10.

    What is added to a short session must be Plus 10.

    Source: ECE Funding Handbook 4-2.
    """
    given: list[Portion] = []
    child, day = found.child, found.day
    for portion in found.portions:
        if not is_claimed(portion):
            given.append(portion)
            continue
        if portion.reason == SUBSIDY_FOR_PLACE.id:
            given.append(_by_age(portion, child, day, handbook))
            continue
        p = replace(portion, evidence=portion.evidence + _identity(child))
        twenty = 0 if p.starts is None else min(allowed, p.minutes)
        allowed -= twenty
        if twenty:
            given.append(_given(p, Category.TWENTY_HOURS, TWENTY_HOURS, minutes=twenty))
        if twenty < p.minutes:
            starts = None if p.starts is None else p.starts + twenty
            rest = replace(p, minutes=p.minutes - twenty, starts=starts)
            given.append(_given(rest, Category.PLUS_TEN, PLUS_TEN, minutes=rest.minutes))
    return tuple(given)


def _given(p: Portion, category: Category, why: Clause, *, minutes: int) -> Portion:
    """Minutes in a category; what an absence rule or a short session funds keeps that for its reason."""
    if p.reason not in _BARE:
        return replace(p, minutes=minutes, category=category)
    return replace(p, minutes=minutes, category=category, reason=why.id, switch=why.switch)
