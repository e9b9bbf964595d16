"""What was erased after its time and comes again is counted and not stored; what came back is stored."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ecegateway.evidence.canonical import canonical
from ecegateway.evidence.erasing import erase_versions
from ecegateway.evidence.record import Series, State
from ecegateway.evidence.store import Evidence
from ecegateway.flows.erased_before import without_erased
from ecegateway.flows.retention import erase_due
from ecegateway.flows.seal import seal
from ecegateway.flows.verify import verify_store
from ecegateway.handbook.lookup import handbook
from ecegateway.intake.accept import Statement
from ecegateway.model.people import Person
from ecegateway.model.record import Record
from ecegateway.signing.keyring import Keyring
from tests.flows.pulling import NOW, config_of, pull_tiny, stored, sums
from tests.storage.filling import SOURCE, put
from tests.support.faults import FaultServer
from tests.support.records import EVERY_FACT, SERVICE, agreement, child, profile, stay
from tests.support.tiny import TinyVendor, note

LAST = date(2018, 6, 29)
ROWS = [note(n) | {"day": "2018-03-01"} for n in range(12)]


def erase_all(evidence: Evidence) -> None:
    with evidence.adding() as appending:
        erase_versions(appending, evidence.evidence_of(SERVICE).versions, "Rāwiri", "kept for seven years", NOW)


def test_the_books_close_and_nothing_is_stored_again(evidence: Evidence, tmp_path: Path) -> None:
    vendor, keyring = TinyVendor(ROWS), Keyring(tmp_path / "keys")
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, settings={"snapshot": True})
        pull_tiny(evidence, config)
        erase_all(evidence)
        again = pull_tiny(evidence, config)
        assert (sums(again), again.counts.erased, again.counts.missing) == ((12, 0, 12, 0), 12, 0)
        assert again.held == ()
        assert stored(evidence) == []
        vendor.rows = ROWS[6:]
        assert pull_tiny(evidence, config).counts.missing == 0, "what was erased cannot go missing"
        vendor.rows = [row | {"day": "2026-03-02"} for row in ROWS[:2]] + ROWS[2:]
        back = pull_tiny(evidence, config)
        assert (sums(back), back.counts.erased) == ((12, 2, 10, 0), 10)
        assert [(key, number) for key, number, *_ in stored(evidence)] == [("n0", 2), ("n1", 2)]
    seal(evidence, keyring, NOW)
    assert verify_store(evidence, None, ()).holds


def test_a_feed_of_changes_closes_its_books_too(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS[:4]).answer) as server:
        pull_tiny(evidence, config_of(server.url))
        erase_all(evidence)
        again = pull_tiny(evidence, config_of(server.url))
    assert (sums(again), again.counts.erased, stored(evidence)) == ((4, 0, 4, 0), 4, [])


def family(last: date | None, *, since: date = date(2017, 2, 6), key: str | None = None) -> list[Record]:
    return [*child(), agreement(since=since, signed_on=since, last_day=last, key=key), stay(last or date(2026, 2, 27))]


def guardian() -> Record:
    return Person(service=SERVICE, key="g1", role="guardian", family_name="Tūmanako")


@pytest.fixture
def store(evidence: Evidence) -> Evidence:
    """A child who left in 2018 and whose records, and guardian, were erased."""
    put(evidence, profile(), guardian(), *family(LAST), at=datetime(2018, 7, 2, tzinfo=UTC), facts=EVERY_FACT)
    done = erase_due(evidence, handbook(), date(2026, 3, 2), by="Rāwiri", why="kept for seven years", at=NOW)
    assert (done.children, done.people) == (1, 1)
    return evidence


def taken(store: Evidence, *records: Record) -> list[bool]:
    """Of each record, whether it would be stored, said again."""
    with store.transaction() as writing:
        return [
            bool(without_erased(writing, Series(SOURCE, SERVICE, record.stream, SOURCE), said(record), NOW))
            for record in records
        ]


def said(record: Record) -> Sequence[Statement]:
    return [Statement(record.key, State.PRESENT, *canonical(record))]


def test_a_child_who_left_is_not_stored_again_by_any_of_the_records(store: Evidence) -> None:
    assert taken(store, guardian(), *family(LAST)) == [False] * 5
    gone = [Statement("c1", State.DELETED, "", b"")]
    with store.transaction() as writing:
        assert without_erased(writing, Series(SOURCE, SERVICE, "child", SOURCE), gone, NOW) == []


def test_a_key_that_was_never_erased_is_stored(store: Evidence) -> None:
    assert taken(store, *child("c2"), stay(LAST, child_key="c2"), profile()) == [True] * 4


def test_who_came_back_is_stored_with_name_and_number_and_guardian_but_not_the_old_days(store: Evidence) -> None:
    """Once something is there that is to be kept; the old stay is not."""
    put(store, agreement(since=date(2026, 2, 2), signed_on=date(2026, 1, 20), key="e-new"), at=NOW, facts=EVERY_FACT)
    assert taken(store, *child(), guardian(), stay(LAST)) == [True, True, True, False]


def test_an_agreement_that_has_no_end_any_more_is_stored(store: Evidence) -> None:
    reopened = agreement(since=date(2017, 2, 6), signed_on=date(2017, 2, 6))
    assert taken(store, reopened) == [True]
