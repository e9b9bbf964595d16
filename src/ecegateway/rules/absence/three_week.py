"""The Three Week Rule for Continuous Absence, its extension for extended non-operation, and the planned start.

A *spell* is an absence that goes on: it begins on the first enrolled open day the child is absent and ends when the child
returns, or is enrolled anew after leaving. Its weeks are anchored on the weekday of that first day. A closure of two weeks or
more inside a spell takes a whole number of weeks out of it, so that the spell goes on from the next such weekday: only so do
the printed examples come out.

Source: ECE Funding Handbook 6-5, 6-6, 3-A-2 (planned start), 7-7 (twelve weeks); policy switches ``three-week.*``,
``start.never-attended``, ``leaving.notice-day``.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.model.absence import ABSENCES, DayMark, EnrolledDay
from ecegateway.model.claim import Verdict
from ecegateway.model.period import DAYS_A_WEEK, DateRange, week_of
from ecegateway.rules.absence.exemptions import exemption_on
from ecegateway.rules.absence.opinions import Opinion
from ecegateway.rules.absence.planned_start import PlannedStarts
from ecegateway.rules.absence.reasons import (
    AFTER_NOTICE,
    EXEMPT,
    EXTENSION,
    FOURTH_WEEK,
    THREE_WEEKS,
    TWELVE_WEEKS,
)
from ecegateway.rules.registry import Question

_ATTENDED = frozenset({DayMark.PRESENT, DayMark.SHORT})


@dataclass(slots=True)
class Spell:
    """An absence that goes on.

    ``last`` is its latest open enrolled day, ``removed`` the days the clock did not run, ``a_week`` how many days the child
    was enrolled in its first seven, ``absences`` how many days it holds.
    """

    first: date
    last: date
    a_week: int
    removed: int = 0
    absences: int = 1


def spells(
    days: Sequence[EnrolledDay], starts: PlannedStarts, closures: Sequence[DateRange], asked: Question
) -> Iterator[tuple[EnrolledDay, Spell]]:
    """Every absent day with its spell as it stands on that day; also emergency closures within a spell (A25).

    An emergency begins no spell and is none of its absences, but funds no child whose absence is no longer funded.
    """
    ends_on = asked.policy["three-week.spell-ends-on"]
    absent = ABSENCES
    if asked.policy["absence.emergency-closure-day"] == "counts-as-absent":
        absent |= {DayMark.EMERGENCY}
    spell: Spell | None = None
    for number, day in enumerate(days):
        if day.mark is DayMark.CLOSED:
            continue
        if spell is not None and _ended_between(spell, day.day, starts, ends_on):
            spell = None
        if day.mark is DayMark.EMERGENCY and day.mark not in absent:
            if spell is not None:
                yield day, _gone_on(spell, days[number : number + DAYS_A_WEEK], closures, asked)
        elif _returned(day, ends_on):
            spell = None
        elif day.mark in absent:
            spell = _gone_on(spell, days[number : number + DAYS_A_WEEK], closures, asked)
            yield day, spell
        elif spell is not None:
            spell.last = day.day


def opinions(
    child: ChildFacts,
    told: Iterator[tuple[EnrolledDay, Spell]],
    starts: PlannedStarts,
    asked: Question,
) -> dict[date, Opinion]:
    """What the Three Week Rule and its kin think of each absent day."""
    found: dict[date, Opinion] = {}
    for day, spell in told:
        found[day.day] = (
            _after_notice(child, day.day, starts, asked)
            or starts.opinion(day, spell.first, spell.removed)
            or _within_weeks(child, day, spell, asked)
        )
    return found


def _returned(day: EnrolledDay, ends_on: str) -> bool:
    """Whether the child is back; a transitional visit the enrolment notes counts as being there (A6, A25)."""
    if day.mark is DayMark.VISIT:
        return True
    return day.mark is DayMark.PRESENT if ends_on == "full-day-attendance" else day.mark in _ATTENDED


def _ended_between(spell: Spell, day: date, starts: PlannedStarts, ends_on: str) -> bool:
    """Whether the child came without a booking since the spell's last day, or left and was enrolled anew."""
    came = ends_on == "any-attendance" and _came_between(starts.came, spell.last, day)
    return came or starts.divides(spell.last, day)


def _came_between(came: Sequence[date], after: date, before: date) -> bool:
    at = bisect_right(came, after)
    return at < len(came) and came[at] < before


def _gone_on(spell: Spell | None, ahead: Sequence[EnrolledDay], closures: Sequence[DateRange], asked: Question) -> Spell:
    """The spell on the first day of ``ahead``, the next few enrolled days: begun, or gone on over the closures since."""
    day = ahead[0].day
    if spell is None:
        return Spell(day, day, _in_a_week(ahead))
    between = [span for span in closures if spell.last < span.first and span.last < day]
    if between and asked.policy["three-week.closure-resets"] == "reset":
        return Spell(day, day, _in_a_week(ahead))
    removed = spell.removed + _removed(spell.last, day, between, asked)
    return Spell(spell.first, day, spell.a_week, removed, spell.absences + 1)


def _in_a_week(ahead: Sequence[EnrolledDay]) -> int:
    return sum((day.day - ahead[0].day).days < DAYS_A_WEEK for day in ahead)


def _removed(before: date, after: date, between: Sequence[DateRange], asked: Question) -> int:
    """How many days between two open enrolled days the clock did not run."""
    gap = (after - before).days
    if not between:
        if asked.policy["three-week.short-closure"] == "clock-runs":
            return 0
        return sum(bool(asked.operating[day].sessions) and not asked.operating[day].open for day in DateRange(before, after))
    reading = asked.policy["three-week.long-closure"]
    if reading == "literal-clock":
        return gap - 1
    if reading == "skip-closed-days":
        return sum(len(span) for span in between)
    return gap - ((gap - 1) % DAYS_A_WEEK + 1)


def _after_notice(child: ChildFacts, day: date, starts: PlannedStarts, asked: Question) -> Opinion | None:
    """Source: ECE Funding Handbook 6-5 (A8). A notice speaks of the stretch of enrolment in which it was given."""
    stretch = starts.stretch_of(day)
    for known in child.leaving_notices:
        given = known.record.given_on
        on_the_day = asked.policy["leaving.notice-day"] == "refuse-on-and-after"
        if stretch is not None and given in stretch and (given < day or (on_the_day and given == day)):
            return Opinion(Verdict.REFUSED, AFTER_NOTICE, (known.id,))
    return None


def _within_weeks(child: ChildFacts, day: EnrolledDay, spell: Spell, asked: Question) -> Opinion:
    weeks = asked.law.on("absence.three_weeks", day.day)
    elapsed = _elapsed(day, spell, asked, weeks)
    exemption = exemption_on(child, day.day)
    if exemption is not None:
        allowed = elapsed < asked.law.on("absence.exempt", day.day)
        return Opinion(*((Verdict.CLAIMED, EXEMPT) if allowed else (Verdict.REFUSED, TWELVE_WEEKS)), (exemption.id,))
    if elapsed >= weeks:
        return Opinion(Verdict.REFUSED, FOURTH_WEEK)
    suspended = (day.day - spell.first).days >= weeks
    return Opinion(Verdict.CLAIMED, EXTENSION if suspended else THREE_WEEKS)


def _elapsed(day: EnrolledDay, spell: Spell, asked: Question, weeks: int) -> int:
    """Days of the spell up to a day, by the clock the switch chooses (A1)."""
    reading = asked.policy["three-week.window"]
    if reading == "calendar-weeks":
        return (week_of(day.day) - week_of(spell.first)).days - spell.removed
    if reading == "sessions":
        return weeks if spell.absences > spell.a_week * weeks // DAYS_A_WEEK else 0
    return (day.day - spell.first).days - spell.removed
