"""Knows the rows already in quarantine, so that the same fault sent again is counted again but not listed twice."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from ecegateway.contract import Feed
from ecegateway.evidence.record import Quarantined
from ecegateway.evidence.store import Evidence
from ecegateway.evidence.writing import Writing
from ecegateway.model.ids import SourceName

SUPERSEDED = "superseded"
"""The outcome of a quarantined row whose place was taken by something newer."""


class KnownFaults:
    """The open quarantine of one feed when its pull begins. A fault is the same when its place, reason and bytes are."""

    def __init__(self, evidence: Evidence, source: SourceName, feed: Feed) -> None:
        digests: dict[int, bytes] = {}
        self._open: dict[tuple[Quarantined, bytes], int] = {}
        for entry in evidence.open_quarantine():
            what = entry.what
            if (entry.source, what.service, what.feed) != (source, feed.service, feed.name):
                continue
            if entry.receipt not in digests:
                digests[entry.receipt] = sha256(evidence.kept(entry.receipt).answer.body).digest()
            self._open[what, digests[entry.receipt]] = entry.id
        self._met: set[int] = set()

    def unknown(self, rows: Sequence[Quarantined], body: bytes) -> list[Quarantined]:
        """The rows not yet in quarantine from the same bytes."""
        if not rows:
            return []
        digest = sha256(body).digest()
        self._met.update(self._open[row, digest] for row in rows if (row, digest) in self._open)
        return [row for row in rows if (row, digest) not in self._open]

    def end_unmet(self, writing: Writing, at: datetime) -> None:
        """After a whole snapshot: faults of earlier ones that it no longer has are past."""
        for entry in sorted(set(self._open.values()) - self._met):
            writing.end_quarantine(entry, SUPERSEDED, at)
