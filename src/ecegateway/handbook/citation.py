"""Typed citations: an instrument, a section it really has, and a place within the section."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

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


@cache
def _instruments() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("ecegateway.handbook").joinpath("instruments.toml").read_text(encoding="utf-8"))


def cite(section: str, place: str | None = None, *, instrument: str = FUNDING_HANDBOOK) -> Citation:
    """A citation, checked against the index of instruments.

    Raises:
        UnknownCitationError: the index has no such instrument or section.
    """
    entry = _instruments().get(instrument)
    if entry is None:
        raise UnknownCitationError(f"no instrument {instrument!r} in handbook/instruments.toml")
    title = entry["sections"].get(section)
    if title is None:
        raise UnknownCitationError(f"{entry['title']} has no section {section!r} in handbook/instruments.toml")
    number = f"{section} {title}" if instrument == FUNDING_HANDBOOK else title
    text = f"{entry['title']} {number}" + (f", {place}" if place else "")
    return Citation(instrument, section, place, text)


def edition(instrument: str = FUNDING_HANDBOOK) -> str:
    """The edition of an instrument that the rules were written from."""
    return str(_instruments()[instrument]["edition"])
