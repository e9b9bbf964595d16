"""What children did on the days they were expected: came, with human noise on the times, or stayed away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from ecegateway.demo.plans import Plan
from ecegateway.demo.season import dice, minute_of
from ecegateway.model.enrolment import Booking
from ecegateway.model.period import Weekday

_REASONS = ("Unwell", "Doctor's appointment", "With whānau for the day", "Tired after a long weekend", "Family visiting")


@dataclass(frozen=True, slots=True)
class Outing:
    """A child came.

    Times are minutes and seconds of the local day; ``brought_by`` and ``fetched_by`` say which guardian signed, from 0.
    """

    child: str
    day: date
    booking: Booking
    arrives: tuple[int, int]
    departs: tuple[int, int]
    brought_by: int
    fetched_by: int


@dataclass(frozen=True, slots=True)
class Away:
    """A child booked did not come, and somebody said why. ``told_before`` is whether that was the evening before."""

    child: str
    day: date
    booking: Booking
    reason: str
    told_before: bool


@dataclass(frozen=True, slots=True)
class Noise:
    """How far people stray from the booked times, in minutes, and the latest minute anybody leaves."""

    arrive: tuple[int, int]
    depart: tuple[int, int]
    latest: int


def live(plan: Plan, days: Iterable[date], noise: Noise, seed: int) -> Iterator[Outing | Away]:
    """A child's days, in order. Two bookings on one day are two outings."""
    chance = dice(seed, "life", plan.key)
    for day in days:
        for booking in plan.lived(day):
            if _comes(plan, day, chance):
                yield _outing(plan, day, booking, noise, chance)
            else:
                yield Away(plan.key, day, booking, _reason(plan, day, chance), chance.random() < 0.9)  # noqa: PLR2004


def _comes(plan: Plan, day: date, chance: Random) -> bool:
    luck = chance.random()
    if plan.away is not None and day in plan.away:
        return False
    return plan.away_on is not Weekday.of(day) and luck < plan.turns_up


def _reason(plan: Plan, day: date, chance: Random) -> str:
    if plan.away is not None and day in plan.away:
        return "Overseas with family"
    return "At grandparents' on this weekday" if plan.away_on is Weekday.of(day) else chance.choice(_REASONS)


def _outing(plan: Plan, day: date, booking: Booking, noise: Noise, chance: Random) -> Outing:
    arrives = minute_of(booking.starts) + _skewed(chance, *noise.arrive)
    departs = min(minute_of(booking.ends) + _skewed(chance, *noise.depart), noise.latest - chance.randint(0, 4))
    return Outing(
        child=plan.key,
        day=day,
        booking=booking,
        arrives=(arrives, chance.randint(1, 59)),
        departs=(departs, chance.randint(1, 59)),
        brought_by=0 if chance.random() < 0.7 else 1,  # noqa: PLR2004
        fetched_by=0 if chance.random() < 0.6 else 1,  # noqa: PLR2004
    )


def _skewed(chance: Random, least: int, most: int) -> int:
    return round(chance.triangular(least, most, 0))
