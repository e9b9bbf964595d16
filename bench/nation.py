"""Measures the way from a nation's evidence to its claims against merely reading the same rows.

    python bench/nation.py [--services N ...] [--processes N] [--keep FOLDER]

The nation is invented (``roll.py``, ``register.py``): 4,500 services hold 200,000 children and, over a funding period and the
three months before it, twelve million child-days. Every stage is measured in fresh processes, each of which takes its share
of the services one by one; a child-day is one stored attendance or absence. Seconds are the processor's, summed over the
processes, so that rates are for one core.
"""

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.apart import apart, side_by_side
from bench.filling import fill, numbers

from ecegateway.bootstrap import collect_seldom
from ecegateway.claim.assemble import days_to_judge
from ecegateway.demo.season import PERIOD
from ecegateway.evidence.record import ServiceEvidence
from ecegateway.evidence.store import open_evidence
from ecegateway.facts.fold import fold
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.ids import ServiceNumber
from ecegateway.rules.assess import assess
from ecegateway.rules.registry import question

_ROWS = """
SELECT v.series_id, v.key, v.version, v.state, v.content, v.digest, r.received_at
FROM record_version v JOIN receipt r ON r.id = v.receipt_id
WHERE v.series_id IN (SELECT id FROM series WHERE service = ?) ORDER BY v.seq
"""
_CHILD_DAYS = """
SELECT count(*) FROM record_version v JOIN series s ON s.id = v.series_id
WHERE s.service BETWEEN ? AND ? AND s.stream IN ('attendance', 'absence') AND v.version = 1
"""
_CHILDREN = """
SELECT count(*) FROM record_version v JOIN series s ON s.id = v.series_id
WHERE s.service BETWEEN ? AND ? AND s.stream = 'child'
"""


class Spent(NamedTuple):
    """Seconds of a process: the processor's from the store to a stage, those of the stage alone, and by the clock."""

    way: float
    stage: float
    elapsed: float


class Figure(NamedTuple):
    """A stage at a scale, over all processes; ``peak`` is the largest process's memory in MiB."""

    way: float
    stage: float
    elapsed: float
    peak: float


Stage = Callable[[str, Sequence[ServiceNumber]], Spent]


def fetch(store: str, services: Sequence[ServiceNumber]) -> Spent:
    """The rows of evidence as SQLite gives them: nothing is decoded."""
    began, elapsed = time.process_time(), time.perf_counter()
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        for service in services:
            connection.execute(_ROWS, (service,)).fetchall()
    seconds = time.process_time() - began
    return Spent(seconds, seconds, time.perf_counter() - elapsed)


def read(store: str, services: Sequence[ServiceNumber]) -> Spent:
    """Rows to records."""
    return _way(store, services, lambda _: 0.0)


def facts(store: str, services: Sequence[ServiceNumber]) -> Spent:
    """Records to facts."""

    def stage(evidence: ServiceEvidence) -> float:
        began = time.process_time()
        fold(evidence, days_to_judge(PERIOD))
        return time.process_time() - began

    return _way(store, services, stage)


def rules(store: str, services: Sequence[ServiceNumber]) -> Spent:
    """Facts to the findings of all rules."""
    days, reading = days_to_judge(PERIOD), policy()

    def stage(evidence: ServiceEvidence) -> float:
        folded = fold(evidence, days)
        began = time.process_time()
        assess(question(folded, days, reading, handbook()))
        return time.process_time() - began

    return _way(store, services, stage)


def claims(store: str, services: Sequence[ServiceNumber]) -> Spent:
    """Records to the claim and all that exporters are given; facts and rules are part of it."""

    def stage(evidence: ServiceEvidence) -> float:
        began = time.process_time()
        from_evidence(evidence, PERIOD, policy())
        return time.process_time() - began

    return _way(store, services, stage)


def _way(store: str, services: Sequence[ServiceNumber], stage: Callable[[ServiceEvidence], float]) -> Spent:
    alone = 0.0
    collect_seldom()  # as the command does
    with open_evidence(f"sqlite:///{store}") as evidence:
        stage(evidence.evidence_of(services[0]))  # what is made once in a process is not counted
        began, elapsed = time.process_time(), time.perf_counter()
        for service in services:
            alone += stage(evidence.evidence_of(service))
        way = time.process_time() - began
        return Spent(way, alone or way, time.perf_counter() - elapsed)


STAGES: tuple[Stage, ...] = (fetch, read, facts, rules, claims)


def measure(stage: Stage, store: str, services: Sequence[ServiceNumber], processes: int) -> Figure:
    """A stage over all services, each process taking every n-th of them."""
    shares = [services[first::processes] for first in range(min(processes, len(services)))]
    outcomes = side_by_side(stage, [(store, share) for share in shares])
    way, alone, elapsed = zip(*(outcome.result for outcome in outcomes), strict=True)
    return Figure(sum(way), sum(alone), max(elapsed), max(outcome.peak for outcome in outcomes))


def at_scale(store: str, count: int, processes: int) -> str:
    """Fill the store up to so many services, then measure every stage and print it; gives the scale in one line."""
    began = time.perf_counter()
    added = apart(fill, f"sqlite:///{store}", count).result
    if added:
        print(f"{added:,} services invented and stored in {time.perf_counter() - began:,.0f} s", flush=True)
    services = numbers(count)
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        (days,) = connection.execute(_CHILD_DAYS, (services[0], services[-1])).fetchone()
        (children,) = connection.execute(_CHILDREN, (services[0], services[-1])).fetchone()
    size = Path(store).stat().st_size / 2**20
    print(f"{count:,} services, {children:,} children, {days:,} child-days, store of {size:,.0f} MiB, {processes} process(es)")
    print("              the way there                                     the stage alone")
    print("            child-days/s   us/child-day   x fetch   x read   us/child-day   x read    elapsed       peak")
    fetching = reading = 0.0
    line = f"{count:8,} {days:12,}"
    for stage in STAGES:
        figure = measure(stage, store, services, processes)
        fetching, reading = fetching or figure.way, figure.way if stage is read else reading
        each, alone = figure.way / days * 1e6, figure.stage / days * 1e6
        ratios = [f"{seconds / reading:8.1f}" if reading else " " * 8 for seconds in (figure.way, figure.stage)]
        print(
            f"{stage.__name__:8} {days / figure.way:15,.0f} {each:14.1f} {figure.way / fetching:9.1f} {ratios[0]} {alone:14.1f}"
            f" {ratios[1]} {figure.elapsed:8.1f} s {figure.peak:6.0f} MiB",
            flush=True,
        )
        line += f" {each:7.1f} {figure.peak:5.0f}"
    return line


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure claims of a nation's services against reading their evidence.")
    parser.add_argument("--services", type=int, nargs="+", default=[1, 10, 50, 250], help="scales, one after another")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the store, to be used again; else a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        lines = [at_scale(str(place / "nation.db"), count, options.processes) for count in options.services]
    print("\nmicroseconds of a core for each child-day, and peak memory in MiB, as the nation grows")
    print("services   child-days" + "".join(f" {stage.__name__:>13}" for stage in STAGES))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
