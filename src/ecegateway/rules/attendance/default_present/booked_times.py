"""Arrivals and departures that are the booked times to the minute, more often than people manage."""

from collections.abc import Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import ChildKey
from ecegateway.rules.attendance.default_present.suspicion import (
    HOLDS,
    OF_NO_CHILD,
    SWITCH,
    Case,
    of_a_child,
    of_the_register,
)
from ecegateway.rules.attendance.habits.grain import Grain
from ecegateway.rules.registry import Breach, Question, found, passes, rule

OF_CHILD: Mapping[Grain, float] = MappingProxyType({Grain.MINUTE: 0.4, Grain.FIVE: 0.75, Grain.QUARTER: 0.98})
OF_SERVICE: Mapping[Grain, float] = MappingProxyType({Grain.MINUTE: 0.25, Grain.FIVE: 0.6, Grain.QUARTER: 0.98})
"""The most of the stays about the booked times that an honest child's, or service's, are the booked times themselves.

Of stays timed by the minute that begin and end within a minute of the booking one in nine is exact by chance; people who are
never more than two minutes out make it one in four. Rounded to five minutes, a tight kindergarten's are up to a half of those
within one step. Rounded to the quarter, or where nothing shows how times are rounded, all but two in a hundred may be.
"""


def _cases(child: ChildKey, asked: Question, ceilings: Mapping[Grain, float]) -> Iterator[Case]:
    for trace, grain in asked.habits.timed[child]:
        if grain is Grain.QUARTER or trace.within(grain):
            yield Case(trace.stay, trace.exact, ceilings[grain])


_WHY = "People come a little early or late. Times that are the booked ones again and again were copied, not recorded."
_FIX = "Ask how these times came into the record: who saw the child come and go, and with what. Have untrue times corrected."
_CITES = cite("6-3", "electronic attendance records, criterion 7")


@rule(
    "register.booked-times",
    "The booked times to the minute, too often",
    message="{hits} of {of} stays that come near the booked times are the booked times to the minute, at both ends; of an "
    "honest child's at most {at_most} would be. Chance: {chance}.",
    why=_WHY,
    fix=_FIX,
    cites=_CITES,
    severity=Severity.WARNS,
    switch=SWITCH,
    holds=HOLDS,
    condition="Of the child's stays that begin and end within one minute of the booking (five where the service's other times "
    "are rounded to five; all stays where they are rounded to a quarter of an hour), so many are the booked times at both ends "
    "that at an honest share of 40 % (75 %, 98 %) it would happen less than once in a million.",
    examples=(
        found("Thirty stays in a row are the booked times to the minute, while the other children's times are of all minutes."),
        found("Every third stay of a child is the booked times to the minute, and the others are hours off them."),
        passes("A punctual child comes and leaves within two minutes of the booked times and meets them exactly now and then."),
        passes("Paper sheets are rounded to a quarter of an hour, and a punctual child's times are mostly the booked ones."),
        passes("Fifteen stays are the booked times to the minute, one less than chance can be ruled out for."),
        passes("The system says that it copied the times from the booking, which has a rule of its own."),
    ),
).of_each_child
def booked_times(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Children whose stays are the booked times too often."""
    return of_a_child(_cases(child.key, asked, OF_CHILD), asked)


@rule(
    "register.booked-times-service",
    "The booked times to the minute, too often across the service",
    message="{hits} of {of} stays of all children that come near the booked times are the booked times to the minute, at both "
    "ends; at an honest service at most {at_most} would be. Chance: {chance}.",
    why=_WHY + " A few days of each child add up.",
    fix=_FIX,
    cites=_CITES,
    severity=Severity.WARNS,
    holds=OF_NO_CHILD,
    condition="As register.booked-times, over all children of a service of six families or more, in one month or in all "
    "days asked about, at an honest share of 25 % (60 % where times are rounded to five minutes, 98 % to the quarter).",
    examples=(
        found("Ten children have ten days each on which their times are the booked ones, and many others which are not."),
        found("One month of the register is copied from the bookings, the others are not."),
        passes("A service of five families keeps to the clock."),
        passes(
            "A service of forty children is within a minute of the booking every third day, and exact on one of eight of those."
        ),
        passes("A sessional service rounds its sheets to the quarter of an hour, and 19 of 20 stays are the booked times."),
    ),
).of_the_service
def booked_times_service(asked: Question) -> Iterator[Breach]:
    """The service's register, if the booked times stand in it too often."""
    return of_the_register(chain.from_iterable(_cases(child.key, asked, OF_SERVICE) for child in asked.facts.children), asked)
