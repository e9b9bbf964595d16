"""The situations of the Frequent Absence Rule, looked for in one month, or the part of it under one agreement.

Source: ECE Funding Handbook 6-7 (when to apply the Frequent Absence Rule), 6-8; switches ``frequent.*``, ``makeup.cures``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.policy import Policy
from ecegateway.model.absence import DayMark, EnrolledDay, Pattern
from ecegateway.model.period import DAYS_A_WEEK, DateRange, Weekday, week_of

ABSENT = frozenset({DayMark.ABSENT, DayMark.ON_HOLIDAY})
"""Marks of an absence that counts towards a pattern."""
_THERE = frozenset({DayMark.PRESENT, DayMark.SHORT})
_COUNTED = ABSENT | _THERE


@dataclass(frozen=True, slots=True)
class Tally:
    """One situation counted: ``missed`` of ``of`` days or weeks, on the days of ``caused_by``; whether that is a pattern."""

    pattern: Pattern
    weekday: Weekday | None
    missed: int
    of: int
    caused_by: tuple[date, ...]
    shows: bool


@dataclass(frozen=True, slots=True)
class MonthPart:
    """A month, or the part of it under one agreement: its days, the days that count, and days attended without a booking."""

    span: DateRange
    days: tuple[EnrolledDay, ...]
    extra: tuple[date, ...]
    made_up: frozenset[date]
    """Missed days whose booking was moved to a day the child came."""


def counted(day: EnrolledDay, policy: Policy) -> EnrolledDay | None:
    """The day as the month's counts take it; ``None`` where it is left out (A13, A25, A29)."""
    if day.exempt and policy["exemption.effect"] != "twelve-weeks-only":
        return None
    if day.mark in _COUNTED:
        return day
    taken = {
        DayMark.CLOSED: {"count-as-present": DayMark.PRESENT, "count-as-absent": DayMark.ABSENT}.get(
            policy["frequent.no-opportunity-days"]
        ),
        DayMark.EMERGENCY: DayMark.ABSENT if policy["absence.emergency-closure-day"] == "counts-as-absent" else None,
        DayMark.EXEMPT: DayMark.ABSENT,
    }.get(day.mark)
    return None if taken is None else replace(day, mark=taken)


def tallies(part: MonthPart, policy: Policy, share: int) -> tuple[Tally, ...]:
    """Every situation counted. ``share`` is the percentage that must be exceeded."""
    tested = _Test(policy, share)
    same_weekday = tuple(_same_weekday(part, tested))
    ignored: frozenset[Weekday] = frozenset()
    if policy["frequent.rule1-rule2"] == "rule1-then-residual":
        ignored = _weekdays_of(same_weekday)
    found = [*same_weekday, *_fewer_days(part, tested, ignored), *_fewer_hours(part, tested)]
    if policy["frequent.general-half-test"] != "off":
        found += _half_the_month(part)
    return tuple(found)


def _weekdays_of(found: Sequence[Tally]) -> frozenset[Weekday]:
    """The weekdays that show the first situation; pooled, none stands out."""
    return frozenset(tally.weekday for tally in found if tally.shows and tally.weekday is not None)


@dataclass(frozen=True, slots=True)
class _Test:
    policy: Policy
    share: int

    def shows(self, missed: int, of: int) -> bool:
        """More than half, or half or more (A10)."""
        if self.policy["frequent.threshold"] == "half-or-more":
            return missed * 100 >= self.share * of
        return missed * 100 > self.share * of


def _same_weekday(part: MonthPart, test: _Test) -> Iterator[Tally]:
    """Situation 1: absent on the same enrolled day or days of the week (A14)."""
    cured = part.made_up if test.policy["makeup.cures"] == "rules-1-and-2" else frozenset()
    by_weekday: dict[Weekday | None, list[EnrolledDay]] = defaultdict(list)
    pooled = test.policy["frequent.rule1-unit"] == "pooled"
    for day in part.days:
        by_weekday[None if pooled else Weekday.of(day.day)].append(day)
    for weekday, days in by_weekday.items():
        missed = tuple([day.day for day in days if day.mark in ABSENT and day.day not in cured])
        yield Tally(Pattern.SAME_WEEKDAY, weekday, len(missed), len(days), missed, test.shows(len(missed), len(days)))


def _fewer_days(part: MonthPart, test: _Test, ignored: frozenset[Weekday]) -> Iterator[Tally]:
    """Situation 2: fewer days a week than enrolled, in weeks from Monday cut at the month's ends (A11, A15)."""
    weeks: dict[date, list[EnrolledDay]] = defaultdict(list)
    for day in part.days:
        if not ignored or Weekday.of(day.day) not in ignored:
            weeks[week_of(day.day)].append(day)
    if test.policy["frequent.week"] == "ignore-part-weeks":
        weeks = {monday: days for monday, days in weeks.items() if _is_whole(monday, part.span)}
    extra: dict[date, int] = defaultdict(int)
    if test.policy["makeup.cures"] != "none":
        for came in part.extra:
            extra[week_of(came)] += 1
    short = {
        monday: days
        for monday, days in weeks.items()
        if len([day for day in days if day.mark in _THERE]) + extra.get(monday, 0) < len(days)
    }
    if weeks:
        missed = tuple([day.day for days in short.values() for day in days if day.mark in ABSENT])
        yield Tally(Pattern.FEWER_DAYS, None, len(short), len(weeks), missed, test.shows(len(short), len(weeks)))


def _is_whole(monday: date, span: DateRange) -> bool:
    return monday in span and monday + timedelta(days=DAYS_A_WEEK - 1) in span


def _fewer_hours(part: MonthPart, test: _Test) -> Iterator[Tally]:
    """Situation 3: fewer hours than enrolled, day by day; not at sessional services (A16, A19)."""
    marks = {DayMark.SHORT}
    if test.policy["frequent.rule3-absent-days"] == "absent-counts-as-zero-hours":
        marks |= ABSENT
    days = [day for day in part.days if not day.sessional]
    if days:
        missed = tuple([day.day for day in days if day.mark in marks])
        yield Tally(Pattern.FEWER_HOURS, None, len(missed), len(days), missed, test.shows(len(missed), len(days)))


def _half_the_month(part: MonthPart) -> Iterator[Tally]:
    """The general sentence: attendance must match the agreement for at least half of the month (A30)."""
    if part.days:
        missed = tuple([day.day for day in part.days if day.mark is not DayMark.PRESENT])
        shows = (len(part.days) - len(missed)) * 2 < len(part.days)
        yield Tally(Pattern.HALF_THE_MONTH, None, len(missed), len(part.days), missed, shows)


def made_up_days(child: ChildFacts, came: frozenset[date]) -> frozenset[date]:
    """Missed days whose booking was moved to a day on which the child came.

    Source: ECE Funding Handbook 6-9.
    """
    return frozenset(known.record.missed_day for known in child.make_up_days if known.record.made_up_on in came)
