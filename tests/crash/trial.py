"""One scenario under faults: a fresh copy of what it starts from, one fault, and what stands then and after running again."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

from tests.crash.meddlers import Counting
from tests.crash.scenario import Scenario, unchanged
from tests.crash.state import State, difference
from tests.crash.tally import Fault, Wrong
from tests.crash.tracer import Ended, Meddler, Tell, fork

DOCUMENTED = frozenset({0, 2, 3, 4})
"""The exit codes that a command of these may end with."""
_KILLED = -9
_LONGEST = 300


class Ground:
    """A scenario with what it starts from laid out, what an undisturbed run ends with, and how many calls it makes."""

    def __init__(self, scenario: Scenario, home: Path, vendor: str) -> None:
        self.scenario = scenario
        self.home = home
        self._start = home / "start"
        self._start.mkdir()
        scenario.prepare(self._start, vendor)
        self.before = scenario.state(self._start)
        self._warm_up()
        counting = Counting(str(self.folder()))
        self.fresh()
        ended = self.run(counting)
        assert ended.code == 0, ended.printed
        self.calls = counting.count
        self.goal = self.state()
        assert not self.goal.problems, self.goal.problems

    def _warm_up(self) -> None:
        """Run it once in this very process, so that its children need not import and compile everything anew."""
        place = self.fresh()
        with redirect_stdout(StringIO()):
            replace(self.scenario, changed=unchanged).run(place, lambda _: None)

    def folder(self) -> Path:
        """Where every trial runs."""
        return self.home / "run"

    def fresh(self) -> Path:
        """What it starts from, anew."""
        folder = self.folder()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._start, folder)
        return folder

    def state(self) -> State:
        """What stands now."""
        return self.scenario.state(self.folder())

    def run(self, meddler: Meddler | None = None, limit: Callable[[], None] = unchanged) -> Ended:
        """Run it in a child on what stands, as it is or with ``limit`` set in the child first."""
        folder = self.folder()

        def child(tell: Tell) -> int:
            os.chdir(folder)
            limit()
            return self.scenario.run(folder, tell)

        return fork(child, meddler)

    def trial(self, meddler: Counting) -> list[Fault] | None:
        """One fault, and what is wrong afterwards; ``None`` if the run ended before its call came."""
        self.fresh()
        ended = self.run(meddler)
        return list(self.judge(ended, meddler.met)) if meddler.met else None

    def judge(self, ended: Ended, after: str) -> Iterator[Fault]:
        """What is wrong after a fault, and what once it was run again."""
        where = f"{self.scenario.name}: {after}"
        found = self.state()
        yield from self.wrong(ended.told, found, where)
        if ended.code != _KILLED:
            yield from self._wrong_ending(ended, found, where)
        yield from self.run_again(where)

    def wrong(self, told: Sequence[str], found: State, where: str) -> Iterator[Fault]:
        """What does not hold, and what is not there though it was told."""
        for problem in found.problems:
            yield Fault(Wrong.TORN, where, problem)
        allowed = {*self.before.content, *self.goal.content}
        for line in found.content:
            if line.startswith("whole ") and line not in allowed:
                yield Fault(Wrong.TORN, where, f"neither the old file nor the new one: {line}")
        for line in sorted(set(told) - found.kept):
            yield Fault(Wrong.LOST, where, line)

    def _wrong_ending(self, ended: Ended, found: State, where: str) -> Iterator[Fault]:
        if ended.code not in DOCUMENTED or "Traceback" in ended.printed:
            yield Fault(Wrong.SPEECHLESS, where, f"exit code {ended.code}: {ended.printed[-_LONGEST:]}")
        missing, _ = difference(self.goal.content, found.content)
        if ended.code == 0 and missing:
            yield Fault(Wrong.UNDETECTED, where, f"exit code 0 without {missing}")

    def run_again(self, where: str) -> Iterator[Fault]:
        """Without a fault now: it must end with what an undisturbed run ends with."""
        ended = self.run()
        if ended.code != 0:
            yield Fault(Wrong.LOST, where, f"running again ends with {ended.code}: {ended.printed[-_LONGEST:]}")
            return
        found = self.state()
        missing, more = difference(self.goal.content, found.content)
        yield from (Fault(Wrong.TORN, where, f"run again: {problem}") for problem in found.problems)
        yield from (Fault(Wrong.LOST, where, f"run again: {line}") for line in missing)
        for line in more:
            yield Fault(Wrong.TORN if line.startswith("file ") else Wrong.DOUBLED, where, f"run again: {line}")
