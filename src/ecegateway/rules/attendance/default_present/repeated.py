"""A child's week that stands in the register once more, to the minute."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from ecegateway.facts.types import ChildFacts, Stay
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DAYS_A_WEEK
from ecegateway.rules.attendance.default_present.suspicion import (
    HOLDS,
    OF_NO_CHILD,
    SWITCH,
    Case,
    of_a_child,
    of_the_register,
)
from ecegateway.rules.registry import Breach, Question, found, passes, rule

WEEK_OF_CHILD, WEEK_OF_SERVICE = 0.2, 0.06
"""The most of the stays, timed by the minute and off the booking, that are those of the week before to the minute.

By chance it is one in five hundred; for a family that keeps to three minutes at both ends one in thirty.
"""
_WEEK = timedelta(days=DAYS_A_WEEK)
_WHY = "Nobody comes and leaves at the same minutes week after week, off the booked times. Such weeks were copied."
_FIX = "Ask how these days came into the record. Keep the days somebody recorded; have the copied ones corrected."
_CITES = cite("6-3", "electronic attendance records, criterion 7")


def _same(one: Stay, other: Stay) -> bool:
    return one.arrives == other.arrives and one.departs == other.departs


def _weeks(child: ChildKey, asked: Question, at_most: float) -> Iterator[Case]:
    stays = asked.habits.odd_minutes[child]
    for day, stay in stays.items():
        before = stays.get(day - _WEEK)
        if before is not None:
            yield Case(stay, _same(stay, before), at_most)


@rule(
    "register.repeated-week",
    "The week before, to the minute",
    message="{hits} of {of} stays are those of the week before to the minute, at both ends, and not the booked times; of an "
    "honest child's at most {at_most} would be. Chance: {chance}.",
    why=_WHY,
    fix=_FIX,
    cites=_CITES,
    severity=Severity.WARNS,
    switch=SWITCH,
    holds=HOLDS,
    condition="Of the child's stays timed by the minute, not exactly the booked times, and with such a stay seven days before, "
    "so many have its very times at both ends that at an honest share of 20 % it would happen less than once in a million.",
    examples=(
        found("One week of a child stands in the register ten times over, to the minute."),
        passes("A child comes at the same minute on two Mondays."),
        passes("Times rounded to five minutes are the same from week to week."),
        passes("Every week is the booked times to the minute, which has a rule of its own."),
    ),
).of_each_child
def repeated_week(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Children whose weeks repeat."""
    return of_a_child(_weeks(child.key, asked, WEEK_OF_CHILD), asked)


@rule(
    "register.repeated-week-service",
    "The week before, to the minute, across the service",
    message="{hits} of {of} stays of all children are the child's of the week before to the minute, at both ends, and not the "
    "booked times; at an honest service at most {at_most} would be. Chance: {chance}.",
    why=_WHY,
    fix=_FIX,
    cites=_CITES,
    severity=Severity.WARNS,
    holds=OF_NO_CHILD,
    condition="As register.repeated-week, over all children of a service of six families or more, in one month or in all "
    "days asked about, at an honest share of 6 %.",
    examples=(
        found("Of ten children two weeks each are copies of the week before."),
        passes("At a service of forty children a stay of a hundred is that of the week before by chance."),
    ),
).of_the_service
def repeated_week_service(asked: Question) -> Iterator[Breach]:
    """The service's register, if weeks repeat in it."""
    return of_the_register(
        chain.from_iterable(_weeks(child.key, asked, WEEK_OF_SERVICE) for child in asked.facts.children), asked
    )
