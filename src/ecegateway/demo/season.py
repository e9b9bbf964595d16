"""The days of the demo's funding period, and wall-clock times on them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from ecegateway.model.period import FundingPeriod

ZONE = ZoneInfo("Pacific/Auckland")
PERIOD = FundingPeriod(date(2026, 2, 1))

HOLIDAYS = frozenset({date(2026, 2, 6), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27)})
"""Waitangi Day, Good Friday, Easter Monday, and Anzac Day as observed. A test compares them with the public calendar."""

FIRST_DAY = date(2026, 1, 26)
"""The Monday of the week the period starts in: limits of a week need whole weeks."""

FIRST_PULL = datetime(2026, 3, 31, 11, tzinfo=UTC)
"""What the vendor learned before this instant (midnight after 31 March, local) is there at the first pull."""

_SATURDAY = 5


def weekdays(first: date, last: date) -> Iterator[date]:
    """Mondays to Fridays from a day to a day, both included, without public holidays."""
    day = first
    while day <= last:
        if day.weekday() < _SATURDAY and day not in HOLIDAYS:
            yield day
        day += timedelta(days=1)


def instant(day: date, minute: int, second: int = 0) -> datetime:
    """The instant, in UTC, at which the local wall clock of a day shows a minute of the day."""
    local = datetime.combine(day, time(minute // 60 % 24, minute % 60, second), ZONE) + timedelta(days=minute // 1440)
    return local.astimezone(UTC)


def dice(seed: int, *about: object) -> Random:
    """A source of chance of its own for each matter, so that changing one matter leaves the others as they were."""
    return Random("/".join(str(part) for part in (seed, *about)))  # noqa: S311  # invented lives, not secrets
