"""Refuses a claim whose parts do not add up: every figure of a return must explain itself."""

from datetime import date

from ecegateway.errors import ExportError
from ecegateway.model.claim import Category, Claim, Verdict


def check_parts(claim: Claim) -> None:
    """See that the claimed portions of each day and category sum to its cell, and that every day has its cells.

    Raises:
        ExportError: a cell is missing, doubled, or is not the sum of its parts; the message names the first such cell.
    """
    wanted = {(day, category) for day in claim.period.days for category in Category}
    cells = {(cell.day, cell.category): cell.minutes for cell in claim.cells}
    if len(cells) != len(claim.cells) or cells.keys() != wanted:
        raise ExportError(
            f"the claim of service {claim.service} for {claim.period} does not hold one cell per day and category"
        )
    sums: dict[tuple[date, Category], int] = {}
    for line in claim.child_days:
        for portion in line.portions:
            if portion.verdict is Verdict.CLAIMED:
                if portion.category is None:
                    raise ExportError(f"service {claim.service}, {line.day}: claimed minutes stand in no category")
                place = (line.day, portion.category)
                sums[place] = sums.get(place, 0) + portion.minutes
    for place in sorted(wanted | sums.keys()):
        if cells.get(place) != sums.get(place, 0):
            day, category = place
            raise ExportError(
                f"service {claim.service}, {day}, {category.value}: the cell says {cells.get(place)} minutes, "
                f"its parts {sums.get(place, 0)}"
            )
