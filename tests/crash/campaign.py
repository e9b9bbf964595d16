"""Attempts: one scenario under many faults of one kind, all drawn from a seed, in a process of its own.

The process forks a child for each fault, so it must have no threads: ``python -m tests.crash.campaign`` is that process, and
:func:`run` starts it. Nothing but names and numbers goes in, nothing but tallies come out.
"""

import gc
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
class Attempt:
    """What is tried, on which scenario or control, and how often."""

    tried: str
    name: str
    count: int


def run(attempts: Sequence[Attempt], seed: int, vendor: str) -> list[Tally]:
    """Make attempts in a process of its own, on a disk of memory if there is one: no fault here is one of the disk's speed.

    Args:
        attempts: One after the other; each has its tally in what is returned.
        seed: From which every fault follows.
        vendor: The address of the tiny vendor.

    Raises:
        RuntimeError: the harness itself failed; the message has what it printed.
    """
    memory = {"TMPDIR": str(_SHARED_MEMORY)} if _SHARED_MEMORY.is_dir() else {}
    command = [sys.executable, "-m", "tests.crash.campaign", orjson.dumps([seed, vendor, list(attempts)]).decode()]
    done = subprocess.run(command, cwd=REPOSITORY, check=False, capture_output=True, env=os.environ | memory)
    if done.returncode != 0:
        raise RuntimeError(f"{attempts} broke off:\n{done.stderr.decode(errors='replace')}")
    return [Tally(Counter(injected), Counter(wrong), shown) for injected, wrong, shown in orjson.loads(done.stdout)]


def _main() -> None:
    seed, vendor, attempts = orjson.loads(sys.argv[1])
    collect_seldom()
    tallies = []
    for attempt in attempts:
        with tempfile.TemporaryDirectory() as home:
            tallies.append(_tried(Attempt(**attempt), seed, vendor, Path(home)))
    sys.stdout.write(orjson.dumps([[one.injected, one.wrong, one.shown] for one in tallies]).decode())


def _tried(attempt: Attempt, seed: int, vendor: str, home: Path) -> Tally:
    chance = random.Random(f"{seed} {attempt.name} {attempt.tried}")  # noqa: S311 - to be drawn again
    if attempt.tried == SERVERS:
        return kill_servers(home, vendor, chance, attempt.count)
    if attempt.tried == CARELESS:
        return kill_servers(home, vendor, chance, attempt.count, CARELESS_SERVER)
    if attempt.tried == RACES:
        return race(home, vendor, chance, attempt.count)
    control = CONTROLS.get(attempt.name)
    ground = Ground(control.scenario if control else SCENARIOS[attempt.name], home, vendor)
    gc.freeze()
    if attempt.tried == POWER_CUTS:
        return cut_power(ground, chance, attempt.count)
    if attempt.tried == CEILINGS:
        return under_a_ceiling(ground, chance, attempt.count)
    tally = Tally()
    for _, meddler in zip(range(attempt.count), _meddlers(attempt.tried, ground, chance), strict=False):
        faults = ground.trial(meddler)
        if faults is not None:
            tally.add(attempt.tried, faults)
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
