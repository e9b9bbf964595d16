"""Typed citations: an instrument, a section it really has, and a place within the section."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ecegateway.errors import UnknownCitationError

FUNDING_HANDBOOK = "ece-funding-handbook"


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an instrument. Make one with :func:`cite`."""

    instrument: str
    section: str
    place: str | None
    text: str
    """The citation in full, for people."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Instrument:
    """A text that rules cite: its name in the index, the edition that was read, and its sections with their titles."""

    name: str
    title: str
    publisher: str
    edition: str
    link: str
    sections: Mapping[str, str]


@cache
def instruments() -> Mapping[str, Instrument]:
    """Everything that may be cited, by name."""
    table = tomllib.loads(files("ecegateway.handbook").joinpath("instruments.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            name: Instrument(
                name, row["title"], row["publisher"], row["edition"], row["link"], MappingProxyType(row["sections"])
            )
            for name, row in table.items()
        }
    )


def cite(section: str, place: str | None = None, *, instrument: str = FUNDING_HANDBOOK) -> Citation:
    """A citation, checked against the index of instruments.

    Raises:
        UnknownCitationError: the index has no such instrument or section.
    """
    known = instruments().get(instrument)
    if known is None:
        raise UnknownCitationError(f"no instrument {instrument!r} in handbook/instruments.toml")
    title = known.sections.get(section)
    if title is None:
        raise UnknownCitationError(f"{known.title} has no section {section!r} in handbook/instruments.toml")
    number = f"{section} {title}" if instrument == FUNDING_HANDBOOK else title
    text = f"{known.title} {number}" + (f", {place}" if place else "")
    return Citation(instrument, section, place, text)


def edition(instrument: str = FUNDING_HANDBOOK) -> str:
    """The edition of an instrument that the rules were written from."""
    return instruments()[instrument].edition
