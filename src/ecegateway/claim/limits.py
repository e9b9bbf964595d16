"""Six hours a day and thirty a week for a child, and which minutes are 20 Hours ECE, Plus 10 or subsidy.

A child fills one place at a time, so what binds a place binds the child who fills it alone; children who share places are
looked at in ``places.py``.

Source: ECE Funding Handbook 3-A-2, 4-2, 9-2, 9-3.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ecegateway.claim.clauses import DAILY_LIMIT, WEEKLY_LIMIT
from ecegateway.claim.portions import claimed_minutes, fate, trim_last
from ecegateway.claim.stake import Stake
from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.claim import Category, Portion, Verdict
from ecegateway.model.enrolment import TwentyHours
from ecegateway.model.period import age_on
from ecegateway.rules.days import in_force


def daily_limit(found: Stake, handbook: Handbook) -> Stake:
    """Minutes above six hours in the day are refused, the last ones first."""
    excess = claimed_minutes(found.portions) - handbook.on("funded_hour.daily_limit", found.day)
    if excess <= 0:
        return found
    return replace(found, portions=trim_last(found.portions, excess, fate(DAILY_LIMIT, Verdict.REFUSED)))


def limit_week(week: Iterable[Stake], handbook: Handbook) -> list[Stake]:
    """One child's week, ascending: minutes above thirty hours are refused, the latest day's first; then categories are given.

    The week's limit holds across categories, also when the child has a birthday in it (A35).
    """
    left = None
    twenty_left = None
    limited: list[Stake] = []
    for found in week:
        if left is None or twenty_left is None:
            left = handbook.on("funded_hour.weekly_limit", found.day)
            twenty_left = handbook.on("twenty_hours.weekly_limit", found.day)
        excess = claimed_minutes(found.portions) - left
        portions = found.portions
        if excess > 0:
            portions = trim_last(portions, excess, fate(WEEKLY_LIMIT, Verdict.REFUSED))
        left -= claimed_minutes(portions)
        attested = _attested(found.child, found.day, handbook)
        if attested is None:
            portions = tuple(
                replace(p, category=_by_age(found.child, found.day, handbook)) if p.verdict is Verdict.CLAIMED else p
                for p in portions
            )
        else:
            allowed = min(attested, twenty_left, handbook.on("twenty_hours.daily_limit", found.day))
            portions = _twenty_hours(portions, allowed)
            twenty_left -= sum(p.minutes for p in portions if p.category is Category.TWENTY_HOURS)
        limited.append(replace(found, portions=portions))
    return limited


def _by_age(child: ChildFacts, day: date, handbook: Handbook) -> Category:
    assert child.identity is not None  # a child without a record has every day held
    age = age_on(child.identity.record.birth_date, day)
    return Category.UNDER_TWO if age < handbook.on("funded_hour.two_and_over", day) else Category.TWO_AND_OVER


def _attested(child: ChildFacts, day: date, handbook: Handbook) -> int | None:
    """Minutes of 20 Hours ECE attested for the day; ``None`` when the child has no attestation in force.

    Claimable from the third birthday and from the day of signing, never backwards; the parent chooses the days.

    Source: ECE Funding Handbook 4-1, 4-2.
    """
    if child.identity is None or age_on(child.identity.record.birth_date, day) < handbook.on("twenty_hours.from_age", day):
        return None
    attestations = [known.record.twenty_hours for known in in_force(child, day)]
    signed: list[TwentyHours] = [found for found in attestations if found is not None and found.signed_on <= day]
    return max((found.minutes[day.weekday()] for found in signed), default=None)


def _twenty_hours(portions: tuple[Portion, ...], allowed: int) -> tuple[Portion, ...]:
    """The first ``allowed`` claimed minutes are 20 Hours ECE, the rest Plus 10.

    What is added to a short session must be Plus 10.

    Source: ECE Funding Handbook 4-2.
    """
    given: list[Portion] = []
    for p in portions:
        if p.verdict is not Verdict.CLAIMED:
            given.append(p)
            continue
        twenty = 0 if p.starts is None else min(allowed, p.minutes)
        allowed -= twenty
        if twenty:
            given.append(replace(p, minutes=twenty, category=Category.TWENTY_HOURS))
        if twenty < p.minutes:
            starts = None if p.starts is None else p.starts + twenty
            given.append(replace(p, minutes=p.minutes - twenty, starts=starts, category=Category.PLUS_TEN))
    return tuple(given)
