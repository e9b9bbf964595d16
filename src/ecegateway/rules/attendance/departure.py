"""A departure the system made by itself is not one that a person saw.

Known habits: 20:00 UTC (the next morning in New Zealand), 21:00, midnight, or the closing time of every child at once.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, Stay
from ecegateway.handbook.citation import cite
from ecegateway.model.attendance import Method
from ecegateway.model.finding import Severity
from ecegateway.rules.days import SIGNATURE_CURES, confirmation
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_LATE_MINUTES = 60
"""How long after the last session closes a departure is no longer believed, in minutes."""
_RUN = 3
"""How many children must leave at the very same instant, signed by nobody, to make a run."""
_UTC_HOUR = 20


@rule(
    "attendance.system-sign-out",
    "A departure the system made by itself",
    message="The sign-out at {time} {why_not}; nobody saw the child leave then.",
    why="Automatic sign-outs hide when a child really left; the time is kept as sent but is not believed.",
    fix="Ask who took the child home, and when; have it entered with the reason, or have a parent verify the day.",
    cites=cite("6-3", "electronic attendance records, criteria 7 and 8"),
    severity=Severity.HOLDS,
    switch="attendance.unsigned-mark",
    holds="The hours of the child's day, unless a guardian confirmed it later and the switch lets that answer.",
    condition="A stay has a departure, and its sign-out is said to be the system's; or the departure is 20:00 UTC to the "
    "second and lies after the last session of the day closes; or it lies an hour or more after that; or it "
    "lies at or after that, is the very instant at which three or more children left, and was signed by nobody "
    "though the source can show who signs.",
    examples=(
        found("The departure stands at 20:00 UTC, the next morning here."),
        found("The departure stands at 21:00, hours after closing."),
        found("Three children leave at the very instant of closing, and nobody signed."),
        passes("Two children leave at the very instant of closing, and nobody signed."),
        passes("Four children leave at the instant of closing, each signed out by a parent."),
    ),
).of_each_child
def system_sign_out(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays ended by the system, declared or given away by the time."""
    for stay in asked.stays(child):
        sign = not_a_persons(stay, asked)
        if sign is None:
            continue
        if asked.policy["attendance.unsigned-mark"] == SIGNATURE_CURES and confirmation(child, stay, asked.facts.people):
            continue
        told = (("time", _clock(stay)), ("why_not", sign))
        yield Breach((stay.day,), (stay.known.id,), told, cause=f"{stay.known.source} at {_clock(stay)}")


def not_a_persons(stay: Stay, asked: Question) -> str | None:
    """What gives the departure away as the system's, in words; ``None`` if nothing does."""
    mark, departed = stay.record.sign_out, stay.record.departed
    if departed is None or stay.departs is None:
        return None
    if mark is not None and mark.method is Method.SYSTEM:
        return "was made by the system"
    closes = asked.operating[stay.day].closes
    return _given_away(stay, departed, stay.departs - closes, asked) if closes is not None and stay.departs >= closes else None


def _given_away(stay: Stay, departed: datetime, after_closing: int, asked: Question) -> str | None:
    """What gives a departure so many minutes after closing away, if anything does."""
    if after_closing and _at_utc_hour(departed):
        return "is 20:00 UTC to the second"
    if after_closing >= _LATE_MINUTES:
        return "is long after closing"
    if stay.record.sign_out is not None and stay.record.sign_out.by is not None:
        return None
    together = asked.departures[departed] >= _RUN and asked.facts.can_show(stay.known.source, Fact.SIGNER)
    return "is the very instant at which several children left" if together else None


def _at_utc_hour(instant: datetime) -> bool:
    at = instant.astimezone(UTC)
    return (at.hour, at.minute, at.second) == (_UTC_HOUR, 0, 0)


def _clock(stay: Stay) -> str:
    days, minute = divmod(stay.departs or 0, 24 * 60)
    return f"{minute // 60:02}:{minute % 60:02}" + (" the next day" if days else "")
