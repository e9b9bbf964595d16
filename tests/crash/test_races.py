"""Pulls and exporters on one store at once, on both engines: each ends as if it had been alone."""

from tests.crash.campaign import Attempt, run
from tests.crash.kinds import Kind
from tests.crash.races import RACES
from tests.crash.tiers import QUICK, SEED


def test_pulls_and_exporters_that_race_do_not_meet(vendor: str) -> None:
    (tally,) = run([Attempt(Kind.RACES, "all", QUICK.races)], SEED, vendor)
    assert tally.injected[RACES] == 2 * QUICK.races
    assert tally.shown == []
