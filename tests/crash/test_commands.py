"""Every command under every fault: nothing acknowledged is lost, nothing doubled or torn, and no failure taken for success."""

import pytest

from tests.crash.campaign import CEILINGS, ERRORS, FULL, KILLS, POWER_CUTS, Attempt, run
from tests.crash.powercuts import IMAGE
from tests.crash.scenarios import SCENARIOS
from tests.crash.tally import Tally
from tests.crash.tiers import QUICK, SEED

IMAGES = {
    "pull": 1300,
    "first pull": 1200,
    "snapshot": 1000,
    "migration": 1200,
    "rotation": 75,
    "first key": 75,
    "export": 150,
}
"""Runs of few writes leave few different disks."""
OF_EACH = len(SCENARIOS)


def tried(vendor: str, *attempts: Attempt) -> Tally:
    return sum(run(attempts, SEED, vendor), Tally())


@pytest.mark.parametrize("name", SCENARIOS)
def test_killed_at_any_call_and_run_again_it_ends_as_if_nothing_had_happened(name: str, vendor: str) -> None:
    count = QUICK.kills // OF_EACH
    tally = tried(vendor, Attempt(KILLS, name, count))
    assert (tally.injected[KILLS], tally.shown) == (count, [])


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_call_that_fails_or_a_full_disk_is_never_taken_for_success(name: str, vendor: str) -> None:
    errors, full = QUICK.errors // OF_EACH, QUICK.full // OF_EACH
    tally = tried(vendor, Attempt(ERRORS, name, errors), Attempt(FULL, name, full))
    assert (tally.injected[ERRORS], tally.injected[FULL], tally.shown) == (errors, full, [])


def test_after_a_power_cut_everything_acknowledged_is_there_and_whole(vendor: str) -> None:
    tally = tried(vendor, *(Attempt(POWER_CUTS, name, count) for name, count in IMAGES.items()))
    assert (tally.injected[IMAGE], tally.shown) == (QUICK.images, [])


def test_without_memory_or_under_a_ceiling_of_file_size_nothing_is_half_done(vendor: str) -> None:
    tally = tried(vendor, *(Attempt(CEILINGS, name, QUICK.ceilings // 2) for name in ("pull", "export")))
    assert (tally.injected.total(), tally.shown) == (QUICK.ceilings, [])
