"""What a check says of a return before somebody puts their name to it: a value, with the reason and what to do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecegateway.model.ids import RuleId


class Weight(StrEnum):
    """How much a check weighs."""

    ERROR = "error"
    """The return cannot be signed until it is put right."""
    WARNING = "warning"
    """It can be signed; somebody should look first."""


class Sure(StrEnum):
    """How sure it is that the Ministry sees it so."""

    PUBLISHED = "published"
    """The Handbook or another page of the Ministry says so."""
    TRANSCRIBED = "transcribed"
    """A third party's public transcription of Ministry material says so; the Ministry has not confirmed it."""
    OVERHEARD = "overheard"
    """Public code that seems to be of the receiving side says so; low confidence."""
    OURS = "ours"
    """It follows from our own files or from the figures themselves."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the return: a day, a month, a column, or a field of the declaration; all ``None`` for the return as a whole.

    ``column`` is the value of a :class:`~ecegateway.model.claim.Category` or
    :class:`~ecegateway.model.claim.StaffColumn`, of a kind of advance day, or the name of a field.
    """

    day: date | None = None
    month: date | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class ReturnCheck:
    """One objection to a return: what is the matter and where, why it matters, and how to put it right. No names in it."""

    rule: RuleId
    title: str
    weight: Weight
    what: str
    reason: str
    fix: str
    cites: str
    sure: Sure
    place: Place

    @property
    def blocks(self) -> bool:
        """Whether the return cannot be signed."""
        return self.weight is Weight.ERROR
