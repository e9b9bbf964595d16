"""Arrivals and departures that keep closer to the booking than people do: the booked times with a little noise added."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.service import Mode
from ecegateway.rules.attendance.default_present.suspicion import (
    OF_NO_CHILD,
    Case,
    of_the_register,
)
from ecegateway.rules.registry import Breach, Question, found, passes, rule

ALL_DAY: Mapping[int, float] = MappingProxyType({3: 0.35, 5: 0.55, 10: 0.85})
"""The most of an honest all-day service's stays that lie within some minutes of the booking at both ends.

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
    "Times that keep too close to the bookings across the service",
    message="{hits} of {of} stays of all children begin and end within {minutes} minutes of the booked times and not on them; "
    "at an honest service at most {at_most} would. Chance: {chance}.",
    why=_WHY,
    fix=_FIX,
    cites=_CITES,
    severity=Severity.WARNS,
    holds=OF_NO_CHILD,
    condition="Of the stays of a service of six families or more, timed by the minute and not exactly the booked times, in one "
    "month or in all days asked about, so many lie within 3, 5 or 10 minutes of the booking at both ends that at honest shares "
    "of 35, 55 or 85 % (75, 92 or 98 % on days with sessional licences) it would happen less than once in a million. Not asked "
    "of one child: there are families who live by the clock.",
    examples=(
        found(
            "All children of an all-day service come and leave within ten minutes of their bookings on every day for a month."
        ),
        passes("A service of five families keeps within three minutes of the booked times."),
        passes("One family keeps within three minutes of the booked times on every day, and the others do not."),
        passes("Times rounded to five minutes lie within five minutes of the booking."),
        passes("Half the stays of an all-day service lie within five minutes of the booking at both ends."),
        passes("A sessional kindergarten's children come and leave within five minutes of the session, but for one in ten."),
    ),
).of_the_service
def hugs_booking(asked: Question) -> Iterator[Breach]:
    """The service's register, if its times keep too close to the bookings, by the narrowest width that shows it."""
    stays = [near for found in asked.habits.near_booking.values() for near in found]
    sessional = {day: _sessional(day, asked) for day in asked.days}
    for width in ALL_DAY:
        ceilings = ALL_DAY[width], SESSIONAL[width]
        for breach in of_the_register((Case(stay, off <= width, ceilings[sessional[stay.day]]) for stay, off in stays), asked):
            yield replace(breach, parameters=(*breach.parameters, ("minutes", str(width))))
            return
