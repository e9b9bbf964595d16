"""Tells what is new from what the store has already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecegateway.evidence.record import Current, NewVersion, State
from ecegateway.intake.accept import Statement


@dataclass(frozen=True, slots=True)
class Difference:
    """Versions to append, in order, and how many statements said nothing new."""

    versions: tuple[NewVersion, ...]
    unchanged: int


def difference(statements: Sequence[Statement], current: Mapping[str, Current]) -> Difference:
    """What the statements of a page change.

    Args:
        statements: Of one stream, in the order of the page; a key may stand more than once, the later word is newer.
        current: The newest stored version of each of their keys that has one.
    """
    on_page: dict[str, NewVersion] = {}
    versions: list[NewVersion] = []
    for key, state, content, digest in statements:
        known = on_page.get(key) or current.get(key)
        if _says_nothing_new(state, digest, known):
            continue
        version = NewVersion(key, 1 if known is None else known.version + 1, state, content, digest)
        versions.append(version)
        on_page[key] = version
    return Difference(tuple(versions), len(statements) - len(versions))


def _says_nothing_new(state: State, digest: bytes, known: Current | NewVersion | None) -> bool:
    if known is None:
        return state is not State.PRESENT  # gone, and never seen: created and deleted between two pulls
    return known.state is state and known.digest == digest


def gone_missing(present: Mapping[str, Current]) -> tuple[NewVersion, ...]:
    """Versions that say of each record that it is no longer in the snapshot; ordered by key."""
    return tuple(
        NewVersion(key, present[key].version + 1, State.MISSING, "", b"")
        for key in sorted(present)
        if present[key].state is State.PRESENT
    )
