"""What another reading of a doubtful point would change: two claims of the same evidence, compared child by child.

Nothing is adopted: a claim is made by another reading only once a person changes the settings.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from types import MappingProxyType

from ecegateway.model.claim import Category, Claim
from ecegateway.model.ids import ChildKey
from ecegateway.model.what_if import CellChange, Change, ChildChange, Column, WhatIf

_Hours = Mapping[tuple[date, Column], int]


def what_if(claim: Claim, other: Claim) -> WhatIf:
    """The difference between two claims of one service, period and evidence, made by different readings.

    Raises:
        ValueError: the claims are not of the same service, period and evidence.
    """
    if (claim.service, claim.period, claim.input_digest) != (other.service, other.period, other.input_digest):
        raise ValueError("only claims of the same service, period and evidence can be compared")
    before, after = _hours(claim), _hours(other)
    return WhatIf(
        now=tuple(setting for setting in claim.switches if setting not in other.switches),
        asked=tuple(setting for setting in other.switches if setting not in claim.switches),
        children=tuple(sorted(_children(claim, other), key=lambda one: (-one.gained - one.lost, one.child))),
        cells=tuple(
            CellChange(day, column, hours, after[day, column])
            for (day, column), hours in before.items()
            if hours != after[day, column]
        ),
        totals=_totals(before, after),
    )


def _children(claim: Claim, other: Claim) -> Iterator[ChildChange]:
    before, after = _minutes(claim), _minutes(other)
    changes: defaultdict[ChildKey, list[Change]] = defaultdict(list)
    for child, category in sorted({*before, *after}, key=lambda place: (place[0], list(Category).index(place[1]))):
        changes[child].append(_change(category, before.get((child, category), {}), after.get((child, category), {})))
    for child, found in changes.items():
        if any(change.gained or change.lost for change in found):
            yield ChildChange(child, tuple(found))


def _change(category: Category, before: Mapping[date, int], after: Mapping[date, int]) -> Change:
    differences = [after.get(day, 0) - before.get(day, 0) for day in {*before, *after}]
    return Change(
        category=category,
        before=sum(before.values()),
        after=sum(after.values()),
        gained=sum(max(0, found) for found in differences),
        lost=sum(max(0, -found) for found in differences),
    )


def _minutes(claim: Claim) -> Mapping[tuple[ChildKey, Category], Mapping[date, int]]:
    """Claimed minutes by child and category, and then by day; days without any are left out."""
    found: defaultdict[tuple[ChildKey, Category], dict[date, int]] = defaultdict(dict)
    for one in claim.child_days:
        for category in Category:
            minutes = one.claimed(category)
            if minutes:
                found[one.child, category][one.day] = minutes
    return found


def _hours(claim: Claim) -> _Hours:
    """Every whole-hour figure of the return, by day and column."""
    children = (((cell.day, cell.category), cell.hours) for cell in claim.cells)
    staff = (((staff.day, staff.column), staff.hours) for staff in claim.staff)
    return dict(sorted(chain[tuple[tuple[date, Column], int]](children, staff), key=lambda cell: cell[0][0]))


def _totals(before: _Hours, after: _Hours) -> Mapping[Column, tuple[int, int]]:
    totals: dict[Column, tuple[int, int]] = {}
    for (day, column), hours in before.items():
        had, would_have = totals.get(column, (0, 0))
        totals[column] = (had + hours, would_have + after[day, column])
    return MappingProxyType({column: pair for column, pair in totals.items() if any(pair)})
