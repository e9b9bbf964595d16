"""Attempts: one scenario under many faults of one kind, all drawn from a seed, in a process of its own.

The process forks a child for each fault, so it must have no threads: ``python -m tests.crash.campaign`` is that process, and
:func:`run` starts it. Nothing but names and numbers goes in, nothing but tallies come out.
"""

import gc
import os
import random
import ssl
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson

from ecegateway.bootstrap import collect_seldom
from tests.crash.ceilings import under_a_ceiling
from tests.crash.clusters import CARELESS_SERVER, kill_servers
from tests.crash.controls import CONTROLS
from tests.crash.kinds import Kind
from tests.crash.meddlers import Counting, Failing, FillingUp, Killing
from tests.crash.powercuts import cut_power
from tests.crash.races import race
from tests.crash.scenarios import SCENARIOS
from tests.crash.tally import Tally
from tests.crash.trial import Ground

REPOSITORY = Path(__file__).parents[2]
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - folders with names of their own are made in it


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is tried, on which scenario or control, and how often."""

    tried: Kind
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
    asked = orjson.dumps([seed, vendor, [[one.tried, one.name, one.count] for one in attempts]]).decode()
    command = [sys.executable, "-m", "tests.crash.campaign", asked]
    done = subprocess.run(command, cwd=REPOSITORY, check=False, capture_output=True, env=os.environ | memory)
    if done.returncode != 0:
        raise RuntimeError(f"{attempts} broke off with {done.returncode}:\n{done.stderr.decode(errors='replace')}")
    return [Tally(Counter(injected), Counter(wrong), shown) for injected, wrong, shown in orjson.loads(done.stdout)]


def _main() -> None:
    seed, vendor, attempts = orjson.loads(sys.argv[1])
    collect_seldom()
    vars(ssl)["create_default_context"] = cache(ssl.create_default_context)  # costs a child as much as a page of a pull
    with tempfile.TemporaryDirectory() as home:
        session = _Session(Path(home), seed, vendor)
        tallies = [session.tried(Attempt(Kind(tried), name, count)) for tried, name, count in attempts]
    sys.stdout.write(orjson.dumps([[one.injected, one.wrong, one.shown] for one in tallies]).decode())


class _Session:
    """What the attempts of one process share: a folder, a seed, a vendor, and the ground of each scenario laid out."""

    def __init__(self, home: Path, seed: int, vendor: str) -> None:
        self._home = home
        self._seed = seed
        self._vendor = vendor
        self._grounds: dict[str, Ground] = {}

    def tried(self, attempt: Attempt) -> Tally:
        """Make an attempt."""
        chance = random.Random(f"{self._seed} {attempt.name} {attempt.tried}")  # noqa: S311 - to be drawn again
        match attempt.tried:
            case Kind.SERVERS:
                return kill_servers(self._home, self._vendor, chance, attempt.count)
            case Kind.CARELESS:
                return kill_servers(self._home, self._vendor, chance, attempt.count, CARELESS_SERVER)
            case Kind.RACES:
                return race(self._home, self._vendor, chance, attempt.count)
            case Kind.POWER_CUTS:
                return cut_power(self._ground(attempt.name), chance, attempt.count)
            case Kind.CEILINGS:
                return under_a_ceiling(self._ground(attempt.name), chance, attempt.count)
        return _call_by_call(attempt, self._ground(attempt.name), chance)

    def _ground(self, name: str) -> Ground:
        if name not in self._grounds:
            control = CONTROLS.get(name)
            home = self._home / str(len(self._grounds))
            home.mkdir()
            self._grounds[name] = Ground(control.scenario if control else SCENARIOS[name], home, self._vendor)
            gc.freeze()
        return self._grounds[name]


def _call_by_call(attempt: Attempt, ground: Ground, chance: random.Random) -> Tally:
    tally = Tally()
    for _, meddler in zip(range(attempt.count), _meddlers(attempt.tried, ground, chance), strict=False):
        faults = ground.trial(meddler)
        if faults is not None:
            tally.add(attempt.tried.value, faults)
    return tally


def _meddlers(tried: Kind, ground: Ground, chance: random.Random) -> Iterator[Counting]:
    """Every call in turn, in an order drawn by chance, over and over; a kill comes before a call or after it."""
    folder = str(ground.folder())
    while True:
        places = [(at, after) for at in range(ground.calls) for after in (False, True)]
        for at, after in chance.sample(places, len(places)):
            if tried is Kind.KILLS:
                yield Killing(folder, at, after_it=after)
            elif tried is Kind.ERRORS:
                yield Failing(folder, at, chance=chance)
            else:
                yield FillingUp(folder, at)


if __name__ == "__main__":
    _main()
