"""Mistakes that are made on purpose, which the same faults must find; a harness that finds none of them proves nothing."""

import pytest

from tests.crash.campaign import Attempt, run
from tests.crash.controls import CONTROLS
from tests.crash.kinds import Kind
from tests.crash.tiers import QUICK, SEED


@pytest.mark.parametrize("tried", [Kind.KILLS, Kind.ERRORS, Kind.POWER_CUTS])
def test_every_mistake_made_on_purpose_is_found(tried: Kind, vendor: str) -> None:
    made = {name: control.finds for name, control in CONTROLS.items() if control.tried == tried}
    count = QUICK.control * (5 if tried == Kind.POWER_CUTS else 1)
    tallies = run([Attempt(tried, name, count) for name in made], SEED, vendor)
    found = {name: {wrong for wrong in made[name] if tally.wrong[wrong]} for name, tally in zip(made, tallies, strict=True)}
    assert found == made
