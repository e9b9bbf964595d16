"""Closing times set in a system, learnt from the register: one minute for several children, day after day, by no parent."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.types import Operation, ServiceFacts, Stay
from ecegateway.model.ids import ChildKey
from ecegateway.rules.attendance.habits.families import Families
from ecegateway.rules.days import NO_PERSONS

CHILDREN, DAYS = 3, 5
"""How many families' children must leave at one minute on a day, and on how many days, to show a time that was set."""
NEAR, MOSTLY = 15, 0.8
"""Of such departures within so many minutes this share must fall on the one minute: people's spread, however punctual."""


def by_no_parent(stay: Stay, operation: Operation, facts: ServiceFacts) -> bool:
    """Whether a departure after the last session's close was signed by nobody, or by staff at its very moment.

    Of a source that cannot name signers nothing is told.
    """
    mark, closes = stay.record.sign_out, operation.closes
    if stay.departs is None or closes is None or stay.departs <= closes or not facts.can_show(stay.known.source, Fact.SIGNER):
        return False
    if mark is None:
        return True
    if mark.method in NO_PERSONS or (mark.at is not None and mark.at != stay.record.departed):
        return False
    known = facts.people.get(mark.by, ()) if mark.by is not None else ()
    return mark.by is None or any(person.record.role != "guardian" for person in known)


def closes_learnt(departures: Iterable[tuple[ChildKey, Stay]], families: Families) -> frozenset[int]:
    """The minutes of the day at which, of departures by no parent, three families' children left on each of five days."""
    together: defaultdict[tuple[int, date], list[ChildKey]] = defaultdict(list)
    for child, stay in departures:
        if stay.departs is not None:
            together[stay.departs, stay.day].append(child)
    days: Counter[int] = Counter()
    count: Counter[int] = Counter()
    for (minute, _), children in together.items():
        count[minute] += len(children)
        days[minute] += families.unrelated(children, CHILDREN)
    return frozenset(minute for minute, runs in days.items() if runs >= DAYS and _alone(minute, count))


def _alone(minute: int, count: Counter[int]) -> bool:
    return count[minute] >= MOSTLY * sum(n for other, n in count.items() if abs(other - minute) <= NEAR)
