"""Each portion of a child's day says why, by which reading, on what evidence, and where in the day it lies."""

from datetime import date, timedelta

import pytest

from ecegateway.model.attendance import MakeUpDay
from ecegateway.model.claim import Portion
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, Mode, ServiceType
from tests.support.records import (
    C1,
    C2,
    MONDAY,
    NO_SWITCHES,
    SERVICE,
    Switches,
    absence,
    agreement,
    bookings,
    child,
    prepared,
    profile,
    staffed,
    stay,
)

TUESDAY = MONDAY + timedelta(days=1)
AGREEMENT, CHILD = "kowhai/10842/enrolment/a-c1@1", "kowhai/10842/child/c1@1"
STAY, ABSENCE = f"kowhai/10842/attendance/s-c1-{MONDAY}@1", f"kowhai/10842/absence/x-c1-{MONDAY}@1"


def of_monday(*records: Record, key: str = C1, switches: Switches = NO_SWITCHES) -> tuple[Portion, ...]:
    made = prepared(*staffed(), *records, switches=switches).claim
    (found,) = [one for one in made.child_days if one.day == MONDAY and one.child == key]
    return found.portions


def where(portions: tuple[Portion, ...]) -> list[tuple[int, int | None, str, str | None]]:
    return [(p.minutes, p.starts, p.reason, p.category) for p in portions]


@pytest.mark.example("funding.twenty-hours", "Six hours of a day are booked and four attested: the first four.")
@pytest.mark.example("funding.plus-ten", "Six hours of a day are booked and four attested: the two hours after those.")
def test_the_first_minutes_of_the_day_are_twenty_hours_and_the_rest_begin_where_those_end() -> None:
    two = agreement(times="08:30-11:30", twenty_hours="240")
    two = two.model_copy(update={"bookings": (*two.bookings, *bookings("12:00-15:00"))})
    found = of_monday(profile(), *child(born=date(2022, 5, 1)), two, stay(MONDAY, "08:30-15:00"))
    assert where(found) == [
        (180, 510, "funding.twenty-hours", "twenty-hours"),
        (60, 720, "funding.twenty-hours", "twenty-hours"),
        (120, 780, "funding.plus-ten", "plus-ten"),
    ]
    assert [p.switch for p in found] == [None, None, "rs7.two-and-over-excludes"]
    assert {p.evidence for p in found} == {(AGREEMENT, STAY, CHILD)}


@pytest.mark.example(
    "funding.twenty-hours", "The child is absent: the hours are 20 Hours ECE, and the absence is their reason."
)
def test_an_absence_keeps_its_own_reason_and_reading_in_twenty_hours() -> None:
    attested = agreement(twenty_hours="240")
    found = of_monday(profile(), *child(born=date(2022, 5, 1)), attested, absence(MONDAY))
    assert where(found) == [
        (240, 510, "absence.three-weeks", "twenty-hours"),
        (120, 750, "absence.three-weeks", "plus-ten"),
    ]


@pytest.mark.example("funding.short-session", "A child takes the whole of a session from 9:00 to 11:30: half an hour is added.")
def test_the_half_hour_added_to_a_short_session_says_so_and_lies_nowhere_in_the_day() -> None:
    service = profile("09:00-11:30", mode=Mode.SESSIONAL, service_type=ServiceType.KINDERGARTEN)
    found = of_monday(service, *child(), agreement(times="09:00-11:30"), stay(MONDAY, "09:00-11:30"))
    assert where(found) == [
        (150, 540, "funding.enrolled-hours", "two-and-over"),
        (30, None, "funding.short-session", "two-and-over"),
    ]
    assert found[1].switch == "session.short-session"
    assert found[1].evidence == (AGREEMENT, STAY, CHILD)


@pytest.mark.example("funding.casual-not-attended", "A child came for the firm morning, and not for the conditional afternoon.")
def test_conditional_hours_nobody_attended_rest_on_the_agreement_and_the_stay_that_shows_it() -> None:
    part = agreement(basis=Basis.CONDITIONAL, conditional_part="bookings")
    firm, later = bookings("08:30-11:30", ["Mo"])[0], bookings("11:30-14:30", ["Mo"])[0]
    part = part.model_copy(update={"bookings": (firm, later.model_copy(update={"conditional": True}))})
    _, missed = of_monday(profile(), *child(), part, stay(MONDAY, "08:30-11:30"))
    assert (missed.minutes, missed.starts, missed.reason) == (180, 690, "funding.casual-not-attended")
    assert missed.evidence == (AGREEMENT, STAY)


def test_an_emergency_closure_rests_on_the_closure_too_and_leaves_what_was_refused_before_it() -> None:
    """The child came in the morning; the conditional afternoon was not attended, whatever closed the service."""
    closed = Closure(
        service=SERVICE, key="z1", first_day=MONDAY, last_day=MONDAY, kind="emergency", approval_reference="letter"
    )
    part = agreement(basis=Basis.CONDITIONAL, conditional_part="bookings")
    firm, later = bookings("08:30-11:30", ["Mo"])[0], bookings("11:30-14:30", ["Mo"])[0]
    part = part.model_copy(update={"bookings": (firm, later.model_copy(update={"conditional": True}))})
    closure, missed = of_monday(profile(), closed, *child(), part, stay(MONDAY, "08:30-11:30"))
    assert (closure.reason, missed.reason) == ("closure.emergency", "funding.casual-not-attended")
    assert closure.evidence == (AGREEMENT, STAY, "kowhai/10842/closure/z1@1", CHILD)


def test_by_the_weekday_reading_an_absence_on_an_open_public_holiday_is_judged_as_one() -> None:
    """Policy switch holiday.open-day-claims (A41)."""
    waitangi = date(2026, 2, 6)
    records = [*staffed(), profile(opens_on_holidays=(waitangi,)), *child(), agreement(), absence(waitangi)]
    made = prepared(*records, switches={"holiday.open-day-claims": "weekday-enrolment-counts"}).claim
    (found,) = [one for one in made.child_days if one.day == waitangi]
    assert [(p.minutes, f"{p.verdict} {p.reason}") for p in found.portions] == [(360, "claimed absence.three-weeks")]


def test_permanent_children_above_the_licence_are_held_and_a_casual_one_beside_them_is_refused() -> None:
    """Policy switch licence.excess-permanent (A36): c2 arrives later than c1, and c3 is casual."""
    made = prepared(
        *staffed(),
        profile(places=1),
        *(record for key in ("c1", "c2", "c3") for record in child(key)),
        agreement("c1", "08:30-14:30"),
        agreement("c2", "09:00-14:30"),
        agreement("c3", basis=Basis.CASUAL),
        stay(MONDAY, "08:30-14:30", "c1"),
        stay(MONDAY, "09:00-14:30", "c2"),
        stay(MONDAY, "10:00-12:00", "c3"),
    ).claim
    found = {one.child: {f"{p.verdict} {p.reason}" for p in one.portions} for one in made.child_days if one.day == MONDAY}
    assert found[C2] == {"held funding.licensed-places"}
    assert found[ChildKey("kowhai:c3")] == {"refused funding.licensed-places"}


def test_an_absent_child_above_the_licence_gives_way_to_no_permanent_child() -> None:
    """Only a casual or conditional child is given an absent child's place."""
    made = prepared(
        *staffed(),
        profile(places=1),
        *child("c1"),
        *child("c2"),
        agreement("c1", "08:30-14:30"),
        agreement("c2", "09:00-14:30"),
        stay(MONDAY, "08:30-14:30", "c1"),
        absence(MONDAY, "c2"),
    ).claim
    (found,) = [one for one in made.child_days if one.day == MONDAY and one.child == C2]
    assert [(p.minutes, f"{p.verdict} {p.reason}") for p in found.portions] == [(330, "held funding.licensed-places")]


def test_a_conditional_child_who_stays_away_pays_nothing_for_an_absent_childs_place() -> None:
    """The firm hours of c2 are an absence too: nobody was charged, so the 20 Hours ECE of c1 stand."""
    firm = bookings("08:30-11:30", ["Mo"])
    away = agreement("c2", basis=Basis.CONDITIONAL, conditional_part="bookings").model_copy(update={"bookings": firm})
    made = prepared(
        *staffed(),
        profile(places=1),
        *child("c1", date(2022, 5, 1)),
        agreement("c1", "08:30-14:30", twenty_hours="240"),
        absence(MONDAY, "c1"),
        *child("c2"),
        away,
        absence(MONDAY, "c2"),
    ).claim
    of_c1 = next(one for one in made.child_days if one.day == MONDAY and one.child == C1)
    assert {p.reason for p in of_c1.portions} == {"absence.three-weeks"}


def test_held_hours_rest_on_the_records_of_the_finding_that_holds_them() -> None:
    (held,) = of_monday(profile(), *child(), agreement(signed_on=None), stay(MONDAY))
    assert (held.reason, held.switch, held.evidence) == ("enrolment.signed", None, (AGREEMENT,))


@pytest.mark.example("calendar.closed", "A planned closure covers the Monday the child is booked for.")
def test_hours_of_a_closed_day_rest_on_the_closure() -> None:
    closed = Closure(service=SERVICE, key="z1", first_day=MONDAY, last_day=MONDAY, kind="planned")
    (refused,) = of_monday(profile(), closed, *child(), agreement())
    assert (refused.reason, refused.evidence) == ("calendar.closed", ("kowhai/10842/closure/z1@1",))


def test_an_absence_not_claimed_rests_on_its_mark() -> None:
    (refused,) = of_monday(profile(), *child(), agreement(basis=Basis.CASUAL), absence(MONDAY))
    assert (refused.reason, refused.evidence) == ("funding.casual-not-attended", (ABSENCE,))


def test_hours_after_the_sixth_birthday_rest_on_the_record_of_the_birth_date() -> None:
    (refused,) = of_monday(profile(), *child(born=date(2020, 2, 9)), agreement(), stay(MONDAY))
    assert (refused.reason, refused.evidence) == ("funding.age-limit", (CHILD,))


@pytest.mark.example("absence.made-up", "Friday's absence is claimed, and a conditional Monday made it up.")
def test_attendance_that_makes_up_a_missed_day_is_refused_on_the_record_that_says_so() -> None:
    """Handbook 6-9: the absence of Friday is claimed, the conditional Monday in its place is not."""
    friday = MONDAY + timedelta(days=4)
    part = agreement(basis=Basis.CONDITIONAL, conditional_part="bookings")
    conditional = bookings("08:30-14:30", ["Mo"])[0].model_copy(update={"conditional": True})
    part = part.model_copy(update={"bookings": (*bookings("08:30-14:30", ["Fr"]), conditional)})
    made_up = MakeUpDay(service=SERVICE, key="m1", child="c1", missed_day=friday, made_up_on=MONDAY)
    (refused,) = of_monday(profile(), *child(), part, made_up, stay(MONDAY, "08:30-14:30"), absence(friday))
    assert (refused.reason, refused.evidence) == ("absence.made-up", ("kowhai/10842/make_up_day/m1@1",))


@pytest.mark.example("absence.made-up", "The enrolled morning of the make-up day is claimed.")
def test_a_make_up_day_takes_the_attended_hours_of_its_own_day_and_no_enrolled_ones() -> None:
    """Monday morning is enrolled; Monday afternoon is conditional, and made up; Tuesday is conditional, and not."""
    friday = MONDAY + timedelta(days=4)
    part = agreement(basis=Basis.CONDITIONAL, conditional_part="bookings")
    conditional = [
        booking.model_copy(update={"conditional": True})
        for booking in (*bookings("11:30-14:30", ["Mo"]), *bookings("08:30-14:30", ["Tu"]))
    ]
    firm = (*bookings("08:30-11:30", ["Mo"]), *bookings("08:30-14:30", ["Fr"]))
    part = part.model_copy(update={"bookings": (*firm, *conditional)})
    made_up = MakeUpDay(service=SERVICE, key="m1", child="c1", missed_day=friday, made_up_on=MONDAY)
    came = (stay(MONDAY, "08:30-14:30"), stay(TUESDAY, "08:30-14:30"), absence(friday))
    made = prepared(*staffed(), profile(), *child(), part, made_up, *came).claim
    fates = {one.day: [f"{p.verdict} {p.reason}" for p in one.portions] for one in made.child_days}
    assert fates[MONDAY] == ["claimed funding.enrolled-hours", "refused absence.made-up"]
    assert fates[TUESDAY] == ["claimed funding.attended-hours"]
