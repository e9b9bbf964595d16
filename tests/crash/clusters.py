"""PostgreSQL killed under load, one of its processes killed, and connections cut in the middle of a commit."""

import os
import random
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecegateway.config import load_config
from ecegateway.evidence import store
from tests.crash.crowd import SOURCES, Crowd, compared, not_fine, not_kept
from tests.crash.grounds import Fresh, crowds
from tests.crash.proxy import cutting_proxy
from tests.crash.scenario import unchanged
from tests.crash.state import SETTINGS, State
from tests.crash.tally import Fault, Tally
from tests.crash.tracer import Running
from tests.support.postgres import PostgresServer, postgres_server

CLUSTER, BACKEND, CLIENTS, CUT = "cluster kills", "backend kills", "client kills", "connections cut in a commit"
_MOST_TOLD = 150
_COMMITS = 16
_WRITERS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


def accept_any_server() -> None:
    """The gateway takes a server whatever its settings."""
    vars(store)["refuse_unsafe"] = lambda _: None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to a server with which settings, and what is wrong with the gateway."""

    kinds: tuple[str, ...] = (CLUSTER, BACKEND, CLIENTS, CUT)
    settings: tuple[str, ...] = ()
    changed: Callable[[], None] = unchanged


CARELESS_SERVER = Plan(
    (CLUSTER,), ("synchronous_commit=off", "wal_writer_delay=10s", "wal_writer_flush_after=0"), accept_any_server
)
"""A server that acknowledges what it has not stored, and a gateway that takes it: this must lose."""


def kill_servers(home: Path, vendor: str, chance: random.Random, count: int, plan: Plan | None = None) -> Tally:
    """So many rounds of each kind: three pulls at once, a fault, a new start, and the same pulls again."""
    plan = plan or Plan()
    tally = Tally()
    plan.changed()
    with postgres_server(*plan.settings) as server, crowds(home, vendor, server) as fresh:
        rounds = _Rounds(server, fresh, chance, plan.changed)
        goal = rounds.undisturbed()
        for number in range(count):
            for kind in plan.kinds:
                tally.add(kind, rounds.disturbed(kind, goal, f"{kind}, round {number}"))
    return tally


class _Rounds:
    """What the rounds share."""

    def __init__(self, server: PostgresServer, fresh: Fresh, chance: random.Random, changed: Callable[[], None]) -> None:
        self._server = server
        self._fresh = fresh
        self._chance = chance
        self._changed = changed

    def undisturbed(self) -> State:
        with self._fresh() as crowd:
            crowd.warm_up()
            return crowd.state()

    def disturbed(self, kind: str, goal: State, where: str) -> Iterator[Fault]:
        with self._fresh() as crowd:
            if kind == CUT:
                running = self._cut(crowd)
            else:
                running = crowd.pulls(*SOURCES, changed=self._changed)
                _listen(running, self._chance.randrange(_MOST_TOLD))
                self._kill(kind, running)
            ended = [one.wait() for one in running]
            if kind == CLUSTER:
                self._server.start()
            else:
                self._server.wait()
            found = crowd.state()
            for one in ended:
                yield from not_kept(one, found, where)
            yield from self._again(crowd, where)
            yield from compared(goal, crowd.state(), where)

    def _kill(self, kind: str, running: Sequence[Running]) -> None:
        if kind == CLUSTER:
            self._server.kill()
            return
        if kind == CLIENTS:
            for one in running:
                os.kill(one.pid, signal.SIGKILL)
            return
        with self._server.connect() as connection:
            backends = connection.execute(_WRITERS).fetchall()
        for (pid,) in backends[:1]:
            os.kill(pid, signal.SIGKILL)

    def _cut(self, crowd: Crowd) -> list[Running]:
        at, answered = self._chance.randrange(1, _COMMITS), self._chance.random() < 0.5
        proxy = cutting_proxy(crowd.folder, self._server.sockets, at, answered=answered)
        straight = load_config(crowd.folder / SETTINGS).store
        crowd.move_to(straight.replace(str(self._server.sockets), str(crowd.folder)))
        running = crowd.pulls(*SOURCES, changed=self._changed)
        assert proxy.wait().told == ("cut",)
        crowd.move_to(straight)
        return running

    def _again(self, crowd: Crowd, where: str) -> Iterator[Fault]:
        for one in crowd.pulls(*SOURCES, changed=self._changed):
            yield from not_fine(one.wait(), where)


def _listen(running: Sequence[Running], lines: int) -> None:
    """Wait until so many lines were told in all, or nothing more comes."""
    heard, open_ends = 0, {one.heard: one for one in running}
    while heard < lines and open_ends:
        for handle in select.select(list(open_ends), [], [])[0]:
            part = os.read(handle, 64)
            open_ends[handle].already += part
            heard += part.count(b"\n")
            if not part:
                del open_ends[handle]
