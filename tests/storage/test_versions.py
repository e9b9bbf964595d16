"""Nothing lost, nothing doubled: versions, their numbers and their order, on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ecegateway.contract import Fact
from ecegateway.errors import EvidenceError, IntakeError
from ecegateway.evidence import schema
from ecegateway.evidence.record import Current, Series, State
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.model.ids import ServiceNumber, SourceName
from tests.storage.filling import (
    NOON,
    SERIES,
    SERVICE,
    SOURCE,
    InterruptedPullError,
    begin,
    first,
    gone,
    note,
    store,
    store_and_fail,
    version,
)

LATER = NOON + timedelta(hours=1)
EARLY = "Tāne was collected early."


def test_what_was_stored_comes_back_in_the_order_stored(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n2"), first("n1", EARLY)])
    found = evidence.evidence_of(SERVICE)
    assert [one.record for one in found.versions] == [note("n2"), note("n1", EARLY)]
    assert [one.id for one in found.versions] == ["kowhai/10842/note/n2@1", "kowhai/10842/note/n1@1"]
    assert [one.digest for one in found.versions] == [first("n2").digest, first("n1", EARLY).digest]
    for one in found.versions:
        assert (one.source, one.key_space, one.stream, one.state) == (SOURCE, SOURCE, "note", State.PRESENT)
        assert (one.service, one.received_at) == (SERVICE, NOON)


def test_versions_follow_each_other_and_all_stay(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1"), version("n1", 2, EARLY), gone("n1", 3)])
    found = evidence.evidence_of(SERVICE).versions
    assert [(one.version, one.state) for one in found] == [
        (1, State.PRESENT),
        (2, State.PRESENT),
        (3, State.DELETED),
    ]
    assert [one.record for one in found] == [note("n1"), note("n1", EARLY), None]


def test_a_version_cannot_be_stored_twice(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1")])
    with pytest.raises(EvidenceError, match="refused"), evidence.transaction() as writing:
        store(writing, pull, [first("n2"), first("n1", EARLY)])
    assert [one.key for one in evidence.evidence_of(SERVICE).versions] == ["n1"]


def test_current_gives_the_newest_version_of_the_keys_asked_for(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1"), version("n1", 2, EARLY), first("n2"), gone("n3", 1, State.MISSING)])
        series = writing.series(SERIES)
        assert writing.current(series, ["n1", "n3", "n4"]) == {
            "n1": Current(2, State.PRESENT, version("n1", 2, EARLY).digest),
            "n3": Current(1, State.MISSING, b""),
        }
        assert writing.current(series, []) == {}
        assert writing.keys(series) == {"n1", "n2"}


def test_a_key_that_was_deleted_and_came_back_is_present(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1"), gone("n1", 2), first("n2"), gone("n2", 2)])
        store(writing, pull, [version("n1", 3, EARLY)])
        assert writing.keys(writing.series(SERIES)) == {"n1"}


def test_keys_are_compared_to_the_letter(evidence: Evidence) -> None:
    keys = ["a", "A", "ā", "a'; --", 'a"b', "a,{}", "a\\n", "日"]
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first(key) for key in keys])
        assert list(writing.current(writing.series(SERIES), [*keys, "Ā"])) == keys


def test_the_order_of_storing_is_counted_without_gaps(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1"), first("n2")])
        store(writing, pull, [first("n3")])
    with pytest.raises(InterruptedPullError):
        store_and_fail(evidence, pull, "n4")
    with evidence.transaction() as writing:
        store(writing, pull, [first("n4")])
    with evidence._engine.connect() as connection:
        columns = schema.RECORD_VERSION.c
        rows = connection.execute(select(columns.seq, columns.key).order_by(columns.seq)).all()
    assert [tuple(row) for row in rows] == [(1, "n1"), (2, "n2"), (3, "n3"), (4, "n4")]


def test_a_moment_shows_what_was_known_then(evidence: Evidence) -> None:
    pull = begin(evidence, facts=frozenset({Fact.SIGNER}))
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1")])
    again = begin(evidence, LATER, facts=frozenset(Fact))
    with evidence.transaction() as writing:
        store(writing, again, [version("n1", 2, EARLY)], at=LATER)
    before, between, after = (evidence.evidence_of(SERVICE, moment) for moment in (NOON - timedelta(seconds=1), NOON, LATER))
    assert [one.version for one in before.versions] == []
    assert [one.version for one in between.versions] == [1]
    assert [one.version for one in after.versions] == [1, 2]
    assert between.facts == {SOURCE: frozenset({Fact.SIGNER})}
    assert after.facts == {SOURCE: frozenset(Fact)}
    assert evidence.evidence_of(SERVICE) == after
    assert evidence.head() == LATER


def test_a_clock_set_back_slips_nothing_into_the_past(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1")], at=LATER)
    reported = evidence.evidence_of(SERVICE)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n2")], at=NOON)
    assert evidence.evidence_of(SERVICE, reported.known_at) == reported
    assert len(evidence.evidence_of(SERVICE).versions) == 2


def test_services_are_kept_apart(evidence: Evidence) -> None:
    other = Series(SourceName("kotuku-paper"), ServiceNumber("20517"), "note", SourceName("enrolnow-drop"))
    pull = begin(evidence)
    with evidence.transaction() as writing:
        receipt = store(writing, pull, [first("n1")])
        writing.append(writing.series(other), receipt, [first("n1", EARLY)])
    assert evidence.services() == ("10842", "20517")
    (version_of_other,) = evidence.evidence_of(ServiceNumber("20517")).versions
    assert version_of_other.key_space == "enrolnow-drop"
    assert version_of_other.record == note("n1", EARLY)
    assert evidence.evidence_of(ServiceNumber("99999")).versions == ()


def test_a_source_cannot_change_whose_keys_it_uses(evidence: Evidence) -> None:
    with evidence.transaction() as writing:
        assert writing.series(SERIES) == writing.series(SERIES)
    with evidence.transaction() as writing, pytest.raises(EvidenceError, match="new name"):
        writing.series(Series(SOURCE, SERVICE, "note", SourceName("another")))


def test_an_empty_store_says_so(evidence: Evidence) -> None:
    assert evidence.head() is None
    assert evidence.services() == ()
    with pytest.raises(EvidenceError, match="pull from a source first"):
        evidence.evidence_of(SERVICE)


def test_a_store_opened_again_holds_the_same(evidence: Evidence, evidence_url: str) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1")])
    before = evidence.evidence_of(SERVICE)
    evidence.close()
    with open_evidence(evidence_url, create=True) as again:
        assert again.evidence_of(SERVICE) == before
        with again.transaction() as writing:
            store(writing, pull, [version("n1", 2, EARLY)])
        assert [one.version for one in again.evidence_of(SERVICE).versions] == [1, 2]


@pytest.mark.parametrize("poison", ["n\0", "n\ud800", "n" * 70_000])
def test_both_stores_refuse_the_same_keys(evidence: Evidence, poison: str) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1")])
    with pytest.raises(IntakeError), evidence.transaction() as writing:
        store(writing, pull, [gone(poison, 1)])
    with pytest.raises(IntakeError), evidence.transaction() as writing:
        writing.current(writing.series(SERIES), [poison])
    assert [one.key for one in evidence.evidence_of(SERVICE).versions] == ["n1"]


def test_a_page_of_a_thousand_is_found_again_whole(evidence: Evidence) -> None:
    keys = [f"n{number}" for number in range(1000)]
    pull = begin(evidence)
    with evidence.transaction() as writing:
        store(writing, pull, [first(key) for key in keys])
    with evidence.transaction() as writing:
        assert set(writing.current(writing.series(SERIES), keys)) == set(keys)
    assert [one.key for one in evidence.evidence_of(SERVICE).versions] == keys
