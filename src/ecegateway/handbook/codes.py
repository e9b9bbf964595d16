"""Code lists as dated data: where a list comes from, how far it is believed, and which of its codes stand on which day.

A list that is not public is here by name and empty: whoever has it loads it, and until then nothing is said of its values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from ecegateway.errors import HandbookError
from ecegateway.handbook.citation import Citation

DIGITS_SHOWN = 16
"""So many digits of a loaded list's digest are shown where it is named; `ecegateway codes list` shows them all."""


class Status(StrEnum):
    """Whose list it is."""

    MINISTRY = "ministry"
    STATSNZ_COPY = "statsnz-copy"
    UNCONFIRMED = "unconfirmed"
    UNKNOWN = "unknown"
    """Its name is known, and none of its codes."""


class Standing(StrEnum):
    """How a value stands to a list on a day."""

    STANDS = "in the list"
    NOT_THAT_DAY = "not in force on that day"
    OUTSIDE = "not in the list"
    CANNOT_TELL = "cannot be checked"
    """The list is not known, or known in part and the value is not in that part."""

    @property
    def wrong(self) -> bool:
        """Whether the list rules the value out."""
        return self in (Standing.NOT_THAT_DAY, Standing.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Code:
    """A code, what it means, and its first and last day; ``None`` where the list names none."""

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None

    def on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list: its codes, where they were read and when, and how far they are believed.

    ``evidence`` is V1 (a page of the Ministry), V2 (a third party), V3 (a third party of little weight) or U (not public).
    ``complete`` says that a value outside it is wrong; of a list known in part that cannot be told. ``headings`` group codes
    and are none. ``where`` says where to get a list that is not known. ``digest`` is the SHA-256 of the file it was read
    from, in hex; ``loaded_from`` the name of that file, empty for the lists that are shipped.
    """

    name: str
    title: str
    status: Status
    evidence: str
    source: str
    link: str
    read_on: date
    complete: bool
    codes: tuple[Code, ...]
    digest: str
    note: str = ""
    where: str = ""
    headings: tuple[Code, ...] = ()
    loaded_from: str = ""
    citation: Citation | None = None
    _by_code: Mapping[str, tuple[Code, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code: dict[str, tuple[Code, ...]] = {}
        for one in self.codes:
            by_code[one.code] = (*by_code.get(one.code, ()), one)
        object.__setattr__(self, "_by_code", MappingProxyType(by_code))

    @property
    def known(self) -> bool:
        """Whether any of its codes is known."""
        return bool(self.codes)

    @property
    def binding(self) -> bool:
        """Whether a file with a value outside it is not written: only a list on a page of the Ministry is so sure."""
        return self.evidence == "V1"

    @property
    def in_words(self) -> str:
        """How a finding names it: title, and whose it is."""
        if self.loaded_from:
            return f"{self.title} (your list {self.loaded_from}, sha256 {self.digest[:DIGITS_SHOWN]})"
        return f"{self.title} ({self.source})"

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def label(self, code: str, day: date) -> str | None:
        """What a code means on a day; ``None`` where it is not in force."""
        return next((one.label for one in self._by_code.get(code, ()) if one.on(day)), None)

    def always(self, code: str) -> bool:
        """Whether a code is in the list on every day."""
        return any(one.valid_from is None and one.valid_to is None for one in self._by_code.get(code, ()))

    def standing(self, code: str, day: date) -> Standing:
        """How a value stands to the list on a day."""
        if self.label(code, day) is not None:
            return Standing.STANDS
        if code in self._by_code:
            return Standing.NOT_THAT_DAY
        return Standing.OUTSIDE if self.known and self.complete else Standing.CANNOT_TELL

    def at(self, day: date) -> "CodeList":
        """The list with the codes in force on a day, and no others."""
        return replace(self, codes=tuple(one for one in self.codes if one.on(day)))


@dataclass(frozen=True, slots=True)
class CodeLists:
    """Every list by name, the unknown ones too."""

    lists: tuple[CodeList, ...]
    _by_name: Mapping[str, CodeList] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", MappingProxyType({one.name: one for one in self.lists}))

    def __getitem__(self, name: str) -> CodeList:
        if name not in self._by_name:
            raise HandbookError(f"there is no code list {name!r} (there are: {', '.join(self._by_name)})")
        return self._by_name[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names, ascending."""
        return tuple(self._by_name)

    @property
    def loaded(self) -> tuple[CodeList, ...]:
        """Those that somebody loaded."""
        return tuple(one for one in self.lists if one.loaded_from)

    def at(self, day: date) -> Mapping[str, CodeList]:
        """Every list as it is in force on a day."""
        return {one.name: one.at(day) for one in self.lists}

    def with_loaded(self, loaded: Iterable[CodeList]) -> "CodeLists":
        """The same lists, each loaded one in the place of the shipped one of its name.

        Raises:
            HandbookError: a name that no list has.
        """
        instead = {self[one.name].name: one for one in loaded}
        return CodeLists(tuple(instead.get(one.name, one) for one in self.lists))
