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
from dataclasses import dataclass, replace
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.model.absence import ABSENCES, DayMark, EnrolledDay
from ecegateway.model.claim import Verdict
from ecegateway.model.period import DAYS_A_WEEK, ONE_DAY, DateRange, week_of
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


@dataclass(frozen=True, slots=True)
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
        if spell is not None and _ended_between(spell, day.day, starts, closures, asked):
            spell = None
        if day.mark is DayMark.EMERGENCY and day.mark not in absent:
            if spell is not None:
                yield day, _gone_on(spell, day.day, closures, asked)
        elif _returned(day, ends_on):
            spell = None
        elif day.mark in absent:
            ahead = days[number : number + DAYS_A_WEEK]
            spell = _begun(ahead) if spell is None else _gone_on(spell, day.day, closures, asked)
            yield day, spell
        elif spell is not None:
            spell = _gone_on(spell, day.day, closures, asked, absences=0)


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


def _ended_between(spell: Spell, day: date, starts: PlannedStarts, closures: Sequence[DateRange], asked: Question) -> bool:
    """Whether the child came without a booking since the spell's last day, or left and was enrolled anew.

    Or, where the switch says so, whether the service was closed for long.
    """
    came = asked.policy["three-week.spell-ends-on"] == "any-attendance" and _came_since(starts.came, spell.last, day)
    reset = asked.policy["three-week.closure-resets"] == "reset" and bool(_between(spell.last, day, closures))
    return came or reset or starts.divides(spell.last, day)


def _came_since(came: Sequence[date], after: date, day: date) -> bool:
    """Whether the child came after a day and up to another: who comes on the day of an emergency closure has returned."""
    at = bisect_right(came, after)
    return at < len(came) and came[at] <= day


def _begun(ahead: Sequence[EnrolledDay]) -> Spell:
    """A spell that begins on the first of the next few enrolled days."""
    first = ahead[0].day
    return Spell(first, first, sum((day.day - first).days < DAYS_A_WEEK for day in ahead))


def _gone_on(spell: Spell, day: date, closures: Sequence[DateRange], asked: Question, *, absences: int = 1) -> Spell:
    """The spell on a later day, without what the closures since its last one take out."""
    removed = spell.removed + _removed(spell.last, day, _between(spell.last, day, closures), asked)
    return replace(spell, last=day, removed=removed, absences=spell.absences + absences)


def _between(before: date, day: date, closures: Sequence[DateRange]) -> list[DateRange]:
    """What of long closures lies between two days. A day closed by an emergency may be the first of one, or lie in one."""
    since = before + ONE_DAY
    parts = (DateRange(max(span.first, since), min(span.after, day)) for span in closures if before <= span.first)
    return [part for part in parts if part]


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
        if given in stretch and (given < day or (on_the_day and given == day)):
            return Opinion(Verdict.REFUSED, AFTER_NOTICE, (known.id,))
    return None


def _within_weeks(child: ChildFacts, day: EnrolledDay, spell: Spell, asked: Question) -> Opinion:
    exemption = exemption_on(child, day.day)
    if exemption is not None:
        ended = _has_lasted(asked.law.on("absence.exempt", day.day), day, spell, asked)
        return Opinion(*((Verdict.REFUSED, TWELVE_WEEKS) if ended else (Verdict.CLAIMED, EXEMPT)), (exemption.id,))
    weeks = asked.law.on("absence.three_weeks", day.day)
    if _has_lasted(weeks, day, spell, asked):
        return Opinion(Verdict.REFUSED, FOURTH_WEEK)
    suspended = (day.day - spell.first).days >= weeks
    return Opinion(Verdict.CLAIMED, EXTENSION if suspended else THREE_WEEKS)


def _has_lasted(limit: int, day: EnrolledDay, spell: Spell, asked: Question) -> bool:
    """Whether a spell has lasted for so many days when a day begins, by the clock the switch chooses (A1)."""
    reading = asked.policy["three-week.window"]
    if reading == "sessions":
        return spell.absences * DAYS_A_WEEK > spell.a_week * limit
    if reading == "calendar-weeks":
        return (week_of(day.day) - week_of(spell.first)).days - spell.removed >= limit
    return (day.day - spell.first).days - spell.removed >= limit
