"""From all versions of a record to the one that stands, and the alterations between them.

Versions are ordered by when the vendor's system says it touched the record, so that a late or repeated delivery changes
nothing; where it does not say, by when we received them.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from ecegateway.evidence.record import State, Version
from ecegateway.facts.types import Alteration, Known, Vanished
from ecegateway.model.attendance import Absence, Attendance, Verification
from ecegateway.model.period import MINUTES_A_DAY, local_day, local_time
from ecegateway.model.record import Record
from ecegateway.model.spans import minute_of

_ABOUT_THE_RECORD = frozenset({"change", "recorded_at"})
_LONGEST_SPAN = timedelta(days=366)
_HALF_MINUTE = timedelta(seconds=30)


def said_at(version: Version) -> datetime:
    """When the vendor's system says it last touched the record; never later than we received it."""
    stated = _stated(version)
    return min(stated, version.received_at) if stated else version.received_at


def _stated(version: Version) -> datetime | None:
    record = version.record
    if record is None:
        return None
    return record.change.at if record.change and record.change.at else record.recorded_at


def in_order(versions: list[Version]) -> list[Version]:
    """Versions of one record, oldest first: by the vendor's times where every version has one, else as they were stored.

    A record that was gone and is there again is told anew at its receipt, whatever its own old times say.
    """
    if len(versions) == 1:
        return versions
    stored = sorted(versions, key=lambda version: version.version)
    if any(version.record is not None and _stated(version) is None for version in stored):
        return stored
    back = {new.id for old, new in pairwise(stored) if old.record is None and new.record is not None}
    return sorted(stored, key=lambda v: (v.received_at if v.id in back else said_at(v), v.version))


def standing(ordered: list[Version]) -> Known[Record] | None:
    """The record as it stands, or ``None`` if the last word is that it is gone."""
    last = ordered[-1]
    if last.record is None:
        return None
    return Known(last.id, last.source, last.record, said_at(last))


def vanished(ordered: list[Version]) -> Vanished | None:
    """The record's disappearance, if the last word is that it is gone."""
    seen = next((version for version in reversed(ordered) if version.record is not None), None)
    if ordered[-1].record is not None or seen is None or seen.record is None:
        return None
    return Vanished(seen.id, seen.source, seen.record, ordered[-1].state is State.DELETED)


def alterations(ordered: list[Version], zone: str) -> Iterator[Alteration]:
    """Every change of content or of what is said of it, and a first version that says it was changed before we saw it."""
    present = [version for version in ordered if version.record is not None]
    if present and present[0].record is not None and present[0].record.change is not None:
        first = present[0]
        yield _alteration(None, first, (), zone)
    for before, after in pairwise(present):
        fields = _differing(before, after)
        assert before.record is not None
        assert after.record is not None
        if fields or (after.record.change is not None and after.record.change != before.record.change):
            yield _alteration(before, after, fields, zone)


def _alteration(before: Version | None, after: Version, fields: tuple[str, ...], zone: str) -> Alteration:
    assert after.record is not None
    earlier = before.record.change if before is not None and before.record is not None else None
    statement = after.record.change if after.record.change != earlier else None
    touched = {*days_of(after.record, zone)}
    if before is not None and before.record is not None:
        touched.update(days_of(before.record, zone))
    return Alteration(
        source=after.source,
        stream=after.stream,
        before=before.id if before is not None else None,
        was=before.record if before is not None else None,
        after=after.id,
        fields=fields,
        statement=statement,
        seen_at=said_at(after),
        days=tuple(sorted(touched)),
    )


def _differing(before: Version, after: Version) -> tuple[str, ...]:
    old, new = before.record, after.record
    assert old is not None
    assert new is not None
    names = type(new).model_fields.keys() - _ABOUT_THE_RECORD
    return tuple(sorted(name for name in names if getattr(old, name) != getattr(new, name)))


def days_of(record: Record, zone: str) -> tuple[date, ...]:
    """The days whose hours a record bears on directly; empty for records that bear on no single day."""
    if isinstance(record, Attendance):
        day = day_of(record, zone)
        return (day,) if day is not None else ()
    if isinstance(record, Absence):
        return (record.day,)
    if isinstance(record, Verification) and record.last_day - record.first_day <= _LONGEST_SPAN:
        count = (record.last_day - record.first_day).days + 1
        return tuple(record.first_day + timedelta(days=n) for n in range(count))
    return ()


def day_of(record: Attendance, zone: str) -> date | None:
    """The local day of a stay: the day given, else the day of arrival, else that of departure."""
    if record.day is not None:
        return record.day
    instant = record.arrived or record.departed
    return local_day(instant, zone) if instant is not None else None


def minute_on(instant: datetime | None, day: date, zone: str) -> int | None:
    """An instant as a minute of a local day, to the nearest; beyond 1439 it fell on a later day."""
    if instant is None:
        return None
    at = local_time(instant + _HALF_MINUTE, zone)
    return (at.date() - day).days * MINUTES_A_DAY + minute_of(at.time())
