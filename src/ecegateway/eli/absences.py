"""When a child was not there who was expected: the booked times of a day on which nobody signed the child in.

Source: as :mod:`ecegateway.eli.attendance`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ecegateway.eli.enrolments import Stretch
from ecegateway.eli.ids import entity_id, numbered
from ecegateway.eli.telling import IN_THE_RECORD, Gone, Told, tell
from ecegateway.facts.calendar import operation
from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.model.attendance import Absence
from ecegateway.model.eli import Family, Held, said
from ecegateway.model.period import MINUTES_A_DAY
from ecegateway.model.record import Record
from ecegateway.model.spans import Span, Spans, minute_of, union, within
from ecegateway.rules.days import booked_spans, certain_bookings, in_force


def absences(facts: ServiceFacts, child: ChildFacts, stretches: Sequence[Stretch], today: date, zone: str) -> Iterator[Told]:
    """The child's absences of days that are over; one entered ahead waits until its day is."""
    for day, found in child.absences.items():
        told: set[Span] = set()
        for known in sorted(found, key=lambda known: absence_id(known.source, known.record)):
            entity = absence_id(known.source, known.record)
            if day >= today or day in child.stays or not operation(facts, day).open:
                yield Gone(Family.ATTENDANCE, entity)
                continue
            spans, agreed = _missed(child, known.record, day), in_force(child, day)
            if not any(day in stretch for stretch in stretches):
                reason = "the child has no enrolment that can be said on this day"
                yield Held(child.key, Family.ATTENDANCE, entity, reason, "enter the signed agreement of these days", day)
            elif not spans and booked_spans([one.record for one in agreed], day):
                yield Gone(Family.ATTENDANCE, entity)  # a casual or conditional child, who need not come
            elif not spans:
                reason = "nothing was booked that the child could be absent from"
                yield Held(child.key, Family.ATTENDANCE, entity, reason, f"correct the day or the times: {IN_THE_RECORD}", day)
            else:
                yield from _absence(child, entity, day, [span for span in spans if span not in told], zone)
                told.update(spans)


def absence_id(source: str, record: Record) -> str:
    """The id of the absence a record stands for."""
    return entity_id("absence", source, record.key)


def _absence(child: ChildFacts, record: str, day: date, spans: Sequence[Span], zone: str) -> Iterator[Told]:
    """An entity for each booked time missed, and word that there are no more of them."""
    for number, (starts, ends) in enumerate(spans, 1):
        entity = numbered(record, number)
        content = said(
            Family.ATTENDANCE,
            ChildAttendanceEntityId=entity,
            ChildEntityId=entity_id(child.key),
            AttendanceTimeStart=_clock(day, starts, zone),
            AttendanceTimeEnd=_clock(day, ends, zone),
            IsAbsent=True,
        )
        yield from tell(Family.ATTENDANCE, entity, child.key, day, content)
    yield Gone(Family.ATTENDANCE, record)


def _missed(child: ChildFacts, record: Absence, day: date) -> Spans:
    booked = union([booking.span for known in in_force(child, day) for booking in certain_bookings(known.record, day)])
    if record.starts is None and record.ends is None:
        return booked
    starts = 0 if record.starts is None else minute_of(record.starts)
    ends = MINUTES_A_DAY if record.ends is None else minute_of(record.ends)
    return within(booked, union([(starts, ends)]))


def _clock(day: date, minute: int, zone: str) -> str:
    """A wall-clock time of a day; an hour that the clock went over is told by the offset before it did."""
    at = datetime.combine(day, time(), ZoneInfo(zone)) + timedelta(minutes=minute)
    return at.isoformat(timespec="seconds")
