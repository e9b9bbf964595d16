"""The return a claim gives: the claim's figures for the days it covers, undeclared.

Source: ECE Funding Handbook 9-2 to 9-5, 14-4.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ecegateway.model.claim import AdvanceMonth, Claim
from ecegateway.model.period import DateRange
from ecegateway.model.rs7 import COLUMNS, Column, DayCounts, OtherPart, ReturnKind, Rs7Return


def rs7_return(
    claim: Claim,
    *,
    revision: int = 1,
    kind: ReturnKind = ReturnKind.FIRST,
    days: DateRange | None = None,
    elsewhere: Sequence[OtherPart] = (),
    reason: str = "",
) -> Rs7Return:
    """The return of a claim, which nobody has attested or declared.

    ``days`` are those it claims for, the whole period by default; the claim's hours of other days are left out, for who claims
    them is said by ``elsewhere``. ``reason`` is why it is late or takes the place of another.
    """
    covered = claim.period.days if days is None else days
    figures: dict[tuple[date, Column], int] = {(cell.day, cell.category): cell.hours for cell in claim.cells}
    figures.update({(line.day, line.column): line.hours for line in claim.staff})
    counts = tuple(
        DayCounts(day, *(figures.get((day, column), 0) if day in covered else 0 for column in COLUMNS))
        for day in claim.period.days
    )
    return Rs7Return(
        service=claim.service,
        service_name=claim.service_name,
        period=claim.period,
        revision=revision,
        kind=kind,
        days=covered,
        counts=counts,
        advance=claim.advance,
        attestation=None,
        declaration=None,
        known_at=claim.known_at,
        handbook_edition=claim.handbook_edition,
        switches=claim.switches,
        input_digest=claim.input_digest,
        elsewhere=tuple(elsewhere),
        reason=reason,
    )


def zero_return(claim: Claim, *, revision: int = 1, reason: str = "") -> Rs7Return:
    """The return of a period for which nothing is claimed, whatever the claim says: every hour and every advance day nought."""
    return replace(
        rs7_return(claim, revision=revision, kind=ReturnKind.ZERO, reason=reason),
        counts=tuple(DayCounts(day, *(0 for _ in COLUMNS)) for day in claim.period.days),
        advance=tuple(AdvanceMonth(month.first, 0, 0, 0) for month in claim.period.advance_months),
    )
