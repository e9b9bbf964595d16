"""The cast of the invented world, read from ``people.toml``: the one place where its names stand."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Adult:
    """A grown-up: key, given name, family name."""

    key: str
    given: str
    family: str


@dataclass(frozen=True, slots=True)
class CastChild:
    """A child's names, gender, guardians, and the codes of what the family says of itself.

    ``given`` is empty for a person with a single name.
    """

    key: str
    given: tuple[str, ...]
    family: str
    gender: str
    guardians: tuple[Adult, ...]
    ethnicities: tuple[str, ...] = ()
    iwi: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody at one service. Children by key."""

    children: Mapping[str, CastChild]
    staff: tuple[Adult, ...]
    visitors: tuple[Adult, ...]
    administrator: Adult
    streets: tuple[str, ...]

    @property
    def guardians(self) -> tuple[Adult, ...]:
        """Every guardian once: sisters and brothers share theirs."""
        return tuple({guardian.key: guardian for child in self.children.values() for guardian in child.guardians}.values())


@cache
def cast(service: str) -> Cast:
    """The people of one demo service, by its number."""
    book = tomllib.loads(files(__package__).joinpath("people.toml").read_text("utf-8"))
    children = {}
    for family in book["family"]:
        if family["service"] != service:
            continue
        first = next(iter(family["children"]))
        guardians = tuple(Adult(f"g-{first}-{n}", *name) for n, name in enumerate(family["guardians"], 1))
        ethnicities, iwi, languages = (tuple(family.get(name, ())) for name in ("ethnicities", "iwi", "languages"))
        for key, (given, surname, gender) in family["children"].items():
            names = tuple(given.split())
            children[key] = CastChild(key, names, surname, gender, guardians, ethnicities, iwi, languages)
    administrator = next(Adult(key, *name) for key, name in book["administrator"][service].items())
    return Cast(
        children=MappingProxyType(dict(sorted(children.items()))),
        staff=tuple(Adult(key, *name) for key, name in book["staff"][service].items()),
        visitors=tuple(Adult(v["key"], *v["name"]) for v in book["visitor"] if v["service"] == service),
        administrator=administrator,
        streets=tuple(book["streets"]),
    )
