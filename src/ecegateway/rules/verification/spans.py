"""The weeks or months of a service whose record is to be confirmed, by its licence in force.

Source: ECE Funding Handbook 6-3 (once a month, once a week); the chapter does not apply to hospital-based services.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from ecegateway.facts.types import ServiceFacts
from ecegateway.handbook.policy import Policy
from ecegateway.model.period import DAYS_A_WEEK, ONE_DAY, DateRange, first_of_month_after, week_of
from ecegateway.model.service import ServiceProfile, ServiceType
from ecegateway.model.verification import Rhythm

_WEEK = timedelta(days=DAYS_A_WEEK)


@dataclass(frozen=True, slots=True)
class DueSpan:
    """A week (Monday to Sunday) or calendar month, cut where another licence takes over; and from when it is overdue."""

    days: DateRange
    rhythm: Rhythm
    overdue: date


def due_spans(facts: ServiceFacts, days: DateRange, policy: Policy) -> tuple[DueSpan, ...]:
    """The spans that share a day with ``days``, each in full, ascending: a span is the same whichever days are asked about."""
    rhythms = tuple((known.record.effective_from, rhythm_of(known.record, policy)) for known in facts.profiles)
    return _due_spans(rhythms, days, policy["verification.overdue-after"])


_Rhythms = tuple[tuple[date, Rhythm | None], ...]
"""How often to confirm, from each day on; before the first, as from it."""


@lru_cache(maxsize=64)
def _due_spans(rhythms: _Rhythms, days: DateRange, reading: str) -> tuple[DueSpan, ...]:
    first = min(week_of(days.first), first_of_month_after(days.first, 0))
    after = max(week_of(days.last) + _WEEK, first_of_month_after(days.last, 1))
    spans = []
    for (rhythm, _), found in groupby(_pieces(rhythms, DateRange(first, after)), key=lambda piece: piece[:2]):
        run = [piece[2] for piece in found]
        whole = DateRange(run[0].first, run[-1].after)
        if rhythm is not None and whole.first < days.after and whole.after > days.first:
            spans.append(DueSpan(whole, rhythm, _overdue(whole.last, rhythm, reading)))
    return tuple(spans)


def _pieces(rhythms: _Rhythms, days: DateRange) -> Iterator[tuple[Rhythm | None, date, DateRange]]:
    """Weeks and months, cut at each change of the licence: the rhythm, the first day of the whole week or month, the days."""
    day = days.first
    while day < days.after:
        rhythm = next((rhythm for since, rhythm in reversed(rhythms) if since <= day), rhythms[0][1])
        starts = week_of(day) if rhythm is Rhythm.WEEKLY else first_of_month_after(day, 0)
        ends = starts + _WEEK if rhythm is Rhythm.WEEKLY else first_of_month_after(day, 1)
        after = min([ends, *(since for since, _ in rhythms if since > day)])
        yield rhythm, starts, DateRange(day, after)
        day = after


def rhythm_of(profile: ServiceProfile, policy: Policy) -> Rhythm | None:
    """How often a licence asks for a parent's confirmation; ``None`` where the chapter does not apply."""
    if profile.service_type is ServiceType.HOSPITAL_BASED:
        return None
    if profile.service_type is ServiceType.HOME_BASED:
        return Rhythm.WEEKLY
    if not profile.teacher_led:
        return Rhythm.MONTHLY
    if profile.licence_class == "mixed":
        return Rhythm(policy["verification.mixed-services"])
    return Rhythm.WEEKLY if profile.licence_class == "all-day" else Rhythm.MONTHLY


def _overdue(last: date, rhythm: Rhythm, reading: str) -> date:
    """The first day on which what is still open has waited too long."""
    after = last + ONE_DAY
    if reading == "span-end":
        return after
    if reading == "three-weeks":
        return after + 3 * _WEEK
    return week_of(last) + 2 * _WEEK if rhythm is Rhythm.WEEKLY else first_of_month_after(last, 2)
