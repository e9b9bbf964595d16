"""One child's days that are another's, to the minute, though the two are no siblings."""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.attendance.default_present.chance import surprising
from ecegateway.rules.attendance.default_present.suspicion import HOLDS, SWITCH, numbers, weight
from ecegateway.rules.registry import Breach, Question, found, passes, rule

PAIR = 0.4
"""The most of the days two honest children are both there that they come and leave at the same two minutes: a van's may."""
PAIR_LEVEL = 1e-9
"""Stricter than for one child: a service of fifty children has over a thousand pairs."""


@rule(
    "register.same-as-another",
    "Two children's days are the same, to the minute",
    message="On {hits} of {of} days that both were there, the child came and left at the very minutes {other} did, and not at "
    "the booked times; of honest children's at most {at_most} would be alike. Chance: {chance}.",
    why="Siblings come and leave together. Children of two families who share every minute were entered, not seen.",
    fix="Ask who brought and fetched each of the two children. If one person did, record that person; else correct the copies.",
    cites=cite("6-3", "electronic attendance records, criterion 7"),
    severity=Severity.WARNS,
    switch=SWITCH,
    holds=HOLDS,
    condition="Two children, who share no guardian that signed an agreement, may sign or did sign, and whose marks name "
    "two people at each end, have the same arrival and "
    "the same departure to the minute, not exactly the booked times, on so many of the days on which both have stays timed by "
    "the minute, that at an honest share of 40 % it would happen less than once in a thousand million.",
    examples=(
        found("Two children of different families have the same arrivals and departures to the minute on forty days."),
        passes("Siblings signed in and out by the same guardian share every minute."),
        passes("Children who come by the same van share their arrival, and are fetched by their parents."),
        passes("A teacher ticks a roll, and the same two children are always ticked in the same minute."),
        passes("Nothing says who signed."),
    ),
).of_each_child
def same_as_another(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Children whose days are another's."""
    register = asked.habits
    for other, shared in sorted(register.twins.get(child.key, {}).items()):
        if surprising(len(shared), len(shared), PAIR, PAIR_LEVEL) is None:
            continue
        both = register.odd_minutes[child.key].keys() & register.odd_minutes[other].keys()
        chance = surprising(len(shared), len(both), PAIR, PAIR_LEVEL)
        if chance is not None:
            said = (("other", other), *numbers(len(shared), len(both), PAIR, chance))
            days, evidence = (tuple(stay.day for stay in shared), tuple(stay.known.id for stay in shared))
            yield Breach(days, evidence, said, weight(asked))
