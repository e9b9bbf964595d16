"""Snapshots are received whole, weighed, and applied or held."""

import pytest

from ecegateway.evidence.record import State
from ecegateway.evidence.store import Evidence
from ecegateway.flows.report import Progress
from tests.flows.pulling import NOW, config_of, pull_tiny, stored, sums
from tests.support import faults
from tests.support.faults import FaultServer
from tests.support.tiny import TinyVendor, note

ROWS = [note(n) for n in range(40)]
SNAPSHOT = {"snapshot": True}


def states(evidence: Evidence) -> dict[str, State]:
    return {key: state for key, _, state, _ in stored(evidence)}


def test_a_snapshot_is_applied_and_the_same_one_again_changes_nothing(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS).answer) as server:
        assert sums(pull_tiny(evidence, config_of(server.url, settings=SNAPSHOT))) == (40, 40, 0, 0)
        assert sums(pull_tiny(evidence, config_of(server.url, settings=SNAPSHOT))) == (40, 0, 40, 0)
    assert len(stored(evidence)) == 40


def test_a_few_vanished_rows_are_marked_missing_and_come_back(evidence: Evidence) -> None:
    vendor = TinyVendor(ROWS)
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, settings=SNAPSHOT)
        pull_tiny(evidence, config)
        vendor.rows = ROWS[3:]
        report = pull_tiny(evidence, config)
        assert report.counts.missing == 3
        assert report.held == ()
        assert [key for key, state in states(evidence).items() if state is State.MISSING] == ["n0", "n1", "n2"]
        assert pull_tiny(evidence, config).counts.missing == 0
        vendor.rows = ROWS
        assert sums(pull_tiny(evidence, config)) == (40, 3, 37, 0)
    assert set(states(evidence).values()) == {State.PRESENT}


@pytest.mark.parametrize(
    ("rows", "summary"),
    [
        (ROWS[11:], {"before": 40, "missing": 11, "changed": 0, "received": 29}),
        ([note(n, "changed") for n in range(11)] + ROWS[11:], {"before": 40, "missing": 0, "changed": 11, "received": 40}),
        ([], {"before": 40, "missing": 40, "changed": 0, "received": 0}),
    ],
    ids=["shrunk", "changed", "empty"],
)
def test_a_snapshot_beyond_the_limit_is_held_until_a_person_says_so(
    evidence: Evidence, rows: list[dict[str, object]], summary: dict[str, int]
) -> None:
    vendor = TinyVendor(ROWS)
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, settings=SNAPSHOT)
        pull_tiny(evidence, config)
        before = stored(evidence)
        vendor.rows = rows
        (feed,) = pull_tiny(evidence, config).held
        assert feed.held is not None
        assert feed.held.summary == summary
        assert feed.counts.read == 0
        assert stored(evidence) == before
        (again,) = pull_tiny(evidence, config).held
        assert again.held == feed.held
        evidence.decide(feed.held.hold, "Mererangi", "the roll was split", NOW)
        assert pull_tiny(evidence, config).held == ()
    assert len(stored(evidence)) == 40 + summary["missing"] + summary["changed"]


def test_a_release_covers_the_snapshot_that_was_looked_at_and_no_other(evidence: Evidence) -> None:
    vendor = TinyVendor(ROWS)
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, settings=SNAPSHOT)
        pull_tiny(evidence, config)
        vendor.rows = ROWS[20:]
        (feed,) = pull_tiny(evidence, config).held
        assert feed.held is not None
        evidence.decide(feed.held.hold, "Mererangi", "the roll was split", NOW)
        vendor.rows = ROWS[30:]
        assert len(pull_tiny(evidence, config).held) == 1


def test_a_row_that_cannot_be_read_is_not_missing(evidence: Evidence) -> None:
    vendor = TinyVendor(ROWS)
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, settings=SNAPSHOT)
        pull_tiny(evidence, config)
        vendor.rows = [note(0) | {"text": ""}, *ROWS[1:]]
        report = pull_tiny(evidence, config)
    assert (report.counts.quarantined, report.counts.missing) == (1, 0)
    assert states(evidence)["n0"] is State.PRESENT


def test_a_fault_that_a_later_snapshot_no_longer_has_leaves_the_quarantine(evidence: Evidence) -> None:
    vendor = TinyVendor([{"garbled": 1}, *ROWS])
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, settings=SNAPSHOT)
        pull_tiny(evidence, config)
        assert len(evidence.open_quarantine()) == 1
        vendor.rows = ROWS
        pull_tiny(evidence, config)
    assert evidence.open_quarantine() == []


class Stop(BaseException):
    """The interruption of a person."""


@pytest.mark.parametrize("page", [1, 5, 8])
def test_an_interrupted_snapshot_applies_nothing_and_the_next_one_all(evidence: Evidence, page: int) -> None:
    def stop(progress: Progress) -> None:
        if progress.pages == page:
            raise Stop

    with FaultServer(TinyVendor(ROWS).answer) as server:
        config = config_of(server.url, settings=SNAPSHOT)
        with pytest.raises(Stop):
            pull_tiny(evidence, config, watch=stop)
        assert stored(evidence) == []
        assert sums(pull_tiny(evidence, config)) == (40, 40, 0, 0)


def test_a_snapshot_cut_short_is_not_taken_for_a_smaller_one(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS).answer) as server:
        config = config_of(server.url, settings=SNAPSHOT)
        pull_tiny(evidence, config)
        server.always(faults.says(503))
        server.faults = {n: fault for n, fault in server.faults.items() if n > 9}
        assert pull_tiny(evidence, config).failure is not None
    assert len(stored(evidence)) == 40


def test_a_key_that_stands_twice_in_a_snapshot_counts_once_also_across_pages(evidence: Evidence) -> None:
    """The first row counts; the second is set apart, and pulling again stores nothing."""
    vendor = TinyVendor([*ROWS, note(0, "another word of the same note")])
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, settings=SNAPSHOT)
        first, again = pull_tiny(evidence, config), pull_tiny(evidence, config)
    assert first.counts.pages > 1
    assert (sums(first), sums(again)) == ((41, 40, 0, 1), (41, 0, 40, 1))
    (entry,) = evidence.open_quarantine()
    assert "twice" in entry.what.reason
