"""The way from the hours a service expects to the hours it claims, as values.

All amounts are whole minutes, except the whole hours of the return.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ecegateway.model.claim import Category, Verdict
from ecegateway.model.ids import ChildKey, RuleId


@dataclass(frozen=True, slots=True)
class Part:
    """What falls on one child."""

    child: ChildKey
    minutes: int


@dataclass(frozen=True, slots=True)
class Deduction:
    """Minutes that one reason takes away, by child, the largest part first."""

    reason: RuleId
    verdict: Verdict
    parts: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        """The minutes of all children."""
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True, slots=True)
class Figure:
    """Claimed minutes of a category, and the whole hours that stand in the return for them."""

    category: Category
    minutes: int
    hours: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the hours expected of a day (or a period) to those claimed: ``expected - deductions = claimed``, to the minute.

    ``expected`` counts what agreements and attendance put at stake, each child for at most six hours a day. ``deductions``
    are what became of the rest, the largest first. ``figures`` has one entry for each category. Beside the bridge stand
    ``over_the_day``, minutes above a child's six hours, and ``not_expected``, minutes booked that nobody could expect to
    claim, because the service was closed or a casual child did not come.
    """

    expected: int
    deductions: tuple[Deduction, ...]
    figures: tuple[Figure, ...]
    over_the_day: tuple[Part, ...]
    not_expected: tuple[Deduction, ...]

    @property
    def claimed(self) -> int:
        """Claimed minutes, of all categories."""
        return sum(figure.minutes for figure in self.figures)

    @property
    def hours(self) -> int:
        """Whole hours in the return, of all categories."""
        return sum(figure.hours for figure in self.figures)

    @property
    def rounding(self) -> int:
        """Minutes that rounding each day and category to whole hours adds to the return, or takes from it (negative)."""
        return self.hours * 60 - self.claimed


@dataclass(frozen=True, slots=True)
class Bridges:
    """The bridge of each day of a claim's period, and of the period as a whole."""

    days: Mapping[date, Bridge]
    period: Bridge
