"""Where a rule begins and where it ends: the first and last day of an authority or agreement, the minute two times meet."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from ecegateway.evidence.record import State
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Attendance, LeavingNotice, Mark, Method
from ecegateway.model.claim import Claim
from ecegateway.model.finding import Finding
from ecegateway.model.people import AuthorisedSignatory, Person, SignatureMeans
from ecegateway.model.record import Record
from ecegateway.rules.enrolment.agreement import waiting_for_signature
from tests.support.records import (
    MONDAY,
    PERIOD,
    SERVICE,
    absence,
    agreement,
    at,
    changed,
    child,
    confirmed,
    evidence,
    facts_of,
    gone,
    prepared,
    profile,
    shift,
    staffed,
    stay,
    versions,
)

SUNDAY, TUESDAY, WEDNESDAY = (MONDAY + timedelta(days=n) for n in (-1, 1, 2))
UNSIGNED = stay(MONDAY).model_copy(update={"sign_out": Mark(method=Method.STAFF_ENTRY)})


def claimed(*records: Record) -> Claim:
    return prepared(shift(MONDAY), profile(), *child(), agreement(), *records).claim


def found(*records: Record, rule: str) -> list[Finding]:
    """The findings of one rule on the Monday."""
    return [f for f in claimed(*records).findings if f.rule == rule and MONDAY in f.days]


# Signatures and authorities.


def listed(person: str = "g1", first: date = MONDAY, last: date | None = MONDAY) -> AuthorisedSignatory:
    return AuthorisedSignatory(service=SERVICE, key=f"y-{person}", child="c1", person=person, first_day=first, last_day=last)


@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [(MONDAY, MONDAY, True), (MONDAY, None, True), (TUESDAY, None, False), (SUNDAY, SUNDAY, False)],
)
def test_an_authority_counts_from_its_first_day_to_its_last(first: date, last: date | None, *, allowed: bool) -> None:
    assert bool(found(listed(first=first, last=last), stay(MONDAY), rule="signature.authorised")) is not allowed


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [(TUESDAY, TUESDAY, True), (TUESDAY, None, True), (WEDNESDAY, None, False), (MONDAY, MONDAY, False)],
)
def test_who_verifies_must_be_authorised_on_the_day_of_verifying(first: date, last: date | None, *, may: bool) -> None:
    """The stay is Monday's, the confirmation is given on Tuesday."""
    answered = found(UNSIGNED, listed(first=first, last=last), confirmed(MONDAY, MONDAY, on=TUESDAY), rule="attendance.signed")
    assert (answered == []) is may


def test_a_person_on_record_as_a_guardian_may_verify() -> None:
    guardian = Person(service=SERVICE, key="g1", role="guardian")
    assert found(UNSIGNED, guardian, confirmed(MONDAY, MONDAY), rule="attendance.signed") == []


def test_a_guardian_on_record_who_is_not_listed_is_found_as_a_signer() -> None:
    stranger = Person(service=SERVICE, key="g2", role="guardian")
    assert len(found(listed(), stranger, stay(MONDAY, by="g2"), rule="signature.authorised")) == 1


@pytest.mark.parametrize(("revoked_at", "signs"), [("08:24", False), ("08:25", False), ("08:26", True)])
def test_a_signature_signs_until_the_moment_it_is_revoked(revoked_at: str, *, signs: bool) -> None:
    means = SignatureMeans(service=SERVICE, key="m1", person="g1", revoked_at=at(MONDAY, revoked_at))
    mark = Mark(method=Method.SIGNED, by="g1", means="m1", at=at(MONDAY, "08:25"))
    own = stay(MONDAY).model_copy(update={"sign_in": mark})
    assert bool(found(means, own, rule="signature.one-signatory")) is not signs


def test_a_signature_in_use_signs_whenever_the_mark_was_made() -> None:
    means = SignatureMeans(service=SERVICE, key="m1", person="g1")
    mark = Mark(method=Method.SIGNED, by="g1", means="m1", at=at(MONDAY, "08:25"))
    assert found(means, stay(MONDAY).model_copy(update={"sign_in": mark}), rule="signature.one-signatory") == []


def test_a_confirmation_at_the_very_moment_of_the_record_confirms_it() -> None:
    at_once = UNSIGNED.model_copy(update={"recorded_at": at(TUESDAY, "17:00")})
    assert found(at_once, confirmed(MONDAY, MONDAY, on=TUESDAY), rule="attendance.signed") == []


def test_a_stay_without_any_time_may_be_disputed() -> None:
    timeless = Attendance(service=SERVICE, key="t1", child="c1", day=MONDAY)
    dispute = confirmed(MONDAY, MONDAY).model_copy(update={"decision": "disputed"})
    assert len(found(timeless, dispute, rule="verification.disputed")) == 1


# Departures nobody saw.


@pytest.mark.parametrize(
    ("departed", "why_not", "clock"),
    [
        (datetime(2026, 2, 9, 20, 0, 0, tzinfo=UTC), "is 20:00 UTC to the second", "09:00 the next day"),
        (datetime(2026, 2, 9, 20, 0, 1, tzinfo=UTC), "is long after closing", "09:00 the next day"),
        (datetime(2026, 2, 9, 20, 1, 0, tzinfo=UTC), "is long after closing", "09:01 the next day"),
        (datetime(2026, 2, 9, 8, 7, 0, tzinfo=UTC), "is long after closing", "21:07"),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_what_gives_a_departure_away_is_said_with_its_local_time(
    monkeypatch: pytest.MonkeyPatch, zone: str, departed: datetime, why_not: str, clock: str
) -> None:
    """Trap 1, on a machine of any time zone."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        (finding,) = found(stay(MONDAY).model_copy(update={"departed": departed}), rule="attendance.system-sign-out")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert finding.parameters == (("time", clock), ("why_not", why_not))


def test_a_departure_the_system_put_at_midnight_is_said_to_be_at_midnight() -> None:
    (finding,) = found(stay(MONDAY, "08:30-00:00", out_method=Method.SYSTEM), rule="attendance.system-sign-out")
    assert dict(finding.parameters)["time"] == "00:00"


# Minutes that meet.


@pytest.mark.parametrize(
    ("away", "contradicts"),
    [
        ("07:40-08:25", False),
        ("07:40-08:26", True),
        ("14:35-15:10", False),
        ("14:34-15:10", True),
        ("09:10-09:50", True),
        ("07:40-", True),
        ("-15:10", True),
    ],
)
@pytest.mark.example("attendance.contradictory", "The absence ends a minute after the stay began.")
@pytest.mark.example("attendance.contradictory", "The absence ends at the minute the stay begins.")
def test_an_absence_contradicts_a_stay_from_the_minute_they_share(away: str, *, contradicts: bool) -> None:
    """The stay lasts from 8:25 to 14:35; an absence with one time alone is one of the whole day."""
    starts, ends = (at(MONDAY, part).time() if part else None for part in away.split("-"))
    partly = absence(MONDAY).model_copy(update={"starts": starts, "ends": ends})
    assert bool(found(stay(MONDAY), partly, rule="attendance.contradictory")) is contradicts


def test_a_stay_without_its_end_overlaps_no_other() -> None:
    """Where one ends is not known; that the time is missing is a finding of its own."""
    for earlier, later in (("08:30-", "09:30-14:30"), ("08:30-14:30", "09:30-")):
        two = (stay(MONDAY, earlier, key="one"), stay(MONDAY, later, key="two"))
        assert found(*two, rule="attendance.overlapping-stays") == []


# Records that are gone.


def lost(record: Record, state: State = State.MISSING) -> list[Finding]:
    """What is found when the last record of a source is gone from its latest file, or deleted."""
    stored = versions([*staffed(), profile(), *child(), stay(MONDAY), record])
    made = from_evidence(evidence([*stored, gone(stored[-1], state)]), PERIOD, policy()).claim
    return [f for f in made.findings if f.rule in ("records.vanished", "records.deleted")]


def test_an_agreement_that_is_gone_is_told_on_the_days_it_was_in_force() -> None:
    (finding,) = lost(agreement(since=MONDAY, last_day=WEDNESDAY))
    assert finding.days == (MONDAY, TUESDAY, WEDNESDAY)
    assert finding.evidence == ("kowhai/10842/enrolment/a-c1@1",)
    assert finding.parameters == (("stream", "enrolment"),)


def test_an_agreement_without_an_end_is_told_to_the_end_of_the_period() -> None:
    (finding,) = lost(agreement(since=MONDAY), State.DELETED)
    assert (finding.days[0], finding.days[-1]) == (MONDAY, PERIOD.days.last)
    assert finding.holds


def test_a_stay_of_another_period_that_is_gone_is_not_told() -> None:
    assert lost(absence(date(2025, 11, 3))) == []


def test_a_record_of_no_day_that_is_gone_is_told_without_days() -> None:
    (finding,) = lost(LeavingNotice(service=SERVICE, key="l1", child="c1", given_on=MONDAY))
    assert (finding.days, finding.parameters) == ((), (("stream", "leaving_notice"),))


def test_a_change_is_settled_by_a_full_statement_on_the_same_record_alone() -> None:
    """Neither another record's statement, nor a later silent change, nor half a statement settles it."""
    silent = stay(MONDAY, "08:00-14:35")
    elsewhere = (stay(TUESDAY), stay(TUESDAY, "08:55-14:35", change=changed()))
    assert len(found(stay(MONDAY), silent, *elsewhere, rule="alteration.silent")) == 1
    assert len(found(stay(MONDAY), silent, stay(MONDAY, "07:45-14:35"), rule="alteration.silent")) == 2
    for half in (changed(by=None), changed(on=None)):
        later = stay(MONDAY, "07:45-14:35", change=half)
        assert len(found(stay(MONDAY), silent, later, rule="alteration.silent")) == 1


# Agreements that wait for a signature.


def waiting(*agreements: Record, day: date) -> list[str]:
    """Keys of the agreements that would be in force on a day, had a parent signed them."""
    (one,) = facts_of(profile(), *child(), *agreements).children
    return [known.record.key for known in waiting_for_signature(one, day)]


def test_an_unsigned_agreement_waits_from_its_first_day_to_its_last() -> None:
    unsigned = agreement(key="new", since=MONDAY, last_day=TUESDAY, signed_on=None)
    assert [waiting(unsigned, day=day) for day in (SUNDAY, MONDAY, TUESDAY, WEDNESDAY)] == [[], ["new"], ["new"], []]


def test_an_agreement_signed_late_waits_until_the_day_before_its_signing() -> None:
    late = agreement(key="new", since=MONDAY, signed_on=WEDNESDAY)
    assert [waiting(late, day=day) for day in (TUESDAY, WEDNESDAY)] == [["new"], []]


@pytest.mark.parametrize(("since", "waits"), [(SUNDAY, []), (MONDAY, []), (TUESDAY, ["new"])])
def test_beside_a_signed_agreement_only_a_later_one_waits(since: date, waits: list[str]) -> None:
    """The signed one counts from Monday; the day asked about is Wednesday."""
    signed = agreement(key="old", since=MONDAY, signed_on=SUNDAY)
    assert waiting(signed, agreement(key="new", since=since, signed_on=None), day=WEDNESDAY) == waits
