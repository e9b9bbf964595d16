from datetime import UTC, date, datetime

import pytest

from ecegateway.export import words
from ecegateway.model.period import FundingPeriod


@pytest.mark.parametrize(("minutes", "text"), [(0, "0:00"), (5, "0:05"), (385, "6:25"), (60 * 1194, "1,194:00")])
def test_minutes_read_as_hours_and_minutes(minutes: int, text: str) -> None:
    assert words.clock(minutes) == text


@pytest.mark.parametrize(("cents", "text"), [(0, "$0.00"), (5, "$0.05"), (636, "$6.36"), (123456, "$1,234.56")])
def test_cents_read_as_dollars(cents: int, text: str) -> None:
    assert words.dollars(cents) == text


def test_days_are_listed_by_month() -> None:
    days = (date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 9), date(2026, 3, 4))

    assert words.short_days(days) == "2, 3 and 9 February; 4 March 2026"
    assert words.short_days(()) == ""


def test_days_of_two_years_each_carry_their_year() -> None:
    assert words.short_days((date(2026, 12, 30), date(2027, 1, 5))) == "30 December 2026; 5 January 2027"


def test_a_period_over_new_year_names_both_years() -> None:
    assert words.period_name(FundingPeriod(date(2026, 2, 1))) == "February to May 2026"
    assert words.period_name(FundingPeriod(date(2026, 10, 1))) == "October 2026 to January 2027"


def test_instants_are_written_in_utc_to_the_millisecond() -> None:
    assert words.instant_text(datetime(2026, 6, 2, 21, 15, 0, 250_999, tzinfo=UTC)) == "2026-06-02T21:15:00.250Z"


def test_instants_read_by_new_zealands_clock() -> None:
    assert words.instant_words(datetime(2026, 6, 2, 21, 5, tzinfo=UTC)) == "3 June 2026, 9:05, New Zealand time"


def test_macrons_do_not_part_a_name_from_its_neighbours() -> None:
    assert sorted(["Wīremu", "Āwhina", "Anahera", "Hēmi"], key=words.in_order_of_names) == [
        "Anahera",
        "Āwhina",
        "Hēmi",
        "Wīremu",
    ]


@pytest.mark.parametrize(("number", "text"), [(0, "0 children"), (1, "1 child"), (1200, "1,200 children")])
def test_counts_agree_with_their_noun(number: int, text: str) -> None:
    assert words.count(number, "child", "children") == text
