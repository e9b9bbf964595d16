"""How a child's life at the service is planned: born when, booked how, from when to when."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from ecegateway.model.enrolment import Basis, Booking
from ecegateway.model.period import DateRange, Weekday, week_of

WHOLE_WEEK = "Mo Tu We Th Fr"
_EARLIEST_START = date(2025, 2, 3)
_YOUNGEST_START = timedelta(days=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an agreement says from a day on. ``signed`` is ``None`` for a change nobody signed.

    ``twenty`` are minutes of 20 Hours ECE from Monday to Friday, empty when the parent attests none.
    """

    bookings: tuple[Booking, ...]
    twenty: tuple[int, ...] = ()
    effective: date
    signed: date | None


@dataclass(frozen=True, slots=True)
class Missed:
    """Days on which a child does not come, as the family knows beforehand, and what it says."""

    days: frozenset[date]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One child's plan.

    ``turns_up`` is the chance of attending on a booked day, but for the days ``missed`` on purpose. ``visits`` are habits of
    a child whose agreement books no times. ``fetched_early`` are days on which the child is always fetched well before the
    booked end. ``leaving_known`` is the day the service learned the last day, when that was not from the start.
    """

    key: str
    born: date
    bookings: tuple[Booking, ...]
    twenty: tuple[int, ...] = ()
    basis: Basis = Basis.PERMANENT
    conditional_part: Literal["whole", "bookings"] | None = None
    start: date | None = None
    last_day: date | None = None
    leaving_known: date | None = None
    changes: tuple[Terms, ...] = ()
    turns_up: float = 0.957
    missed: tuple[Missed, ...] = ()
    fetched_early: DateRange | None = None
    other_service_minutes: int = 0
    visits: tuple[Booking, ...] = ()

    @property
    def starts(self) -> date:
        """The first day of the agreement: a Monday, when no day is given."""
        if self.start is not None:
            return self.start
        return week_of(max(_EARLIEST_START, self.born + _YOUNGEST_START)) + timedelta(days=7)

    @property
    def terms(self) -> tuple[Terms, ...]:
        """Every version of the agreement, the first included, by effective day."""
        signed = self.starts - timedelta(days=10)
        return (Terms(bookings=self.bookings, twenty=self.twenty, effective=self.starts, signed=signed), *self.changes)

    def stays_away(self, day: date) -> str | None:
        """What the family says of a day on which the child does not come on purpose; ``None`` on every other day."""
        return next((missed.reason for missed in self.missed if day in missed.days), None)

    def lived(self, day: date) -> tuple[Booking, ...]:
        """The bookings the family lives by on a day, whether or not anybody signed them."""
        newest = [terms for terms in self.terms if terms.effective <= day]
        if not newest or (self.last_day is not None and day > self.last_day):
            return ()
        return tuple(booking for booking in self.visits or newest[-1].bookings if _falls_on(booking, day))


def _falls_on(booking: Booking, day: date) -> bool:
    if booking.weekday is not Weekday.of(day):
        return False
    if booking.counted_from is None:
        return True
    return (week_of(day) - week_of(booking.counted_from)).days // 7 % booking.every_weeks == 0


def missing(first: date, last: date, reason: str, *, on: str = WHOLE_WEEK) -> Missed:
    """Days missed from a day to a day, both included, on weekdays given by their codes."""
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return Missed(frozenset(day for day in span if Weekday.of(day) in on.split()), reason)


def missing_on(reason: str, *days: date) -> Missed:
    """Single days missed."""
    return Missed(frozenset(days), reason)


def weekly(days: str, starts: str, ends: str, *, conditional: bool = False) -> tuple[Booking, ...]:
    """Bookings on weekdays given by their codes, for instance ``weekly("Mo We", "08:30", "15:00")``."""
    return _bookings(days, starts, ends, 1, None, conditional=conditional)


def fortnightly(days: str, starts: str, ends: str, counted_from: date) -> tuple[Booking, ...]:
    """Bookings in every second week, counted from the week of a day."""
    return _bookings(days, starts, ends, 2, counted_from)


def _bookings(
    days: str, starts: str, ends: str, every_weeks: int, counted_from: date | None, *, conditional: bool = False
) -> tuple[Booking, ...]:
    return tuple(
        Booking(
            weekday=Weekday(day),
            starts=time.fromisoformat(starts),
            ends=time.fromisoformat(ends),
            every_weeks=every_weeks,
            counted_from=counted_from,
            conditional=conditional,
        )
        for day in days.split()
    )
