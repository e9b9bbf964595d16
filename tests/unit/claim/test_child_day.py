"""Funded child hours of one child's day, each the Handbook's own case or a direct application of its text."""

from datetime import date, timedelta

import pytest

from ecegateway.model.attendance import Method
from ecegateway.model.claim import Category, ChildDay, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.record import Record
from ecegateway.model.service import Mode, ServiceType
from tests.support.records import (
    MONDAY,
    NO_SWITCHES,
    Switches,
    absence,
    agreement,
    at,
    bookings,
    child,
    confirmed,
    prepared,
    profile,
    staffed,
    stay,
)

TUESDAY = MONDAY + timedelta(days=1)


def day_of(*records: Record, day: date = MONDAY, key: str = "kowhai:c1", switches: Switches = NO_SWITCHES) -> ChildDay:
    made = prepared(*staffed(), *records, switches=switches).claim
    (found,) = [one for one in made.child_days if one.day == day and one.child == key]
    return found


def fates(found: ChildDay) -> dict[str, int]:
    """Minutes by verdict and reason."""
    total: dict[str, int] = {}
    for p in found.portions:
        name = f"{p.verdict} {p.reason}"
        total[name] = total.get(name, 0) + p.minutes
    return total


@pytest.mark.example(
    "funding.enrolled-hours", "A permanent child enrolled for six hours came for part of them: all six are claimed."
)
@pytest.mark.example("funding.daily-limit", "Six hours are booked and attended in part.")
def test_a_permanent_child_who_attended_is_funded_on_enrolled_hours() -> None:
    """Handbook 3-A-2."""
    found = day_of(profile(), *child(), agreement(times="08:30-14:30"), stay(MONDAY, "09:40-12:00"))
    assert fates(found) == {"claimed funding.enrolled-hours": 360}
    assert found.claimed(Category.TWO_AND_OVER) == 360
    assert (found.booked_minutes, found.attended_minutes) == (360, 135)


@pytest.mark.example("funding.daily-limit", "Eight hours are booked: the last two.")
def test_an_all_day_booking_of_eight_hours_is_funded_for_six() -> None:
    """Handbook 3-A-2, worked example WE-8: 8 hours booked, 6.0 funded."""
    found = day_of(profile(), *child(), agreement(times="08:00-16:00"), stay(MONDAY, "08:00-16:00"))
    assert fates(found) == {"claimed funding.enrolled-hours": 360, "refused funding.daily-limit": 120}


@pytest.mark.parametrize(("times", "minutes"), [("08:30-12:30", 240), ("08:37-12:22", 225), ("08:38-12:22", 210)])
@pytest.mark.example("funding.attended-hours", "A casual child booked for six hours came for four: four hours are claimed.")
@pytest.mark.example(
    "funding.casual-not-attended", "A casual child booked for six hours came for four: of the other two nothing is said."
)
def test_a_casual_child_is_funded_on_attended_hours_to_the_quarter_hour(times: str, minutes: int) -> None:
    """Worked example WE-8: booked 6 hours, attended 4: 4.0; times to the nearest 15 minutes."""
    found = day_of(profile(), *child(), agreement(basis=Basis.CASUAL), stay(MONDAY, times))
    assert fates(found) == {"claimed funding.attended-hours": minutes}


@pytest.mark.example("funding.attended-hours", "A casual child was booked for six hours and did not come: nothing is claimed.")
@pytest.mark.example("funding.casual-not-attended", "A casual child was booked for six hours and is marked absent.")
def test_a_casual_child_who_did_not_come_is_not_funded() -> None:
    """Handbook 6-4, worked example WE-8."""
    found = day_of(profile(), *child(), agreement(basis=Basis.CASUAL), absence(MONDAY))
    assert fates(found) == {"refused funding.casual-not-attended": 360}


@pytest.mark.example(
    "funding.enrolled-hours", "An hour of the conditional part of an agreement is claimed as attended, not as enrolled."
)
def test_the_firm_part_of_a_conditional_agreement_is_funded_as_enrolled() -> None:
    """Handbook 6-1: the conditional part can be specific hours."""
    part = agreement(basis=Basis.CONDITIONAL, conditional_part="bookings")
    firm, later = bookings("08:30-11:30", ["Mo"])[0], bookings("11:30-14:30", ["Mo"])[0]
    part = part.model_copy(update={"bookings": (firm, later.model_copy(update={"conditional": True}))})
    found = day_of(profile(), *child(), part, stay(MONDAY, "08:30-12:30"))
    assert fates(found) == {"claimed funding.enrolled-hours": 180, "claimed funding.attended-hours": 60}


def test_a_conditional_agreement_without_its_part_gives_nothing() -> None:
    """Handbook 6-1: not indicated which part is conditional, no funding for attendance."""
    found = day_of(profile(), *child(), agreement(basis=Basis.CONDITIONAL), stay(MONDAY, "08:30-12:30"))
    assert fates(found) == {"held enrolment.conditional-part": 240}


def test_an_absence_is_claimed_by_the_rule_that_funds_it_and_rests_on_its_mark() -> None:
    """Handbook 6-4, 6-5."""
    found = day_of(profile(), *child(), agreement(), absence(MONDAY))
    assert fates(found) == {"claimed absence.three-weeks": 360}
    assert "kowhai/10842/absence/x-c1-2026-02-09@1" in found.portions[0].evidence


def test_a_day_without_a_record_is_neither_present_nor_absent() -> None:
    """Policy switch attendance.no-record (A42)."""
    found = day_of(profile(), *child(), agreement())
    assert fates(found) == {"held attendance.no-record": 360}


def test_a_child_present_for_one_of_two_sessions_is_present_that_day() -> None:
    """Policy switch absence.part-day (A9): the Ministry asks for no absence record then."""
    two = agreement(times="08:30-11:30")
    two = two.model_copy(update={"bookings": (*two.bookings, *bookings("12:00-14:00"))})
    found = day_of(profile(), *child(), two, stay(MONDAY, "08:30-11:30"))
    assert fates(found) == {"claimed funding.enrolled-hours": 300}


@pytest.mark.example("funding.age-limit", "The day of the sixth birthday.")
@pytest.mark.example("funding.age-limit", "The day before the sixth birthday.")
def test_a_child_of_six_is_not_funded_from_the_birthday() -> None:
    """Handbook 3-A-1: the last funded day is the day before the sixth birthday."""
    records = [profile(), *child(born=date(2020, 2, 10)), agreement(), stay(MONDAY), stay(TUESDAY)]
    assert fates(day_of(*records)) == {"claimed funding.enrolled-hours": 360}
    assert fates(day_of(*records, day=TUESDAY)) == {"refused funding.age-limit": 360}


def test_the_category_changes_on_the_second_birthday() -> None:
    """Policy switch age.boundary (A35): age as on each date."""
    records = [profile(), *child(born=date(2024, 2, 10)), agreement(), stay(MONDAY), stay(TUESDAY)]
    assert day_of(*records).claimed(Category.UNDER_TWO) == 360
    assert day_of(*records, day=TUESDAY).claimed(Category.TWO_AND_OVER) == 360


@pytest.mark.example("calendar.closed", "A public holiday on which the service is closed has a reason of its own.")
@pytest.mark.example("calendar.public-holiday", "The service is closed on Waitangi Day.")
def test_a_public_holiday_is_not_funded_when_closed() -> None:
    waitangi = date(2026, 2, 6)
    found = day_of(profile(), *child(), agreement(), day=waitangi)
    assert fates(found) == {"refused calendar.public-holiday": 360}


@pytest.mark.example(
    "calendar.public-holiday", "The service is open on Waitangi Day, and a child enrolled on Fridays stays at home."
)
@pytest.mark.example("calendar.public-holiday", "The service is open on Waitangi Day, and the child comes.")
@pytest.mark.example("calendar.public-holiday", "The child stays at home, and the agreement names that very day.")
def test_an_open_public_holiday_is_funded_for_a_child_who_comes() -> None:
    """Handbook 3-A-2; policy switch holiday.open-day-claims (A41)."""
    waitangi = date(2026, 2, 6)
    open_then = profile(opens_on_holidays=(waitangi,))
    came = day_of(open_then, *child(), agreement(), stay(waitangi), day=waitangi)
    assert fates(came) == {"claimed funding.enrolled-hours": 360}
    stayed_home = day_of(open_then, *child(), agreement(), absence(waitangi), day=waitangi)
    assert fates(stayed_home) == {"refused calendar.public-holiday": 360}
    named = day_of(open_then, *child(), agreement(holidays=(waitangi,)), absence(waitangi), day=waitangi)
    assert fates(named) == {"claimed absence.three-weeks": 360}


def sessional(sessions: str) -> Record:
    return profile(sessions, mode=Mode.SESSIONAL, service_type=ServiceType.KINDERGARTEN)


def test_a_sessional_session_of_two_and_a_half_hours_is_funded_as_three() -> None:
    """Handbook 3-A-1, worked example WE-8: subsidy 3.0."""
    found = day_of(sessional("09:00-11:30"), *child(), agreement(times="09:00-11:30"), stay(MONDAY, "09:00-11:30"))
    assert found.claimed(Category.TWO_AND_OVER) == 180


def test_the_half_hour_added_to_a_twenty_hours_session_is_plus_ten() -> None:
    """Handbook 4-2, worked example WE-8: 20 Hours 2.5, Plus 10 0.5."""
    attested = agreement(times="09:00-11:30", twenty_hours="180 180 180 180 180")
    found = day_of(sessional("09:00-11:30"), *child(born=date(2022, 5, 1)), attested, stay(MONDAY, "09:00-11:30"))
    assert (found.claimed(Category.TWENTY_HOURS), found.claimed(Category.PLUS_TEN)) == (150, 30)


@pytest.mark.parametrize(
    ("sessions", "booked", "mode", "minutes"),
    [
        ("09:00-11:29", "09:00-11:29", Mode.SESSIONAL, 149),
        ("09:00-11:30", "09:00-11:30", Mode.ALL_DAY, 150),
        ("09:00-11:59", "09:00-11:59", Mode.SESSIONAL, 180),
        ("09:00-12:00", "09:00-12:00", Mode.SESSIONAL, 180),
        ("09:00-13:00", "09:00-11:30", Mode.SESSIONAL, 150),
    ],
)
@pytest.mark.example("funding.short-session", "The session lasts a minute less than two and a half hours.")
@pytest.mark.example("funding.short-session", "A child takes two and a half hours of a session of four.")
def test_only_a_whole_sessional_session_of_two_and_a_half_to_three_hours_is_rounded_up(
    sessions: str, booked: str, mode: Mode, minutes: int
) -> None:
    service = profile(sessions, mode=mode, service_type=ServiceType.KINDERGARTEN)
    found = day_of(service, *child(), agreement(times=booked), stay(MONDAY, booked))
    assert found.claimed(Category.TWO_AND_OVER) == minutes


def test_a_booked_length_reading_rounds_a_part_session_up() -> None:
    """Policy switch session.short-session."""
    records = [sessional("09:00-13:00"), *child(), agreement(times="09:00-11:30"), stay(MONDAY, "09:00-11:30")]
    assert day_of(*records, switches={"session.short-session": "booked-length"}).claimed(Category.TWO_AND_OVER) == 180


def test_an_unsigned_agreement_holds_its_hours() -> None:
    """Handbook 6-1."""
    found = day_of(profile(), *child(), agreement(signed_on=None), stay(MONDAY))
    assert fates(found) == {"held enrolment.signed": 360}


def test_an_unsigned_change_is_no_change() -> None:
    """Handbook 6-1: the signed version goes on being funded."""
    change = agreement(times="08:30-11:30", key="a2", since=MONDAY, signed_on=None)
    found = day_of(profile(), *child(), agreement(times="08:30-14:30"), change, stay(MONDAY))
    assert fates(found) == {"claimed funding.enrolled-hours": 360}


def test_a_change_counts_from_the_day_it_was_signed() -> None:
    change = agreement(times="08:30-11:30", key="a2", since=MONDAY, signed_on=TUESDAY)
    records = [profile(), *child(), agreement(), change, stay(MONDAY), stay(TUESDAY)]
    assert fates(day_of(*records)) == {"claimed funding.enrolled-hours": 360}
    assert fates(day_of(*records, day=TUESDAY)) == {"claimed funding.enrolled-hours": 180}


@pytest.mark.example(
    "attendance.not-enrolled",
    "The agreement ended on Monday, and the child came on Tuesday: the rule on the finish date says so.",
)
def test_an_ended_agreement_gives_nothing_after_its_last_day() -> None:
    made = prepared(*staffed(), profile(), *child(), agreement(last_day=MONDAY), stay(MONDAY), stay(TUESDAY)).claim
    assert max(one.day for one in made.child_days) == MONDAY
    assert any(f.rule == "enrolment.after-finish" and f.days == (TUESDAY,) for f in made.findings)


def test_a_fortnightly_booking_falls_on_every_second_week() -> None:
    every_other = agreement(weekdays=["Mo"])
    second = every_other.bookings[0].model_copy(update={"every_weeks": 2, "counted_from": MONDAY})
    fortnightly = every_other.model_copy(update={"bookings": (second,)})
    made = prepared(*staffed(), profile(), *child(), fortnightly).claim
    days = [one.day for one in made.child_days]
    assert days[:3] == [MONDAY + timedelta(days=14 * n) for n in range(3)]


def test_a_bulk_mark_gives_no_hours() -> None:
    """Handbook 6-3 criterion 7."""
    found = day_of(profile(), *child(), agreement(), stay(MONDAY, method=Method.BULK))
    assert fates(found) == {"held attendance.not-defaulted": 360}
    assert all(p.verdict is Verdict.HELD for p in found.portions)


@pytest.mark.example(
    "funding.attended-times-unknown", "A guardian confirmed the day of a casual child whose sign-out the system made."
)
@pytest.mark.example("funding.attended-times-unknown", "A permanent child's day is like that: the enrolled hours are claimed.")
def test_a_confirmed_day_whose_departure_nobody_saw_gives_a_casual_child_no_booked_minutes() -> None:
    """Handbook 6-4: attended hours only. The confirmation says the child came, not for how long."""
    record = stay(MONDAY, "08:30-14:30", out_method=Method.SYSTEM)
    found = day_of(profile(), *child(), agreement(basis=Basis.CASUAL), record, confirmed(MONDAY, MONDAY))
    assert fates(found) == {"held funding.attended-times-unknown": 360}
    permanent = day_of(profile(), *child(), agreement(), record, confirmed(MONDAY, MONDAY))
    assert fates(permanent) == {"claimed funding.enrolled-hours": 360}


def test_a_departure_the_system_made_gives_a_casual_child_no_minutes() -> None:
    overnight = stay(MONDAY, "08:30-14:30", out_method=Method.SYSTEM)
    overnight = overnight.model_copy(update={"departed": at(TUESDAY, "09:00")})
    found = day_of(profile(), *child(), agreement(basis=Basis.CASUAL), overnight)
    assert fates(found) == {"held attendance.system-sign-out": 360}
    assert found.attended_minutes == 0


@pytest.mark.parametrize("clock", ["20:30", "23:59"])
def test_a_departure_long_after_closing_stretches_no_day(clock: str) -> None:
    """Traps 1 and 2: the time is kept in the evidence and believed nowhere, whoever is said to have signed."""
    found = day_of(profile(), *child(), agreement(), stay(MONDAY, f"08:30-{clock}"))
    assert found.attended_minutes == 0
    assert fates(found) == {"held attendance.system-sign-out": 360}
