"""Every command under every fault: nothing acknowledged is lost, nothing doubled or torn, and no failure taken for success."""

from collections import Counter

import pytest

from tests.crash.campaign import Attempt, run
from tests.crash.kinds import Kind
from tests.crash.powercuts import IMAGE
from tests.crash.scenarios import SCENARIOS
from tests.crash.tally import Tally
from tests.crash.tiers import IMAGES, QUICK, SEED

OF_EACH = len(SCENARIOS)


def tried(vendor: str, *attempts: Attempt) -> Tally:
    return sum(run(attempts, SEED, vendor), Tally())


@pytest.mark.parametrize("name", SCENARIOS)
def test_killed_refused_or_without_power_nothing_acknowledged_is_lost_doubled_or_torn(name: str, vendor: str) -> None:
    counts = {Kind.KILLS: QUICK.kills // OF_EACH, Kind.ERRORS: QUICK.errors // OF_EACH, Kind.FULL: QUICK.full // OF_EACH}
    asked = counts | {Kind.POWER_CUTS: IMAGES[name]}
    tally = tried(vendor, *(Attempt(kind, name, count) for kind, count in asked.items() if count))
    assert tally.injected == Counter(counts | {IMAGE: IMAGES[name]})
    assert tally.shown == []


def test_the_images_are_as_many_as_the_tier_promises() -> None:
    assert (list(IMAGES), sum(IMAGES.values())) == (list(SCENARIOS), QUICK.images)


def test_without_memory_or_under_a_ceiling_of_file_size_nothing_is_half_done(vendor: str) -> None:
    tally = tried(vendor, *(Attempt(Kind.CEILINGS, name, QUICK.ceilings // 2) for name in ("pull", "export")))
    assert (tally.injected.total(), tally.shown) == (QUICK.ceilings, [])
