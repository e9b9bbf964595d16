"""Which records bear on a period, and all their versions: a record stays whole, with every version it ever had."""

from collections.abc import Iterable, Mapping
from datetime import date

from ecegateway.evidence.record import Version
from ecegateway.facts.versions import days_of, in_order
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record

_SPANS = (("first_day", "last_day"), ("effective_from", "last_day"), ("missed_day", "made_up_on"), ("day", "day"))
"""Fields that say from when to when a record holds; the last day may be open."""

History = tuple[Version, ...]
"""Every version of one record, oldest first."""


def bearing(versions: Iterable[Version], days: DateRange, zone: str) -> Mapping[str, tuple[History, ...]]:
    """By stream, the records of which some version bears on these days, ascending by source and key."""
    records: dict[tuple[str, str, str], list[Version]] = {}
    for version in versions:
        records.setdefault((version.stream, version.source, version.key), []).append(version)
    found: dict[str, list[History]] = {}
    for (stream, _, _), said in sorted(records.items()):
        if any(version.record is not None and _bears(version.record, days, zone) for version in said):
            found.setdefault(stream, []).append(tuple(in_order(said)))
    return {stream: tuple(histories) for stream, histories in found.items()}


def _bears(record: Record, days: DateRange, zone: str) -> bool:
    on = days_of(record, zone)
    if on:
        return on[0] <= days.last and days.first <= on[-1]
    for first_name, last_name in _SPANS:
        first, last = getattr(record, first_name, None), getattr(record, last_name, None)
        if isinstance(first, date):
            return first <= days.last and (last is None or days.first <= max(first, last))
    return True
