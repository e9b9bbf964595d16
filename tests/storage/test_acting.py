"""What people say about findings, and what checks found, on both engines: rows are added, and nothing is changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ecegateway.errors import EvidenceMissingError, IntakeError
from ecegateway.evidence.record import Assignment, CheckRun, Ending, Given, Seen, State, Waiver
from ecegateway.evidence.store import Evidence
from ecegateway.model.ids import ChildKey, RuleId, ServiceNumber
from tests.storage.filling import FEED, NOON, SERVICE, SOURCE, begin, first, gone, store, version

SIGNED = RuleId("attendance.signed")
OTHER = ServiceNumber("20517")
WHOLE = Waiver(SIGNED, SERVICE, None, date(2026, 2, 2), date(2026, 2, 6), "Ngāio", "paper", None, NOON)
ONE_CHILD = Waiver(
    SIGNED,
    SERVICE,
    ChildKey("c-1"),
    date(2026, 3, 2),
    date(2026, 3, 2),
    "Ngāio",
    "seen on paper",
    date(2026, 12, 31),
    NOON + timedelta(seconds=1),
)
TASK = Assignment(SIGNED, SERVICE, None, date(2026, 2, 2), date(2026, 5, 31), "Rāwiri", "Ngāio", "ask the vendor", NOON)
ENDING = Ending("Rāwiri", "the paper was lost", NOON + timedelta(days=1))
SEEN = (
    Seen(SIGNED, ChildKey("c-1"), "holds", (date(2026, 2, 2), date(2026, 2, 4))),
    Seen(RuleId("service.operating-hours"), None, "warns", ()),
)


def test_waivers_are_kept_by_service(evidence: Evidence) -> None:
    one, other = (evidence.waive(waiver) for waiver in (WHOLE, ONE_CHILD))
    assert evidence.waivers(SERVICE) == [Given(one, WHOLE, None), Given(other, ONE_CHILD, None)]
    assert evidence.waivers(OTHER) == []


def test_assignments_are_kept_by_service_and_a_new_one_stands_beside_the_old(evidence: Evidence) -> None:
    again = replace(TASK, person="Mere", note="")
    one, other = evidence.assign(TASK), evidence.assign(again)
    assert evidence.assignments(SERVICE) == [Given(one, TASK, None), Given(other, again, None)]
    assert evidence.assignments(OTHER) == []


def test_a_withdrawal_is_a_row_of_its_own_and_stands(evidence: Evidence) -> None:
    waiver, task = evidence.waive(WHOLE), evidence.assign(TASK)
    evidence.withdraw("waiver", waiver, ENDING)
    assert evidence.waivers(SERVICE) == [Given(waiver, WHOLE, ENDING)]
    assert evidence.assignments(SERVICE) == [Given(task, TASK, None)]
    evidence.withdraw("assignment", task, ENDING)
    assert evidence.assignments(SERVICE) == [Given(task, TASK, ENDING)]
    with pytest.raises(EvidenceMissingError, match="withdrawn already"):
        evidence.withdraw("waiver", waiver, ENDING)
    with pytest.raises(EvidenceMissingError, match="no assignment has the number 17"):
        evidence.withdraw("assignment", 17, ENDING)


def test_a_poisonous_word_is_refused_by_both_stores(evidence: Evidence) -> None:
    with pytest.raises(IntakeError):
        evidence.waive(replace(WHOLE, why="bad \0"))
    assert evidence.waivers(SERVICE) == []


def test_a_check_is_found_again_by_its_number_and_the_newest_by_service_and_period(evidence: Evidence) -> None:
    assert evidence.newest_check(SERVICE, "2026-02") is None
    one = evidence.record_check(SERVICE, "2026-02", "ab", NOON, NOON, SEEN)
    two = evidence.record_check(SERVICE, "2026-02", "cd", NOON, NOON + timedelta(days=1), ())
    evidence.record_check(SERVICE, "2026-06", "ef", NOON, NOON, SEEN)
    evidence.record_check(OTHER, "2026-02", "ef", NOON, NOON, SEEN)
    assert evidence.check_run(one) == CheckRun(one, SERVICE, "2026-02", "ab", NOON, NOON, SEEN)
    newest = evidence.newest_check(SERVICE, "2026-02")
    assert newest is not None
    assert (newest.id, newest.seen) == (two, ())
    with pytest.raises(EvidenceMissingError, match="number 17"):
        evidence.check_run(17)


def test_every_version_of_a_record_is_found_with_its_receipt(evidence: Evidence) -> None:
    pull = begin(evidence)
    with evidence.transaction() as writing:
        early = store(writing, pull, [first("n1"), first("n2")])
        late = store(writing, pull, [version("n1", 2, "Mererangi brought no lunch."), gone("n2", 2)])
    found = evidence.versions_of(SOURCE, SERVICE, "note", "n1")
    assert [(one.id, one.receipt, one.feed, one.state) for one in found] == [
        ("kowhai/10842/note/n1@1", early, FEED.name, State.PRESENT),
        ("kowhai/10842/note/n1@2", late, FEED.name, State.PRESENT),
    ]
    assert "no lunch" in found[1].content
    assert [one.state for one in evidence.versions_of(SOURCE, SERVICE, "note", "n2")] == [State.PRESENT, State.DELETED]
    assert evidence.versions_of(SOURCE, SERVICE, "note", "n3") == []
