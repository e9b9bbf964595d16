"""Birthdays that change what is funded while the enrolment stays as it was: Handbook 9-2, 4-1, 4-2, 3-A-1."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.forecast.birthdays import birthdays
from ecegateway.forecast.types import Birthday
from ecegateway.handbook.lookup import handbook
from ecegateway.model.attendance import LeavingNotice
from ecegateway.model.period import DateRange, age_on, birthday
from ecegateway.model.record import Record
from tests.support.records import PERIOD, SERVICE, agreement, child, facts_of, profile

AHEAD = DateRange(PERIOD.days.first, PERIOD.advance_months[-1].after)
ON = date(2026, 4, 14)
EVEN = "240 240 240 240 240"


def born(years: int, on: date = ON) -> list[Record]:
    return child(born=on.replace(year=on.year - years))


def found(*records: Record) -> tuple[Birthday, ...]:
    return birthdays(facts_of(*records), AHEAD, handbook(), PERIOD.days.last)


def test_a_third_birthday_without_an_attestation_is_to_be_acted_on_by_the_day() -> None:
    (one,) = found(profile(), *born(3), agreement())
    assert (one.turns, one.on, one.by) == (3, ON, ON)
    assert "sign the attestation by this day" in one.fix
    assert one.citation.section == "4-2"


def test_a_third_birthday_with_an_attestation_in_force_needs_nothing() -> None:
    assert found(profile(), *born(3), agreement(twenty_hours=EVEN)) == ()
    renewed = agreement(key="a2", since=ON, signed_on=date(2026, 4, 1), twenty_hours=EVEN, attested_on=date(2026, 4, 1))
    assert found(profile(), *born(3), agreement(), renewed) == ()


def test_an_attestation_signed_after_the_birthday_is_told_with_its_day_and_asks_for_nothing() -> None:
    late = date(2026, 5, 4)
    (one,) = found(profile(), *born(3), agreement(), agreement(key="a2", since=late, twenty_hours=EVEN, attested_on=late))
    assert (one.by, one.detail) == (None, f"attested from {late}")


def test_an_attestation_that_allocates_no_hours_is_none() -> None:
    (one,) = found(profile(), *born(3), agreement(twenty_hours="0 0 0 0 0"))
    assert one.by == ON


def test_a_service_that_does_not_offer_20_hours_is_not_told_of_third_birthdays() -> None:
    plain = profile().model_copy(update={"offers_twenty_hours": False})
    assert found(plain, *born(3), agreement()) == ()


@pytest.mark.parametrize("years", [2, 3, 6])
def test_a_child_who_has_left_by_the_birthday_is_not_named(years: int) -> None:
    assert found(profile(), *born(years), agreement(last_day=ON - timedelta(days=1))) == ()


@pytest.mark.parametrize(
    ("last_day", "named"), [(ON - timedelta(days=1), 0), (ON, 1), (None, 0)], ids=["left before", "leaves on it", "no last day"]
)
def test_a_child_of_whom_notice_was_given_is_named_only_while_it_still_comes(last_day: date | None, named: int) -> None:
    notice = LeavingNotice(service=SERVICE, key="l1", child="c1", given_on=date(2026, 3, 2), last_day=last_day)
    assert len(found(profile(), *born(3), agreement(), notice)) == named


@pytest.mark.parametrize("years", [2, 3, 6])
def test_a_child_whose_agreement_nobody_signed_is_not_named(years: int) -> None:
    assert found(profile(), *born(years), agreement(signed_on=None)) == ()


def test_a_second_birthday_under_the_same_agreement_is_told_and_asks_for_nothing() -> None:
    (one,) = found(profile(), *born(2), agreement())
    assert (one.turns, one.on, one.by) == (2, ON, None)
    assert "category changes by itself" in one.says


def test_a_second_birthday_on_which_the_agreement_changes_is_not_told() -> None:
    assert found(profile(), *born(2), agreement(), agreement(key="a2", times="08:30-12:30", since=ON)) == ()


def test_a_child_booked_past_the_sixth_birthday_is_named_with_the_first_such_day() -> None:
    """The birthday is a Tuesday; the child comes on Fridays."""
    (one,) = found(profile(), *born(6), agreement(weekdays=["Fr"], twenty_hours=EVEN))
    assert (one.turns, one.on, one.by) == (6, ON, date(2026, 4, 13))
    assert one.detail == "booked on 2026-04-17"


def test_a_child_booked_to_the_day_before_the_sixth_birthday_is_not_named() -> None:
    assert found(profile(), *born(6), agreement(last_day=date(2026, 4, 13))) == ()


@pytest.mark.parametrize(
    ("on", "named"),
    [
        (date(2026, 1, 31), 0),
        (date(2026, 2, 1), 1),
        (date(2026, 10, 31), 1),
        (date(2026, 11, 1), 0),
    ],
)
def test_the_look_ahead_goes_from_the_first_day_of_the_period_to_the_last_advance_month(on: date, named: int) -> None:
    assert len(found(profile(), *born(2, on), agreement())) == named


def test_a_child_without_a_record_has_no_birthday() -> None:
    assert found(profile(), agreement()) == ()


def test_birthdays_stand_by_day() -> None:
    earlier, later = child("c2", born=date(2024, 3, 3)), child("c1", born=date(2024, 5, 5))
    both = found(profile(), *earlier, *later, agreement("c1"), agreement("c2"))
    assert [one.child for one in both] == ["kowhai:c2", "kowhai:c1"]


@given(st.dates(date(1999, 1, 1), date(2030, 12, 31)), st.integers(1, 6))
def test_a_birthday_is_the_first_day_of_the_new_age(birth_date: date, age: int) -> None:
    """Also for those born on 29 February, who turn a year older on 1 March of a common year."""
    on = birthday(birth_date, age)
    assert (age_on(birth_date, on), age_on(birth_date, on - timedelta(days=1))) == (age, age - 1)
