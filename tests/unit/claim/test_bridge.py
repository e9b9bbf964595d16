"""Where the hours went: from what a service expects of a day to what it claims."""

from dataclasses import replace
from datetime import date, timedelta

from ecegateway.claim.bridge import bridges
from ecegateway.claim.calendar_clauses import CLOSED, PUBLIC_HOLIDAY
from ecegateway.claim.clauses import DAILY_LIMIT, ENROLLED_HOURS, NOT_ATTENDED, WEEKLY_LIMIT
from ecegateway.claim.place_clauses import LICENSED_PLACES
from ecegateway.handbook.lookup import handbook
from ecegateway.model.attendance import Method
from ecegateway.model.bridge import Bridge, Part
from ecegateway.model.claim import Category, ChildDay, Portion, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey
from ecegateway.model.record import Record
from ecegateway.rules.absence.reasons import FOURTH_WEEK
from ecegateway.rules.registry import Clause
from tests.support.claims import child_key, claim
from tests.support.records import C1, MONDAY, absence, agreement, child, prepared, profile, staffed, stay

WAITANGI_DAY = date(2026, 2, 6)


def bridge(*records: Record, day: date = MONDAY) -> Bridge:
    return prepared(*staffed(), *records).exportable.bridges.days[day]


def p(start: int, end: int, why: Clause = ENROLLED_HOURS) -> Portion:
    """Minutes of a day, from and to a full hour; claimed without another reason, refused with one."""
    claimed = why is ENROLLED_HOURS
    return Portion(
        minutes=(end - start) * 60,
        starts=start * 60,
        verdict=Verdict.CLAIMED if claimed else Verdict.REFUSED,
        category=Category.TWO_AND_OVER if claimed else None,
        reason=why.id,
        switch=None,
        evidence=(),
    )


def of(*portions: Portion, days: int = 1) -> Bridge:
    """The bridge of a period in which one child's day looks like this on some days."""
    first = ChildDay(child_key(0), MONDAY, Basis.PERMANENT, (), (), portions)
    lines = [replace(first, day=MONDAY + timedelta(days=n)) for n in range(days)]
    return bridges(claim(child_days=lines, findings=()), handbook()).period


def lost(found: Bridge) -> dict[str, int]:
    return {one.reason: one.minutes for one in found.deductions}


def test_expects_ninety_claims_eighty_seven_and_where_the_three_went() -> None:
    """Fifteen children of six hours each, fourteen places: from 11:30 to 14:30 the casual child is one too many."""
    keys = [f"p{n}" for n in range(14)]
    places = 14
    found = bridge(
        profile(places=places),
        *(record for key in keys for record in child(key)),
        *(agreement(key) for key in keys),
        *(stay(MONDAY, child_key=key) for key in keys),
        *child("c1", date(2022, 5, 1)),
        agreement(times="11:30-17:30", basis=Basis.CASUAL, twenty_hours="360"),
        stay(MONDAY, "11:30-17:30"),
    )
    assert (found.expected, found.claimed) == (90 * 60, 87 * 60)
    (three,) = found.deductions
    assert (three.reason, three.verdict, three.minutes) == ("funding.licensed-places", Verdict.REFUSED, 180)
    assert three.parts == (Part(C1, 180),)
    assert {figure.category: figure.hours for figure in found.figures if figure.hours} == {
        Category.TWO_AND_OVER: 84,
        Category.TWENTY_HOURS: 3,
    }
    assert (found.rounding, found.hours) == (0, 87)


def test_deductions_stand_by_size_each_with_its_children() -> None:
    found = bridge(
        profile(places=1),
        *child("c1"),
        *child("c2"),
        *child("c3"),
        agreement("c1", "09:00-12:00", basis=Basis.CASUAL),
        agreement("c2", "10:00-13:00"),
        agreement("c3", "09:00-12:00"),
        stay(MONDAY, "09:00-12:00", "c1"),
        stay(MONDAY, "10:00-13:00", "c2"),
        stay(MONDAY, "09:00-12:00", "c3", method=Method.BULK),
    )
    assert (found.expected, found.claimed) == (540, 240)
    assert [(one.reason, one.verdict, one.parts) for one in found.deductions] == [
        ("attendance.not-defaulted", Verdict.HELD, (Part(ChildKey("kowhai:c3"), 180),)),
        ("funding.licensed-places", Verdict.REFUSED, (Part(C1, 120),)),
    ]


def test_hours_booked_beyond_six_are_not_expected() -> None:
    found = bridge(profile(), *child(), agreement(times="08:00-16:30"), stay(MONDAY, "08:00-16:30"))
    assert (found.expected, found.claimed, found.deductions) == (360, 360, ())
    assert found.over_the_day == (Part(C1, 150),)


def test_a_public_holiday_and_a_closed_day_are_not_expected() -> None:
    found = bridge(profile(), *child(), agreement(), day=WAITANGI_DAY)
    assert (found.expected, found.claimed, found.deductions) == (0, 0, ())
    assert [(one.reason, one.minutes) for one in found.not_expected] == [(PUBLIC_HOLIDAY.id, 360)]
    assert of(p(8, 14, CLOSED)).expected == 0


def test_a_casual_child_who_did_not_come_is_not_expected() -> None:
    found = bridge(profile(), *child(), agreement(basis=Basis.CASUAL), absence(MONDAY))
    assert (found.expected, found.deductions) == (0, ())
    assert [one.reason for one in found.not_expected] == [NOT_ATTENDED.id]


def test_a_permanent_child_absent_for_too_long_is_expected_and_lost() -> None:
    found = of(p(8, 16, FOURTH_WEEK))
    assert (found.expected, lost(found)) == (360, {FOURTH_WEEK.id: 360})
    assert found.over_the_day == (Part(child_key(0), 120),)


def test_an_hour_refused_of_eight_costs_nothing_while_six_are_left() -> None:
    found = of(p(8, 9, LICENSED_PLACES), p(9, 15), p(15, 16, DAILY_LIMIT))
    assert (found.expected, found.claimed, found.deductions) == (360, 360, ())
    assert found.over_the_day == (Part(child_key(0), 120),)


def test_of_several_reasons_those_late_in_the_day_lie_above_six_hours_first() -> None:
    found = of(p(8, 10, FOURTH_WEEK), p(10, 13), p(13, 16, LICENSED_PLACES))
    assert (found.expected, found.claimed) == (360, 180)
    assert lost(found) == {FOURTH_WEEK.id: 120, LICENSED_PLACES.id: 60}


def test_what_the_week_takes_is_taken_from_the_six_hours() -> None:
    """The weekly limit cuts the end of the day, and the hour refused at its beginning lies above six hours."""
    found = of(p(8, 9, FOURTH_WEEK), p(9, 13), p(13, 15, WEEKLY_LIMIT), p(15, 16, DAILY_LIMIT))
    assert (found.expected, found.claimed) == (360, 240)
    assert lost(found) == {WEEKLY_LIMIT.id: 120}


def test_minutes_added_to_a_short_session_are_expected_where_they_are_added() -> None:
    added = replace(p(8, 11), minutes=30, starts=None)
    found = of(replace(p(8, 11), minutes=150), added)
    assert (found.expected, found.claimed) == (180, 180)


def test_rounding_is_a_line_of_its_own() -> None:
    found = bridge(profile(), *child(), agreement(times="08:30-14:10"), stay(MONDAY, "08:30-14:15"))
    assert (found.expected, found.claimed, found.rounding, found.hours) == (340, 340, 20, 6)


def test_the_periods_bridge_is_the_sum_of_its_days() -> None:
    found = of(p(8, 11), p(11, 16, FOURTH_WEEK), days=3)
    assert (found.expected, found.claimed, found.hours) == (3 * 360, 3 * 180, 9)
    (one,) = found.deductions
    assert one.parts == (Part(child_key(0), 3 * 180),)
    assert found.over_the_day == (Part(child_key(0), 3 * 120),)


def test_every_day_of_the_period_has_a_bridge_and_idle_ones_are_empty() -> None:
    made = claim(child_days=(), findings=())
    found = bridges(made, handbook())
    assert list(found.days) == list(made.period.days)
    assert {(one.expected, one.claimed, one.deductions) for one in found.days.values()} == {(0, 0, ())}


def test_held_minutes_are_never_those_above_six_hours_while_others_are_refused() -> None:
    """Held hours may be claimed yet: the refused first hour lies above the six, the held last one is lost until then."""
    held = replace(p(15, 16, ENROLLED_HOURS), verdict=Verdict.HELD, category=None)
    found = of(p(8, 9, LICENSED_PLACES), p(9, 15), held)
    assert [(one.verdict, one.minutes) for one in found.deductions] == [(Verdict.HELD, 60)]
    assert found.over_the_day == (Part(child_key(0), 60),)


def test_a_reason_that_takes_two_parts_of_a_day_takes_both_together() -> None:
    found = of(p(8, 9, LICENSED_PLACES), p(9, 12), p(12, 14, LICENSED_PLACES))
    assert lost(found) == {"funding.licensed-places": 180}


def test_of_a_reason_the_child_that_lost_most_is_named_first() -> None:
    lines = [
        ChildDay(child_key(number), MONDAY, Basis.PERMANENT, (), (), (p(8, 9 + number, LICENSED_PLACES), p(12, 13)))
        for number in range(3)
    ]
    (deduction,) = bridges(claim(child_days=lines, findings=()), handbook()).period.deductions
    assert deduction.parts == (Part(child_key(2), 180), Part(child_key(1), 120), Part(child_key(0), 60))
