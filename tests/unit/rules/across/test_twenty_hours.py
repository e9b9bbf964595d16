"""20 Hours ECE at two services: six hours a day and twenty a week together (Handbook 4-2)."""

from datetime import date, timedelta

import pytest

from ecegateway.model.finding import Finding
from ecegateway.model.record import Record
from tests.support.records import MONDAY, SERVICE, agreement, child, shift
from tests.support.two_services import OTHER, both, of_rule

DAYS = [MONDAY + timedelta(days=n) for n in range(5)]
NGAIO = child(born=date(2022, 6, 1))


def attested(minutes: str, weekdays: str = "Mo Tu We Th Fr", *, counted_from: date | None = None) -> Record:
    """An attested agreement, booked all day; with ``counted_from`` in every second week."""
    record = agreement(twenty_hours=minutes, weekdays=weekdays.split())
    if counted_from is None:
        return record
    alternate = [one.model_copy(update={"every_weeks": 2, "counted_from": counted_from}) for one in record.bookings]
    return record.model_copy(update={"bookings": tuple(alternate)})


def found(here: Record, there: Record) -> tuple[list[Finding], list[Finding]]:
    staff = [shift(day, person="t2") for day in DAYS]
    one, two = both([*NGAIO, here], [*NGAIO, there, *staff])
    return of_rule(one, "across.twenty-hours"), of_rule(two, "across.twenty-hours")


@pytest.mark.example("across.twenty-hours", "Four hours of a Monday are attested here and three at another service.")
def test_a_day_over_six_hours_together_is_found_at_both() -> None:
    (here,), (there,) = found(attested("240 0 0 0 0"), attested("180 0 0 0 0"))
    assert {day.weekday() for day in here.days} == {0}
    assert (here.days, here.severity) == (there.days, "warns")
    said = {"day": "7:00", "week": "7:00", "most_a_day": "6:00", "most_a_week": "20:00"}
    assert dict(here.parameters) == {"other": OTHER, **said}
    assert dict(there.parameters) == {"other": SERVICE, **said}
    assert set(here.evidence) == {f"kowhai/{service}/enrolment/a-c1@1" for service in (SERVICE, OTHER)}


@pytest.mark.example(
    "across.twenty-hours", "Eleven hours of a week are attested here and ten at another service, on other days."
)
def test_a_week_over_twenty_hours_together_is_found() -> None:
    (here,), (there,) = found(attested("360 300 0 0 0"), attested("0 0 300 300 0"))
    assert {day.weekday() for day in here.days} == {0, 1}
    assert {day.weekday() for day in there.days} == {2, 3}
    assert dict(here.parameters)["week"] == "21:00"


@pytest.mark.example("across.twenty-hours", "Four hours of a Monday are attested here and two at another service.")
@pytest.mark.example("across.twenty-hours", "Ten hours of a week are attested here and ten at another service.")
@pytest.mark.example("across.twenty-hours", "The same hours are attested at two services that book them in alternate weeks.")
def test_what_stays_within_the_limits_together_is_left_alone() -> None:
    week = timedelta(days=7)
    assert found(attested("240 0 0 0 0"), attested("120 0 0 0 0")) == ([], [])
    assert found(attested("300 300 0 0 0"), attested("0 0 300 300 0")) == ([], [])
    assert found(attested("360 0 0 0 0", counted_from=MONDAY), attested("360 0 0 0 0", counted_from=MONDAY + week)) == ([], [])


def test_no_more_counts_than_is_booked_and_nothing_before_the_signature() -> None:
    assert found(attested("240 0 0 0 0"), attested("180 0 0 0 0", "Tu")) == ([], [])
    unsigned = agreement(twenty_hours="180 0 0 0 0", attested_on=date(2026, 7, 1))
    assert found(attested("240 0 0 0 0"), unsigned) == ([], [])
