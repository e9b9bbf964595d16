"""What children did on the days they were expected: came, with human noise on the times, or stayed away.

An ordinary family signs in at or before the booked start and out at or after the end, as far as the nearest quarter of an hour
tells; about one day in ten is shorter. Nobody misses the first day by chance.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from ecegateway.demo.plans import Plan
from ecegateway.demo.season import dice
from ecegateway.model.enrolment import Booking
from ecegateway.model.spans import minute_of

_SHORT_DAYS: Final = 0.1
_SHORTER_BY: Final = (16, 50)
_FETCHED_EARLY_BY: Final = (42, 50)
_REASONS = ("Unwell", "Doctor's appointment", "With whānau for the day", "Tired after a long weekend", "Family visiting")


@dataclass(frozen=True, slots=True)
class Outing:
    """A child came.

    Times are minutes and seconds of the local day; ``brought_by`` and ``fetched_by`` say which guardian signed, from 0.
    """

    child: str
    day: date
    arrives: tuple[int, int]
    departs: tuple[int, int]
    brought_by: int
    fetched_by: int


@dataclass(frozen=True, slots=True)
class Away:
    """A child booked did not come, and somebody said why. ``told_before`` is whether that was the evening before or earlier."""

    child: str
    day: date
    reason: str
    told_before: bool


@dataclass(frozen=True, slots=True)
class Noise:
    """How far people stray from the booked times on an ordinary day, in minutes, and the latest minute anybody leaves."""

    arrive: tuple[int, int]
    depart: tuple[int, int]
    latest: int


def live(plan: Plan, days: Iterable[date], noise: Noise, seed: int) -> Iterator[Outing | Away]:
    """A child's days, in order. Two bookings on one day are two outings."""
    chance = dice(seed, "life", plan.key)
    started = False
    for day in days:
        for booking in plan.lived(day):
            reason, luck = plan.stays_away(day), chance.random()
            if reason is not None:
                yield Away(plan.key, day, reason, told_before=True)
            elif started and luck >= plan.turns_up:
                yield Away(plan.key, day, chance.choice(_REASONS), told_before=chance.random() < 0.9)  # noqa: PLR2004
            else:
                started = True
                yield _outing(plan, day, booking, noise, chance)


def _outing(plan: Plan, day: date, booking: Booking, noise: Noise, chance: Random) -> Outing:
    late, early = _shorter(plan, day, chance)
    arrives = minute_of(booking.starts) + (late or _skewed(chance, *noise.arrive))
    departs = minute_of(booking.ends) + (-early or _skewed(chance, *noise.depart))
    return Outing(
        child=plan.key,
        day=day,
        arrives=(arrives, chance.randint(1, 59)),
        departs=(min(departs, noise.latest - chance.randint(0, 4)), chance.randint(1, 59)),
        brought_by=0 if chance.random() < 0.7 else 1,  # noqa: PLR2004
        fetched_by=0 if chance.random() < 0.6 else 1,  # noqa: PLR2004
    )


def _shorter(plan: Plan, day: date, chance: Random) -> tuple[int, int]:
    """By how many minutes the child comes late and is fetched early; on an ordinary day neither."""
    if plan.fetched_early is not None and day in plan.fetched_early:
        return 0, chance.randint(*_FETCHED_EARLY_BY)
    if chance.random() >= _SHORT_DAYS:
        return 0, 0
    minutes = chance.randint(*_SHORTER_BY)
    return (minutes, 0) if chance.random() < 0.5 else (0, minutes)  # noqa: PLR2004


def _skewed(chance: Random, least: int, most: int) -> int:
    return round(chance.triangular(least, most, 0))
