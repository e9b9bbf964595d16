"""What has to be told: what there is now against what the other side was told and took, or is being told.

An event changes nothing that was sent: the next one about the same entity says what holds now. Deletions come before what is
new, and each thing before what refers to it. Equal facts and an equal past give equal events, in any order of arrival.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import orjson

from ecegateway.eli.past import NEVER, Past
from ecegateway.eli.roll import Roll
from ecegateway.model.eli import Action, Content, Entity, Family, only_id
from ecegateway.model.ids import ChildKey

_FAMILIES = tuple(Family)


@dataclass(frozen=True, slots=True)
class Telling:
    """One event to put into the outbox. ``ordinal`` counts the events of its entity, from 1."""

    family: Family
    action: Action
    entity: str
    child: ChildKey | None
    content: str
    digest: bytes
    ordinal: int


@dataclass(frozen=True, slots=True)
class Lost:
    """Something the other side holds that is in no record here any longer, and nobody said that it was deleted."""

    family: Family
    entity: str
    child: ChildKey | None


@dataclass(frozen=True, slots=True)
class Delta:
    """The events that are due, in the order in which they have to be sent, and what needs a person's word first."""

    events: tuple[Telling, ...]
    lost: tuple[Lost, ...]


def canonical_text(content: Content) -> str:
    """An event's content as RFC 8785 JSON: keys sorted, no blanks. It holds texts and yes or no only."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()


def delta(now: Roll, past: Mapping[tuple[Family, str], Past], *, delete_lost: bool = False, again: bool = False) -> Delta:
    """What is due. With ``delete_lost``, what is lost is deleted; with ``again``, what was rejected is told once more."""
    events: list[Telling] = []
    lost: list[Lost] = []
    for place, was in past.items():
        if place in now.entities or not was.exists:
            continue
        family, entity = place
        is_gone = now.is_gone(family, entity, was.child)
        if not is_gone and now.is_held(family, entity, was.child):
            continue
        if is_gone or now.is_agreed_no_longer(family, was.child) or delete_lost:
            events += _due(place, was, Action.DELETE, canonical_text(only_id(family, Action.DELETE, entity)), again=again)
        else:
            lost.append(Lost(family, entity, was.child))
    for place, found in now.entities.items():
        family, entity = place
        was = replace(past.get(place, NEVER), child=found.child)
        if was.content is not None and not was.exists:
            undelete = canonical_text(only_id(family, Action.UNDELETE, entity))
            back = list(_due(place, was, Action.UNDELETE, undelete, again=again))
            events += back
            if not back:
                continue
            was = replace(was, count=was.count + 1, refused=None)
        text = canonical_text(found.content)
        if _digest(text) != was.content:
            events += _due(place, was, Action.SET, text, again=again)
    return Delta(tuple(sorted(events, key=_order)), tuple(sorted(lost, key=lambda one: (one.family, one.entity))))


def _due(place: tuple[Family, str], was: Past, action: Action, text: str, *, again: bool) -> Iterator[Telling]:
    """The event, unless the other side rejected the very same last time: it would again."""
    digest = _digest(text)
    if again or was.refused != digest:
        yield Telling(place[0], action, place[1], was.child, text, digest, was.count + 1)


def digest_of(entity: Entity) -> bytes:
    """The SHA-256 of what is said of an entity now, as an event would hold it."""
    return _digest(canonical_text(entity.content))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _order(telling: Telling) -> tuple[bool, int, str, int]:
    place = _FAMILIES.index(telling.family)
    deletes = telling.action is Action.DELETE
    return not deletes, -place if deletes else place, telling.entity, telling.ordinal
