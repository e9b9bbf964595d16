"""One line of a check-up: what was looked at, how it stands, and what to do."""

from dataclasses import dataclass
from enum import StrEnum

from ecegateway.errors import EceGatewayError, EvidenceError, EvidenceMissingError, IntegrityError


class Level(StrEnum):
    """How a thing stands."""

    OK = "ok"
    WARNING = "warning"
    """It works, and may not for long, or not as safely as it could."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Checked:
    """``what`` was looked at, what is ``said`` of it, and what to ``do``; ``in_doubt`` if the evidence itself may be wrong."""

    what: str
    level: Level
    said: str
    do: str = ""
    in_doubt: bool = False


def fine(what: str, said: str) -> Checked:
    """It is as it should be."""
    return Checked(what, Level.OK, said)


def warned(what: str, said: str, do: str) -> Checked:
    """It works for now."""
    return Checked(what, Level.WARNING, said, do)


def wrong(what: str, said: str, do: str, *, in_doubt: bool = False) -> Checked:
    """It does not work, or is not safe."""
    return Checked(what, Level.WRONG, said, do, in_doubt)


def refused(what: str, error: EceGatewayError) -> Checked:
    """What a part of the gateway refused, in its own words, which say what to do as well."""
    doubt = isinstance(error, EvidenceError | IntegrityError) and not isinstance(error, EvidenceMissingError)
    return Checked(what, Level.WRONG, str(error), "", doubt)
