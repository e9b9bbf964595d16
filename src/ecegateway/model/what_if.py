"""What other readings of doubtful points would change in a claim, as values.

All amounts are whole minutes, except the figures of the return, which are whole hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ecegateway.model.claim import Category, StaffColumn, SwitchSetting
from ecegateway.model.ids import ChildKey

Column = Category | StaffColumn


@dataclass(frozen=True, slots=True)
class Change:
    """Claimed minutes of one child in one category, summed over the period.

    ``gained`` and ``lost`` are summed over days apart, because a child may gain on one day and lose on another.
    """

    category: Category
    before: int
    after: int
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class ChildChange:
    """One child whose claimed minutes change: every category in which the child has any, before or after.

    Minutes that move from one category to another are lost in the one and gained in the other.
    """

    child: ChildKey
    changes: tuple[Change, ...]

    @property
    def before(self) -> int:
        """Minutes claimed in all categories as the settings read now."""
        return sum(change.before for change in self.changes)

    @property
    def after(self) -> int:
        """Minutes claimed in all categories by the other reading."""
        return sum(change.after for change in self.changes)

    @property
    def gained(self) -> int:
        """Minutes gained, over all days and categories."""
        return sum(change.gained for change in self.changes)

    @property
    def lost(self) -> int:
        """Minutes lost, over all days and categories."""
        return sum(change.lost for change in self.changes)


@dataclass(frozen=True, slots=True)
class CellChange:
    """One figure of the return that changes, in whole hours."""

    day: date
    column: Column
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a claim would be by other readings.

    ``asked`` are the settings that differ, as they would be; ``now`` the same ones as they are. ``children`` are those with a
    difference, the largest first; ``cells`` those that differ, by day; ``totals`` the whole hours of each column of the return
    that has any, before and after.
    """

    now: tuple[SwitchSetting, ...]
    asked: tuple[SwitchSetting, ...]
    children: tuple[ChildChange, ...]
    cells: tuple[CellChange, ...]
    totals: Mapping[Column, tuple[int, int]]
