"""Pulls of three sources, one of them twice, and exporters, all at once on one store: each as if it had been alone."""

import random
from collections.abc import Iterator
from pathlib import Path

from tests.crash.crowd import SOURCES, Crowd, compared, not_fine, not_kept
from tests.crash.grounds import crowds
from tests.crash.scenario import unchanged
from tests.crash.state import State
from tests.crash.tally import Fault, Tally, Wrong
from tests.support.postgres import postgres_server

RACES = "races of pulls and exporters"
_REFUSED = 3
_EXPORTERS = 3


def race(home: Path, vendor: str, chance: random.Random, count: int) -> Tally:
    """So many races on each engine."""
    tally = Tally()
    with postgres_server() as server:
        for engine, at in (("SQLite", None), ("PostgreSQL", server)):
            with crowds(home, vendor, at) as fresh:
                with fresh() as crowd:
                    crowd.warm_up()
                    assert not list(not_fine(crowd.exports(1)[0].wait(), engine))
                    goal, files = crowd.state(), crowd.files()
                for number in range(count):
                    with fresh() as crowd:
                        tally.add(RACES, _raced(crowd, chance, goal, files, f"{engine}: race {number}"))
    return tally


def _raced(crowd: Crowd, chance: random.Random, goal: State, files: dict[str, str], where: str) -> Iterator[Fault]:
    twice = chance.choice(SOURCES)
    pulls = crowd.pulls(*SOURCES, twice, changed=unchanged)
    exports = crowd.exports(_EXPORTERS)
    ended = [running.wait() for running in pulls]
    found = crowd.state()
    for one in ended:
        yield from not_kept(one, found, where)
    if sorted(one.code for one in ended) not in ([0, 0, 0, 0], [0, 0, 0, _REFUSED]):
        yield Fault(Wrong.SPEECHLESS, where, "; ".join(one.printed[-200:] for one in ended if one.code))
    for running in exports:
        yield from not_fine(running.wait(), where)
    if crowd.files() != files:
        yield Fault(Wrong.TORN, where, "the files of exporters that raced are not those of one alone")
    yield from compared(goal, crowd.state(), where)
