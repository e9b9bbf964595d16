"""Times that keep closer to the booking than people do, and the honest ones that keep close."""

from collections.abc import Iterator
from itertools import chain, cycle

import pytest

from ecegateway.model.record import Record
from ecegateway.model.service import Mode
from ecegateway.rules.attendance.default_present.hugging import hugs_booking
from tests.support.records import profile
from tests.support.registers import DAYS, found, kept, others, scattered, told


def jitter(width: int) -> Iterator[tuple[int, int]]:
    """Every pair of minutes within a width but the booked times themselves, over and over."""
    minutes = range(-width, width + 1)
    return cycle([(came, left) for came in minutes for left in minutes if (came, left) != (0, 0)])


def mixed(near: tuple[int, int], of: int, every: int) -> list[tuple[int, int]]:
    """``of`` of ``every`` stays near the booking, the others scattered beyond ten minutes."""
    return [near if n % every < of else (came + 11, left - 11) for n, (came, left) in enumerate(scattered())]


@pytest.mark.example("register.hugs-booking", "A service of five families keeps within three minutes of the booked times.")
@pytest.mark.parametrize(("families", "expected"), [(5, 0), (6, 1)])
def test_a_service_is_judged_as_a_whole_from_six_families_on(families: int, expected: int) -> None:
    records = list(chain.from_iterable(kept(f"c{n}", jitter(3)) for n in range(families)))
    assert len(found(hugs_booking, *records)) == expected


@pytest.mark.example(
    "register.hugs-booking",
    "One family keeps within three minutes of the booked times on every day, and the others do not.",
)
def test_one_family_may_live_by_the_clock() -> None:
    assert found(hugs_booking, *others(), *kept("c1", jitter(3))) == []


@pytest.mark.example("register.hugs-booking", "Times rounded to five minutes lie within five minutes of the booking.")
def test_times_rounded_to_five_minutes_are_not_judged_by_the_minute() -> None:
    offs = [(5, 0), (0, 5), (-5, 0), (0, -5), (5, 5)]
    records = list(chain.from_iterable(kept(f"c{n}", cycle(offs)) for n in range(10)))
    assert found(hugs_booking, *others(step=5), *records) == []


@pytest.mark.example(
    "register.hugs-booking",
    "All children of an all-day service come and leave within ten minutes of their bookings on every day for a month.",
)
def test_a_month_in_which_everybody_keeps_within_ten_minutes_is_found() -> None:
    records: list[Record] = []
    for n in range(6):
        offs = [near if day.month == 3 else far for day, near, far in zip(DAYS, jitter(9), scattered(n), strict=False)]
        records += kept(f"c{n}", offs)
    (finding,) = found(hugs_booking, *records)
    assert finding.child is None
    assert {day.month for day in finding.days} == {3}
    assert told(finding)["minutes"] == "10"


@pytest.mark.example(
    "register.hugs-booking",
    "Half the stays of an all-day service lie within five minutes of the booking at both ends.",
)
def test_a_service_that_is_near_its_bookings_every_second_day_is_not_suspected() -> None:
    records = list(chain.from_iterable(kept(f"c{n}", mixed((4, -5), 1, 2)) for n in range(20)))
    assert found(hugs_booking, *records) == []


@pytest.mark.example(
    "register.hugs-booking",
    "A sessional kindergarten's children come and leave within five minutes of the session, but for one in ten.",
)
def test_a_kindergarten_is_near_its_session_nine_days_in_ten() -> None:
    sessional = profile("08:30-14:30", mode=Mode.SESSIONAL)
    records = list(chain.from_iterable(kept(f"c{n}", mixed((4, 4), 9, 10)) for n in range(20)))
    assert found(hugs_booking, sessional, *records) == []
    everybody = list(chain.from_iterable(kept(f"c{n}", mixed((4, 4), 10, 10)) for n in range(20)))
    assert len(found(hugs_booking, sessional, *everybody)) == 1
