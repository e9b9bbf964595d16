"""Bytes are kept once, receipts always, and a feed can be replayed from them; on both engines."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from ecegateway.contract import Answer, Feed, HttpGet, ReadFile
from ecegateway.errors import EvidenceError, IntakeError
from ecegateway.evidence import schema
from ecegateway.evidence.record import KeptAnswer
from ecegateway.evidence.store import Evidence
from tests.storage.filling import (
    FEED,
    NOON,
    SERIES,
    SERVICE,
    SOURCE,
    InterruptedPullError,
    answer,
    begin,
    first,
    store,
    store_and_fail,
)

PAGES = (
    Answer(HttpGet("/notes", (("limit", "2"), ("limit", "3"))), b'{"items": []}', "/notes", "application/json"),
    Answer(HttpGet("/notes"), bytes(range(256)) * 300, "/notes", "application/octet-stream"),
    Answer(ReadFile("*.csv", 120, header=False, optional=True), b"", "a.csv", "text/csv", first_row=7, next_offset=340),
)


def replayed(evidence: Evidence, after: int = 0) -> Iterator[KeptAnswer]:
    return map(evidence.kept, evidence.receipts_after(SOURCE, SERVICE, FEED.name, after))


def test_a_feed_is_replayed_from_kept_bytes_in_order(evidence: Evidence) -> None:
    pull = begin(evidence)
    other_feed = Feed("children", SERVICE, frozenset({"child"}))
    with evidence.transaction() as writing:
        ids = [writing.keep(pull, FEED, page, NOON + timedelta(seconds=n)) for n, page in enumerate(PAGES)]
        writing.keep(pull, other_feed, answer(), NOON)
    kept = list(replayed(evidence))
    assert [one.receipt for one in kept] == ids
    assert tuple(one.answer for one in kept) == PAGES
    assert [one.received_at for one in kept] == [NOON + timedelta(seconds=n) for n in range(3)]
    assert list(replayed(evidence, after=ids[0])) == kept[1:]


def test_going_through_receipts_keeps_no_writer_waiting(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        for page in PAGES:
            writing.keep(pull, FEED, page, NOON)
    seen = 0
    for kept in replayed(evidence):
        with evidence.transaction() as writing:
            writing.append(writing.series(SERIES), kept.receipt, [first(f"n{kept.receipt}")])
        seen += 1
    assert seen == len(evidence.evidence_of(SERVICE).versions) == 3


def test_equal_bytes_are_kept_once_and_receipted_each_time(evidence: Evidence) -> None:
    pull = begin(evidence)
    for _ in range(3):
        with evidence.transaction() as writing:
            store(writing, pull, [], body=b"[1, 2]")
    assert _count(evidence, "body") == 1
    assert [kept.answer.body for kept in replayed(evidence)] == [b"[1, 2]"] * 3


def test_a_transaction_that_fails_leaves_nothing(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        receipt = store(writing, pull, [first("n1")], body=b"first")
        writing.move_cursor(SOURCE, SERVICE, FEED.name, "page-2", receipt)
    with pytest.raises(InterruptedPullError):
        store_and_fail(evidence, pull, "n2")
    assert evidence.cursor(SOURCE, SERVICE, FEED.name) == "page-2"
    assert [one.key for one in evidence.evidence_of(SERVICE).versions] == ["n1"]
    assert (_count(evidence, "body"), _count(evidence, "receipt"), _count(evidence, "feed_cursor")) == (1, 1, 1)


def test_a_series_made_in_a_failed_transaction_is_made_again(evidence: Evidence) -> None:
    pull = begin(evidence)
    with pytest.raises(InterruptedPullError):
        store_and_fail(evidence, pull, "n1")
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1")])
    assert len(evidence.evidence_of(SERVICE).versions) == 1


def test_the_newest_cursor_of_each_feed_counts(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        receipt = store(writing, pull, [])
        writing.move_cursor(SOURCE, SERVICE, "notes", "page-2", receipt)
        writing.move_cursor(SOURCE, SERVICE, "children", "elsewhere", receipt)
        writing.move_cursor(SOURCE, SERVICE, "notes", "page-3", receipt)
    assert evidence.cursor(SOURCE, SERVICE, "notes") == "page-3"
    assert evidence.cursor(SOURCE, SERVICE, "closures") is None


def test_a_pull_ends_once(evidence: Evidence) -> None:
    pull = begin(evidence)
    evidence.end_pull(pull, "finished", "", {"read": 3}, NOON)
    with pytest.raises(EvidenceError):
        evidence.end_pull(pull, "failed", "", {}, NOON)


@pytest.mark.parametrize("poison", ["\0", "\ud800", "x" * 70_000])
def test_both_stores_refuse_the_same_texts(evidence: Evidence, poison: str) -> None:
    pull = begin(evidence)
    with pytest.raises(IntakeError), evidence.transaction() as writing:
        writing.keep(pull, FEED, answer(origin=poison), NOON)
    with pytest.raises(IntakeError), evidence.transaction() as writing:
        writing.move_cursor(SOURCE, SERVICE, FEED.name, poison, 1)
    assert _count(evidence, "receipt") == 0


def test_an_instant_without_a_zone_is_refused(evidence: Evidence) -> None:
    with pytest.raises(EvidenceError):
        begin(evidence, NOON.replace(tzinfo=None))


def test_changed_bytes_are_noticed(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        receipt = store(writing, pull, [], body=b"as received")
        digest = writing._body(b"as received")
    with evidence._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER body_no_update"))
        else:
            connection.execute(text("ALTER TABLE body DISABLE TRIGGER USER"))
        connection.execute(schema.BODY.update().where(schema.BODY.c.digest == digest).values(content=b"other"))
    with pytest.raises(EvidenceError, match=f"receipt {receipt} are not the ones received"):
        evidence.kept(receipt)


def test_an_unknown_receipt_is_named(evidence: Evidence) -> None:
    with pytest.raises(EvidenceError, match="no receipt 17"):
        evidence.kept(17)


def _count(evidence: Evidence, table: str) -> int:
    with evidence._engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(schema.METADATA.tables[table])) or 0
