"""Funding rates as dated data: what one funded child hour was paid at, where a table that was read says so.

A rate is looked up, never derived, and never carried past the last day its table is verified to: outside the tables the answer
is a :class:`NoVerifiedRate`, which says so in words. Rates feed forecasts alone; no claim depends on one.

Source: ECE Funding Handbook 2-6, Appendix 1; the tables under ``rates/`` name theirs.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from ecegateway.handbook.citation import FUNDING_HANDBOOK, cite
from ecegateway.handbook.rate import Band, Label, NoVerifiedRate, Rate, Scale, Source
from ecegateway.model.claim import Category
from ecegateway.model.service import Mode, ServiceType

_PRINTED = (Category.UNDER_TWO, Category.TWO_AND_OVER, Category.TWENTY_HOURS)
"""The order of a table's columns."""


@dataclass(frozen=True, slots=True)
class _PaidAs:
    category: Category
    rate_of: Category
    since: date
    until: date
    source: Source


def rate(
    kind: ServiceType, mode: Mode, scale: Scale, band: Band | None, *, category: Category, day: date
) -> Rate | NoVerifiedRate:
    """What a category is paid at on a day, for a kind of service, the mode of its licence, its scale and its band, if any."""
    for one in rates():
        asked = (one.kind, one.mode, one.scale, one.band, one.category)
        if asked == (kind, mode, scale, band, category) and one.since <= day <= one.until:
            return one
    banded = f", {band}" if band is not None else ""
    return NoVerifiedRate(f"no verified rate for {kind}, {mode}, {scale}{banded}, {category} on {day}")


@cache
def rates() -> tuple[Rate, ...]:
    """Every rate of every table, those of a category that is paid at another's rate among them."""
    files_read = tuple(_files())
    printed = tuple(found for file in files_read for found in _rates(file))
    borrowed = (found for file in files_read for row in file.get("paid_as", ()) for found in _borrowed(_paid_as(row), printed))
    return (*printed, *borrowed)


def _files() -> Iterator[dict[str, Any]]:
    for entry in sorted(files("ecegateway.handbook").joinpath("rates").iterdir(), key=lambda found: found.name):
        yield tomllib.loads(entry.read_text(encoding="utf-8"))


def _rates(file: dict[str, Any]) -> Iterator[Rate]:
    for table in file.get("table", ()):
        for kind in file["kinds"]:
            for mode in table["modes"]:
                for row in table["rows"]:
                    for place, category in enumerate(_PRINTED):
                        yield Rate(
                            kind=ServiceType(kind),
                            mode=Mode(mode),
                            scale=Scale(table["scale"]),
                            band=Band(row["band"]) if "band" in row else None,
                            category=category,
                            since=table["from"],
                            until=table["to"],
                            including_gst=row["including_gst"][place],
                            excluding_gst=row["excluding_gst"][place] if "excluding_gst" in row else None,
                            sources=(_source(file),),
                        )


def _source(row: dict[str, Any]) -> Source:
    return Source(Label(row["label"]), cite(*row["cites"], instrument=row.get("instrument", FUNDING_HANDBOOK)), row["link"])


def _paid_as(row: dict[str, Any]) -> _PaidAs:
    return _PaidAs(Category(row["category"]), Category(row["as"]), row["from"], row["to"], _source(row))


def _borrowed(paid: _PaidAs, printed: tuple[Rate, ...]) -> Iterator[Rate]:
    """The rates of a category that is paid at another's, for the days on which both are verified."""
    for found in printed:
        since, until = max(found.since, paid.since), min(found.until, paid.until)
        if found.category is paid.rate_of and since <= until:
            yield replace(found, category=paid.category, since=since, until=until, sources=(*found.sources, paid.source))
