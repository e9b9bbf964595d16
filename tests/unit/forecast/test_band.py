"""The certificated band: shares at its edges, by each reading of doubtful point A39."""

from dataclasses import replace

import pytest

from ecegateway.forecast.band import certificated, share
from ecegateway.handbook.policy import switches
from ecegateway.handbook.rate import Band
from ecegateway.model.claim import StaffColumn, StaffDay
from tests.support.claims import PERIOD, claim


def staffed(certificated_hours: int, other_hours: int) -> tuple[StaffDay, ...]:
    day = PERIOD.days.first
    return (
        StaffDay(day, StaffColumn.CERTIFICATED, (), certificated_hours),
        StaffDay(day, StaffColumn.OTHER, (), other_hours),
    )


@pytest.mark.parametrize(
    ("hours", "reading", "hundredths", "band"),
    [
        ((799, 201), "truncate", 7900, Band.FROM_50),
        ((799, 201), "half-up", 8000, Band.FROM_80),
        ((799, 201), "exact", 7990, Band.FROM_50),
        ((795, 205), "half-up", 8000, Band.FROM_80),
        ((794, 206), "half-up", 7900, Band.FROM_50),
        ((995, 5), "truncate", 9900, Band.FROM_80),
        ((995, 5), "half-up", 10000, Band.ALL),
        ((800, 200), "truncate", 8000, Band.FROM_80),
        ((800, 200), "exact", 8000, Band.FROM_80),
        ((1000, 0), "truncate", 10000, Band.ALL),
        ((0, 1000), "truncate", 0, Band.FROM_0),
        ((249, 751), "exact", 2490, Band.FROM_0),
        ((250, 750), "exact", 2500, Band.FROM_25),
        ((1, 2), "exact", 3333, Band.FROM_25),
    ],
)
def test_the_band_at_its_edges(hours: tuple[int, int], reading: str, hundredths: int, band: Band) -> None:
    found = certificated(replace(claim(), staff=staffed(*hours)), reading)
    assert found is not None
    assert (found.certificated, found.other) == hours
    assert (found.hundredths, found.band) == (hundredths, band)


def test_a_service_without_staff_hours_has_no_band() -> None:
    assert certificated(replace(claim(), staff=()), "truncate") is None
    assert certificated(replace(claim(), staff=staffed(0, 0)), "truncate") is None


def test_the_share_is_that_of_the_whole_period_not_of_its_days() -> None:
    days = (*staffed(8, 2), *staffed(2, 8))
    found = certificated(replace(claim(), staff=days), "truncate")
    assert found is not None
    assert (found.certificated, found.other, found.band) == (10, 10, Band.FROM_50)


def test_every_reading_of_the_switch_is_carried_out() -> None:
    assert {reading: share(2, 3, reading) for reading in switches()["rate.band-rounding"].values} == {
        "truncate": 6600,
        "half-up": 6700,
        "exact": 6666,
    }
