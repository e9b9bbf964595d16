"""The window of a return: opens, due, shown from two weeks out, taken electronically until."""

from datetime import date, timedelta

import pytest

from ecegateway.facts.calendar import return_window
from ecegateway.model.deadlines import Standing
from ecegateway.model.period import FundingPeriod


@pytest.mark.parametrize(
    ("first", "opens", "due", "until"),
    [
        (date(2019, 10, 1), date(2020, 2, 1), date(2020, 2, 10), date(2020, 4, 30)),
        (date(2026, 2, 1), date(2026, 6, 1), date(2026, 6, 8), date(2026, 8, 31)),
        (date(2026, 6, 1), date(2026, 10, 1), date(2026, 10, 7), date(2026, 12, 31)),
        (date(2026, 10, 1), date(2027, 2, 1), date(2027, 2, 5), date(2027, 4, 30)),
    ],
)
def test_a_window_runs_to_the_fifth_working_day(first: date, opens: date, due: date, until: date) -> None:
    """The first is as the Ministry's notice has it; June 2026 begins with the King's Birthday."""
    window = return_window(FundingPeriod(first))
    assert (window.opens, window.due, window.resubmit_until) == (opens, due, until)


def test_a_deadline_is_shown_from_two_weeks_out_until_nothing_is_taken_any_more() -> None:
    window = return_window(FundingPeriod(date(2026, 2, 1)))
    shown = [window.due - timedelta(days=15), window.due - timedelta(days=14), window.resubmit_until]
    assert [window.shown(day) for day in (*shown, window.resubmit_until + timedelta(days=1))] == [False, True, True, False]
    assert [window.days_left(day) for day in (shown[1], window.due, window.due + timedelta(days=3))] == [14, 0, -3]


def test_a_day_stands_before_in_after_or_beyond_the_window() -> None:
    window = return_window(FundingPeriod(date(2026, 2, 1)))
    days = (date(2026, 5, 31), window.opens, window.due, date(2026, 6, 9), date(2026, 8, 31), date(2026, 9, 1))
    assert [window.standing(day) for day in days] == [
        Standing.NOT_YET,
        Standing.OPEN,
        Standing.OPEN,
        Standing.LATE,
        Standing.LATE,
        Standing.CLOSED,
    ]
