"""What an audit of a store finds wrong, by name and place."""

from dataclasses import dataclass
from enum import StrEnum


class Harm(StrEnum):
    """What was done to the evidence, as far as the store and what is signed of it can tell."""

    EDITED = "edited"
    """A row holds something else than what was stored."""
    REMOVED = "removed"
    """A row that was stored is gone."""
    ADDED = "added"
    """A row was put in behind the log's back."""
    LOG = "log changed"
    """The row is as it was stored; what the log keeps of it is not."""
    REWRITTEN = "rewritten"
    """Rows and log agree with each other, and not with what was signed: the log was made again."""
    TRUNCATED = "truncated"
    """The end of the log was cut off."""
    ROLLED_BACK = "rolled back"
    """The store is an older copy of itself."""
    FORGED = "forged"
    """A checkpoint or a key whose signature does not hold."""
    ANOTHER = "another log"
    """What was signed belongs to a log of another name, or by another key."""
    SCHEMA = "schema changed"
    """A table, a trigger or the engine's header is not as it was signed."""
    UNREADABLE = "unreadable"
    """The engine cannot read it."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing wrong: ``where`` names the record, the table's row, or the part of the log; ``said`` tells more."""

    harm: Harm
    where: str
    said: str
