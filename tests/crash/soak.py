"""Tries a whole tier, and prints one line: faults injected, lost, doubled, torn, undetected.

    python -m tests.crash.soak nightly [--minutes N] [--processes N] [--seed N]

Everything follows from the seed. With ``--minutes`` what was not begun by then is left out, and the line says how much was
tried. The controls run in the same run; one that is not found wrong makes the run worth nothing, and it says so.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.crash.campaign import CARELESS, CEILINGS, ERRORS, FULL, KILLS, POWER_CUTS, SERVERS, Campaign, run
from tests.crash.controls import CONTROLS
from tests.crash.races import RACES
from tests.crash.scenarios import ROWS, SCENARIOS
from tests.crash.tally import Tally, Wrong
from tests.crash.tiers import NIGHTLY, RELEASE, SEED, Tier
from tests.support.faults import FaultServer
from tests.support.tiny import TinyVendor

TIERS = {"nightly": NIGHTLY, "release": RELEASE}
_PARTS = 20
"""Each kind is tried in so many parts, kind by kind, so that a run cut short has tried something of each."""
_FOUND = {CARELESS: frozenset({Wrong.LOST}), **{name: control.finds for name, control in CONTROLS.items()}}


def controls(tier: Tier, seed: int, vendor: str) -> Iterator[Campaign]:
    """Every control."""
    yield Campaign(CARELESS, CARELESS, seed, max(3, tier.postgres // 20), vendor)
    for name, control in CONTROLS.items():
        yield Campaign(control.tried, name, seed, tier.control * (10 if control.tried == POWER_CUTS else 1), vendor)


def campaigns(tier: Tier, seed: int, vendor: str) -> Iterator[Campaign]:
    """Every campaign of a tier, in parts of seeds of their own."""
    kinds = (
        (KILLS, tier.kills),
        (ERRORS, tier.errors),
        (POWER_CUTS, tier.images),
        (FULL, tier.full),
        (CEILINGS, tier.ceilings),
    )
    for part in range(_PARTS):
        for tried, count in kinds:
            for name in SCENARIOS:
                yield Campaign(tried, name, seed + part, -(-count // len(SCENARIOS) // _PARTS), vendor)
        yield Campaign(SERVERS, "all", seed + part, -(-tier.postgres // _PARTS), vendor)
        yield Campaign(RACES, "all", seed + part, -(-tier.races // _PARTS), vendor)


def unfound(campaign: Campaign) -> list[str]:
    """What a control was to find wrong, and did not."""
    tally = run(campaign)
    return [f"{campaign.name}: not found {wrong}" for wrong in sorted(_FOUND[campaign.name]) if not tally.wrong[wrong]]


def tried(campaign: Campaign, until: float) -> Tally:
    """A campaign, unless the time is over."""
    return run(campaign) if time.monotonic() < until else Tally()


def main() -> int:
    """Run a tier; 0 if nothing was wrong and every control was found wrong."""
    parser = argparse.ArgumentParser(description="Try a tier of faults.")
    parser.add_argument("tier", choices=TIERS)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    tier, began = TIERS[options.tier], time.monotonic()
    with FaultServer(TinyVendor(ROWS).answer) as vendor, ThreadPoolExecutor(options.processes) as pool:
        blind = [line for lines in pool.map(unfound, controls(tier, options.seed, vendor.url)) for line in lines]
        until = began + 60 * options.minutes
        tally = sum(pool.map(partial(tried, until=until), campaigns(tier, options.seed, vendor.url)), Tally())
    minutes = (time.monotonic() - began) / 60
    found = len(CONTROLS) + 1 - len({line.partition(":")[0] for line in blind})
    print(f"seed {options.seed}, {minutes:.0f} min, {found} of {len(CONTROLS) + 1} controls found: {tally.line()}")  # noqa: T201
    for line in (*blind, *tally.shown):
        print(line, file=sys.stderr)  # noqa: T201
    return 1 if blind or tally.shown else 0


if __name__ == "__main__":
    sys.exit(main())
