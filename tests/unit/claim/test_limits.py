"""Weekly limits, 20 Hours ECE, licensed places: what binds across days and children."""

from datetime import date, timedelta

import pytest

from ecegateway.model.claim import Category, Claim, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.record import Record
from tests.support.records import (
    C1,
    C2,
    MONDAY,
    NO_SWITCHES,
    Switches,
    agreement,
    at,
    child,
    prepared,
    profile,
    shift,
    staffed,
    stay,
)

WEEKDAYS = [MONDAY + timedelta(days=n) for n in range(5)]
SIX_DAYS = [MONDAY + timedelta(days=n) for n in range(6)]


def made(*records: Record, switches: Switches = NO_SWITCHES) -> Claim:
    return prepared(*staffed(), *records, switches=switches).claim


def week_total(claim: Claim, category: Category, key: str = "kowhai:c1") -> list[int]:
    days = {one.day: one for one in claim.child_days if one.child == key}
    return [days[day].claimed(category) for day in SIX_DAYS if day in days]


def refused(claim: Claim, reason: str) -> int:
    return sum(p.minutes for one in claim.child_days for p in one.portions if p.reason == reason)


@pytest.mark.example("funding.weekly-limit", "Five days of six hours.")
def test_attested_hours_are_twenty_hours_and_the_rest_plus_ten() -> None:
    """Worked example WE-8: 6 h x 5 days booked, 4 h a day allocated: 20 + 10 = 30."""
    claim = made(
        profile(),
        *child(born=date(2022, 5, 1)),
        agreement(twenty_hours="240 240 240 240 240"),
        *(stay(day) for day in WEEKDAYS),
    )
    assert week_total(claim, Category.TWENTY_HOURS) == [240] * 5
    assert week_total(claim, Category.PLUS_TEN) == [120] * 5
    assert week_total(claim, Category.TWO_AND_OVER) == [0] * 5


def test_the_parent_chooses_the_days() -> None:
    """Handbook 4-2: the split comes from the attestation, not from the order of days."""
    claim = made(
        profile(), *child(born=date(2022, 5, 1)), agreement(twenty_hours="0 360 360 360 120"), *(stay(d) for d in WEEKDAYS)
    )
    assert week_total(claim, Category.TWENTY_HOURS) == [0, 360, 360, 360, 120]


def test_twenty_hours_stop_at_twenty_a_week_whatever_was_attested() -> None:
    claim = made(
        profile(), *child(born=date(2022, 5, 1)), agreement(twenty_hours="360 360 360 360 360"), *(stay(d) for d in WEEKDAYS)
    )
    assert week_total(claim, Category.TWENTY_HOURS) == [360, 360, 360, 120, 0]
    assert week_total(claim, Category.PLUS_TEN) == [0, 0, 0, 240, 360]


@pytest.mark.example("funding.twenty-hours", "The days of the week before the attestation was signed.")
@pytest.mark.example("funding.plus-ten", "The days of the week before the attestation was signed are subsidy.")
def test_twenty_hours_begin_with_the_signing_of_the_attestation() -> None:
    """Handbook 4: never retrospectively."""
    attested = agreement(twenty_hours="240 240 240 240 240", attested_on=WEEKDAYS[2])
    claim = made(profile(), *child(born=date(2022, 5, 1)), attested, *(stay(day) for day in WEEKDAYS))
    assert week_total(claim, Category.TWENTY_HOURS) == [0, 0, 240, 240, 240]
    assert week_total(claim, Category.TWO_AND_OVER) == [360, 360, 0, 0, 0]


@pytest.mark.example(
    "funding.weekly-limit", "Six days of six hours, with a third birthday on Wednesday: six hours, whatever their category."
)
def test_a_third_birthday_in_mid_week_begins_twenty_hours_and_keeps_the_weekly_limit() -> None:
    """Trap 32: categories change on the date, the week's thirty hours hold across them.

    What lies above them is trimmed from the latest day, and attested 20 Hours stay (policy switch fch.cap-trim-order, A34).
    """
    six_days = ("Mo", "Tu", "We", "Th", "Fr", "Sa")
    claim = made(
        profile(weekdays=six_days),
        *child(born=date(2023, 2, 11)),
        agreement(twenty_hours="360 360 360 360 360 360", weekdays=six_days),
        *(stay(day) for day in SIX_DAYS),
    )
    assert week_total(claim, Category.TWO_AND_OVER) == [360, 240, 0, 0, 0, 0]
    assert week_total(claim, Category.TWENTY_HOURS) == [0, 0, 360, 360, 360, 120]
    assert refused(claim, "funding.weekly-limit") == 360


def test_thirty_hours_a_week_are_trimmed_from_the_latest_day() -> None:
    """Policy switch fch.cap-trim-order (A34)."""
    six_days = ("Mo", "Tu", "We", "Th", "Fr", "Sa")
    claim = made(profile(weekdays=six_days), *child(), agreement(weekdays=six_days), *(stay(day) for day in SIX_DAYS))
    assert week_total(claim, Category.TWO_AND_OVER) == [360, 360, 360, 360, 360, 0]


def test_the_first_week_counts_its_days_before_the_period() -> None:
    """Sunday 1 February 2026 ends a week that began in January."""
    seven = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    week = [date(2026, 1, 26) + timedelta(days=n) for n in range(7)]
    records = [profile(weekdays=seven), *child(), agreement(weekdays=seven), *(stay(day) for day in week)]
    claim = prepared(*staffed(week), *records).claim
    assert {one.day: one.claimed(Category.TWO_AND_OVER) for one in claim.child_days}[date(2026, 2, 1)] == 0


def two_children_share(first: Record, second: Record, *, born: date = date(2023, 8, 1)) -> Claim:
    return made(
        profile(places=1),
        *child("c1", born),
        *child("c2"),
        first,
        second,
        stay(MONDAY, "08:00-12:00", "c1"),
        stay(MONDAY, "12:00-16:00", "c2"),
    )


@pytest.mark.example("funding.place-limit", "Two children of four hours each share one place: two of the eight hours.")
def test_two_subsidy_children_who_share_a_place_are_funded_for_six_hours() -> None:
    """Worked example WE-8: 4 h + 4 h in one place: 6, not 8."""
    claim = two_children_share(agreement("c1", "08:00-12:00"), agreement("c2", "12:00-16:00"))
    (cell,) = [c for c in claim.cells if c.day == MONDAY and c.category is Category.TWO_AND_OVER]
    assert (cell.minutes, cell.hours) == (360, 6)
    assert refused(claim, "funding.place-limit") == 120


@pytest.mark.example("funding.licensed-places", "One place, and one child comes when the other has left.")
@pytest.mark.example(
    "funding.place-limit", "Two children of four hours each share one place, and one of them has 20 Hours ECE."
)
def test_a_twenty_hours_child_and_a_subsidy_child_share_a_place_in_full() -> None:
    """Handbook 4-2, worked example WE-8: 20 Hours 4 + subsidy 4."""
    attested = agreement("c1", "08:00-12:00", twenty_hours="240")
    claim = two_children_share(attested, agreement("c2", "12:00-16:00"), born=date(2022, 5, 1))
    by_category = {c.category: c.minutes for c in claim.cells if c.day == MONDAY}
    assert by_category[Category.TWENTY_HOURS] == 240
    assert by_category[Category.TWO_AND_OVER] == 240


@pytest.mark.example("funding.licensed-places", "One place: the casual child gives way for the two hours both were there.")
def test_no_minute_is_claimed_above_the_licence() -> None:
    """Handbook 3-A-1; the casual child gives way first (A34)."""
    claim = made(
        profile(places=1),
        *child("c1"),
        *child("c2"),
        agreement("c1", "09:00-12:00", basis=Basis.CASUAL),
        agreement("c2", "10:00-13:00"),
        stay(MONDAY, "09:00-12:00", "c1"),
        stay(MONDAY, "10:00-13:00", "c2"),
    )
    days = {one.child: one for one in claim.child_days if one.day == MONDAY}
    assert days[C2].claimed(Category.TWO_AND_OVER) == 180
    assert days[C1].claimed(Category.TWO_AND_OVER) == 60
    assert refused(claim, "funding.licensed-places") == 120


@pytest.mark.example("funding.licensed-places", "One place, two permanent children: the later one's hours are held.")
def test_permanent_children_above_the_licence_are_held_for_a_person_to_see() -> None:
    """Policy switch licence.excess-permanent (A36)."""
    claim = made(
        profile(places=1),
        *child("c1"),
        *child("c2"),
        agreement("c1", "09:00-12:00"),
        agreement("c2", "09:00-12:00"),
        stay(MONDAY, "09:00-12:00", "c1"),
        stay(MONDAY, "09:10-12:00", "c2"),
    )
    held = [p for one in claim.child_days for p in one.portions if p.reason == "funding.licensed-places"]
    assert [(p.verdict, p.minutes) for p in held] == [(Verdict.HELD, 180)]


def test_under_two_places_bind_children_under_two() -> None:
    born = date(2025, 3, 1)
    claim = made(
        profile(under_two_places=1),
        *child("c1", born),
        *child("c2", born),
        agreement("c1"),
        agreement("c2"),
        stay(MONDAY, child_key="c1"),
        stay(MONDAY, child_key="c2"),
    )
    (cell,) = [c for c in claim.cells if c.day == MONDAY and c.category is Category.UNDER_TWO]
    assert cell.minutes == 360


@pytest.mark.example("staff.zero-hours", "A child came on Monday, and no shift of that day is on record.")
@pytest.mark.example("staff.zero-hours", "A teacher's shift of that day is on record.")
def test_a_day_with_children_and_no_staff_is_held_unless_explained() -> None:
    """Policy switch rs7.zero-staff-day (A40)."""
    records = [profile(), *child(), agreement(), stay(MONDAY)]
    claim = prepared(*records).claim
    assert refused(claim, "staff.zero-hours") == 360
    assert refused(prepared(*records, switches={"rs7.zero-staff-day": "warn"}).claim, "staff.zero-hours") == 0
    assert refused(prepared(shift(MONDAY), *records).claim, "staff.zero-hours") == 0


def test_hours_are_those_of_the_local_day_across_the_end_of_daylight_saving() -> None:
    """Sunday 5 April 2026 has 25 hours; a stay's minutes are the wall clock's."""
    seven = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    sunday = date(2026, 4, 5)
    claim = made(profile(weekdays=seven), *child(), agreement(weekdays=seven), stay(sunday, "08:30-14:30"))
    found = next(one for one in claim.child_days if one.day == sunday)
    assert found.attended_minutes == 360
    assert at(sunday, "08:30").utcoffset() == timedelta(hours=12)
