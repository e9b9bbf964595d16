"""What lies behind findings: one cause, one line; with what it holds back, and the day by which it matters.

All amounts are whole minutes.
"""

from dataclasses import dataclass
from datetime import date

from ecegateway.model.claim import Category
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.ids import ChildKey, RuleId


@dataclass(frozen=True, slots=True)
class ColumnEffect:
    """What a cause means for one column of the return on a day.

    ``held`` minutes would stand in the column if nothing at all were wrong. ``returns`` is what the column gains if only this
    cause is settled; less than nothing where the minutes of another day then exceed a limit, or move to another column.
    """

    category: Category
    held: int
    returns: int


@dataclass(frozen=True, slots=True)
class DayEffect:
    """What a cause means for one child's day; see :class:`Effect`.

    The columns hold less than the day where no birth date says which column it would be.
    """

    child: ChildKey
    day: date
    held: int
    returns: int
    shared: int
    columns: tuple[ColumnEffect, ...]


@dataclass(frozen=True, slots=True)
class CellEffect:
    """What a cause means for one cell of the return, all children together."""

    day: date
    column: ColumnEffect


@dataclass(frozen=True, slots=True)
class Effect:
    """What a cause means for the claim, by child's day, ascending.

    ``held`` minutes are held back by it, alone or with others. If only this cause is settled, ``returns`` come back into the
    claim, and ``shared`` are still held by ``others``. The two may fall short of ``held``: a limit or an absence rule takes the
    rest, whatever anybody puts right. They may exceed it: other days may hang on these.
    """

    days: tuple[DayEffect, ...] = ()
    others: tuple[RuleId, ...] = ()

    @property
    def held(self) -> int:
        """Minutes held back, alone or with others."""
        return sum(one.held for one in self.days)

    @property
    def returns(self) -> int:
        """Minutes that come back if only this cause is settled."""
        return sum(one.returns for one in self.days)

    @property
    def shared(self) -> int:
        """Minutes that another cause would still hold."""
        return sum(one.shared for one in self.days)

    @property
    def cells(self) -> tuple[CellEffect, ...]:
        """The cells of the return it touches, by day and column."""
        sums: dict[tuple[date, Category], list[int]] = {}
        for one in self.days:
            for column in one.columns:
                sum_ = sums.setdefault((one.day, column.category), [0, 0])
                sum_[0] += column.held
                sum_[1] += column.returns
        order = list(Category)
        places = sorted(sums, key=lambda cell: (cell[0], order.index(cell[1])))
        return tuple(CellEffect(day, ColumnEffect(category, *sums[day, category])) for day, category in places)


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings of one rule and weight that one thing to put right lies behind.

    ``words`` say what they have in common, where that is less than the whole rule; empty otherwise. ``due`` is the day by which
    it matters: for what holds hours the day the return is due, or an earlier one the rule has of its own.
    """

    rule: RuleId
    severity: Severity
    words: str
    due: date | None
    findings: tuple[Finding, ...]
    effect: Effect
