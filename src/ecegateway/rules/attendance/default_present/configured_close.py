"""Departures at a closing time set in the system, which the register itself gives away."""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.period import MINUTES_A_DAY
from ecegateway.rules.attendance.default_present.suspicion import HOLDS, SWITCH, weight
from ecegateway.rules.attendance.departure import not_a_persons
from ecegateway.rules.attendance.habits.closes import CHILDREN, DAYS, by_no_parent
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_HOUR = 60


@rule(
    "register.configured-close",
    "A departure at a time set in the system",
    message="The child left {hits} times at {time}, after closing and signed for by no parent, a minute at which children of "
    "{children} or more families leave on {days} days or more.",
    why="When the children still signed in all leave at one minute day after day, the system signed them out.",
    fix="Ask who took the child home, and when, and have it entered. Switch automatic sign-outs off.",
    cites=cite("6-3", "electronic attendance records, criteria 7 and 8"),
    severity=Severity.WARNS,
    switch=SWITCH,
    holds=HOLDS,
    condition="The child leaves after the last session closes, signed by nobody, or by staff at that very moment, at a "
    "minute of the day at which children of three families or more so leave on each of five days or more, and at which four in "
    "five of the departures within a quarter of an hour lie. The source names signers, and attendance.system-sign-out does not "
    "hold the departure already.",
    examples=(
        found("A staff member's name stands at the departures of three children at 17:45, after closing, on five days."),
        found("On a sixth day one child leaves alone at that minute."),
        passes("Three children leave at 17:45 on four days only."),
        passes("Their parents signed them out at that minute."),
        passes("Staff sign the last children out at all minutes of the quarter of an hour after closing."),
        passes("The source cannot say who signed."),
        passes("Three siblings leave at that minute on five days."),
        passes("Children leave together when the session closes, ticked off by a teacher."),
    ),
).of_each_child
def configured_close(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Departures at a minute learnt for a closing time."""
    learnt = asked.habits.closes
    if not learnt:
        return
    for minute in sorted(learnt):
        stays = [
            stay
            for stay in asked.stays(child)
            if stay.departs == minute
            and by_no_parent(stay, asked.operating[stay.day], asked.facts)
            and not_a_persons(stay, asked) is None
        ]
        if stays:
            said = {"hits": str(len(stays)), "time": _clock(minute), "children": str(CHILDREN), "days": str(DAYS)}
            days, evidence = tuple(stay.day for stay in stays), tuple(stay.known.id for stay in stays)
            yield Breach(days, evidence, tuple(said.items()), weight(asked))


def _clock(minute: int) -> str:
    days, left = divmod(minute, MINUTES_A_DAY)
    return f"{left // _HOUR:02}:{left % _HOUR:02}" + (" the next day" if days else "")
