"""The weeks of the annual ECE Return, by year, as far as they are known."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from ecegateway.handbook.citation import Citation, cite

_INSTRUMENT = "ece-child-and-staff-return"


@dataclass(frozen=True, slots=True)
class CensusWeek:
    """The week a year's return is about, and the last day to hand it in; ``citation`` is ``None`` for one that was given."""

    first: date
    last: date
    due: date | None = None
    citation: Citation | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@cache
def census_weeks() -> Mapping[int, CensusWeek]:
    """The known weeks by year."""
    table = tomllib.loads(files("ecegateway.handbook").joinpath("census_weeks.toml").read_text(encoding="utf-8"))
    return {
        int(year): CensusWeek(row["first"], row["last"], row["due"], cite(row["cites"], instrument=_INSTRUMENT))
        for year, row in table.items()
    }
