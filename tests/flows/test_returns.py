"""The steps of a return up to its signature, on both engines: who may take which, and what stands against it."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from ecegateway.claim.rs7_return import rs7_return
from ecegateway.errors import EvidenceMissingError, ReturnError
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.export.rs7_documents import documents
from ecegateway.flows.claim import prepare
from ecegateway.flows.return_correction import corrected
from ecegateway.flows.return_making import Wish
from ecegateway.flows.return_reading import owed
from ecegateway.flows.return_sending import Answer
from ecegateway.flows.return_steps import Salaries
from ecegateway.model.claim import StaffColumn
from ecegateway.model.period import DateRange, FundingPeriod
from ecegateway.model.rs7 import OtherPart, ReturnKind
from ecegateway.model.service import ServiceType
from ecegateway.returns.life import ReturnState
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.minisign import minisign_key, verify_file
from tests.support.filing import LATER, POLICY, PREPARER, RECORDS, SHORTER, SIGNER, TODAY, TUESDAY, Centre, centre_in
from tests.support.ministry import way_into
from tests.support.records import MONDAY, PERIOD, RECEIVED, SERVICE, absence, agreement, changed, profile, shift, stay

ANOTHER_TEACHER = shift(TUESDAY, "08:00-15:00", "t2")
AFTER_DUE = date(2026, 6, 9)


@pytest.fixture
def centre(evidence: Evidence, tmp_path: Path) -> Centre:
    return centre_in(evidence, tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Centre]:
    """As ``centre``, on SQLite alone: for what no engine has a say in."""
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        yield centre_in(evidence, tmp_path)


def test_each_step_is_kept_with_who_took_it(centre: Centre) -> None:
    number = centre.signed()
    kept = centre.stands(number).kept
    assert (kept.service, kept.period, kept.revision, kept.kind, kept.by) == (SERVICE, PERIOD, 1, ReturnKind.FIRST, PREPARER)
    assert [(step.step, step.by) for step in kept.steps] == [
        ("validated", PREPARER),
        ("attested", "Mere Ngata"),
        ("signed", SIGNER),
    ]
    assert kept.at < kept.steps[0].at < kept.steps[1].at < kept.steps[2].at
    centre.verify()


def test_what_was_signed_is_kept_byte_for_byte_with_a_signature_that_minisign_knows(centre: Centre) -> None:
    number = centre.prepare().number
    centre.look()
    centre.validate(number)
    centre.attest(number, Salaries(paid=True, parity=False))
    signed = centre.sign(number)
    files = centre.files(number)
    assert {file.name: file.content for file in documents(signed)} == {
        name: body for name, body in files.items() if not name.endswith(".minisig")
    }
    assert signed.declaration is not None
    assert signed.attestation is not None
    assert (signed.declaration.name, signed.attestation.salaries, signed.attestation.parity) == (SIGNER, True, False)
    key = minisign_key(centre.keyring.verifier(Purpose.EXPORT))
    comment = verify_file(files["rs7.xml.minisig"].decode(), hashlib.blake2b(files["rs7.xml"]).digest(), key)
    assert comment == "RS7 return, service 10842, period 2026-02, revision 1"
    assert centre.stands(number).kept.steps[-1].document == hashlib.sha256(files["rs7.xml"]).digest()


def test_the_same_evidence_gives_the_same_bytes_whatever_came_since(centre: Centre) -> None:
    number = centre.prepare().number
    before = centre.files(number)
    centre.comes(SHORTER, number=2, at=LATER)
    kept = centre.stands(number).kept
    again = prepare(centre.evidence, SERVICE, PERIOD, POLICY, known_at=kept.known_at).claim
    assert {file.name: file.content for file in documents(rs7_return(again))} == before
    assert centre.files(number) == before


def test_a_draft_stands_until_something_that_bears_on_it_changes(centre: Centre) -> None:
    first = centre.prepare()
    again = centre.prepare(by=SIGNER)
    assert (first.new, again.new, again.number) == (True, False, first.number)
    centre.comes(stay(date(2026, 6, 2)), at=LATER)
    assert not centre.prepare().new
    centre.comes(SHORTER, number=2, at=LATER)
    second = centre.prepare()
    assert (second.new, second.made.revision, second.made.kind) == (True, 2, ReturnKind.FIRST)
    assert centre.states() == [ReturnState.SUPERSEDED, ReturnState.DRAFT]


def test_a_draft_from_stale_evidence_cannot_be_signed_nor_validated(centre: Centre) -> None:
    number = centre.prepare().number
    centre.look()
    centre.validate(number)
    centre.attest(number)
    centre.comes(SHORTER, number=2, at=LATER)
    with pytest.raises(ReturnError, match=r"evidence that has changed since.*return prepare --service 10842 --period 2026-02"):
        centre.sign(number)
    assert centre.states() == [ReturnState.ATTESTED]
    fresh = centre.prepare().number
    centre.comes(absence(MONDAY + timedelta(days=3)), at=LATER)
    assert any("changed since" in refusal.why for refusal in centre.validate(fresh).refused)
    assert centre.states() == [ReturnState.SUPERSEDED, ReturnState.DRAFT]


def test_what_bears_on_nothing_leaves_it_to_be_signed(small: Centre) -> None:
    number = small.prepare().number
    small.look()
    small.validate(number)
    small.attest(number)
    small.comes(stay(date(2026, 6, 2)), at=LATER)
    small.sign(number)
    assert small.states() == [ReturnState.SIGNED]


@pytest.mark.parametrize("name", [PREPARER, "AROHA  PARATA", " aroha parata"])
def test_who_prepared_it_does_not_sign_it(small: Centre, name: str) -> None:
    number = small.prepare().number
    small.look()
    small.validate(number)
    small.attest(number)
    with pytest.raises(ReturnError, match="somebody else signs"):
        small.sign(number, name)
    assert small.states() == [ReturnState.ATTESTED]


@pytest.mark.parametrize(
    "step",
    [
        lambda centre: centre.prepare(by="  "),
        lambda centre: centre.sign(centre.prepare().number, ""),
    ],
)
def test_every_step_is_somebodys(small: Centre, step: Callable[[Centre], object]) -> None:
    with pytest.raises(ReturnError, match="--by"):
        step(small)


def test_filing_waits_for_absence_checks(centre: Centre) -> None:
    """Trap 20: no return is good while a month's absences were not looked at after it ended, as they stand."""
    number = centre.prepare().number
    assert [month.first.month for month in centre.validate(number).unchecked] == [2, 3, 4, 5]
    centre.look(at=RECEIVED - timedelta(days=20))  # on 13 May
    found = centre.validate(number)
    assert [month.first.month for month in found.unchecked] == [5]
    assert any("absences of 2026-05" in refusal.why for refusal in found.refused)
    with pytest.raises(ReturnError, match="return validate"):
        centre.sign(number)
    run = centre.look().run
    assert centre.look().run == run
    assert centre.validate(number).refused == ()


def test_absences_that_changed_since_the_check_are_looked_at_again(small: Centre) -> None:
    small.look()
    away = [absence(day) for day in PERIOD.days if date(2026, 3, 2) <= day < date(2026, 5, 1) and day.weekday() < 5]
    small.comes(agreement(since=MONDAY, change=changed()), number=2, at=LATER)
    small.comes(*away, at=LATER)
    number = small.prepare().number
    assert {month.first.month for month in small.validate(number).unchecked} >= {3, 4}
    small.look()
    assert small.validate(number).unchecked == ()


def test_a_return_goes_without_held_hours_only_if_somebody_says_so(small: Centre) -> None:
    small.comes(stay(TUESDAY, by=None), number=2, at=LATER)
    number = small.prepare().number
    small.look()
    found = small.validate(number)
    assert found.held_minutes == 360
    assert [refusal.why for refusal in found.refused] == ["6:00 hours are held back and would not be claimed"]
    assert small.validate(number, "the sheet is lost").refused == ()
    assert small.stands(number).kept.steps[0].detail["without_held"] == "the sheet is lost"


def test_only_some_kinds_of_service_attest_salaries(tmp_path: Path) -> None:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        records = tuple(
            profile(service_type=ServiceType.KINDERGARTEN) if record.stream == "service" else record for record in RECORDS
        )
        centre = centre_in(evidence, tmp_path, records)
        number = centre.prepare().number
        centre.look()
        assert centre.validate(number).refused == ()
        with pytest.raises(ReturnError, match="attests no salaries"):
            centre.attest(number)
        assert centre.sign(number).attestation is None


def test_no_return_before_its_period_is_over(small: Centre) -> None:
    with pytest.raises(ReturnError, match="last day is 2026-05-31"):
        small.prepare(today=date(2026, 5, 31))


def test_a_return_that_nobody_knows_is_named_as_such(small: Centre) -> None:
    with pytest.raises(EvidenceMissingError, match="no return has the number 9"):
        small.validate(9)


def test_what_is_signed_is_neither_prepared_again_nor_changed_until_withdrawn(centre: Centre) -> None:
    number = centre.signed()
    before = centre.files(number)
    for step in (
        centre.prepare,
        lambda: centre.validate(number),
        lambda: centre.attest(number),
        lambda: centre.sign(number),
        lambda: centre.receive(number, Answer(taken=True)),
    ):
        with pytest.raises(ReturnError):
            step()
    assert centre.files(number) == before
    centre.withdraw(number)
    assert centre.files(number) == before
    assert centre.prepare().made.revision == 2
    assert centre.states() == [ReturnState.WITHDRAWN, ReturnState.DRAFT]


def test_a_part_of_a_period_is_claimed_and_the_rest_said_to_be_claimed_elsewhere(small: Centre) -> None:
    """Trap 25: a system changed within the period; the days of the other one are noughts here."""
    rest = DateRange(PERIOD.days.first, TUESDAY)
    part = Wish(days=DateRange(TUESDAY, PERIOD.days.after), elsewhere=(OtherPart(rest, "the system used before"),))
    made = small.prepare(part).made
    assert sum(day.child_hours for day in made.counts if day.day < TUESDAY) == 0
    assert sum(day.child_hours for day in made.counts) == 24
    assert made.elsewhere == part.elsewhere


def test_a_zero_return_claims_nothing(small: Centre) -> None:
    made = small.prepare(Wish(zero=True)).made
    assert made.kind is ReturnKind.ZERO
    assert {figure for day in made.counts for figure in day.figures} == {0}


def test_identical_resubmission_is_not_sent(small: Centre, tmp_path: Path) -> None:
    """Trap 22: what the Ministry has already is not sent again, neither prepared nor, if prepared all the same, signed."""
    first = small.signed()
    with way_into(tmp_path / "outbox") as way:
        small.submit(first, way)
    small.receive(first, Answer(taken=True, reference="R-17"))
    with pytest.raises(ReturnError, match="claims what return 1 claims, which the Ministry has"):
        small.prepare()
    with pytest.raises(ReturnError, match="says the same as number 1 of this period"):
        small.signed(Wish(reason="the attestation changes"))
    assert small.states() == [ReturnState.RECEIVED, ReturnState.ATTESTED]
    small.withdraw(2)
    assert small.states() == [ReturnState.RECEIVED, ReturnState.WITHDRAWN]


def test_late_change_needs_a_reason(small: Centre, tmp_path: Path) -> None:
    """Trap 22: the reason goes into the return itself; it takes the place of the first once the Ministry takes it."""
    with way_into(tmp_path / "outbox") as way:
        first = small.signed()
        small.submit(first, way)
        small.receive(first, Answer(taken=True))
        small.comes(ANOTHER_TEACHER, at=LATER)
        with pytest.raises(ReturnError, match="nothing says why it is changed now; prepare it with the reason: --why"):
            small.prepare(today=AFTER_DUE)
        second = small.signed(Wish(reason="a shift was left out"), today=AFTER_DUE)
        assert small.stands(second).kept.kind is ReturnKind.REVISED
        small.submit(second, way)
        assert small.states() == [ReturnState.RECEIVED, ReturnState.SUBMITTED]
        small.receive(second, Answer(taken=True))
    assert small.states() == [ReturnState.SUPERSEDED, ReturnState.RECEIVED]
    assert b"a shift was left out" in small.files(second)["rs7.json"]
    assert first != second


def test_the_page_of_a_draft_shows_what_it_changes_of_the_return_the_ministry_took(small: Centre, tmp_path: Path) -> None:
    with way_into(tmp_path / "outbox") as way:
        first = small.signed()
        small.submit(first, way)
        small.receive(first, Answer(taken=True))
    assert b"What changed" not in small.files(first)["rs7.html"]
    small.comes(ANOTHER_TEACHER, at=LATER)
    page = small.files(small.prepare().number)["rs7.html"].decode()
    assert "What changed" in page
    assert "8 → 15 <strong>+7</strong>" in page


def test_what_a_return_would_say_now_is_told_figure_by_figure(small: Centre) -> None:
    number = small.signed()
    assert corrected(small.evidence, number, POLICY)[0].changes == ()
    small.comes(ANOTHER_TEACHER, at=LATER)
    made, files = corrected(small.evidence, number, POLICY)
    assert [(one.day, one.column, one.was, one.now) for one in made.changes] == [(TUESDAY, StaffColumn.CERTIFICATED, 8, 15)]
    ((part,),) = [one.parts for one in made.changes]
    assert (part.was, part.now) == (0, 420)
    assert {file.name for file in files} == {"rs7-correction.html", "rs7-correction.json", "rs7-correction.csv"}


def test_where_other_figures_were_returned_than_the_evidence_gives_no_reason_is_told(small: Centre) -> None:
    number = small.signed(Wish(zero=True))
    made, _ = corrected(small.evidence, number, POLICY)
    assert {(one.was, one.parts) for one in made.changes} == {(0, ())}


def both(evidence_url: str, tmp_path: Path, act: Callable[[Centre, int], object]) -> list[str]:
    """Two people do one thing at the same moment, each with the store opened for themselves; gives what each was told."""
    start = Barrier(2)

    def one(person: int) -> str:
        with open_evidence(evidence_url) as evidence:
            centre = Centre(evidence, Keyring(tmp_path / "keys"))
            start.wait(timeout=30)
            try:
                return str(act(centre, person))
            except ReturnError as error:
                return f"refused: {error}"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, (0, 1)))


def test_two_who_sign_at_once_are_one_who_signs_and_one_who_is_told(evidence_url: str, tmp_path: Path) -> None:
    with open_evidence(evidence_url) as evidence:
        centre = centre_in(evidence, tmp_path)
        number = centre.prepare().number
        centre.look()
        centre.validate(number)
        centre.attest(number)
        told = both(
            evidence_url, tmp_path, lambda centre, person: centre.sign(number, (SIGNER, "Hana Parata")[person]).revision
        )
        assert told[0] == "1"
        assert told[1].startswith(f"refused: return {number} is signed")
        assert centre.states() == [ReturnState.SIGNED]
        assert len([step for step in centre.stands(number).kept.steps if step.step == "signed"]) == 1


def test_two_who_prepare_at_once_make_one_return(evidence_url: str, tmp_path: Path) -> None:
    with open_evidence(evidence_url) as evidence:
        centre = centre_in(evidence, tmp_path)
        told = both(evidence_url, tmp_path, lambda centre, person: centre.prepare(by=(PREPARER, SIGNER)[person]).number)
        assert told[0] == "1"
        assert told[1] == "1" or "somebody else works on the return" in told[1]
        assert centre.states() == [ReturnState.DRAFT]


def test_what_is_owed_is_shown_from_two_weeks_before_until_the_ministry_has_it(small: Centre, tmp_path: Path) -> None:
    due = date(2026, 6, 8)  # 1 June is the King's birthday
    assert owed(small.evidence, [SERVICE], due - timedelta(days=15)) == ()
    for day in (due - timedelta(days=14), due, due + timedelta(days=30)):
        (one,) = owed(small.evidence, [SERVICE], day)
        assert (one.period, one.window.due, one.newest) == (FundingPeriod(date(2026, 2, 1)), due, None)
    number = small.signed()
    (one,) = owed(small.evidence, [SERVICE], TODAY)
    assert one.newest == small.stands(number)
    with way_into(tmp_path / "outbox") as way:
        small.submit(number, way)
    assert len(owed(small.evidence, [SERVICE], TODAY)) == 1
    small.receive(number, Answer(taken=True))
    assert owed(small.evidence, [SERVICE], TODAY) == ()
