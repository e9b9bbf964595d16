"""The values that go into the evidence store and come out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from ecegateway.contract import Answer, Fact
from ecegateway.model.ids import ChildKey, EvidenceId, RuleId, ServiceNumber, SourceName
from ecegateway.model.record import Record


class State(StrEnum):
    """What a version says of its record."""

    PRESENT = "present"
    DELETED = "deleted"
    """The vendor said it is gone."""
    MISSING = "missing"
    """It was in an earlier snapshot and is not in this one; nobody said why."""


STATES = MappingProxyType({state.value: state for state in State})
"""States by their stored word; several times as fast as calling :class:`State`."""


@dataclass(frozen=True, slots=True)
class Series:
    """Where records of one kind from one source live: versions are counted per key within a series.

    ``key_space`` is the source whose child and person keys the records use (a paper folder beside a vendor's system uses
    the vendor's keys); by default the source itself.
    """

    source: SourceName
    service: ServiceNumber
    stream: str
    key_space: SourceName


@dataclass(frozen=True, slots=True)
class Current:
    """The newest version of a record: its number, state, and the digest of its content (empty when not present)."""

    version: int
    state: State
    digest: bytes


class NewVersion(NamedTuple):
    """A version to append. ``content`` is canonical JSON (see ``canonical.py``), empty when the state is not present."""

    key: str
    version: int
    state: State
    content: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version of one record, read back. ``record`` is ``None`` when the state is not present."""

    id: EvidenceId
    source: SourceName
    key_space: SourceName
    service: ServiceNumber
    stream: str
    key: str
    version: int
    state: State
    record: Record | None
    digest: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A bad row, kept by its place: which receipt, which row, which of the vendor's columns, and why."""

    service: ServiceNumber
    feed: str
    stream: str | None
    origin: str
    row: int
    column: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was received, rebuilt from kept bytes, with the receipt that names it."""

    receipt: int
    answer: Answer
    received_at: datetime


@dataclass(frozen=True, slots=True)
class QuarantineEntry:
    """A quarantined row in the store, and the receipt whose bytes hold it."""

    id: int
    receipt: int
    source: SourceName
    received_at: datetime
    what: Quarantined


@dataclass(frozen=True, slots=True)
class Hold:
    """A snapshot that waits for a person, because it shrinks or changes more than the settings allow.

    ``digest`` names the snapshot's content, so that a release covers what was looked at and nothing else.
    """

    id: int
    pull: int
    source: SourceName
    service: ServiceNumber
    feed: str
    digest: bytes
    summary: Mapping[str, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's word that a rule's findings need no further action: for one child or the whole service, on some days.

    ``last_day`` and ``until`` (the last day the waiver itself counts, if any) are inside.
    """

    rule: RuleId
    service: ServiceNumber
    child: ChildKey | None
    first_day: date
    last_day: date
    by: str
    why: str
    until: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to put a rule's findings right, in words: for one child or the whole service, on some days; both days inside."""

    rule: RuleId
    service: ServiceNumber
    child: ChildKey | None
    first_day: date
    last_day: date
    person: str
    by: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ending:
    """A person's word that a waiver or an assignment counts no longer."""

    by: str
    why: str
    at: datetime


_Word = TypeVar("_Word", Waiver, Assignment)


@dataclass(frozen=True, slots=True)
class Given(Generic[_Word]):
    """A waiver or an assignment in the store, by its number; ``end`` if it was withdrawn."""

    id: int
    word: _Word
    end: Ending | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check found: a rule, its weight, the child (or the service), and the days, ascending."""

    rule: RuleId
    child: ChildKey | None
    severity: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A recorded check; ``period`` is the period's first month, as ``2026-02``. What it saw ascends."""

    id: int
    service: ServiceNumber
    period: str
    input_digest: str
    known_at: datetime
    at: datetime
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version of one record as it lies in the store: its canonical JSON, and the receipt whose bytes said so."""

    id: EvidenceId
    number: int
    state: State
    content: str
    digest: bytes
    receipt: int
    feed: str
    received_at: datetime

    @property
    def is_erased(self) -> bool:
        """Whether what it said was erased after its time."""
        return self.state is State.PRESENT and not self.content


@dataclass(frozen=True, slots=True)
class SetApart:
    """A row in quarantine of which nothing has become yet: its number there, its source, and its stream if that is known."""

    id: int
    source: SourceName
    stream: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ServiceEvidence:
    """Everything the store holds of one service as known at a moment.

    ``versions`` ascend by the order they were stored. ``facts`` says, per source, what the source declared it can show.
    ``set_apart`` are the rows that stood in quarantine then, oldest first.
    """

    service: ServiceNumber
    known_at: datetime
    versions: tuple[Version, ...]
    facts: Mapping[SourceName, frozenset[Fact]]
    set_apart: tuple[SetApart, ...] = ()
