"""Which agreement a day is funded by, and what a parent's signature covers: Handbook 6-1."""

from datetime import date, timedelta

import pytest

from ecegateway.evidence.record import State
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.policy import policy
from ecegateway.model.claim import Category, Claim, Verdict
from ecegateway.model.enrolment import Basis, Enrolment
from ecegateway.model.record import Record
from tests.support.records import (
    C1,
    MONDAY,
    PERIOD,
    absence,
    agreement,
    bookings,
    changed,
    child,
    evidence,
    gone,
    prepared,
    profile,
    staffed,
    stay,
    versions,
)

DAYS = [MONDAY + timedelta(days=n) for n in range(5)]


def made(*records: Record) -> Claim:
    return prepared(*staffed(), profile(), *child(), *(stay(day) for day in DAYS), *records).claim


def claimed(claim: Claim) -> list[int]:
    days = {one.day: sum(map(one.claimed, Category)) for one in claim.child_days if one.child == C1}
    return [days.get(day, 0) for day in DAYS]


def reasons(claim: Claim, day: date) -> set[str]:
    return {f"{p.verdict} {p.reason}" for one in claim.child_days if one.day == day and one.child == C1 for p in one.portions}


def test_an_unsigned_renewal_holds_its_days_though_it_overlaps_the_signed_agreement_by_one() -> None:
    old = agreement(last_day=DAYS[0])
    renewal = agreement(key="a2", since=DAYS[0], signed_on=None)
    claim = made(old, renewal)
    assert claimed(claim) == [360, 0, 0, 0, 0]
    assert reasons(claim, DAYS[1]) == {"held enrolment.signed"}


def test_a_renewal_signed_late_counts_from_its_signing() -> None:
    claim = made(agreement(last_day=DAYS[0]), agreement(key="a2", since=DAYS[1], signed_on=DAYS[3]))
    assert claimed(claim) == [360, 0, 0, 360, 360]


def test_booked_times_changed_under_the_same_signature_are_a_change_nobody_signed() -> None:
    """Declared by staff with who and when: the signed content goes on, and the change is found."""
    grown = agreement(times="08:30-14:30", change=changed(on=DAYS[0]))
    claim = made(agreement(times="08:30-11:30"), grown)
    assert claimed(claim) == [180] * 5
    assert any(f.rule == "enrolment.signed" and not f.holds for f in claim.findings)


def test_twenty_hours_added_under_the_same_signature_are_not_attested() -> None:
    added = agreement(twenty_hours="240 240 240 240 240", change=changed(on=DAYS[0]))
    claim = prepared(
        *staffed(), profile(), *child(born=date(2022, 5, 1)), agreement(), added, *(stay(day) for day in DAYS)
    ).claim
    assert sum(one.claimed(Category.TWENTY_HOURS) for one in claim.child_days) == 0


def test_a_signed_change_in_place_leaves_the_days_before_it_to_the_old_content() -> None:
    shorter = agreement(times="08:30-11:30", since=DAYS[2], signed_on=DAYS[1], change=changed(on=DAYS[1]))
    assert claimed(made(agreement(), shorter)) == [360, 360, 180, 180, 180]


def test_the_last_day_may_be_entered_without_a_signature() -> None:
    left = agreement(last_day=DAYS[1], change=changed(on=DAYS[1]))
    assert claimed(made(agreement(), left)) == [360, 360, 0, 0, 0]


def test_of_two_changes_the_one_that_counts_later_stands() -> None:
    """Effective later but signed earlier does not outrank one signed since."""
    first = agreement(key="a2", since=DAYS[1], signed_on=MONDAY - timedelta(days=9))
    second = agreement(key="a3", times="08:30-11:30", since=MONDAY - timedelta(days=5), signed_on=DAYS[2])
    assert claimed(made(agreement(), first, second)) == [360, 360, 180, 180, 180]


def test_two_permanent_agreements_are_not_added_up() -> None:
    other = agreement(key="b1", times="08:30-11:30").model_copy(update={"agreement": "another"})
    claim = made(agreement(times="11:30-14:30"), other)
    assert claimed(claim) == [0] * 5
    assert reasons(claim, MONDAY) == {"held enrolment.two-agreements"}


def test_a_casual_agreement_beside_a_permanent_one_is_fine() -> None:
    casual = agreement(key="b1", times="14:30-16:30", basis=Basis.CASUAL).model_copy(update={"agreement": "another"})
    claim = made(agreement(times="08:30-11:30"), casual)
    assert claimed(claim) == [360] * 5


def _after(state: State) -> Claim:
    reduced = agreement(key="a2", times="08:30-11:30", since=DAYS[1], signed_on=MONDAY)
    stored = versions([*staffed(), profile(), *child(), *(stay(day) for day in DAYS), agreement(), reduced])
    return from_evidence(evidence([*stored, gone(stored[-1], state)]), PERIOD, policy()).claim


def test_an_older_agreement_does_not_stand_again_because_the_newer_is_gone() -> None:
    for state, rule in ((State.MISSING, "records.vanished"), (State.DELETED, "records.deleted")):
        claim = _after(state)
        assert claimed(claim)[1:] == [0] * 4
        assert reasons(claim, DAYS[1]) == {f"held {rule}"}


def test_no_hour_of_a_conditional_booking_is_funded_that_was_not_attended() -> None:
    part: Enrolment = agreement(basis=Basis.CONDITIONAL, conditional_part="bookings")
    firm, later = bookings("08:30-11:30", ["Mo"])[0], bookings("11:30-14:30", ["Mo"])[0]
    part = part.model_copy(update={"bookings": (firm, later.model_copy(update={"conditional": True}))})
    claim = prepared(*staffed(), profile(), *child(), part, stay(MONDAY, "08:30-11:30")).claim
    found = next(one for one in claim.child_days if one.day == MONDAY)
    assert [(p.verdict, p.minutes, p.reason) for p in found.portions] == [
        (Verdict.CLAIMED, 180, "funding.enrolled-hours"),
        (Verdict.REFUSED, 180, "funding.casual-not-attended"),
    ]


def test_of_a_casual_booking_only_what_no_firm_one_books_as_well_is_refused() -> None:
    """Firm to half past twelve, casual from half past eleven; the child left at noon."""
    casual = agreement(key="b1", times="11:30-15:30", basis=Basis.CASUAL).model_copy(update={"agreement": "another"})
    firm = agreement(times="08:30-12:30")
    claim = prepared(*staffed(), profile(), *child(), firm, casual, stay(MONDAY, "08:30-12:00")).claim
    found = next(one for one in claim.child_days if one.day == MONDAY)
    assert [(p.verdict, p.starts, p.minutes, p.reason) for p in found.portions] == [
        (Verdict.CLAIMED, 510, 240, "funding.enrolled-hours"),
        (Verdict.REFUSED, 750, 180, "funding.casual-not-attended"),
    ]


def test_a_casual_booking_without_any_record_is_unknown_not_refused() -> None:
    """Policy switch attendance.no-record (A42)."""
    claim = prepared(*staffed(), profile(), *child(), agreement(basis=Basis.CASUAL), absence(DAYS[1])).claim
    assert reasons(claim, DAYS[0]) == {"held attendance.no-record"}
    assert reasons(claim, DAYS[1]) == {"refused funding.casual-not-attended"}


@pytest.mark.example("funding.twenty-hours", "The service does not offer 20 Hours ECE.")
def test_a_service_that_does_not_offer_twenty_hours_claims_none() -> None:
    plain = profile().model_copy(update={"offers_twenty_hours": False})
    attested = agreement(twenty_hours="240 240 240 240 240")
    claim = prepared(*staffed(), plain, *child(born=date(2022, 5, 1)), attested, stay(MONDAY)).claim
    found = next(one for one in claim.child_days if one.day == MONDAY)
    assert found.claimed(Category.TWO_AND_OVER) == 360


@pytest.mark.example(
    "calendar.outside-sessions", "Eight to two is booked at a service licensed from nine to twelve: three hours are held back."
)
@pytest.mark.example("calendar.outside-sessions", "The three hours of such a booking that lie within the session are claimed.")
def test_hours_outside_the_licensed_sessions_are_held() -> None:
    """Handbook 7-6."""
    short_day = profile("09:00-12:00")
    claim = prepared(*staffed(), short_day, *child(), agreement(times="08:00-14:00"), stay(MONDAY, "08:45-12:15")).claim
    found = next(one for one in claim.child_days if one.day == MONDAY)
    assert found.claimed(Category.TWO_AND_OVER) == 180
    assert sum(p.minutes for p in found.portions if p.reason == "calendar.outside-sessions") == 180


def test_held_hours_too_stop_at_six_a_day() -> None:
    claim = prepared(*staffed(), profile(), *child(), agreement(times="08:00-16:30")).claim
    found = next(one for one in claim.child_days if one.day == MONDAY)
    assert sum(p.minutes for p in found.portions if p.verdict is Verdict.HELD) == 360


def test_claimed_hours_rest_on_agreement_stay_and_birth_date() -> None:
    found = next(one for one in made(agreement()).child_days if one.day == MONDAY)
    assert [item.split("/")[2] for item in found.portions[0].evidence] == ["enrolment", "attendance", "child"]
