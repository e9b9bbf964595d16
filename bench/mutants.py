"""Runs mutants that mutmut has made, many times quicker than mutmut does: a sample of them, or those named.

    python bench/mutants.py [--sample N] [--seed N] [--processes N] [--resume] [PATTERN ...]

The tests are collected once; each mutant runs in a fork of that process, only the tests that mutmut saw reach its function,
those first that noticed its neighbours, and stops at the first that fails. Needs the mutants that ``make mutants`` makes. What
became of each is kept as it is known, so that a run broken off can go on.
"""

import argparse
import fnmatch
import importlib
import json
import os
import random
import resource
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

TREE = Path("build/mutation/mutants")
FATES = Path("../fates.txt")
"""What became of each mutant, seen from the tree: a line for each, as soon as it is known."""
_TELL_EVERY = 100
TESTS = ("tests/handbook", "tests/criteria", "tests/unit/claim", "tests/unit/rules", "tests/unit/facts")
KILLED, SURVIVED, NO_TESTS, TIMEOUT = "killed", "survived", "no tests", "timeout"
_SPARE_SECONDS, _TIMES_AS_LONG = 15, 10


class Runner:
    """A pytest plugin that, instead of running the collected tests, runs mutants against them."""

    def __init__(self, wanted: Sequence[str], processes: int, fates: dict[str, str]) -> None:
        stats = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
        self._reached_by: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        self._seconds: dict[str, float] = stats["duration_by_test"]
        self._choose = importlib.import_module("mutmut.mutation.trampoline").set_mutant_under_test
        self._function_of = importlib.import_module("mutmut.utils.format_utils").mangled_name_from_mutant_name
        self._wanted = [name for name in wanted if name not in fates]
        self._processes = processes
        self._noticed: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._running: dict[int, tuple[str, int]] = {}
        self.fates = fates

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every mutant wanted."""
        items = {item.nodeid: item for item in session.items}
        for name in self._wanted:
            while len(self._running) >= self._processes:
                self._wait()
            tests = [items[test] for test in self._order(name) if test in items]
            if tests:
                self._start(name, tests)
            else:
                self._decide(name, NO_TESTS)
        while self._running:
            self._wait()
        return True

    def _decide(self, name: str, fate: str) -> None:
        self.fates[name] = fate
        with FATES.open("a", encoding="utf-8") as kept:
            kept.write(f"{name} {fate}\n")
        if len(self.fates) % _TELL_EVERY == 0:
            print(f"{len(self.fates)} decided", file=sys.stderr, flush=True)

    def _order(self, name: str) -> list[str]:
        """The tests that reach a mutant: those first that noticed mutants of the same function, then the quickest."""
        function = self._function_of(name)
        noticed = self._noticed[function]
        return sorted(set(self._reached_by.get(function, ())), key=lambda test: (-noticed[test], self._seconds.get(test, 0.0)))

    def _start(self, name: str, tests: Sequence[pytest.Item]) -> None:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            os.write(writing, self._first_that_fails(name, tests).encode())
            os._exit(0)
        os.close(writing)
        self._running[child] = name, reading

    def _first_that_fails(self, name: str, tests: Sequence[pytest.Item]) -> str:
        """In the fork: the name of the first test that fails for a mutant, or nothing."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        most = int(sum(self._seconds.get(test.nodeid, 0.1) for test in tests) * _TIMES_AS_LONG) + _SPARE_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
        failed: list[str] = []

        class Listening:
            def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
                if report.failed:
                    failed.append(report.nodeid)

        try:
            self._choose(name)
            tests[0].config.pluginmanager.register(Listening())
            for test in tests:
                test.config.hook.pytest_runtest_protocol(item=test, nextitem=None)
                if failed:
                    return failed[0]
        except BaseException as error:  # noqa: BLE001 - a mutant may break anything, the test run itself too
            return f"broke off: {type(error).__name__}"
        return ""

    def _wait(self) -> None:
        child, status = os.wait()
        name, reading = self._running.pop(child)
        test = os.read(reading, 10_000).decode()
        os.close(reading)
        if os.WIFSIGNALED(status):
            self._decide(name, TIMEOUT if os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL} else KILLED)
        else:
            self._decide(name, KILLED if test else SURVIVED)
        if test:
            self._noticed[self._function_of(name)][test] += 1


def mutants(patterns: Sequence[str]) -> list[str]:
    """The names of all mutants that match one of the patterns."""
    found = [name for meta in sorted(Path("src").rglob("*.meta")) for name in _names(meta)]
    return [name for name in found if any(fnmatch.fnmatch(name, pattern) for pattern in patterns)]


def _names(meta: Path) -> Iterable[str]:
    made: dict[str, Any] = json.loads(meta.read_text(encoding="utf-8"))
    return sorted(made["exit_code_by_key"])


def _decided(wanted: Sequence[str]) -> dict[str, str]:
    """What an earlier run found out of these mutants."""
    if not FATES.exists():
        return {}
    lines = (line.split(" ", 1) for line in FATES.read_text(encoding="utf-8").splitlines())
    kept = dict(lines)
    return {name: kept[name] for name in wanted if name in kept}


def main() -> None:
    """Run them, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*", default=["*"])
    parser.add_argument("--sample", type=int, help="how many to run, chosen by chance; by default all")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--resume", action="store_true", help="go on where a run was broken off")
    asked = parser.parse_args()
    os.chdir(TREE)
    sys.path[:0] = [str(Path.cwd() / "src"), str(Path.cwd())]
    os.environ["MUTANT_UNDER_TEST"] = ""
    os.environ["PY_IGNORE_IMPORTMISMATCH"] = "1"
    names = mutants(asked.patterns)
    wanted = names if asked.sample is None else sorted(random.Random(asked.seed).sample(names, min(asked.sample, len(names))))  # noqa: S311
    runner = Runner(wanted, asked.processes, _decided(wanted) if asked.resume else {})
    pytest.main(["--rootdir=.", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:capture", *TESTS], plugins=[runner])
    counts = Counter(runner.fates.values())
    for name, fate in sorted(runner.fates.items()):
        if fate != KILLED:
            print(f"{fate:10} {name}")
    print(
        f"seed {asked.seed}: {len(runner.fates)} of {len(wanted)} mutants run, of {len(names)} in all: "
        + ", ".join(f"{n} {f}" for f, n in counts.most_common())
    )
    print(f"killed: {100 * counts[KILLED] / max(1, len(runner.fates)):.1f} %")


if __name__ == "__main__":
    main()
