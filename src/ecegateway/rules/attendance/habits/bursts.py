"""Marks that came faster than people sign: several families' children by one person or device within seconds."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from ecegateway.facts.types import Stay
from ecegateway.model.ids import ChildKey, SourceName
from ecegateway.rules.attendance.habits.families import Families
from ecegateway.rules.days import NO_PERSONS

WINDOW = timedelta(seconds=2)
BY_PERSON = 5
"""Children of different families one person marks within the window and is no person: ticking a roll takes a second each."""
BY_DEVICE = 8
"""The same for a device, whose name may stand for many telephones at once at the start of a session; or for no known hand."""
_ON_THE_MINUTE = 0.5
"""The share of a source's marks on the full minute above which it keeps no seconds, and nothing can be told of them."""

_Hand = tuple[SourceName, str, str]


class Made(NamedTuple):
    """A mark that says when it was made."""

    at: datetime
    child: ChildKey
    stay: Stay


def bursts(stays: Collection[tuple[ChildKey, Stay]], families: Families) -> dict[ChildKey, tuple[Stay, ...]]:
    """By child, the stays that one person or device marked within two seconds of those of four, or seven, other families."""
    timed = _timed_to_the_second(stays)
    hands: defaultdict[_Hand, list[Made]] = defaultdict(list)
    for child, stay in stays:
        source = stay.known.source
        for mark in stay.marks if source in timed else ():
            if mark.at is not None and mark.method not in NO_PERSONS:
                made = Made(mark.at, child, stay)
                if mark.by is not None:
                    hands[source, "person", mark.by].append(made)
                if mark.device is not None or mark.by is None:
                    hands[source, "device", mark.device or ""].append(made)
    found: defaultdict[ChildKey, dict[str, Stay]] = defaultdict(dict)
    for (_, kind, _), marks in hands.items():
        for one in _quick(marks, families, BY_PERSON if kind == "person" else BY_DEVICE):
            found[one.child][one.stay.known.id] = one.stay
    return {child: tuple(sorted(its.values(), key=lambda s: (s.day, s.known.id))) for child, its in found.items()}


def _timed_to_the_second(stays: Iterable[tuple[ChildKey, Stay]]) -> set[SourceName]:
    """The sources most of whose marks do not lie on the full minute."""
    full: Counter[SourceName] = Counter()
    count: Counter[SourceName] = Counter()
    for _, stay in stays:
        for mark in stay.marks:
            if mark.at is not None:
                count[stay.known.source] += 1
                full[stay.known.source] += mark.at.second == 0 == mark.at.microsecond
    return {source for source in count if full[source] <= _ON_THE_MINUTE * count[source]}


def _quick(marks: list[Made], families: Families, fewest: int) -> Iterator[Made]:
    """The marks that stand in a window with those of enough families."""
    if len({one.child for one in marks}) < fewest:
        return
    marks.sort(key=lambda one: (one.at, one.child, one.stay.known.id))
    first, told = 0, 0
    for last, one in enumerate(marks):
        while one.at - marks[first].at > WINDOW:
            first += 1
        together = (marks[place].child for place in range(first, last + 1))
        if families.unrelated(together, fewest):
            yield from marks[max(first, told) : last + 1]
            told = last + 1
