"""Refuses a return that is not whole: what no schema can see, because it needs a calendar."""

from ecegateway.errors import ExportError
from ecegateway.model.rs7 import Rs7Return


def check_whole(made: Rs7Return) -> None:
    """See that a return has each date of its period once, in order, its four advance months, and parts within the period.

    Raises:
        ExportError: it does not; the message says what is wrong.
    """
    where = f"the return of service {made.service} for {made.period}"
    if tuple(counts.day for counts in made.counts) != tuple(made.period.days):
        raise ExportError(f"{where} does not hold each date of its period once, in order")
    if tuple(month.month for month in made.advance) != tuple(month.first for month in made.period.advance_months):
        raise ExportError(f"{where} does not hold its four advance months, in order")
    for part in (made.days, *(part.days for part in made.elsewhere)):
        if not made.period.days.first <= part.first < part.after <= made.period.days.after:
            raise ExportError(f"{where} claims for days of which some lie outside the period, or for none")
