"""Killed before or after any call to the file system and run again, a command ends as if nothing had happened."""

import pytest

from tests.crash.campaign import KILLS, Campaign, run
from tests.crash.scenarios import SCENARIOS
from tests.crash.tiers import QUICK, SEED


@pytest.mark.parametrize("name", SCENARIOS)
def test_killed_at_any_call_nothing_is_lost_doubled_or_torn(name: str, vendor: str) -> None:
    count = QUICK.kills // len(SCENARIOS)
    tally = run(Campaign(KILLS, name, SEED, count, vendor))
    assert tally.injected[KILLS] > 0.9 * count
    assert tally.shown == []
