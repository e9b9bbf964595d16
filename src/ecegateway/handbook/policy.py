"""Policy switches: each doubtful point of the Handbook, how it is read, and the setting a claim was made with."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ecegateway.errors import ConfigError
from ecegateway.handbook.code_lists import shipped
from ecegateway.handbook.codes import CodeLists
from ecegateway.model.claim import SwitchSetting


@dataclass(frozen=True, slots=True)
class Switch:
    """A named switch: the readings carried out (default first), its version, the doubtful point, and why the default."""

    name: str
    version: int
    values: tuple[str, ...]
    point: str
    why: str

    @property
    def default(self) -> str:
        """The reading used unless settings say otherwise."""
        return self.values[0]


@cache
def switches() -> Mapping[str, Switch]:
    """All switches by name."""
    table = tomllib.loads(files("ecegateway.handbook").joinpath("switches.toml").read_text(encoding="utf-8"))
    return {
        name: Switch(name, row["version"], tuple(row["values"]), row["point"], row["why"])
        for name, row in sorted(table.items())
    }


@dataclass(frozen=True, slots=True)
class Policy:
    """The setting of every switch, and the code lists values are held against. Make one with :func:`policy`."""

    settings: tuple[SwitchSetting, ...]
    codes: CodeLists
    _values: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _readings: dict[tuple[str, str], "Policy"] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_values", {setting.switch: setting.value for setting in self.settings})

    def __getitem__(self, switch: str) -> str:
        return self._values[switch]

    def reading(self, switch: str, value: str) -> "Policy":
        """The same policy with one switch read otherwise.

        Raises:
            ConfigError: an unknown switch, or a reading that is not carried out.
        """
        found = self._readings.get((switch, value))  # asked month by month of every child
        if found is None:
            found = self._readings[switch, value] = policy({**self._values, switch: value}, self.codes)
        return found


def policy(chosen: Mapping[str, str] | None = None, codes: CodeLists | None = None) -> Policy:
    """The default policy with some switches set otherwise, and the code lists that are shipped unless others are given.

    Raises:
        ConfigError: an unknown switch, or a reading that is not carried out.
    """
    chosen = chosen or {}
    known = switches()
    for name, value in chosen.items():
        if name not in known:
            raise ConfigError(f"[policy] has no switch {name!r}; `ecegateway handbook switches` lists them")
        if value not in known[name].values:
            raise ConfigError(f"[policy] {name} cannot be {value!r}; choose one of {', '.join(known[name].values)}")
    return Policy(
        tuple(SwitchSetting(name, chosen.get(name, switch.default), switch.version) for name, switch in known.items()),
        shipped() if codes is None else codes,
    )
