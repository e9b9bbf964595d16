"""Marks made before what they say had happened, or long after."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from ecegateway.facts.types import ChildFacts, Stay
from ecegateway.handbook.citation import cite
from ecegateway.model.attendance import Mark
from ecegateway.model.finding import Severity
from ecegateway.model.ids import SourceName
from ecegateway.rules.attendance.default_present.suspicion import HOLDS, SWITCH, shown, weight
from ecegateway.rules.days import NO_PERSONS
from ecegateway.rules.registry import Breach, Question, found, passes, rule

AHEAD = timedelta(minutes=15)
"""How far ahead of its time a mark may be: a time rounded up to the quarter, and a clock that runs slow."""
LATE = timedelta(hours=24)
"""How long after its time a mark is entered from memory or paper, not made at the door."""
_NOTHING = timedelta()


def _gap(mark: Mark | None, happened: datetime | None) -> timedelta:
    """By how much a mark came after what it says; nothing where that is not known, or the mark is a default."""
    if mark is None or mark.at is None or happened is None or mark.method in NO_PERSONS:
        return _NOTHING
    return mark.at - happened


def _gaps(stay: Stay) -> tuple[timedelta, timedelta]:
    record = stay.record
    return _gap(record.sign_in, record.arrived), _gap(record.sign_out, record.departed)


@rule(
    "register.marked-before",
    "Marked before it happened",
    message="{hits} of {of} stays were marked more than {minutes} minutes before the child is said to have come or left.",
    why="Nobody can sign for what has not happened. A departure signed in the morning says when the child was to leave.",
    fix="Ask when the child really came and left, and have it entered with who saw it and why it was changed.",
    cites=cite("6-3", "electronic attendance records, criteria 7 and 8"),
    severity=Severity.WARNS,
    switch=SWITCH,
    holds=HOLDS,
    condition="A mark of the stay, not declared a default, was made more than fifteen minutes before the arrival or departure "
    "it records. One is enough: this is no matter of chance.",
    examples=(
        found("A father signs his child out for three o'clock when he leaves in the morning."),
        found("A register's times of the whole day were entered at seven in the morning."),
        passes("A mark is made quarter of an hour before the time it records, which was rounded up."),
        passes("The system made the mark, and says so."),
    ),
).of_each_child
def marked_before(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Children with stays that were marked ahead."""
    stays = list(asked.stays(child))
    ahead = [stay for stay in stays if min(_gaps(stay)) < -AHEAD]
    if ahead:
        days = tuple(sorted({stay.day for stay in ahead}))
        said = (("hits", str(len(ahead))), ("of", str(len(stays))), ("minutes", str(AHEAD.seconds // 60)))
        yield Breach(days, tuple(stay.known.id for stay in ahead), said, weight(asked))


@rule(
    "register.entered-late",
    "Entered a day or more after",
    message="{hits} of {of} stays were entered more than {hours} hours after the child came or left, at most {days} days.",
    why="A paper sheet typed in later is honest, if the sheet is kept. Times entered from memory are not what happened.",
    fix="Keep the sheets these entries were made from, and note with the entries that they were. Nothing more is asked.",
    cites=cite("6-3", "electronic attendance records, criteria 8 and 9"),
    severity=Severity.WARNS,
    holds="none: it asks for an explanation and is no suspicion",
    condition="A mark of the stay, not declared a default, was made more than twenty-four hours after the arrival or departure "
    "it records. One finding for all stays of a source.",
    examples=(
        found("A week's paper sheets are typed in on the Friday."),
        passes("A teacher enters a forgotten sign-out the next morning."),
        passes("The source does not say when a mark was made."),
    ),
).of_the_service
def entered_late(asked: Question) -> Iterator[Breach]:
    """Sources whose stays were entered late."""
    late: defaultdict[SourceName, list[tuple[timedelta, Stay]]] = defaultdict(list)
    counts: defaultdict[SourceName, int] = defaultdict(int)
    for child in asked.facts.children:
        for stay in asked.stays(child):
            counts[stay.known.source] += 1
            gap = max(_gaps(stay))
            if gap > LATE:
                late[stay.known.source].append((gap, stay))
    for source, found_late in sorted(late.items()):
        said = {
            "hits": len(found_late),
            "of": counts[source],
            "hours": LATE // timedelta(hours=1),
            "days": max(gap for gap, _ in found_late).days,
        }
        days = tuple(sorted({stay.day for _, stay in found_late}))
        yield Breach(days, shown(stay for _, stay in found_late), tuple((name, str(count)) for name, count in said.items()))
