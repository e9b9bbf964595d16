"""When a child was there, and when a child was not there who was expected.

Source: ECE Funding Handbook 14-1; the Ministry's questions and answers on ELI data: arrival and departure to the nearest 15
minutes (policy switch ``attendance.rounding``); of a day of several sessions of which one was missed, only the times attended;
a day made up for is an absence on the one day and attendance on the other; what is changed is there by the next day. That an
absence is told with the booked times, and nothing dated ahead, is seen in public vendor code.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from ecegateway.eli.enrolments import Stretch, address
from ecegateway.eli.ids import entity_id
from ecegateway.eli.telling import IN_THE_RECORD, Gone, Told, tell
from ecegateway.facts.types import ChildFacts, Stay
from ecegateway.model.attendance import Method
from ecegateway.model.eli import Family, Held, said
from ecegateway.model.period import MINUTES_A_DAY, ONE_DAY, local_time
from ecegateway.model.record import Record

_STEP = timedelta(minutes=15)
_MINUTE = timedelta(minutes=1)
_LONGEST = timedelta(hours=24)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOBODY_SAW = frozenset({Method.BOOKING, Method.DEFAULT, Method.SYSTEM})
"""Ways of marking by which a system fills in a time that nobody saw."""


def stays(
    child: ChildFacts, stretches: Sequence[Stretch], today: date, zone: str, *, exact: bool, home_based: bool
) -> Iterator[Told]:
    """The child's stays of days that are over: a day under way is told tomorrow."""
    for known in child.dayless:
        fix = f"say when the child was there: {IN_THE_RECORD}"
        yield Held(child.key, Family.ATTENDANCE, stay_id(known.source, known.record), "it gives neither a day nor a time", fix)
    for day, found in child.stays.items():
        doubled = _doubled(found)
        for stay in found:
            entity = stay_id(stay.known.source, stay.record)
            if not _is_over(stay, today):
                yield Gone(Family.ATTENDANCE, entity)
                continue
            wrong = next(_faults(stay, stretches, doubled, home_based=home_based), None)
            if wrong is not None:
                yield Held(child.key, Family.ATTENDANCE, entity, *wrong, day)
            else:
                yield from _stay(child, entity, stay, zone, exact=exact)


def stay_id(source: str, record: Record) -> str:
    """The id of the attendance a record stands for."""
    return entity_id("attendance", source, record.key)


def _stay(child: ChildFacts, entity: str, stay: Stay, zone: str, *, exact: bool) -> Iterator[Told]:
    record = stay.record
    assert record.arrived is not None
    assert record.departed is not None
    step = _MINUTE if exact else _STEP
    starts, ends = _nearest(record.arrived, step), _nearest(record.departed, step)
    if starts >= ends:
        reason = "the stay is too short to show at the grain in which times are told"
        yield Held(child.key, Family.ATTENDANCE, entity, reason, "nothing to do, if the times are right", stay.day)
        return
    content = said(
        Family.ATTENDANCE,
        ChildAttendanceEntityId=entity,
        ChildEntityId=entity_id(child.key),
        AttendanceTimeStart=local_time(starts, zone).isoformat(timespec="seconds"),
        AttendanceTimeEnd=local_time(ends, zone).isoformat(timespec="seconds"),
        IsAbsent=False,
        AttendanceAddress=address(record.address),
    )
    yield from tell(Family.ATTENDANCE, entity, child.key, stay.day, content)


def _is_over(stay: Stay, today: date) -> bool:
    past_midnight = stay.departs is not None and stay.departs > MINUTES_A_DAY
    return stay.day + (ONE_DAY if past_midnight else timedelta(0)) < today


def _faults(
    stay: Stay, stretches: Sequence[Stretch], doubled: frozenset[str], *, home_based: bool
) -> Iterator[tuple[str, str]]:
    """Why a stay cannot be said, and what to do."""
    record = stay.record
    if not any(stay.day in stretch for stretch in stretches):
        yield "the child has no enrolment that can be said on this day", "enter the signed agreement of these days"
    if record.arrived is None or record.departed is None:
        yield "it has no time of arrival or of departure", f"enter when the child came and left: {IN_THE_RECORD}"
    elif not timedelta(0) < record.departed - record.arrived <= _LONGEST:
        yield "its departure is not after its arrival within a day", f"correct the times: {IN_THE_RECORD}"
    if any(mark.method in _NOBODY_SAW for mark in stay.marks):
        yield "a time was filled in by the system: nobody saw the child come or go then", f"enter the time: {IN_THE_RECORD}"
    if stay.known.id in doubled:
        yield "another record of the child covers the same time", f"say which of the two is right: {IN_THE_RECORD}"
    if home_based and record.address is None:
        yield "home-based: it does not say at which address the child was", f"enter the address: {IN_THE_RECORD}"


def _doubled(found: Sequence[Stay]) -> frozenset[str]:
    """Stays of one day that share time with another."""
    if len(found) == 1:
        return frozenset()
    timed = [(one.arrives, one.departs, one.known.id) for one in found if one.arrives is not None and one.departs is not None]
    met: Counter[str] = Counter()
    for place, (came, left, one) in enumerate(timed):
        for other_came, other_left, other in timed[place + 1 :]:
            if came < other_left and other_came < left:
                met.update((one, other))
    return frozenset(met)


def _nearest(instant: datetime, step: timedelta) -> datetime:
    """An instant to the nearest step, half up. Clocks of New Zealand differ from UTC by whole quarters of an hour."""
    minute = (instant - _EPOCH + _MINUTE / 2) // _MINUTE * _MINUTE
    return _EPOCH + (minute + step // 2) // step * step
