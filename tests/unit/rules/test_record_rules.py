"""Handbook 6-3 criteria 1 and 5, and 6-1: signatures, alterations, agreements, numbers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ecegateway.contract import Fact
from ecegateway.evidence.record import State, Version
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Mark, Method
from ecegateway.model.child import StudentNumber
from ecegateway.model.claim import Claim
from ecegateway.model.finding import Finding
from ecegateway.model.ids import EvidenceId
from ecegateway.model.people import SignatureMeans
from ecegateway.model.record import Record
from ecegateway.model.service import OperatingDay
from tests.support.records import (
    EVERY_FACT,
    MONDAY,
    NO_SWITCHES,
    PERIOD,
    SERVICE,
    Facts,
    Switches,
    agreement,
    at,
    changed,
    child,
    confirmed,
    evidence,
    gone,
    prepared,
    profile,
    shift,
    staffed,
    stay,
    versions,
)

TUESDAY = MONDAY + timedelta(days=1)


def claim_of(*records: Record, facts: Facts = EVERY_FACT, switches: Switches = NO_SWITCHES) -> Claim:
    return prepared(*staffed(), profile(), *child(), agreement(), *records, facts=facts, switches=switches).claim


def found(
    *records: Record, rule: str, facts: frozenset[Fact] = frozenset(Fact), switches: Switches = NO_SWITCHES
) -> list[Finding]:
    return [f for f in claim_of(*records, facts=facts, switches=switches).findings if f.rule == rule]


def test_a_declared_change_is_evident() -> None:
    """Trap 7: original and corrected value kept, author and time named."""
    later = stay(MONDAY, "08:55-14:35", change=changed())
    assert found(stay(MONDAY), later, rule="alteration.silent") == []
    assert found(stay(MONDAY), later, rule="alteration.who-and-when") == []


def test_a_silent_rewrite_is_found_and_holds_its_day() -> None:
    (finding,) = found(stay(MONDAY), stay(MONDAY, "08:00-14:35"), rule="alteration.silent")
    assert finding.days == (MONDAY,)
    assert finding.evidence == tuple(f"kowhai/10842/attendance/s-c1-2026-02-09@{n}" for n in (1, 2))
    assert "arrived" in dict(finding.parameters)["fields"]


def test_an_old_change_statement_does_not_cover_a_new_change() -> None:
    once, again = (stay(MONDAY, times, change=changed()) for times in ("08:55-14:35", "07:55-14:35"))
    assert len(found(stay(MONDAY), once, again, rule="alteration.silent")) == 1


def test_a_rewrite_that_moves_a_stay_holds_both_days() -> None:
    moved = stay(TUESDAY, key=f"s-c1-{MONDAY}")
    (finding,) = found(stay(MONDAY), moved, rule="alteration.silent")
    assert finding.days == (MONDAY, TUESDAY)


def test_a_source_that_cannot_show_editors_is_told_apart_in_the_message() -> None:
    cannot = frozenset(Fact) - {Fact.EDITOR}
    rewritten = (stay(MONDAY), stay(MONDAY, "08:00-14:35"))
    for facts, says in ((cannot, "; this source cannot show it"), (EVERY_FACT, "")):
        (finding,) = found(*rewritten, rule="alteration.silent", facts=facts)
        assert dict(finding.parameters)["cannot"] == says


def test_a_silent_rewrite_may_only_warn_when_the_switch_says_so() -> None:
    (finding,) = found(
        stay(MONDAY), stay(MONDAY, "08:00-14:35"), rule="alteration.silent", switches={"alteration.silent": "warn"}
    )
    assert not finding.holds


def test_a_change_must_say_who_and_when() -> None:
    for change, missing in (
        (changed(by=None), "who made it"),
        (changed(on=None), "when"),
        (changed(None, None), "who made it or when"),
    ):
        later = stay(MONDAY, "08:55-14:35", change=change)
        (finding,) = found(stay(MONDAY), later, rule="alteration.who-and-when")
        assert dict(finding.parameters)["missing"] == missing
        assert finding.days == (MONDAY,)


def test_a_first_version_that_came_already_changed_must_say_who_too() -> None:
    assert len(found(stay(MONDAY, change=changed(by=None)), rule="alteration.who-and-when")) == 1


def test_a_silently_rewritten_agreement_holds_every_day_it_is_in_force() -> None:
    rewritten = agreement(times="08:30-13:30")
    made = claim_of(rewritten, stay(MONDAY))
    (finding,) = [f for f in made.findings if f.rule == "alteration.silent"]
    assert len(finding.days) == len(PERIOD.days)


@pytest.mark.example("verification.superseded", "A stay is corrected after a confirmation, and a mother confirms it again.")
def test_a_newer_confirmation_covers_what_was_changed_before_it() -> None:
    after = stay(MONDAY, "08:55-14:35", change=changed(on=MONDAY + timedelta(days=9)))
    again = confirmed(MONDAY, TUESDAY, on=MONDAY + timedelta(days=10)).model_copy(update={"key": "v2"})
    assert found(stay(MONDAY), after, confirmed(MONDAY, TUESDAY), again, rule="verification.superseded") == []


@pytest.mark.example("verification.superseded", "A stay is corrected a week after a mother confirmed its day.")
@pytest.mark.example("verification.superseded", "A stay is corrected on its own day, and a mother confirms it two days later.")
def test_edit_after_verification_supersedes_it() -> None:
    """Trap 7."""
    after = stay(MONDAY, "08:55-14:35", change=changed(on=MONDAY + timedelta(days=9)))
    (finding,) = found(stay(MONDAY), after, confirmed(MONDAY, TUESDAY), rule="verification.superseded")
    assert not finding.holds
    before = stay(MONDAY, "08:55-14:35", change=changed(on=MONDAY))
    assert found(stay(MONDAY), before, confirmed(MONDAY, TUESDAY), rule="verification.superseded") == []


def test_a_silent_change_supersedes_nothing_and_hides_no_stated_one() -> None:
    """What was changed in silence answers for itself; the day after it was changed with who and when."""
    week_after = MONDAY + timedelta(days=9)
    later = stay(MONDAY, "08:55-14:35").model_copy(update={"recorded_at": at(week_after, "10:00")})
    silent = (stay(MONDAY), later)
    stated = (stay(TUESDAY), stay(TUESDAY, "08:55-14:35", change=changed(on=week_after)))
    assert found(*silent, confirmed(MONDAY, TUESDAY), rule="verification.superseded") == []
    (finding,) = found(*silent, *stated, confirmed(MONDAY, TUESDAY), rule="verification.superseded")
    assert finding.days == (TUESDAY,)


def with_last(state: State) -> Claim:
    stored: list[Version] = versions([*staffed(), profile(), *child(), agreement(), stay(MONDAY)])
    return from_evidence(evidence([*stored, gone(stored[-1], state)]), PERIOD, policy()).claim


def test_vanished_rows_are_missing_not_deleted() -> None:
    """Trap 13."""
    (finding,) = [f for f in with_last(State.MISSING).findings if f.rule == "records.vanished"]
    assert finding.days == (MONDAY,)
    assert finding.holds


def test_a_stated_deletion_is_believed() -> None:
    made = with_last(State.DELETED)
    assert [f for f in made.findings if f.rule == "records.vanished"] == []
    assert any(f.rule == "attendance.no-record" and MONDAY in f.days for f in made.findings)


def means(person: str, key: str = "m1") -> SignatureMeans:
    return SignatureMeans(service=SERVICE, key=key, person=person, created_by="admin", created_at=at(MONDAY, "08:00"))


def test_a_signature_belongs_to_one_signatory() -> None:
    """Criterion 1."""
    own = stay(MONDAY).model_copy(update={"sign_in": Mark(method=Method.SIGNED, by="g1", means="m1")})
    assert found(means("g1"), own, rule="signature.one-signatory") == []
    (finding,) = found(means("g2"), own, rule="signature.one-signatory")
    assert finding.holds


def test_a_person_has_one_signature_in_use() -> None:
    assert found(means("g1"), rule="signature.one-each") == []
    assert len(found(means("g1"), means("g1", "m2"), rule="signature.one-each")) == 1
    revoked = means("g1", "m2").model_copy(update={"revoked_at": at(MONDAY, "09:00")})
    assert found(means("g1"), revoked, rule="signature.one-each") == []


def test_a_child_without_a_number_holds_only_their_own_hours() -> None:
    """Handbook 6-1; policy switch child.student-number-missing."""
    without = StudentNumber(service=SERVICE, key="n-c1", child="c1", document_sighted="birth certificate")
    records = [without, *child("c2"), agreement("c2"), stay(MONDAY), stay(MONDAY, child_key="c2")]
    (finding,) = found(*records, rule="child.student-number")
    assert finding.child == "kowhai:c1"
    (warning,) = found(*records, rule="child.student-number", switches={"child.student-number-missing": "warn"})
    assert not warning.holds


@pytest.mark.example("service.operating-hours", "The file says that the service was open and gives no hours.")
def test_blank_operating_hours_are_unknown() -> None:
    """Trap 4: neither open at midnight nor closed all day."""
    blank = OperatingDay(service=SERVICE, key="d1", day=MONDAY, open=True)
    made = claim_of(blank, stay(MONDAY))
    (finding,) = [f for f in made.findings if f.rule == "service.operating-hours"]
    assert (finding.child, finding.holds) == (None, False)
    assert next(one for one in made.child_days if one.day == MONDAY).portions[0].verdict == "claimed"


def test_a_day_a_source_says_was_shut_is_shut() -> None:
    shut = OperatingDay(
        service=SERVICE, key="d1", day=MONDAY, open=False, opens=at(MONDAY, "07:30").time(), closes=at(MONDAY, "17:30").time()
    )
    made = claim_of(shut)
    assert next(one for one in made.child_days if one.day == MONDAY).portions[0].reason == "calendar.closed"


@pytest.mark.example("service.operating-hours", "The file gives the hours of the day.")
@pytest.mark.example("service.operating-hours", "The file says that the service was shut.")
def test_operating_hours_that_are_given_or_of_a_day_said_to_be_shut_lack_nothing() -> None:
    opens, closes = at(MONDAY, "07:30").time(), at(MONDAY, "17:30").time()
    given = OperatingDay(service=SERVICE, key="d1", day=MONDAY, open=True, opens=opens, closes=closes)
    shut = OperatingDay(service=SERVICE, key="d2", day=TUESDAY, open=False)
    assert [f for f in claim_of(given, shut).findings if f.rule == "service.operating-hours"] == []


def test_an_attestation_signed_for_a_child_without_a_record_claims_nothing() -> None:
    made = prepared(*staffed(), profile(), agreement("c7"), stay(MONDAY, child_key="c7")).claim
    assert any(f.rule == "child.identity" and f.holds for f in made.findings)
    assert sum(cell.minutes for cell in made.cells) == 0


def test_the_late_correction_of_a_leaver_counts() -> None:
    """Trap 14."""
    left = [agreement(last_day=MONDAY), stay(MONDAY, "08:25-10:00"), stay(MONDAY, change=changed(on=date(2026, 5, 20)))]
    made = prepared(*staffed(), profile(), *child(), *left).claim
    assert next(one for one in made.child_days if one.day == MONDAY).attended_minutes == 360


def test_a_full_statement_settles_the_silence_before_it() -> None:
    """The fix the finding asks for works: the same content sent again with who and when."""
    silent = stay(MONDAY, "08:00-14:35")
    stated = stay(MONDAY, "08:00-14:35", change=changed())
    assert found(stay(MONDAY), silent, stated, rule="alteration.silent") == []
    halfway = stay(MONDAY, "08:00-14:35", change=changed(by=None))
    assert found(stay(MONDAY), silent, halfway, stated, rule="alteration.who-and-when") == []
    assert len(found(stay(MONDAY), silent, halfway, rule="alteration.who-and-when")) == 1


def test_a_birth_date_rewritten_in_silence_holds_every_enrolled_day() -> None:
    younger = child(born=date(2024, 6, 1))[0]
    (finding,) = found(younger, rule="alteration.silent")
    assert finding.holds
    assert len(finding.days) == len(PERIOD.days)


def test_a_shift_rewritten_in_silence_is_told() -> None:
    longer = shift(MONDAY, "06:00-18:00")
    (finding,) = found(longer, rule="alteration.service-records")
    assert (finding.child, finding.holds) == (None, False)


def test_a_record_that_comes_back_stands_again() -> None:
    """Missing from one file, there again in the next with the same old times."""
    stored = versions([*staffed(), profile(), *child(), agreement(), stay(MONDAY)])
    lost = gone(stored[-1], State.MISSING)
    back = replace(
        stored[-1], id=EvidenceId(f"{stored[-1].id[:-1]}3"), version=3, received_at=lost.received_at + timedelta(days=7)
    )
    made = from_evidence(evidence([*stored, lost, back]), PERIOD, policy()).claim
    assert [f for f in made.findings if f.rule in ("records.vanished", "alteration.silent")] == []
    assert next(one for one in made.child_days if one.day == MONDAY).portions[0].verdict == "claimed"


def test_a_deleted_stay_leaves_a_trace() -> None:
    (finding,) = [f for f in with_last(State.DELETED).findings if f.rule == "records.deleted"]
    assert (finding.days, finding.holds) == ((MONDAY,), False)


def test_a_revoked_signature_signs_nothing() -> None:
    revoked = means("g1").model_copy(update={"revoked_at": at(date(2026, 1, 20), "09:00")})
    own = stay(MONDAY).model_copy(update={"sign_in": Mark(method=Method.SIGNED, by="g1", means="m1", at=at(MONDAY, "08:25"))})
    assert len(found(revoked, own, rule="signature.one-signatory")) == 1


def test_a_record_without_a_number_does_not_hide_one_that_has_it() -> None:
    without = StudentNumber(service=SERVICE, key="zz", child="c1", document_sighted="passport")
    assert found(without, stay(MONDAY), rule="child.student-number") == []


@pytest.mark.example("calendar.closed", "A source says that the service did not open on the day, whatever its hours.")
def test_a_day_said_to_be_shut_is_shut_whatever_its_hours() -> None:
    shut = OperatingDay(service=SERVICE, key="d1", day=MONDAY, open=False)
    made = claim_of(shut, stay(MONDAY))
    assert next(one for one in made.child_days if one.day == MONDAY).portions[0].reason == "calendar.closed"
