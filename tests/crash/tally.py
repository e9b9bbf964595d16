"""What came of the faults of a run: how many there were, and everything that was wrong afterwards."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

_SHOWN = 12


class Wrong(StrEnum):
    """What can be wrong after a fault."""

    LOST = "lost"
    """Something that was said to be stored is not there, or running again does not bring it."""
    DOUBLED = "doubled"
    """Something is there that an undisturbed run does not make."""
    TORN = "torn"
    """The store or a file is half of one thing and half of another, or something is left lying."""
    UNDETECTED = "undetected"
    """A call failed, and the command said that all was well though it was not."""
    SPEECHLESS = "without a word"
    """A command ended with a traceback, or an exit code that is not documented."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, and after what."""

    wrong: Wrong
    after: str
    said: str

    def __str__(self) -> str:
        return f"{self.wrong} after {self.after}: {self.said}"


@dataclass(slots=True)
class Tally:
    """Faults injected, by kind, and what was wrong after them."""

    injected: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    def add(self, kind: str, faults: Iterable[Fault] = ()) -> None:
        """One fault injected, and what came of it."""
        self.injected[kind] += 1
        for fault in faults:
            self.wrong[fault.wrong.value] += 1
            if len(self.shown) < _SHOWN:
                self.shown.append(str(fault))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.injected + other.injected, self.wrong + other.wrong, (self.shown + other.shown)[:_SHOWN])

    def line(self) -> str:
        """The one line."""
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.injected.items()))
        wrongs = ", ".join(f"{self.wrong[one]:,} {one}" for one in Wrong)
        return f"{self.injected.total():,} faults injected ({kinds}): {wrongs}"
