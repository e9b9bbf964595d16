"""How many children were there at a time, by the minute, against what the licence allows.

The claim never takes more than the places (``claim/places.py``); these rules look at who really was there.

Source: ECE Funding Handbook 3-A-1 (child-places: the most children at any one time), 6-3 (attendance records ensure that
licence maximums are not exceeded).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ecegateway.facts.types import ChildFacts, Stay
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId
from ecegateway.model.period import birthday
from ecegateway.model.spans import Span, Spans, overlap, union
from ecegateway.rules.attendance.departure import not_a_persons
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_PLACES = cite("3-A-1", "child-places")
_MESSAGE = "{who} were there at one time, {places} are licensed; over the licence for {hours} hours, from {from} to {to}."
_FIX = "Check the times of these stays. If they are right, see that it does not happen again, and speak to the Ministry."


@dataclass(frozen=True, slots=True)
class _Present:
    """One child's day: when the child was there, as far as a person saw the departure, and the records of it."""

    spans: Spans
    evidence: tuple[EvidenceId, ...]


def _present(child: ChildFacts, day: date, asked: Question) -> _Present | None:
    seen = [stay for stay in child.stays[day] if _seen(stay, asked)]
    spans = union((stay.arrives or 0, stay.departs or 0) for stay in seen)
    return _Present(spans, tuple(stay.known.id for stay in seen)) if spans else None


def _seen(stay: Stay, asked: Question) -> bool:
    return stay.arrives is not None and stay.departs is not None and not_a_persons(stay, asked) is None


def _over(children: Iterable[tuple[ChildFacts, date | None]], asked: Question, *, under_two: bool) -> Iterator[Breach]:
    """One breach for each day on which more of some children were there than places; each until the day given, if one is."""
    by_day: defaultdict[date, list[ChildFacts]] = defaultdict(list)
    for child, until in children:
        for day in child.stays:
            if day in asked.days and (until is None or day < until):
                by_day[day].append(child)
    for day in sorted(by_day):
        profile = asked.facts.profile(day)
        places = profile.under_two_places if under_two else profile.places
        if len(by_day[day]) > places:
            there = [present for child in by_day[day] if (present := _present(child, day, asked)) is not None]
            yield from _breach(day, there, places, under_two=under_two)


def _breach(day: date, there: list[_Present], places: int, *, under_two: bool) -> Iterator[Breach]:
    crowded, most = _crowded(there, places)
    if not crowded:
        return
    minutes = sum(end - start for start, end in crowded)
    during = [one for one in there if any(overlap(span, moment) for span in one.spans for moment in crowded)]
    yield Breach(
        days=(day,),
        evidence=tuple(item for one in during for item in one.evidence),
        parameters=(
            ("who", f"{most} children{' under two' if under_two else ''}"),
            ("places", str(places)),
            ("hours", _clock(minutes)),
            ("from", _clock(crowded[0][0])),
            ("to", _clock(crowded[-1][1])),
        ),
        within=crowded,
    )


def _crowded(there: list[_Present], places: int) -> tuple[Spans, int]:
    """The minutes in which more children were there than places, and the most at once."""
    change: defaultdict[int, int] = defaultdict(int)
    for one in there:
        for start, end in one.spans:
            change[start] += 1
            change[end] -= 1
    count, most = 0, 0
    over: list[Span] = []
    for moment, after in pairwise(sorted(change)):
        count += change[moment]
        most = max(most, count)
        if count > places:
            over.append((moment, after))
    return union(over), most


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _all(asked: Question) -> Iterator[Breach]:
    yield from _over(((child, None) for child in asked.facts.children), asked, under_two=False)


def _under_two(asked: Question) -> Iterator[Breach]:
    age = asked.law.on("funded_hour.two_and_over", asked.days.first)
    born = ((child, child.identity.record.birth_date) for child in asked.facts.children if child.identity is not None)
    yield from _over(((child, birthday(day, age)) for child, day in born), asked, under_two=True)


places_exceeded = rule(
    "service.places-exceeded",
    "More children at one time than the licence allows",
    message=_MESSAGE,
    why="The licence sets the most children at any one time, and attendance records are there to show that it was kept.",
    fix=_FIX,
    cites=_PLACES,
    severity=Severity.WARNS,
    holds="Nothing by itself: the claim takes no more children at a time than places.",
    condition="At some minute of a day more children were there than the licence has places, each child counted once, by stays "
    "of which a person saw the end.",
    examples=(
        found("Three children are there at once for half an hour at a service of two places."),
        passes("Three children share two places one after the other."),
        passes("Two children are there at once at a service of two places."),
        passes("A child on two sheets is counted once."),
        passes("The third child's departure is the system's: when the child left is not known."),
    ),
).of_the_service(_all)

under_two_places_exceeded = rule(
    "service.under-two-places-exceeded",
    "More children under two at one time than the licence allows",
    message=_MESSAGE,
    why="The licence sets the most children under two at any one time.",
    fix=_FIX,
    cites=_PLACES,
    severity=Severity.WARNS,
    holds="Nothing by itself: the claim takes no more children under two at a time than places for them.",
    condition="At some minute of a day more children who have not had their second birthday were there than the licence has "
    "places for children under two.",
    examples=(
        found("Two children under two are there at once at a service of one place for them."),
        passes("One of two children turns two on the day."),
        passes("A child under two comes when the other has left."),
    ),
).of_the_service(_under_two)

PLACES_RULES = (places_exceeded, under_two_places_exceeded)
