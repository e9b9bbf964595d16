"""ECE Funding Handbook 9-2 and 9-3: the day's total of funded hours, and the week's limits about a birthday.

The Handbook's own tables for these sections are pictures; what its text states is here and in ``tests/unit/claim``.
"""

from datetime import date, timedelta

import pytest

from ecegateway.model.claim import Category, Claim
from ecegateway.model.record import Record
from tests.handbook.grids import SEVEN, claimed_minutes, enrolment, grid, kept
from tests.support.records import MONDAY, agreement, child, prepared, profile, staffed, stay

WEDNESDAY = MONDAY + timedelta(days=2)


def hours_of(claim: Claim, category: Category, day: date = MONDAY) -> int:
    """The figure in the return."""
    return next(cell.hours for cell in claim.cells if (cell.day, cell.category) == (day, category))


@pytest.mark.parametrize(("seventh", "hours"), [("08:30-14:00", 42), ("08:30-13:54", 41)])
def test_the_days_total_of_children_under_two_is_rounded_half_up(seventh: str, hours: int) -> None:
    """9-2 step 5: six children for six hours and a seventh for 5.5 are 41.5, which is 42; for 5.4, 41.4, which is 41."""
    records: list[Record] = [profile(), *staffed()]
    for number in range(7):
        key, times = f"c{number}", seventh if number == 6 else "08:30-14:30"
        records += [*child(key, born=date(2025, 1, 1)), agreement(key, times), stay(MONDAY, times, key)]
    assert hours_of(prepared(*records).claim, Category.UNDER_TWO) == hours


def test_a_permanent_child_absent_on_the_third_day_of_an_absence_is_funded_for_the_enrolled_hours() -> None:
    """9-2 step 1, 6-5: hours of enrolment, absent or not."""
    drawn = grid("2026-02-09", "✓ a a a a . .")
    third = date(2026, 2, 12)
    assert claimed_minutes(kept(drawn, enrolled=[enrolment(since=MONDAY)]), drawn.days)[third] == 360


@pytest.mark.parametrize(
    ("birthday", "by_day"),
    [
        (
            "second",
            {Category.UNDER_TWO: [360, 360, 0, 0, 0, 0, 0], Category.TWO_AND_OVER: [0, 0, 360, 360, 360, 0, 0]},
        ),
        (
            "third",
            {Category.TWO_AND_OVER: [360, 240, 0, 0, 0, 0, 0], Category.TWENTY_HOURS: [0, 0, 240, 240, 240, 240, 240]},
        ),
        ("sixth", {Category.TWENTY_HOURS: [240, 240, 0, 0, 0, 0, 0], Category.PLUS_TEN: [120, 120, 0, 0, 0, 0, 0]}),
    ],
)
def test_birthday_midweek_keeps_weekly_caps(birthday: str, by_day: dict[Category, list[int]]) -> None:
    """Trap 32; policy switches age.boundary (A35), fch.cap-trim-order (A34).

    Of a week of seven days of six hours, thirty hours are funded across the categories, the latest day trimmed first and
    attested 20 Hours ECE last; from Wednesday's birthday on the hours are of the next category, or of none.
    """
    years = {"second": 2, "third": 3, "sixth": 6}[birthday]
    week = [MONDAY + timedelta(days=n) for n in range(7)]
    attested = agreement(weekdays=SEVEN, twenty_hours="240 240 240 240 240 240 240")
    records = [profile(weekdays=SEVEN), *staffed(), *child(born=WEDNESDAY.replace(year=WEDNESDAY.year - years)), attested]
    claim = prepared(*records, *(stay(day) for day in week)).claim
    lines = {one.day: one for one in claim.child_days}
    found = {category: [lines[day].claimed(category) for day in week] for category in Category}
    assert found == {category: by_day.get(category, [0] * 7) for category in Category}
