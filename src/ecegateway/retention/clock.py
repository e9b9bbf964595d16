"""Each child's clock: the last day that any of the child's records speaks of, and until when all of them are kept.

A child's records go together, so that no half of them stands without the other: the agreement that funds the hours, the stays,
who signed, who confirmed. While an agreement is open the clock does not run.

Source: ECE Funding Handbook 6-1 (storage of records), 6-3 (introduction); decision 13.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ecegateway.evidence.record import State, Version
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.child import Child
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ChildKey, SourceName
from ecegateway.model.record import Record

_DAYS = ("day", "first_day", "last_day", "effective_from", "signed_on", "given_on", "missed_day", "made_up_on")
_INSTANTS = ("arrived", "departed")
_CLASSES = ("retention.enrolment", "retention.attendance")
_LEAP_DAY = (2, 29)

ChildOf = tuple[SourceName, ChildKey]
"""A child by whose keys name it, and the key."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One child's clock. ``last`` and ``until`` are inside; ``until`` is ``None`` while an agreement is open."""

    child: ChildOf
    last: date | None
    until: date | None
    versions: tuple[Version, ...]

    def is_due(self, today: date) -> bool:
        """Whether the time is over."""
        return self.until is not None and self.until < today


def clocks(versions: Iterable[Version], law: Handbook) -> tuple[Clock, ...]:
    """The clocks of all children that a service's evidence speaks of."""
    by_child: defaultdict[ChildOf, list[Version]] = defaultdict(list)
    owner: dict[tuple[SourceName, str, str], ChildOf] = {}
    for version in versions:
        record = (version.source, version.stream, version.key)
        child = child_of(version)
        if child is not None:
            owner[record] = child
        if (of := owner.get(record)) is not None:
            by_child[of].append(version)
    return tuple(_clock(child, found, law) for child, found in sorted(by_child.items()))


def child_of(version: Version) -> ChildOf | None:
    """The child a version speaks of; ``None`` of a person, of the service, or of what is no longer told."""
    if version.record is None:
        return None
    key = version.key if version.stream == Child.stream else getattr(version.record, "child", None)
    return None if key is None else (version.key_space, ChildKey(key))


def _clock(child: ChildOf, versions: Sequence[Version], law: Handbook) -> Clock:
    days = [day for version in versions if version.record is not None for day in spoken_of(version.record)]
    if not days or _is_open(versions):
        return Clock(child, max(days, default=None), None, tuple(versions))
    last = max(days)
    return Clock(child, last, kept_until(last, law), tuple(versions))


def kept_until(last: date, law: Handbook) -> date:
    """Until when, inside, records are kept that speak of no later day.

    Outside the days for which the years were verified the nearest value counts: the day on which it matters is years away.
    """
    classes = (parameter for parameter in law.parameters() if parameter.name in _CLASSES)
    years = max(one.on(min(max(last, one.values[0].since), one.ends)) for one in classes)
    return _years_after(last, years)


def spoken_of(record: Record) -> list[date]:
    """The days a record speaks of."""
    days = [getattr(record, name, None) for name in _DAYS]
    instants = [getattr(record, name, None) for name in _INSTANTS]
    return [day for day in (*days, *(at.date() for at in instants if at is not None)) if day is not None]


def _is_open(versions: Iterable[Version]) -> bool:
    """Whether some agreement, as it stands, has no last day."""
    newest = {(one.source, one.key): one for one in versions if one.stream == Enrolment.stream}
    standing = [one.record for one in newest.values() if one.state is State.PRESENT]
    return any(isinstance(record, Enrolment) and record.last_day is None for record in standing)


def years_before(today: date, law: Handbook) -> date:
    """The day before which whatever was received has been kept for its time."""
    newest = [parameter.values[-1].value for parameter in law.parameters() if parameter.name in _CLASSES]
    return _years_after(today, -max(newest))


def _years_after(day: date, years: int) -> date:
    """The day of so many years later; of a leap day, the first of March."""
    if (day.month, day.day) == _LEAP_DAY:
        day = date(day.year, 3, 1)
    return day.replace(year=day.year + years)
