"""What the families of events are made with: what a builder yields, and the hold that a flaw becomes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ecegateway.model.eli import Content, Entity, Family, Held, flaw
from ecegateway.model.ids import ChildKey

IN_THE_RECORD = "correct it in the centre's system and pull again"


@dataclass(frozen=True, slots=True)
class Gone:
    """An entity that is no more: the vendor deleted its record, or the record says nothing that is told (any longer)."""

    family: Family
    entity: str


Told = Entity | Held | Gone
"""One thing a family's builder says."""


def tell(family: Family, entity: str, child: ChildKey | None, day: date, content: Content) -> Iterator[Told]:
    """The entity, or why it cannot be said."""
    wrong = flaw(content)
    if wrong is None:
        yield Entity(family, entity, child, day, content)
    else:
        reason = f"{wrong} is missing or does not have the form an event needs"
        about = day if family is Family.ATTENDANCE else None
        yield Held(child, family, entity, reason, "enter it in the centre's system and pull again", about)
