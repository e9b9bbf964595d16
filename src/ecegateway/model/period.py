"""Days, half-open date ranges, funding periods, and the one function that turns an instant into a local day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60
ONE_DAY = timedelta(days=1)
DAYS_A_WEEK = 7
_LAST_MONTH_OF_YEAR = 12


class Weekday(StrEnum):
    """Days of the week by the two-letter codes of the ELI-shaped schema."""

    MONDAY = "Mo"
    TUESDAY = "Tu"
    WEDNESDAY = "We"
    THURSDAY = "Th"
    FRIDAY = "Fr"
    SATURDAY = "Sa"
    SUNDAY = "Su"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """The weekday of a calendar day."""
        return _WEEKDAYS[day.weekday()]


_WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True, order=True)
class DateRange:
    """Calendar days from ``first`` up to, not including, ``after``."""

    first: date
    after: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.after

    def __iter__(self) -> Iterator[date]:
        return iter(_days_between(self.first, self.after))

    def __len__(self) -> int:
        return max(0, (self.after - self.first).days)

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.after - ONE_DAY


@dataclass(frozen=True, slots=True)
class FundingPeriod:
    """One RS7 period: four calendar months from 1 February, 1 June or 1 October.

    Source: ECE Funding Handbook 2-4.
    """

    first: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.first.month not in (2, 6, 10):
            raise ValueError(f"a funding period starts on 1 February, 1 June or 1 October, not on {self.first}")

    @property
    def days(self) -> DateRange:
        """The days claimed."""
        return DateRange(self.first, first_of_month_after(self.first, 4))

    @property
    def months(self) -> tuple[DateRange, ...]:
        """The four claimed months."""
        return tuple(_month(first_of_month_after(self.first, n)) for n in range(4))

    @property
    def advance_months(self) -> tuple[DateRange, ...]:
        """The four months the next payment is advanced for: they start five months after the period does.

        Source: ECE Funding Handbook 2-4 (the payment of 1 March advances March to June).
        """
        return tuple(_month(first_of_month_after(self.first, n)) for n in range(5, 9))

    @classmethod
    def holding(cls, day: date) -> "FundingPeriod":
        """The period a day lies in."""
        return cls(first_of_month_after(day, -((day.month - 2) % 4)))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


def first_of_month_after(day: date, months: int) -> date:
    """The first day of the month that lies ``months`` after the month of ``day``."""
    count = day.year * _LAST_MONTH_OF_YEAR + day.month - 1 + months
    return date(count // _LAST_MONTH_OF_YEAR, count % _LAST_MONTH_OF_YEAR + 1, 1)


def _month(first: date) -> DateRange:
    return DateRange(first, first_of_month_after(first, 1))


@lru_cache(maxsize=1024)  # the same few ranges are gone through for every child
def _days_between(first: date, after: date) -> tuple[date, ...]:
    return tuple(first + n * ONE_DAY for n in range((after - first).days))


@lru_cache(maxsize=4096)  # asked for every day of every child
def week_of(day: date) -> date:
    """The Monday of the week a day lies in (policy switch ``fch.cap-trim-order``: weeks run Monday to Sunday)."""
    return day - timedelta(days=day.weekday())


def age_on(birth_date: date, day: date) -> int:
    """Completed years on a day; somebody born on 29 February turns a year older on 1 March of a common year."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def birthday(birth_date: date, age: int) -> date:
    """The day on which somebody reaches an age, as :func:`age_on` counts it."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:  # born on 29 February
        return date(birth_date.year + age, 3, 1)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local_time(instant: datetime, zone: str) -> datetime:
    """An aware instant as the wall clock of a zone showed it."""
    return instant.astimezone(_zone(zone))


def local_day(instant: datetime, zone: str) -> date:
    """The calendar day an instant fell on in a zone."""
    return local_time(instant, zone).date()
