"""Weighs a whole snapshot against the store before any of it is applied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from ecegateway.evidence.record import Current, State
from ecegateway.intake.accept import Accepted, Statement
from ecegateway.intake.diff import difference


@dataclass(slots=True)
class StreamWeight:
    """One stream of a snapshot: how many records were present before, and which are seen, changed or unread now."""

    before: frozenset[str]
    seen: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    @property
    def missing(self) -> frozenset[str]:
        """The records that were there and are not in this snapshot."""
        return self.before - self.seen

    def beyond(self, rows: int, percent: float) -> bool:
        """Whether more went missing or changed than may be applied unasked; an emptied stream always is."""
        if not self.before:
            return False
        if not self.seen:
            return True
        touched = len(self.missing) + len(self.changed)
        return touched > rows and touched * 100 > percent * len(self.before)


class Scales:
    """Takes a snapshot page by page; holds keys only, so that a snapshot of any size fits."""

    def __init__(self, before: Mapping[str, frozenset[str]]) -> None:
        self.streams = {stream: StreamWeight(keys) for stream, keys in before.items()}
        self._digest = sha256()
        self._unread: set[str] = set()
        self._nameless = 0

    def put(self, stream: str, statements: list[Statement], current: Mapping[str, Current]) -> None:
        """Add the good rows of one stream of a page; ``current`` has the newest stored versions of their keys."""
        weight = self.streams[stream]
        for version in difference(statements, current).versions:
            known = current.get(version.key)
            if known is not None and known.state is State.PRESENT and known.digest:  # one that was erased is new or refused
                weight.changed.add(version.key)
        for key, state, _, digest in statements:
            if state is State.PRESENT:
                weight.seen.add(key)
            self._digest.update(f"{stream}\0{key}\0{state}\0".encode() + digest)

    def put_unreadable(self, accepted: Accepted) -> None:
        """Rows that could not be taken are no proof that their records are missing."""
        self._nameless += accepted.nameless
        for stream, keys in accepted.unreadable.items():
            self.streams[stream].seen |= keys & self.streams[stream].before
            self._unread |= {f"{stream}\0{key}" for key in keys}

    def missing(self, stream: str) -> frozenset[str]:
        """The records to mark as missing: none while some row may be any of them."""
        return frozenset() if self._nameless else self.streams[stream].missing

    @property
    def digest(self) -> bytes:
        """Names what a person looks at: the snapshot's content and unread keys, beside what the store held before."""
        seen = self._digest.copy()
        for part in (sorted(self._unread), *(sorted(weight.before) for _, weight in sorted(self.streams.items()))):
            seen.update("\0".join(part).encode() + b"\1")
        return seen.digest()

    def beyond(self, rows: int, percent: float) -> bool:
        """Whether any stream is beyond the limits."""
        return any(weight.beyond(rows, percent) for weight in self.streams.values())

    def summary(self) -> dict[str, int]:
        """The totals, for the hold and for people."""
        weights = self.streams.values()
        return {
            "before": sum(len(weight.before) for weight in weights),
            "missing": sum(len(weight.missing) for weight in weights),
            "changed": sum(len(weight.changed) for weight in weights),
            "received": sum(len(weight.seen) for weight in weights),
        }
