"""What the other side was told of an entity, event by event, and what it has if it takes all that is on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ecegateway.model.eli import Action
from ecegateway.model.ids import ChildKey


class Standing(StrEnum):
    """What became of an event."""

    PENDING = "pending"
    """It has not left yet, or certainly did not get there."""
    SENT = "sent"
    """It may have got there: the answer was lost."""
    LAID_OUT = "laid out"
    """It lies in the outbox's folder, for a person to take on."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    """A later event of the entity says what holds now, and this one need not, or can no longer, be taken."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the other side was told of an entity: how many events there were, and how it stands there if all are taken.

    ``content`` is the digest of what was said last and not rejected, ``None`` if nothing was; ``exists`` whether it was not
    deleted since. ``refused`` is the digest of the last event where the other side rejected it.
    """

    child: ChildKey | None
    count: int
    content: bytes | None
    exists: bool
    refused: bytes | None

    @classmethod
    def of(cls, child: ChildKey | None, events: Sequence[tuple[Action, bytes, Standing]]) -> "Past":
        """What the events of one entity, oldest first, come to."""
        content: bytes | None = None
        exists = False
        for action, digest, standing in events:
            if standing not in _NOT_TAKEN:
                exists = action is not Action.DELETE
                content = digest if action is Action.SET else content
        refused = events[-1][1] if events and events[-1][2] is Standing.REJECTED else None
        return cls(child, len(events), content, exists, refused)


NEVER = Past(None, 0, None, exists=False, refused=None)
"""The past of an entity of which nothing was told yet."""
_NOT_TAKEN = frozenset({Standing.REJECTED, Standing.SUPERSEDED})


def standings(events: Sequence[tuple[Action, Standing]]) -> list[Standing]:
    """How the events of one entity, oldest first, stand, given what deliveries say of each: some are superseded.

    A rejected event is once another follows it. One that was not sent is where the next one sets all anew, and where it would
    delete or bring back what the other side never took.
    """
    found: list[Standing] = []
    exists = known = False
    for place, (action, said) in enumerate(events):
        after = events[place + 1][0] if place + 1 < len(events) else None
        standing = said
        if (
            (said is Standing.REJECTED and after is not None)
            or (said is Standing.PENDING and action is Action.SET and after is Action.SET)
            or (said is Standing.PENDING and action is Action.DELETE and not exists)
            or (said is Standing.PENDING and action is Action.UNDELETE and not known)
        ):
            standing = Standing.SUPERSEDED
        if standing not in _NOT_TAKEN:
            exists, known = action is not Action.DELETE, True
        found.append(standing)
    return found
