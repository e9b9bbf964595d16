"""Dates that follow from the calendar: when a return is due."""

from datetime import date

import pytest

from ecegateway.facts.calendar import public_holidays, rs7_due
from ecegateway.model.period import DateRange, FundingPeriod


def due(year: int, month: int) -> date:
    return rs7_due(FundingPeriod(date(year, month, 1)))


def test_the_return_of_october_2019_to_january_2020_was_due_on_10_february() -> None:
    """Worked example WE-12: working days 3, 4, 5, 7 and 10 February; Waitangi Day on Thursday 6th is skipped."""
    assert due(2019, 10) == date(2020, 2, 10)


def test_a_regional_anniversary_day_is_a_working_day_for_the_due_date() -> None:
    """Worked example WE-12: Monday 3 February 2020 was Nelson's anniversary day, and was counted."""
    february = DateRange(date(2020, 2, 1), date(2020, 3, 1))
    assert date(2020, 2, 3) in public_holidays(february, "NSN")
    assert due(2019, 10) == date(2020, 2, 10)


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [
        (2025, 10, date(2026, 2, 9)),  # Waitangi Day on Friday 6th
        (2026, 2, date(2026, 6, 8)),  # King's Birthday on Monday 1st
        (2026, 6, date(2026, 10, 7)),  # no holiday in the first week; Thursday 1st counts itself
        (2021, 10, date(2022, 2, 8)),  # Waitangi Day on a Sunday, observed on Monday 7th
        (2025, 6, date(2025, 10, 7)),  # Wednesday 1st counts itself
    ],
)
def test_the_return_is_due_on_the_fifth_working_day_of_the_month_after(year: int, month: int, last: date) -> None:
    """Handbook 2-4."""
    assert due(year, month) == last
