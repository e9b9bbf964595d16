"""Measures a pull end to end against a floor that only fetches, parses and inserts the same pages, in one run.

    python bench/pull.py [--services N] [--attendances N] [--enrolments N] [--no-postgres]

Every figure is taken in a process of its own, so that peak memory is that step's alone.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

import sqlite3

from bench.apart import apart
from bench.floor import floor_into_postgres, floor_into_sqlite
from bench.vendor import Size, Vendor, running_vendor

from ecegateway import clock
from ecegateway.bootstrap import collect_seldom
from ecegateway.config import SourceConfig
from ecegateway.evidence.sqlite import journal_for
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.pull import pull
from ecegateway.plugins import load_plugins
from tests.support.postgres import postgres_server


class Figure(NamedTuple):
    """One step: records it stored, seconds, peak memory in MiB."""

    stored: int
    seconds: float
    peak: float

    @property
    def rate(self) -> float:
        return self.stored / self.seconds


Step = Callable[[], int]
SetUp = Callable[..., AbstractContextManager[Step]]


def measure(set_up: SetUp, *arguments: object) -> Figure:
    """Run a step in a fresh process. Set-up (imports, opening the store) is the same for a page or a million: not timed."""
    outcome = apart(_timed, set_up, arguments)
    return Figure(*outcome.result, outcome.peak)


def _timed(set_up: SetUp, arguments: tuple[object, ...]) -> tuple[int, float]:
    with set_up(*arguments) as step:
        began = time.perf_counter()
        return step(), time.perf_counter() - began


@contextmanager
def ours(url: str, size: Size, store: str) -> Iterator[Step]:
    """The gateway's whole pull: HTTP, receipts, reading, checking, versions, cursors."""
    os.environ["BENCH_SECRET"] = "bench"
    collect_seldom()  # as the command does
    config = SourceConfig.model_validate(
        {
            "name": "bench",
            "plugin": "kowhai",
            "services": size.numbers(),
            "base_url": url,
            "client_id": "env:BENCH_SECRET",
            "client_secret": "env:BENCH_SECRET",
        }
    )
    plugins = load_plugins()
    with open_evidence(store, create=True) as evidence:

        def step() -> int:
            report = pull(evidence, plugins, config, clock.now)
            if report.failure is not None or report.counts.quarantined:
                raise SystemExit(f"the pull failed: {report.failure}, {report.counts}")
            return report.counts.stored

        yield step


@contextmanager
def floor_sqlite(url: str, size: Size, path: str) -> Iterator[Step]:
    """The floor, with the journal the store uses on this engine."""
    journal = journal_for(sqlite3.sqlite_version_info)
    yield partial(floor_into_sqlite, url, size, path, journal.mode, journal.synchronous)


@contextmanager
def floor_postgres(url: str, size: Size, address: str) -> Iterator[Step]:
    """The floor on PostgreSQL."""
    yield partial(floor_into_postgres, url, size, address)


def compare(name: str, vendor: Vendor, size: Size, floor: Figure, store: str) -> None:
    """Pull three times and print all figures: everything, nothing changed, one in a hundred changed."""
    first = measure(ours, vendor.url, size, store)
    nothing = measure(ours, vendor.url, size, store)
    vendor.change()
    some = measure(ours, vendor.url, size, store)
    profiles = size.services  # which the floor leaves out
    if (floor.stored, first.stored, nothing.stored) != (size.records, size.records + profiles, 0):
        raise SystemExit(f"{name}: not the same work: {floor}, {first}, {nothing}")
    print(f"{name:12} floor          {floor.rate:9,.0f} records/s  {floor.seconds:6.2f} s  peak {floor.peak:4.0f} MiB")
    print(f"{name:12} ecegateway     {first.rate:9,.0f} records/s  {first.seconds:6.2f} s  peak {first.peak:4.0f} MiB")
    print(f"{name:12} ratio          {first.rate / floor.rate:9.2f} of the floor")
    print(f"{name:12} nothing new    {nothing.seconds:9.2f} s")
    print(f"{name:12} 1 % changed    {some.seconds:9.2f} s  {some.stored} new versions", flush=True)


def _two_databases(stack: ExitStack) -> list[str]:
    server = stack.enter_context(postgres_server())
    return [server.url(stack.enter_context(server.database())) for _ in range(2)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a pull against its floor.")
    parser.add_argument("--services", type=int, default=4)
    parser.add_argument("--attendances", type=int, default=200_000)
    parser.add_argument("--enrolments", type=int, default=5_000)
    parser.add_argument("--no-postgres", action="store_true")
    options = parser.parse_args()
    size = Size(options.services, options.attendances, options.enrolments)
    print(f"{size.records:,} records of {size.services} services, pages of 1,000; {os.cpu_count()} cores")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        with running_vendor(size) as vendor:
            floor = measure(floor_sqlite, vendor.url, size, f"{folder}/floor.db")
            compare("SQLite", vendor, size, floor, f"sqlite:///{folder}/evidence.db")
        if options.no_postgres:
            return
        floor_address, address = _two_databases(stack)
        with running_vendor(size) as vendor:
            floor = measure(floor_postgres, vendor.url, size, floor_address)
            compare("PostgreSQL", vendor, size, floor, address)


if __name__ == "__main__":
    main()
