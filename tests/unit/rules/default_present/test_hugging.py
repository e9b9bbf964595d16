"""Times that keep closer to the booking than people do, and the honest ones that keep close."""

from collections.abc import Iterator
from itertools import chain, cycle

import pytest

from ecegateway.model.record import Record
from ecegateway.model.service import Mode
from ecegateway.rules.attendance.default_present.hugging import hugs_booking, hugs_booking_service
from tests.support.records import C1, profile
from tests.support.registers import DAYS, found, kept, others, scattered, told


def jitter(width: int) -> Iterator[tuple[int, int]]:
    """Every pair of minutes within a width but the booked times themselves, over and over."""
    minutes = range(-width, width + 1)
    return cycle([(came, left) for came in minutes for left in minutes if (came, left) != (0, 0)])


def mixed(near: tuple[int, int], of: int, every: int) -> list[tuple[int, int]]:
    """``of`` of ``every`` stays near the booking, the others scattered beyond ten minutes."""
    return [near if n % every < of else (came + 11, left - 11) for n, (came, left) in enumerate(scattered())]


@pytest.mark.example(
    "register.hugs-booking", "Seventy stays lie up to three minutes from the booked times at both ends, and none further."
)
def test_seventy_stays_within_three_minutes_are_found() -> None:
    (finding,) = found(hugs_booking, *others(), *kept("c1", jitter(3), DAYS[:70]))
    assert finding.child == C1
    numbers = told(finding)
    assert (numbers["hits"], numbers["of"], numbers["minutes"]) == ("70", "70", "3")


def test_within_five_minutes_it_takes_sixty_two_stays() -> None:
    """0.8 to the sixty-second is just under one in a million."""
    offs = cycle([(4, -4), (-4, 3), (3, 4), (-5, 5)])
    assert found(hugs_booking, *others(), *kept("c1", offs, DAYS[:61])) == []
    (finding,) = found(hugs_booking, *others(), *kept("c1", offs, DAYS[:62]))
    assert told(finding)["minutes"] == "5"


@pytest.mark.example("register.hugs-booking", "A punctual family is within five minutes at both ends on two days of three.")
def test_a_punctual_family_is_not_suspected() -> None:
    assert found(hugs_booking, *others(), *kept("c1", mixed((4, -4), 2, 3))) == []


@pytest.mark.example(
    "register.hugs-booking", "A child of a sessional kindergarten is always within five minutes of the session's start and end."
)
def test_a_session_begins_and_ends_for_everybody() -> None:
    sessional = profile("08:30-14:30", mode=Mode.SESSIONAL)
    assert found(hugs_booking, sessional, *others(), *kept("c1", jitter(3))) == []


@pytest.mark.example("register.hugs-booking", "Times rounded to five minutes lie within five minutes of the booking.")
def test_times_rounded_to_five_minutes_are_not_judged_by_the_minute() -> None:
    offs = cycle([(5, 0), (0, 5), (-5, 0), (0, -5), (5, 5)])
    assert found(hugs_booking, *others(step=5), *kept("c1", offs)) == []
    assert found(hugs_booking_service, *others(step=5), *kept("c1", offs)) == []


def test_the_booked_times_themselves_are_another_rules_business() -> None:
    offs = chain(list(jitter_of(61)), cycle([(0, 0)]))
    assert found(hugs_booking, *others(), *kept("c1", offs)) == []


def jitter_of(count: int) -> Iterator[tuple[int, int]]:
    return (off for off, _ in zip(cycle([(4, -5), (-5, 4)]), range(count), strict=False))


@pytest.mark.example(
    "register.hugs-booking-service",
    "All children of an all-day service come and leave within ten minutes of their bookings on every day for a month.",
)
def test_a_month_in_which_everybody_keeps_within_ten_minutes_is_found() -> None:
    records: list[Record] = []
    for n in range(6):
        offs = [near if day.month == 3 else far for day, near, far in zip(DAYS, jitter(9), scattered(n), strict=False)]
        records += kept(f"c{n}", offs)
    (finding,) = found(hugs_booking_service, *records)
    assert finding.child is None
    assert {day.month for day in finding.days} == {3}
    assert told(finding)["minutes"] == "10"


@pytest.mark.example(
    "register.hugs-booking-service",
    "Half the stays of an all-day service lie within five minutes of the booking at both ends.",
)
def test_a_service_that_is_near_its_bookings_every_second_day_is_not_suspected() -> None:
    records = list(chain.from_iterable(kept(f"c{n}", mixed((4, -5), 1, 2)) for n in range(20)))
    assert found(hugs_booking_service, *records) == []


@pytest.mark.example(
    "register.hugs-booking-service",
    "A sessional kindergarten's children come and leave within five minutes of the session, but for one in ten.",
)
def test_a_kindergarten_is_near_its_session_nine_days_in_ten() -> None:
    sessional = profile("08:30-14:30", mode=Mode.SESSIONAL)
    records = list(chain.from_iterable(kept(f"c{n}", mixed((4, 4), 9, 10)) for n in range(20)))
    assert found(hugs_booking_service, sessional, *records) == []
    everybody = list(chain.from_iterable(kept(f"c{n}", mixed((4, 4), 10, 10)) for n in range(20)))
    assert len(found(hugs_booking_service, sessional, *everybody)) == 1
