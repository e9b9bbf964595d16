"""Mistakes that are made on purpose, which the same faults must find; a harness that finds none of them proves nothing."""

import pytest

from tests.crash.campaign import Campaign, run
from tests.crash.controls import CONTROLS
from tests.crash.tiers import QUICK, SEED


@pytest.mark.parametrize("name", CONTROLS)
def test_a_mistake_made_on_purpose_is_found(name: str, vendor: str) -> None:
    control = CONTROLS[name]
    count = QUICK.control * (10 if control.tried == "power cuts" else 1)
    tally = run(Campaign(control.tried, name, SEED, count, vendor))
    assert {wrong for wrong in control.finds if tally.wrong[wrong]} == control.finds
