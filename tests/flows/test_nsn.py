"""The way to a student number, over real sockets to a simulated index, on either store."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ecegateway.config import Config
from ecegateway.errors import AnswerLostError, ConfigError, DeliveryRefusedError, NothingSentError
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows import nsn, nsn_store
from ecegateway.flows.nsn_index import create, follow_merges, search
from ecegateway.flows.nsn_store import index_source, steps_of, ways_of
from ecegateway.flows.payload import payload
from ecegateway.model.nsn_request import Likeness, Stage
from ecegateway.nsn.standing import Sighted
from ecegateway.nsn.steps import Kind
from ecegateway.outbound import Reason
from ecegateway.testing.ministry_index import INDEX
from tests.storage.filling import put
from tests.support.ministry import PLUGINS
from tests.support.nsn import (
    BORN,
    CHILD,
    FILLED_AT,
    NOW,
    TODAY,
    claim_of,
    desk,
    fill,
    found_rules,
    index_at,
    marama,
    numberless,
    student,
)
from tests.support.records import EVERY_FACT, SERVICE, agreement

NSN, OTHER, THIRD = "999000001", "999000002", "999000003"
HELD = "child.student-number"


def number_of(store: Evidence) -> str | None:
    (child,) = [child for child in claim_of(store).facts.children if child.key == CHILD]
    return child.number.record.nsn if child.number is not None else None


def kinds(store: Evidence) -> list[str]:
    return [step.kind.value for step in steps_of(store, SERVICE).get(CHILD, ())]


def test_a_number_that_was_chosen_is_evidence_and_the_childs_hours_are_held_no_more(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(evidence, marama(), numberless())
    assert HELD in found_rules(evidence)
    with index_at(monkeypatch, student(NSN, verification="B"), student(OTHER, birth_date=date(2021, 1, 5))) as (_, _, index):
        found = search(desk(evidence), index, "c1").step
        chosen = nsn.choose(desk(evidence, "Mere"), CHILD, NSN, "").step
    assert [(one.nsn, one.likeness, one.score) for one in found.candidates] == [
        (NSN, Likeness.EXACT, 100),
        (OTHER, Likeness.OTHER, 50),
    ]
    assert (chosen.by, chosen.nsn, chosen.document, chosen.sighted_on) == ("Mere", NSN, "birth certificate", date(2026, 1, 20))
    assert HELD not in found_rules(evidence)
    assert number_of(evidence) == NSN
    (version,) = evidence.versions_of(index_source(CHILD), SERVICE, "student_number", "c1")
    assert json.loads(version.content)["nsn"] == NSN
    assert found.receipt is not None
    answer = evidence.kept(found.receipt).answer
    assert (answer.origin, json.loads(answer.body)["Students"][0]["NSN"]) == ("student-index/search", NSN)
    made = claim_of(evidence).exportable
    assert made.nsn_requests == ()
    assert [card.source for card in made.conformance().cards] == ["kowhai"]
    assert "nsn show" in payload(evidence, PLUGINS, Config(), version.id)[0].no_rows


def test_nobody_is_created_beside_a_near_match_and_a_person_says_why_it_is_the_child(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(evidence, marama(), numberless())
    with index_at(monkeypatch, student(NSN, given_names=("Marama",))) as (_, indexed, index):
        with pytest.raises(ConfigError, match="near match, and nobody is created beside one"):
            create(desk(evidence), index, CHILD)
        assert len(indexed.students) == 1
        with pytest.raises(ConfigError, match="says why"):
            nsn.choose(desk(evidence), CHILD, NSN, " ")
        (request,) = claim_of(evidence).exportable.nsn_requests
        assert (request.way.stage, len(request.way.candidates)) == (Stage.NEAR, 1)
        nsn.choose(desk(evidence), CHILD, NSN, "the middle name was added on the certificate")
    assert number_of(evidence) == NSN
    assert kinds(evidence) == ["searched", "chosen"]


def test_a_record_is_created_under_the_official_name_once_and_only_once(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(evidence, marama(), numberless())
    with index_at(monkeypatch) as (_, indexed, index):
        indexed.lose_addition()
        with pytest.raises(AnswerLostError):
            create(desk(evidence), index, CHILD)
        assert kinds(evidence) == ["searched", "creating"]
        with pytest.raises(ConfigError, match="exact match; choose it"):
            create(desk(evidence), index, CHILD)
        (made,) = indexed.students
        assert (made.family_name, made.given_names, made.verification) == ("Tūmanako", ("Mārama", "Aroha"), "B")
        nsn.choose(desk(evidence), CHILD, made.nsn, "")
        with pytest.raises(ConfigError, match="keeps it for life"):
            create(desk(evidence), index, CHILD)
    assert number_of(evidence) == made.nsn


def test_a_created_number_is_a_record_with_its_document(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(evidence, marama(), numberless())
    with index_at(monkeypatch) as (_, indexed, index):
        step = create(desk(evidence), index, CHILD, "no match").step
    assert step.nsn == indexed.students[0].nsn
    (child,) = claim_of(evidence).facts.children
    assert child.number is not None
    assert (child.number.record.verification, child.number.record.document_sighted) == ("birth certificate",) * 2


@pytest.fixture
def evidence_file(tmp_path: Path) -> Iterator[Evidence]:
    """A store in a file; what differs between engines is tried above."""
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as found:
        yield found


@pytest.fixture
def store(evidence_file: Evidence) -> Evidence:
    return fill(evidence_file, marama(), numberless())


def test_what_the_index_refuses_is_told_and_kept(store: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    with index_at(monkeypatch) as (_, indexed, index):
        indexed.refuse(Reason("934", "name and birth date together"))
        with pytest.raises(ConfigError, match="934 name and birth date together"):
            create(desk(store), index, CHILD)
    assert kinds(store) == ["searched", "creating", "not created"]
    assert number_of(store) is None


def test_too_many_and_unreadable_answers_never_lead_to_a_new_record(store: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [student(str(999_000_100 + n), given_names=("Hine",)) for n in range(3)]
    with index_at(monkeypatch, *many, most=2) as (simulator, indexed, index):
        with pytest.raises(ConfigError, match="too many"):
            create(desk(store), index, CHILD)
        simulator.garbage(at=INDEX)
        with pytest.raises(ConfigError, match="unclear; search again"):
            create(desk(store), index, CHILD)
        assert len(indexed.students) == 3
    assert ways_of(store, SERVICE)[CHILD].stage is Stage.UNCLEAR


def test_an_index_that_does_not_answer_leaves_no_step_and_one_that_fails_an_unclear_one(
    store: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    with index_at(monkeypatch, student(NSN)) as (simulator, _, index):
        simulator.lose_answer(at=INDEX)
        with pytest.raises(AnswerLostError):
            search(desk(store), index, CHILD)
        assert kinds(store) == []
        simulator.server_error(at=INDEX)
        assert [reason.code for reason in search(desk(store), index, CHILD).step.said] == ["500"]
        assert ways_of(store, SERVICE)[CHILD].stage is Stage.UNCLEAR
        simulator.go_down()
        with pytest.raises(NothingSentError):
            search(desk(store), index, CHILD)
        simulator.come_up()
        assert search(desk(store), index, CHILD).step.candidates[0].likeness is Likeness.EXACT


def test_a_number_another_child_has_is_refused(store: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, marama("c2"), numberless("c2", nsn=NSN), agreement("c2"), at=FILLED_AT, facts=EVERY_FACT)
    with index_at(monkeypatch, student(NSN)) as (_, _, index):
        search(desk(store), index, CHILD)
        with pytest.raises(ConfigError, match="another enrolled child of the service has this number"):
            nsn.choose(desk(store), CHILD, NSN, "")
    with pytest.raises(ConfigError, match="another enrolled child of the service has this number"):
        nsn.record(desk(store), CHILD, NSN, "found", why="seen on the page")
    assert number_of(store) is None


def test_a_child_who_left_under_another_systems_key_may_be_the_same(store: Evidence) -> None:
    left = agreement("c2", last_day=TODAY - timedelta(days=1))
    put(store, marama("c2"), numberless("c2", nsn=NSN), left, at=FILLED_AT, facts=EVERY_FACT)
    nsn.record(desk(store), CHILD, NSN, "found", why="the number it had in the old system")
    assert number_of(store) == NSN


def test_one_person_at_a_time_works_on_a_services_numbers(evidence: Evidence) -> None:
    fill(evidence, marama(), numberless())
    with (
        evidence.one_delivery("number", SERVICE),
        pytest.raises(DeliveryRefusedError, match="another process is handing over one of its numbers"),
    ):
        nsn.record(desk(evidence), CHILD, NSN, "found", why="seen on the page")
    assert kinds(evidence) == []


def test_a_child_whose_record_changed_is_searched_for_anew(store: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    with index_at(monkeypatch, student(NSN)) as (_, _, index):
        search(desk(store), index, CHILD)
        put(store, marama(birth_date=date(2023, 8, 11)), number=2, at=NOW, facts=EVERY_FACT)
        with pytest.raises(ConfigError, match="search first"):
            nsn.choose(desk(store), CHILD, NSN, "")


def test_merged_inactive_and_dead_records(store: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    students = [
        student(NSN),
        student(OTHER),
        student(THIRD, status="I"),
        student("999000004", died=date(2024, 1, 1)),
    ]
    with index_at(monkeypatch, *students) as (_, indexed, index):
        indexed.merge(NSN, OTHER)
        search(desk(store), index, CHILD)
        for nsn_, status in ((THIRD, "inactive"), ("999000004", "deceased")):
            with pytest.raises(ConfigError, match=f"the record is {status} and cannot be used"):
                nsn.choose(desk(store), CHILD, nsn_, "it is")
        step = nsn.choose(desk(store), CHILD, NSN, "").step
    assert (step.nsn, step.replaces) == (OTHER, NSN)


def test_merges_are_followed_through_and_an_old_number_does_not_come_back(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(evidence, marama(), numberless(nsn=NSN))
    before = evidence.head()
    with index_at(monkeypatch, *(student(number) for number in (NSN, OTHER, THIRD, "999000009", "999000010"))) as (
        _,
        at,
        index,
    ):
        at.merge("999000009", "999000010")
        at.merge(NSN, OTHER)
        at.merge(OTHER, THIRD)
        followed = follow_merges(desk(evidence), index)
        assert [(step.replaces, step.nsn) for step in followed] == [(NSN, OTHER), (OTHER, THIRD)]
        assert follow_merges(desk(evidence), index) == ()
    assert number_of(evidence) == THIRD
    put(evidence, numberless(nsn=NSN, document_sighted="passport"), number=2, at=NOW + timedelta(days=1), facts=EVERY_FACT)
    assert number_of(evidence) == THIRD
    assert "child.number-replaced" in found_rules(evidence)
    assert before is not None
    then = evidence.evidence_of(SERVICE, before)
    assert {version.source for version in then.versions} == {"kowhai"}


def test_an_unverified_number_has_its_clock_until_the_document_is_sighted_and_verified(evidence: Evidence) -> None:
    fill(evidence, marama(), numberless(document_sighted=None, document_sighted_on=None))
    asked = date(2026, 5, 11)
    nsn.ask_unverified(desk(evidence), CHILD, "no papers yet", asked)
    (line,) = nsn.listed(desk(evidence))
    assert (line.way.stage, line.way.document_due, line.overdue) == (Stage.ASKED, date(2026, 5, 25), 8)
    nsn.record(desk(evidence), CHILD, NSN, "unverified", why="given by telephone")
    (line,) = nsn.listed(desk(evidence, today=date(2026, 5, 25)))
    assert (line.way.stage, line.way.document_due, line.overdue) == (Stage.DOCUMENT_DUE, date(2026, 5, 25), 0)
    (request,) = claim_of(evidence).exportable.nsn_requests
    assert (request.path, request.way.document_due, request.hours_held_minutes) == ("verify", date(2026, 5, 25), 0)
    assert {"child.document-overdue"} <= found_rules(evidence)
    assert HELD not in found_rules(evidence)
    nsn.note_document(desk(evidence), CHILD, Sighted("passport", TODAY))
    (line,) = nsn.listed(desk(evidence))
    assert (line.way.stage, line.overdue, number_of(evidence)) == (Stage.DOCUMENT_SIGHTED, 0, NSN)
    nsn.note_verified(desk(evidence), CHILD)
    assert nsn.listed(desk(evidence)) == ()
    assert not {"child.document-overdue", "child.document-sighted"} & found_rules(evidence)
    assert kinds(evidence) == ["asked for an unverified number", "recorded", "document", "verified"]


def test_the_two_weeks_do_not_begin_anew(store: Evidence) -> None:
    put(store, numberless(document_sighted=None, document_sighted_on=None), number=2, at=NOW, facts=EVERY_FACT)
    nsn.ask_unverified(desk(store), CHILD, "no papers yet", date(2026, 5, 11))
    nsn.ask_unverified(desk(store), CHILD, "called again")
    (line,) = nsn.listed(desk(store))
    assert line.way.document_due == date(2026, 5, 25)


@pytest.mark.parametrize(
    ("changes", "how", "says"),
    [
        ({"document_sighted": None, "document_sighted_on": None}, "found", "no identity document is on record as sighted"),
        ({"document_sighted": "bus card"}, "created", "only with one of these sighted"),
        ({"document_sighted_on": None}, "created", "the day the document was sighted is not on record"),
        ({"document_sighted_on": date(2026, 6, 3)}, "found", "lies ahead"),
        ({"nsn": NSN}, "found", "has this number already"),
    ],
)
def test_a_number_brought_by_hand_is_held_to_the_same_rules(
    evidence_file: Evidence, changes: dict[str, Any], how: nsn.How, says: str
) -> None:
    fill(evidence_file, marama(), numberless(**changes))
    with pytest.raises(ConfigError, match=says):
        nsn.record(desk(evidence_file), CHILD, NSN, how, why="seen on the page")


def test_a_number_recorded_in_error_is_corrected_and_stays_on_record(store: Evidence) -> None:
    nsn.record(desk(store), CHILD, NSN, "found", why="seen on the page")
    kept = nsn.record(desk(store), CHILD, OTHER, "found", why="it was a cousin's")
    assert (kept.step.replaces, number_of(store)) == (NSN, OTHER)
    with pytest.raises(ConfigError, match="was replaced before"):
        nsn.record(desk(store), CHILD, NSN, "found", why="once more")


@pytest.mark.parametrize("nsn_", ["12 34", "", "12a", "1" * 19, "٣٤"])
def test_a_number_is_digits_and_nothing_else(store: Evidence, nsn_: str) -> None:
    with pytest.raises(ConfigError, match="digits alone"):
        nsn.record(desk(store), CHILD, nsn_, "found", why="seen")


@pytest.mark.parametrize(("nsn_", "odd"), [("000000001", False), ("1000000000", False), ("12345678", True), ("1" * 18, True)])
def test_a_number_of_odd_length_is_taken_and_told(store: Evidence, nsn_: str, *, odd: bool) -> None:
    kept = nsn.record(desk(store), CHILD, nsn_, "found", why="seen on the page")
    assert (kept.step.nsn, bool(kept.doubts)) == (nsn_, odd)


def test_a_search_for_a_child_who_is_not_enrolled_is_doubted_or_refused_as_the_settings_say(
    store: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    with index_at(monkeypatch, student(NSN)) as (_, _, index):
        assert search(desk(store), index, CHILD).doubts == ()
        late = desk(store, today=date(2029, 8, 1))
        assert search(late, index, CHILD).doubts == ("the child is six or older",)
        with pytest.raises(ConfigError, match="the child is six or older"):
            search(desk(store, today=date(2029, 8, 1), scope="refuse"), index, CHILD)
        assert search(desk(store, today=date(2029, 7, 31), scope="refuse"), index, CHILD).doubts == ()


@pytest.mark.parametrize(
    ("born", "says"), [({"gender": None}, "gender is not given"), ({"birth_date": date(2026, 6, 3)}, "birth date lies ahead")]
)
def test_a_search_needs_what_the_document_says(
    evidence_file: Evidence, monkeypatch: pytest.MonkeyPatch, born: dict[str, Any], says: str
) -> None:
    fill(evidence_file, marama(**born), numberless())
    with index_at(monkeypatch) as (simulator, _, index):
        with pytest.raises(ConfigError, match=says):
            search(desk(evidence_file), index, CHILD)
        assert [asked.path for asked in simulator.requests] == []


def test_who_and_why_are_never_empty(store: Evidence) -> None:
    with pytest.raises(ConfigError, match="say by"):
        nsn.note_document(desk(store, " "), CHILD, Sighted("passport", TODAY))
    with pytest.raises(ConfigError, match="say why"):
        nsn.record(desk(store), CHILD, NSN, "found", why=" ")
    with pytest.raises(ConfigError, match="no such child"):
        nsn.shown(desk(store), "c9")


def test_a_step_and_its_record_are_kept_together_or_not_at_all(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(evidence, marama(), numberless())

    class KilledError(Exception):
        pass

    def killed(*_: object) -> int:
        raise KilledError

    monkeypatch.setattr(nsn_store, "add_nsn_step", killed)
    with pytest.raises(KilledError):
        nsn.record(desk(evidence), CHILD, NSN, "found", why="seen on the page")
    assert (number_of(evidence), kinds(evidence)) == (None, [])


def test_a_step_reads_back_as_it_was_kept(store: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    with index_at(monkeypatch, student(NSN, birth_date=BORN + timedelta(days=1)), student(OTHER)) as (_, indexed, index):
        indexed.merge(OTHER, NSN)
        kept = search(desk(store), index, CHILD).step
    assert steps_of(store, SERVICE)[CHILD] == (kept,)
    assert kept.kind is Kind.SEARCHED
    assert steps_of(store, SERVICE, NOW - timedelta(seconds=1)) == {}
