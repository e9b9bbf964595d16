"""What was planted in the invented world, to be found again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Effect(StrEnum):
    """What a right gateway does with something planted."""

    HELD = "held"
    """The hours of the days are not claimed until a person puts the record right."""
    REFUSED = "refused"
    """The hours are not funded, whatever anybody puts right."""
    ATTENDED = "attended hours only"
    """The hours the child came are claimed, and those missed are not funded."""
    ONCE = "counted once"
    """The hours are claimed, once."""
    QUARANTINED = "quarantined"
    """The row is set aside alone; its neighbours are kept."""
    REPORTED = "reported"
    """Nothing is held, and a person can see it."""
    CLEAN = "clean"
    """Looks odd and is in order: catching it would be the mistake."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One thing planted: the number of the trap in the project's list (``None`` for others), its name, and whom it touches.

    ``child`` is a vendor's key, ``None`` when it touches no single child; ``days`` ascend, and are empty when it touches
    none. ``what`` says in words what the record looks like.
    """

    trap: int | None
    name: str
    source: str
    child: str | None
    days: tuple[date, ...]
    what: str
    effect: Effect
