"""Measures what the log costs a pull, and how long a whole verification takes, in one run.

    python bench/log_cost.py [--services N] [--attendances N] [--enrolments N] [--times N] [--no-postgres]
    python bench/log_cost.py --rows 1000000 [--no-postgres]

The same pull is timed with the log and without it, in turn, each in a process of its own; the medians are compared.
Without the log means that rows are committed to and written nowhere: only this benchmark can do that. With ``--rows``
nothing is pulled: a store is filled with the services of ``filling.py`` up to so many records, signed, and checked as
``ecegateway verify`` does, in a process of its own.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.apart import apart
from bench.filling import fill
from bench.pull import Step, measure, ours
from bench.vendor import Size, running_vendor
from sqlalchemy import func, select

from ecegateway import clock
from ecegateway.evidence import appending, schema
from ecegateway.evidence.audit import Audit
from ecegateway.evidence.log import Log
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.seal import seal
from ecegateway.flows.verify import verify_store
from ecegateway.signing.keyring import Keyring
from tests.support.postgres import postgres_server

_RECORDS_A_SERVICE = 4000


class NoLog(Log):
    """A log that keeps nothing."""

    def add(self, table: str, rows: Iterable[Any]) -> None:
        del table, rows

    def flush(self) -> None:
        pass


@contextmanager
def without_log(url: str, size: Size, store: str) -> Iterator[Step]:
    """The gateway's pull as it would be if nothing were logged."""
    setattr(appending, "Log", NoLog)  # noqa: B010 - the type of a module's name cannot be changed
    with ours(url, size, store) as step:
        yield step


def verified(store: str) -> tuple[int, float]:
    """How many rows a store holds, and the seconds to compare them all with the log."""
    with open_evidence(store) as evidence, evidence.inspecting() as connection:
        began = time.perf_counter()
        audit = Audit(())
        if any(audit.walk(connection)):
            raise SystemExit("the store is damaged")
        return audit.rows, time.perf_counter() - began


def compare(name: str, size: Size, times: int, new_store: Callable[[], str]) -> None:
    """Time both pulls and the verification, and print what the log costs."""
    rates: dict[str, list[float]] = {"with": [], "without": []}
    for _ in range(times):
        for which, set_up in (("without", without_log), ("with", ours)):
            store = new_store()
            with running_vendor(size) as vendor:
                rates[which].append(measure(set_up, vendor.url, size, store).rate)
    logged, bare = (statistics.median(rates[which]) for which in ("with", "without"))
    print(f"{name:12} without log  {bare:9,.0f} records/s")
    print(f"{name:12} with log     {logged:9,.0f} records/s, {100 * (1 - logged / bare):.0f} % less")
    outcome = apart(verified, store)
    rows, seconds = outcome.result
    print(f"{name:12} verified     {rows:9,} rows in {seconds:.1f} s, peak {outcome.peak:.0f} MiB", flush=True)


def checked(store: str) -> tuple[int, float]:
    """How many rows a signed store holds, and the seconds that ``ecegateway verify`` takes, without starting it."""
    with open_evidence(store) as evidence:
        began = time.perf_counter()
        found = verify_store(evidence, None, ())
        if not found.holds or found.signed != found.size:
            raise SystemExit("the store is damaged, or not signed")
        return found.rows, time.perf_counter() - began


def check_filled(name: str, rows: int, store: str, keys: Path) -> None:
    """Fill a store with services up to so many records, sign it, and print what checking it took."""
    count = records = 0
    while records < rows:
        count += max(1, (rows - records) // _RECORDS_A_SERVICE)
        fill(store, count)
        with open_evidence(store) as evidence, evidence.inspecting() as connection:
            records = connection.scalar(select(func.count()).select_from(schema.RECORD_VERSION)) or 0
    with open_evidence(store) as evidence:
        seal(evidence, Keyring(keys), clock.now())
    outcome = apart(checked, store)
    found, seconds = outcome.result
    print(f"{name:12} {records:,} records of {count} services: {found:,} rows verified in {seconds:.1f} s", flush=True)
    print(f"{name:12} {found / seconds:,.0f} rows/s, peak {outcome.peak:.0f} MiB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what the log costs.")
    parser.add_argument("--services", type=int, default=4)
    parser.add_argument("--attendances", type=int, default=200_000)
    parser.add_argument("--enrolments", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--no-postgres", action="store_true")
    parser.add_argument("--rows", type=int)
    options = parser.parse_args()
    if options.rows:
        filled(options.rows, postgres=not options.no_postgres)
        return
    size = Size(options.services, options.attendances, options.enrolments)
    print(f"{size.records:,} records of {size.services} services, pages of 1,000, {options.times} times each")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        names = iter(range(1000))
        compare("SQLite", size, options.times, lambda: f"sqlite:///{folder}/{next(names)}.db")
        if not options.no_postgres:
            server = stack.enter_context(postgres_server())
            compare("PostgreSQL", size, options.times, lambda: server.url(stack.enter_context(server.database())))


def filled(rows: int, *, postgres: bool) -> None:
    """Check a store of so many records on each engine."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        check_filled("SQLite", rows, f"sqlite:///{folder}/evidence.db", folder / "keys")
        if postgres:
            server = stack.enter_context(postgres_server())
            check_filled("PostgreSQL", rows, server.url(stack.enter_context(server.database())), folder / "other-keys")


if __name__ == "__main__":
    main()
