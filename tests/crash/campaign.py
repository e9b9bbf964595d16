"""Campaigns: one scenario under many faults of one kind, all drawn from a seed, in a process of its own.

The process forks a child for each fault, so it must have no threads: ``python -m tests.crash.campaign`` is that process, and
:func:`run` starts it. Nothing but names and numbers goes in, nothing but a tally comes out.
"""

import gc
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from ecegateway.bootstrap import collect_seldom
from tests.crash.ceilings import under_a_ceiling
from tests.crash.clusters import CARELESS_SERVER, kill_servers
from tests.crash.controls import CONTROLS
from tests.crash.meddlers import Counting, Failing, FillingUp, Killing
from tests.crash.powercuts import cut_power
from tests.crash.races import RACES, race
from tests.crash.scenarios import SCENARIOS
from tests.crash.tally import Tally
from tests.crash.trial import Ground

KILLS, ERRORS, FULL, CEILINGS, POWER_CUTS = "kills", "errors", "full disks", "ceilings", "power cuts"
SERVERS, CARELESS = "servers", "a careless server"
REPOSITORY = Path(__file__).parents[2]
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - folders with names of their own are made in it


@dataclass(frozen=True, slots=True)
class Campaign:
    """What is tried on which scenario or control, how often, and from which seed; ``vendor`` is the tiny vendor's address."""

    tried: str
    name: str
    seed: int
    count: int
    vendor: str


def run(campaign: Campaign) -> Tally:
    """Run a campaign in a process of its own, on a disk of memory if there is one: no fault here is one of the disk's speed."""
    command = [sys.executable, "-m", "tests.crash.campaign", orjson.dumps(asdict(campaign)).decode()]
    memory = {"TMPDIR": str(_SHARED_MEMORY)} if _SHARED_MEMORY.is_dir() else {}
    done = subprocess.run(command, cwd=REPOSITORY, check=False, capture_output=True, env=os.environ | memory)
    if done.returncode != 0:
        raise RuntimeError(f"{campaign} broke off:\n{done.stderr.decode(errors='replace')}")
    found = orjson.loads(done.stdout)
    return Tally(Counter(found["injected"]), Counter(found["wrong"]), found["shown"])


def _main() -> None:
    campaign = Campaign(**orjson.loads(sys.argv[1]))
    with tempfile.TemporaryDirectory() as home:
        tally = _tried(campaign, Path(home))
    found = {"injected": tally.injected, "wrong": tally.wrong, "shown": tally.shown}
    sys.stdout.write(orjson.dumps(found).decode())


def _tried(campaign: Campaign, home: Path) -> Tally:
    chance = random.Random(f"{campaign.seed} {campaign.name} {campaign.tried}")  # noqa: S311 - to be drawn again
    if campaign.tried == SERVERS:
        return kill_servers(home, campaign.vendor, chance, campaign.count)
    if campaign.tried == CARELESS:
        return kill_servers(home, campaign.vendor, chance, campaign.count, CARELESS_SERVER)
    if campaign.tried == RACES:
        return race(home, campaign.vendor, chance, campaign.count)
    control = CONTROLS.get(campaign.name)
    ground = Ground(control.scenario if control else SCENARIOS[campaign.name], home, campaign.vendor)
    collect_seldom()
    gc.freeze()
    if campaign.tried == POWER_CUTS:
        return cut_power(ground, chance, campaign.count)
    if campaign.tried == CEILINGS:
        return under_a_ceiling(ground, chance, campaign.count)
    tally = Tally()
    for _, meddler in zip(range(campaign.count), _meddlers(campaign.tried, ground, chance), strict=False):
        faults = ground.trial(meddler)
        if faults is not None:
            tally.add(campaign.tried, faults)
    return tally


def _meddlers(tried: str, ground: Ground, chance: random.Random) -> Iterator[Counting]:
    """Every call in turn, in an order drawn by chance, over and over; a kill comes before a call or after it."""
    folder, sending = str(ground.folder()), ground.scenario.sending
    while True:
        places = [(at, after) for at in range(ground.calls) for after in (False, True)]
        for at, after in chance.sample(places, len(places)):
            if tried == KILLS:
                yield Killing(folder, at, sending, after_it=after)
            elif tried == ERRORS:
                yield Failing(folder, at, sending, chance=chance)
            else:
                yield FillingUp(folder, at, sending)


if __name__ == "__main__":
    _main()
