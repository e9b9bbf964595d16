"""Arrivals and departures that keep closer to the booking than people do: the booked times with a little noise added."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.service import Mode
from ecegateway.rules.attendance.default_present.suspicion import (
    HOLDS,
    OF_NO_CHILD,
    SWITCH,
    Case,
    of_a_child,
    of_the_register,
)
from ecegateway.rules.registry import Breach, Question, found, passes, rule

OF_CHILD: Mapping[int, float] = MappingProxyType({3: 0.65, 5: 0.8})
ALL_DAY: Mapping[int, float] = MappingProxyType({3: 0.35, 5: 0.55, 10: 0.85})
"""The most of an honest child's, and all-day service's, stays that lie within some minutes of the booking at both ends.

Parents of an all-day service come on their way to and from work: within five minutes at one end is common, at both is not.
"""
SESSIONAL: Mapping[int, float] = MappingProxyType({3: 0.75, 5: 0.92, 10: 0.98})
"""A session begins and ends for everybody at once; still one stay in fifty is late, or fetched early, by ten minutes."""


def _sessional(day: date, asked: Question) -> bool:
    return any(session.mode is Mode.SESSIONAL for session in asked.operating[day].sessions)


_WHY = "Traffic, tears and bad weather make people's times spread. Times that never stray far at either end were made up."
_FIX = "Ask how these times came into the record, and compare some days with what staff and parents remember or signed."
_CITES = cite("6-3", "electronic attendance records, criterion 7")


@rule(
    "register.hugs-booking",
    "Times that keep too close to the booking",
    message="{hits} of {of} stays begin and end within {minutes} minutes of the booked times and not on them; of an honest "
    "child's at most {at_most} would. Chance: {chance}.",
    why=_WHY,
    fix=_FIX,
    cites=_CITES,
    severity=Severity.WARNS,
    switch=SWITCH,
    holds=HOLDS,
    condition="Of the child's stays timed by the minute, not exactly the booked times, on days with all-day licences alone, so "
    "many lie within 3 or 5 minutes of the booking at both ends that at an honest share of 65 or 80 % it would happen less "
    "than once in a million.",
    examples=(
        found("Seventy stays lie up to three minutes from the booked times at both ends, and none further."),
        passes("A punctual family is within five minutes at both ends on two days of three."),
        passes("A child of a sessional kindergarten is always within five minutes of the session's start and end."),
        passes("Times rounded to five minutes lie within five minutes of the booking."),
    ),
).of_each_child
def hugs_booking(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Children whose times keep too close to the booking, by the narrowest width that shows it."""
    stays = [near for near in asked.register.near_booking[child.key] if not _sessional(near.stay.day, asked)]
    for width, at_most in OF_CHILD.items():
        for breach in of_a_child((Case(stay, off <= width, at_most) for stay, off in stays), asked):
            yield _with_width(breach, width)
            return


@rule(
    "register.hugs-booking-service",
    "Times that keep too close to the booking across the service",
    message="{hits} of {of} stays of all children begin and end within {minutes} minutes of the booked times and not on them; "
    "at an honest service at most {at_most} would. Chance: {chance}.",
    why=_WHY,
    fix=_FIX,
    cites=_CITES,
    severity=Severity.WARNS,
    holds=OF_NO_CHILD,
    condition="As register.hugs-booking, over all children of the service, in one month or in all days asked about, at honest "
    "shares of 35, 55 or 85 % within 3, 5 or 10 minutes (75, 92 or 98 % on days with sessional licences).",
    examples=(
        found(
            "All children of an all-day service come and leave within ten minutes of their bookings on every day for a month."
        ),
        passes("Half the stays of an all-day service lie within five minutes of the booking at both ends."),
        passes("A sessional kindergarten's children come and leave within five minutes of the session, but for one in ten."),
    ),
).of_the_service
def hugs_booking_service(asked: Question) -> Iterator[Breach]:
    """The service's register, if its times keep too close to the bookings, by the narrowest width that shows it."""
    stays = [near for found in asked.register.near_booking.values() for near in found]
    sessional = {day: _sessional(day, asked) for day in asked.days}
    for width in ALL_DAY:
        ceilings = ALL_DAY[width], SESSIONAL[width]
        for breach in of_the_register(Case(stay, off <= width, ceilings[sessional[stay.day]]) for stay, off in stays):
            yield _with_width(breach, width)
            return


def _with_width(breach: Breach, width: int) -> Breach:
    return Breach(breach.days, breach.evidence, (*breach.parameters, ("minutes", str(width))), breach.severity)
