"""Tries a whole tier, and prints one line: faults injected, lost, doubled, torn, undetected.

    python -m tests.crash.soak nightly [--minutes N] [--processes N] [--seed N]

Everything follows from the seed. With ``--minutes`` what was not begun by then is left out, and the line says how much was
tried. The controls run in the same run; one that is not found wrong makes the run worth nothing, and it says so.
"""

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.crash.campaign import Attempt, run
from tests.crash.controls import CONTROLS
from tests.crash.kinds import Kind
from tests.crash.scenarios import ROWS, SCENARIOS
from tests.crash.tally import Tally, Wrong
from tests.crash.tiers import IMAGES, NIGHTLY, QUICK, RELEASE, SEED, Tier
from tests.support.faults import FaultServer
from tests.support.tiny import TinyVendor

TIERS = {"nightly": NIGHTLY, "release": RELEASE}
_PARTS = 25
"""Each kind is tried in so many parts, of seeds of their own, so that a run cut short has tried something of each."""
_FOUND = {Kind.CARELESS: frozenset({Wrong.LOST}), **{name: control.finds for name, control in CONTROLS.items()}}


def controls(tier: Tier) -> list[Attempt]:
    """Every control."""
    made = [Attempt(Kind.CARELESS, Kind.CARELESS, max(3, tier.postgres // 20))]
    for name, control in CONTROLS.items():
        made.append(Attempt(control.tried, name, tier.control * (10 if control.tried == Kind.POWER_CUTS else 1)))
    return made


def attempts(tier: Tier) -> list[list[Attempt]]:
    """Every attempt of one part of a tier, in groups that share a process."""
    kinds = {Kind.KILLS: tier.kills, Kind.ERRORS: tier.errors, Kind.FULL: tier.full, Kind.CEILINGS: tier.ceilings}
    servers = [Attempt(Kind.SERVERS, "all", _part(tier.postgres, 1)), Attempt(Kind.RACES, "all", _part(tier.races, 1))]
    return [
        servers,
        *(
            [
                *(Attempt(kind, name, _part(count, len(SCENARIOS))) for kind, count in kinds.items()),
                *([Attempt(Kind.POWER_CUTS, name, _part(tier.images * share, QUICK.images))] if share else ()),
            ]
            for name, share in IMAGES.items()
        ),
    ]


def _part(count: int, among: int) -> int:
    """A part's share of a number, for one of so many; rounded up."""
    return -(-count // (among * _PARTS))


def unfound(attempt: Attempt, seed: int, vendor: str) -> list[str]:
    """What a control was to find wrong, and did not."""
    (tally,) = run([attempt], seed, vendor)
    return [f"{attempt.name}: not found {wrong}" for wrong in sorted(_FOUND[attempt.name]) if not tally.wrong[wrong]]


def tried(group: list[Attempt], seed: int, vendor: str, until: float) -> Tally:
    """A group of attempts, unless the time is over."""
    return sum(run(group, seed, vendor), Tally()) if time.monotonic() < until else Tally()


def say(line: str) -> None:
    """Tell a person who waits."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _minutes(began: float) -> float:
    return (time.monotonic() - began) / 60


def main() -> int:
    """Run a tier; 0 if nothing was wrong and every control was found wrong."""
    parser = argparse.ArgumentParser(description="Try a tier of faults.")
    parser.add_argument("tier", choices=TIERS)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    tier, began = TIERS[options.tier], time.monotonic()
    until = began + 60 * options.minutes
    with FaultServer(TinyVendor(ROWS).answer) as vendor, ThreadPoolExecutor(options.processes) as pool:
        said = pool.map(partial(unfound, seed=options.seed, vendor=vendor.url), controls(tier))
        blind = [line for lines in said for line in lines]
        work = [(part, group) for part in range(_PARTS) for group in attempts(tier)]
        each = len(work) // _PARTS
        tally = Tally()
        for done, more in enumerate(pool.map(lambda one: tried(one[1], options.seed + one[0], vendor.url, until), work), 1):
            tally += more
            if done % each == 0 and time.monotonic() < until:
                say(f"{_minutes(began):.0f} min, {done // each} of {_PARTS} parts: {tally.line()}")
    found = len(CONTROLS) + 1 - len({line.partition(":")[0] for line in blind})
    line = f"seed {options.seed}, {_minutes(began):.0f} min, {found} of {len(CONTROLS) + 1} controls found: {tally.line()}"
    print(line)  # noqa: T201
    for wrong in (*blind, *tally.shown):
        say(wrong)
    return 1 if blind or tally.shown else 0


if __name__ == "__main__":
    sys.exit(main())
