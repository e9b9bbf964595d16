"""What there is to say of an ECE Return before it is written."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a remark weighs."""

    ERROR = "error"
    """Against a page of the Ministry, or no value at all: the return is not written."""
    WARNING = "warning"
    """Against what a third party has seen or transcribed: the return is written, unless asked to be strict."""
    UNCHECKED = "cannot be checked"
    """What it would be checked against is not public and was not given."""
    NOTE = "note"
    """Worth knowing."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: which check, how much it weighs, at which answer, and what it says. Nobody is named."""

    check: str
    weight: Weight
    where: str
    says: str
