"""The certificated band a period's staff hour count falls into.

Source: ECE Funding Handbook 2-6, 9-4; policy switch ``rate.band-rounding``.
"""

from ecegateway.forecast.types import Certificated
from ecegateway.handbook.rate import Band
from ecegateway.model.claim import Claim, StaffColumn

_WHOLE = 10_000
"""All of it, in hundredths of a per cent."""


def certificated(claim: Claim, reading: str) -> Certificated | None:
    """The share of certificated hours and its band; ``None`` where no staff hour was counted."""
    hours = dict.fromkeys(StaffColumn, 0)
    for day in claim.staff:
        hours[day.column] += day.hours
    ours, total = hours[StaffColumn.CERTIFICATED], sum(hours.values())
    if not total:
        return None
    found = share(ours, total, reading)
    band = next(band for band in Band if band.floor * 100 <= found)
    return Certificated(ours, total - ours, found, band)


def share(part: int, total: int, reading: str) -> int:
    """A part of a total in hundredths of a per cent: cut or rounded to whole per cent, or exact to the hundredth below."""
    if reading == "half-up":
        return (2 * part * 100 + total) // (2 * total) * 100
    if reading == "truncate":
        return part * 100 // total * 100
    return part * _WHOLE // total
