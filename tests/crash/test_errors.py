"""A disk that refuses, fills up or takes half, and a machine without memory: it is said, and nothing is half done."""

import pytest

from tests.crash.campaign import CEILINGS, ERRORS, FULL, Campaign, run
from tests.crash.scenarios import SCENARIOS
from tests.crash.tiers import QUICK, SEED


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_call_that_fails_is_never_taken_for_success(name: str, vendor: str) -> None:
    count = QUICK.errors // len(SCENARIOS)
    tally = run(Campaign(ERRORS, name, SEED, count, vendor))
    assert tally.injected[ERRORS] > 0.9 * count
    assert tally.shown == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_full_disk_is_never_taken_for_success(name: str, vendor: str) -> None:
    tally = run(Campaign(FULL, name, SEED, QUICK.full // len(SCENARIOS), vendor))
    assert tally.injected[FULL] > 0
    assert tally.shown == []


@pytest.mark.parametrize("name", ["pull", "export"])
def test_without_memory_or_under_a_ceiling_of_file_size_nothing_is_half_done(name: str, vendor: str) -> None:
    tally = run(Campaign(CEILINGS, name, SEED, QUICK.ceilings // 2, vendor))
    assert tally.injected.total() == QUICK.ceilings // 2
    assert tally.shown == []
