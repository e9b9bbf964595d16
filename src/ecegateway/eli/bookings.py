"""When a child is expected: the whole week's pattern from each day on which it changes.

Expected is what a signed agreement enrols for: a casual child, and the conditional part of an enrolment, need no booking. A
week that alternates is told week by week, each on its Monday.

Source: ECE Funding Handbook 6-1, 14-1; the Ministry's questions and answers on ELI data ("enrolled to attend").
"""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any

from ecegateway.eli.enrolments import Stretch
from ecegateway.eli.ids import entity_id
from ecegateway.eli.telling import Told, tell
from ecegateway.facts.types import ChildFacts, Known
from ecegateway.model.eli import Family, said
from ecegateway.model.enrolment import Booking, Enrolment
from ecegateway.model.period import DAYS_A_WEEK, Weekday, week_of
from ecegateway.rules.days import in_force, in_its_week, is_certain

Pattern = tuple[tuple[Weekday, time, time], ...]
_WEEK = timedelta(days=DAYS_A_WEEK)
_ORDER = tuple(Weekday)


def schedules(child: ChildFacts, stretches: Sequence[Stretch], today: date) -> Iterator[Told]:
    """The child's booking schedules up to today, one for each day from which another pattern applies."""
    before: Pattern | None = None
    for day in _turns(child, stretches, today):
        agreements = in_force(child, day)
        if not agreements or not any(day in stretch for stretch in stretches):
            before = None
            continue
        pattern = _pattern(agreements, day)
        if pattern == before or (before is None and not pattern):
            continue
        before = pattern
        entity = entity_id("bookings", child.key, day.isoformat())
        content = said(
            Family.BOOKINGS,
            ChildBookingScheduleEntityId=entity,
            ChildEntityId=entity_id(child.key),
            EffectiveDate=day.isoformat(),
            ChildBookingScheduleDetailList=[_timespan(*times) for times in pattern],
        )
        yield from tell(Family.BOOKINGS, entity, child.key, day, content)


def _turns(child: ChildFacts, stretches: Sequence[Stretch], today: date) -> list[date]:
    """The days from which the pattern may be another: what is agreed changes, or a week of alternating ones begins."""
    turns = {agreed.since for agreed in child.agreed if agreed.since <= today}
    alternating = any(
        booking.every_weeks > 1 for agreed in child.agreed for known in agreed.agreements for booking in known.record.bookings
    )
    if turns and stretches and alternating:
        ends = [stretch.last for stretch in stretches]
        last = today if None in ends else min(today, max(end for end in ends if end is not None))
        monday = week_of(min(turns)) + _WEEK
        turns |= {monday + n * _WEEK for n in range((last - monday).days // DAYS_A_WEEK + 1)}
    return sorted(turns)


def _pattern(agreements: Sequence[Known[Enrolment]], day: date) -> Pattern:
    found = {
        (booking.weekday, booking.starts, booking.ends)
        for known in agreements
        for booking in known.record.bookings
        if is_certain(known.record, booking) and _applies(booking, day)
    }
    return tuple(sorted(found, key=lambda times: (_ORDER.index(times[0]), times[1:])))


def _applies(booking: Booking, day: date) -> bool:
    return booking.every_weeks == 1 or in_its_week(booking, day)


def _timespan(weekday: Weekday, starts: time, ends: time) -> dict[str, Any]:
    return {
        "WeekdayCode": str(weekday),
        "StartTime": starts.replace(microsecond=0, tzinfo=None).isoformat(),
        "EndTime": ends.replace(microsecond=0, tzinfo=None).isoformat(),
    }
