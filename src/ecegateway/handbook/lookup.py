"""The law in force on a day: parameters by name, each with its unit, dates and citation.

Outside the dates between which a parameter was verified a lookup is an error, never a default.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from ecegateway.errors import HandbookError, ParameterNotInForceError
from ecegateway.handbook.citation import FUNDING_HANDBOOK, Citation, cite, edition


@dataclass(frozen=True, slots=True)
class Dated:
    """A parameter's value from a day on."""

    since: date
    value: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name (``topic.name``), meaning, unit, values by date, and the last day it was verified for."""

    name: str
    description: str
    unit: str
    values: tuple[Dated, ...]
    ends: date

    def on(self, day: date) -> int:
        """The value in force on a day.

        Raises:
            ParameterNotInForceError: the day lies outside the verified dates.
        """
        if day <= self.ends:
            for dated in reversed(self.values):
                if dated.since <= day:
                    return dated.value
        raise ParameterNotInForceError(
            f"{self.name} is verified from {self.values[0].since} to {self.ends}, not for {day}; "
            "read the Handbook of that day and add a dated value to its parameter file"
        )


class Handbook:
    """All parameters, and the edition they were read from."""

    def __init__(self, parameters: dict[str, Parameter], edition_read: str) -> None:
        self._parameters = parameters
        self.edition = edition_read

    def on(self, name: str, day: date) -> int:
        """The value of a parameter on a day.

        Raises:
            ParameterNotInForceError: the day lies outside the verified dates.
            HandbookError: there is no such parameter.
        """
        if name not in self._parameters:
            raise HandbookError(f"the handbook has no parameter {name!r}")
        return self._parameters[name].on(day)

    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters, by name."""
        return tuple(self._parameters[name] for name in sorted(self._parameters))


@cache
def handbook() -> Handbook:
    """The handbook shipped with this version."""
    parameters: dict[str, Parameter] = {}
    folder = files("ecegateway.handbook").joinpath("parameters")
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        topic = entry.name.removesuffix(".toml")
        for name, table in tomllib.loads(entry.read_text(encoding="utf-8")).items():
            values = tuple(
                Dated(row["from"], row["value"], cite(*row["cites"], instrument=row.get("instrument", FUNDING_HANDBOOK)))
                for row in table["value"]
            )
            full = f"{topic}.{name}"
            parameters[full] = Parameter(full, table["description"], table["unit"], values, table["ends"])
    return Handbook(parameters, edition())
