"""Children of different families who came and left at the same two minutes."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from ecegateway.facts.types import Stay
from ecegateway.model.attendance import Mark
from ecegateway.model.ids import ChildKey
from ecegateway.rules.attendance.habits.families import Families

Twins = Mapping[ChildKey, Mapping[ChildKey, tuple[Stay, ...]]]
"""By child and other child, the child's stays that are the other's to the minute."""


def alike(stays: Mapping[ChildKey, Mapping[date, Stay]], families: Families) -> Twins:
    """Who shares minutes with whom. Of many children with the same minutes each is set beside the next by key alone.

    So it grows with the stays and not with the pairs, and a child more can only come between two, not bring them together.
    """
    moments: defaultdict[tuple[date, int | None, int | None], list[ChildKey]] = defaultdict(list)
    for child in sorted(stays):
        for day, stay in stays[child].items():
            moments[day, stay.arrives, stay.departs].append(child)
    found: defaultdict[ChildKey, defaultdict[ChildKey, list[Stay]]] = defaultdict(lambda: defaultdict(list))
    for (day, _, _), children in moments.items():
        for one, other in pairwise(children):
            if _apart(stays[one][day], stays[other][day]) and families.of(one).isdisjoint(families.of(other)):
                found[one][other].append(stays[one][day])
                found[other][one].append(stays[other][day])
    return {one: {other: _by_day(shared) for other, shared in others.items()} for one, others in found.items()}


def _apart(one: Stay, other: Stay) -> bool:
    """Whether two stays were signed at both ends, by two people each: what one person signs together happened together."""
    ends = (one.record.sign_in, other.record.sign_in), (one.record.sign_out, other.record.sign_out)
    return all(_signer(mark) is not None and _signer(mark) != _signer(its) is not None for mark, its in ends)


def _signer(mark: Mark | None) -> str | None:
    return None if mark is None else mark.by


def _by_day(stays: list[Stay]) -> tuple[Stay, ...]:
    return tuple(sorted(stays, key=lambda stay: stay.day))
