"""From a figure of the return to the child lines under it, and from a child's day to its hours."""

from dataclasses import dataclass
from datetime import date

from ecegateway.errors import HandbookError
from ecegateway.model.claim import Category, Cell, ChildDay, Claim, StaffColumn, StaffDay


@dataclass(frozen=True, slots=True)
class CellParts:
    """A cell and the child lines that sum to it; ``others`` are the day's lines of which nothing is claimed at all."""

    cell: Cell
    lines: tuple[ChildDay, ...]
    others: tuple[ChildDay, ...]


def explain_cell(claim: Claim, day: date, category: Category) -> CellParts:
    """What a cell is made of.

    Raises:
        HandbookError: the day lies outside the claim's period.
    """
    for cell in claim.cells:
        if cell.day == day and cell.category is category:
            there = [one for one in claim.child_days if one.day == day]
            lines = tuple(one for one in there if one.claimed(category))
            return CellParts(cell, lines, tuple(one for one in there if not any(map(one.claimed, Category))))
    raise HandbookError(_outside(claim, day))


def explain_staff(claim: Claim, day: date, column: StaffColumn) -> StaffDay:
    """What a figure of the staff hour count is made of.

    Raises:
        HandbookError: the day lies outside the claim's period.
    """
    for found in claim.staff:
        if found.day == day and found.column is column:
            return found
    raise HandbookError(_outside(claim, day))


def explain_child(claim: Claim, child: str, day: date) -> ChildDay:
    """What became of a child's day.

    Raises:
        HandbookError: the day lies outside the period, or nothing was at stake for the child on it.
    """
    if day not in claim.period.days:
        raise HandbookError(_outside(claim, day))
    for one in claim.child_days:
        if one.day == day and child in (one.child, one.child.partition(":")[2]):
            return one
    raise HandbookError(f"no agreement books child {child!r} on {day}; explanation.json holds the keys")


def _outside(claim: Claim, day: date) -> str:
    return f"{day} lies outside the period {claim.period.days.first} to {claim.period.days.last}"
