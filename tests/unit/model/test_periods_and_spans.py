"""Periods, ages and spans of minutes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.model.period import DateRange, FundingPeriod, Weekday, age_on, week_of
from ecegateway.model.spans import Spans, minutes, union, within, without

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda t: (min(t), max(t))), max_size=6).map(union)


def inside(found: Spans) -> set[int]:
    return {minute for start, end in found for minute in range(start, end)}


@given(spans, spans)
def test_spans_are_sets_of_minutes(one: Spans, other: Spans) -> None:
    assert inside(union((*one, *other))) == inside(one) | inside(other)
    assert inside(without(one, other)) == inside(one) - inside(other)
    assert inside(within(one, other)) == inside(one) & inside(other)
    assert minutes(one) == len(inside(one))


@pytest.mark.parametrize("first", [date(2026, 2, 1), date(2026, 6, 1), date(2025, 10, 1)])
def test_a_period_has_four_months(first: date) -> None:
    period = FundingPeriod(first)
    assert sum(len(month) for month in period.months) == len(period.days)
    assert period.months[0].first == first


@pytest.mark.parametrize("first", [date(2026, 2, 2), date(2026, 3, 1)])
def test_other_days_begin_no_period(first: date) -> None:
    with pytest.raises(ValueError, match="starts on 1 February"):
        FundingPeriod(first)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2023, 2, 11), date(2026, 2, 10), 2),
        (date(2023, 2, 11), date(2026, 2, 11), 3),
        (date(2024, 2, 29), date(2026, 2, 28), 1),
        (date(2024, 2, 29), date(2026, 3, 1), 2),
    ],
)
def test_age_changes_on_the_birthday(born: date, day: date, years: int) -> None:
    assert age_on(born, day) == years


def test_weeks_run_from_monday() -> None:
    assert week_of(date(2026, 2, 8)) == date(2026, 2, 2)
    assert Weekday.of(date(2026, 2, 8)) is Weekday.SUNDAY
    assert len(DateRange(date(2026, 2, 8), date(2026, 2, 8))) == 0
