"""What is set apart and what people decide of it: quarantine, holds; on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ecegateway.errors import EvidenceError, IntakeError
from ecegateway.evidence.record import Hold, Quarantined, QuarantineEntry
from ecegateway.evidence.store import Evidence
from ecegateway.model.ids import ServiceNumber
from tests.storage.filling import FEED, NOON, SERVICE, SOURCE, answer, begin, first, store

BAD = Quarantined(SERVICE, "notes", "note", "/notes", 3, "written_on", "not a day")
WORSE = Quarantined(SERVICE, "notes", None, "/notes", 4, None, "not a row")
SUMMARY = {"missing": 30, "of": 45}


def test_a_bad_row_waits_with_its_place_and_its_bytes(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        receipt = store(writing, pull, [], body=b"[the row]")
        writing.quarantine(receipt, [BAD, WORSE])
        writing.quarantine(receipt, [])
    entries = evidence.open_quarantine()
    assert [entry.what for entry in entries] == [BAD, WORSE]
    assert {(entry.receipt, entry.source, entry.received_at) for entry in entries} == {(receipt, SOURCE, NOON)}
    assert evidence.quarantined(entries[1].id) == (entries[1], evidence.kept(receipt))
    assert evidence.quarantined(entries[1].id)[1].answer == answer(b"[the row]")


def test_a_row_that_was_taken_after_all_waits_no_longer(evidence: Evidence) -> None:
    bad, worse = _two_in_quarantine(evidence)
    with evidence.transaction() as writing:
        writing.end_quarantine(bad.id, "stored", NOON)
    assert evidence.open_quarantine() == [worse]
    assert evidence.quarantined(bad.id)[0] == bad
    with pytest.raises(EvidenceError), evidence.transaction() as writing:
        writing.end_quarantine(bad.id, "unchanged", NOON)


def test_a_services_evidence_tells_the_rows_set_apart_as_they_stood_at_a_moment(evidence: Evidence) -> None:
    """What becomes of a row counts from the receipt on with which it was written, though written a moment later."""
    pull, later = begin(evidence), NOON + timedelta(days=7)
    with evidence.transaction() as writing:
        receipt = store(writing, pull, [first("o-1")])
        writing.quarantine(receipt, [BAD, WORSE])
        writing.quarantine(receipt, [replace(BAD, service=ServiceNumber("20517"))])
    bad = evidence.open_quarantine()[0]
    with evidence.transaction() as writing:
        writing.quarantine(store(writing, pull, [], at=later, body=b"[later]"), [replace(WORSE, row=9)])
        writing.end_quarantine(bad.id, "superseded", later + timedelta(seconds=1))
    then, now = (evidence.evidence_of(SERVICE, known_at).set_apart for known_at in (NOON, None))
    assert [(row.source, row.stream, row.received_at) for row in then] == [(SOURCE, "note", NOON), (SOURCE, None, NOON)]
    assert [(row.stream, row.received_at) for row in now] == [(None, NOON), (None, later)]
    assert evidence.evidence_of(SERVICE, NOON - timedelta(seconds=1)).set_apart == ()


def test_an_unknown_row_in_quarantine_is_named(evidence: Evidence) -> None:
    with pytest.raises(EvidenceError, match="number 17"):
        evidence.quarantined(17)


def test_a_poisonous_reason_is_refused_by_both_stores(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        receipt = store(writing, pull, [])
    with pytest.raises(IntakeError), evidence.transaction() as writing:
        writing.quarantine(receipt, [BAD, Quarantined(SERVICE, "notes", None, "/notes", 1, None, "bad \0")])
    assert evidence.open_quarantine() == []


def test_a_held_snapshot_waits_for_a_person(evidence: Evidence) -> None:
    hold = _hold(evidence, b"thirty missing")
    (waiting,) = evidence.open_holds()
    assert waiting == Hold(hold, waiting.pull, SOURCE, SERVICE, FEED.name, b"thirty missing", SUMMARY, NOON)
    assert not evidence.is_released(SOURCE, SERVICE, FEED.name, b"thirty missing")
    evidence.decide(hold, "Ngāio", "the room closed", NOON)
    assert evidence.is_released(SOURCE, SERVICE, FEED.name, b"thirty missing")
    assert evidence.open_holds() == []


def test_a_release_covers_what_was_looked_at_and_nothing_else(evidence: Evidence) -> None:
    evidence.decide(_hold(evidence, b"thirty missing"), "Ngāio", "the room closed", NOON)
    assert not evidence.is_released(SOURCE, SERVICE, FEED.name, b"forty missing")
    assert not evidence.is_released(SOURCE, SERVICE, "children", b"thirty missing")
    assert not evidence.is_released(SOURCE, ServiceNumber("20517"), FEED.name, b"thirty missing")


def test_only_the_newest_hold_of_a_feed_waits(evidence: Evidence) -> None:
    _hold(evidence, b"thirty missing")
    newest = _hold(evidence, b"thirty-one missing")
    assert [hold.id for hold in evidence.open_holds()] == [newest]


def test_a_decision_stands_and_needs_a_hold(evidence: Evidence) -> None:
    hold = _hold(evidence, b"thirty missing")
    evidence.decide(hold, "Ngāio", "the room closed", NOON)
    with pytest.raises(EvidenceError, match="decided already"):
        evidence.decide(hold, "Rāwiri", "changed my mind", NOON)
    with pytest.raises(EvidenceError, match="no hold has the number 17"):
        evidence.decide(17, "Ngāio", "why not", NOON)


def _two_in_quarantine(evidence: Evidence) -> list[QuarantineEntry]:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        writing.quarantine(store(writing, pull, []), [BAD, WORSE])
    return evidence.open_quarantine()


def _hold(evidence: Evidence, digest: bytes) -> int:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        return writing.hold(pull, SOURCE, SERVICE, FEED.name, digest, SUMMARY, NOON)
