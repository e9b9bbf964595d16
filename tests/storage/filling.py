"""Short ways for the store's tests to put things in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from ecegateway.contract import Answer, Fact, Feed, HttpGet
from ecegateway.evidence.canonical import canonical
from ecegateway.evidence.record import NewVersion, Series, State
from ecegateway.evidence.store import Evidence
from ecegateway.evidence.writing import Writing
from ecegateway.model.ids import ChildKey, RecordKey, ServiceNumber, SourceName
from ecegateway.model.people import Note
from ecegateway.model.record import Record

SERVICE = ServiceNumber("10842")
SOURCE = SourceName("kowhai")
FEED = Feed("notes", SERVICE, frozenset({"note"}))
SERIES = Series(SOURCE, SERVICE, "note", SOURCE)
NOON = datetime(2026, 6, 2, 0, 0, tzinfo=UTC)


def note(key: str, text: str = "Mererangi brought her own lunch.") -> Note:
    return Note(service=SERVICE, key=RecordKey(key), day=date(2026, 2, 3), child=ChildKey("c-1"), text=text)


def first(key: str, text: str = "Mererangi brought her own lunch.") -> NewVersion:
    return version(key, 1, text)


def version(key: str, number: int, text: str) -> NewVersion:
    content, digest = canonical(note(key, text))
    return NewVersion(key, number, State.PRESENT, content, digest)


def gone(key: str, number: int, state: State = State.DELETED) -> NewVersion:
    return NewVersion(key, number, state, "", b"")


def answer(body: bytes = b"[]", origin: str = "/notes") -> Answer:
    return Answer(HttpGet(origin, (("updated_since", "2026-02-01"),)), body, origin, "application/json")


def begin(evidence: Evidence, at: datetime = NOON, facts: frozenset[Fact] = frozenset({Fact.DELETIONS})) -> int:
    return evidence.begin_pull(SOURCE, "reference", "1.0", facts, at)


def store(writing: Writing, pull: int, versions: Sequence[NewVersion], *, at: datetime = NOON, body: bytes = b"[]") -> int:
    receipt = writing.keep(pull, FEED, answer(body), at)
    writing.append(writing.series(SERIES), receipt, versions)
    return receipt


def put(evidence: Evidence, *records: Record, number: int = 1, at: datetime = NOON, facts: frozenset[Fact]) -> None:
    """Records of any service, each as its version of that number."""
    pull = begin(evidence, at, facts)
    with evidence.transaction() as writing:
        receipt = writing.keep(pull, FEED, answer(f"{at}".encode()), at)
        for record in records:
            series = writing.series(Series(SOURCE, record.service, record.stream, SOURCE))
            writing.append(series, receipt, [NewVersion(record.key, number, State.PRESENT, *canonical(record))])


class InterruptedPullError(Exception):
    """What the tests raise in the middle of a transaction."""


def store_and_fail(evidence: Evidence, pull: int, key: str) -> None:
    """A page with its cursor, and a failure before it is committed."""
    with evidence.transaction() as writing:
        receipt = store(writing, pull, [first(key)], body=key.encode())
        writing.move_cursor(SOURCE, SERVICE, FEED.name, key, receipt)
        writing.series(SERIES)
        raise InterruptedPullError
