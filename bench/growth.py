"""Measures how a store grows: a centre of 50 children, pulled each working day for a year, everything kept and signed.

    python bench/growth.py [--children N] [--days N] [--weekly] [--files]

The centre is invented (``roll.py``, ``register.py``): stays signed in and out, absences, shifts, what parents confirm
each week, one stay in fifty corrected a day later. The vendor is the simulated Kōwhai over HTTP, which gives what
changed. ``--weekly`` pulls on Fridays alone. With ``--files`` the vendor lays whole files into a folder each time, of
everything so far. Counted are all bytes of the file, by table, its indexes with it.
"""

import argparse
import os
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.register import daily
from bench.roll import Enrolled, Service, Term, invent, papers

from ecegateway.config import SourceConfig
from ecegateway.demo.identities import means_key
from ecegateway.demo.season import dice, instant
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.facts.calendar import public_holidays
from ecegateway.flows.pull import pull
from ecegateway.flows.seal import seal
from ecegateway.flows.verify import verify_store
from ecegateway.model.attendance import Attendance, Verification
from ecegateway.model.ids import RecordKey
from ecegateway.model.period import ONE_DAY, DateRange
from ecegateway.model.record import Change, Record
from ecegateway.plugins import load_plugins
from ecegateway.signing.keyring import Keyring
from ecegateway.testing.folder import write_jsonl
from ecegateway.testing.vendor import VendorSimulator

YEAR = DateRange(date(2025, 6, 1), date(2026, 6, 1))
_NUMBER = 10_001
_CLOSED = DateRange(date(2025, 12, 22), date(2026, 1, 12))
_WEEK, _FRIDAY, _SATURDAY = 7, 4, 5
_EVENING = 18 * 60
_CORRECTED = 0.02


def centre(children: int) -> Service:
    """An all-day centre of so many children, all of whom come the whole year."""
    chance, found = dice(_NUMBER, "growth"), invent(_NUMBER)
    roll = [_all_year(found.roll[n % len(found.roll)], n, chance.choice(found.kind.bookings)) for n in range(children)]
    holidays = public_holidays(YEAR, "WGN")
    open_days = tuple(day for day in YEAR if day.weekday() < _SATURDAY and day not in holidays and day not in _CLOSED)
    return replace(found, roll=tuple(roll), open_days=open_days, staff=found.staff[:8])


def _all_year(child: Enrolled, number: int, times: tuple[int, int]) -> Enrolled:
    since = YEAR.first - ONE_DAY * 60
    week = child.terms[0].weekdays if number % 2 else (0, 1, 2, 3, 4)
    return replace(
        child, key=type(child.key)(f"c-{number}"), days=DateRange(since, YEAR.after), terms=(Term(since, week, *times),)
    )


def by_day(service: Service) -> dict[date, list[Record]]:
    """What the centre records on each day, what it corrects the day after, and on Saturday what parents confirmed."""
    found: defaultdict[date, list[Record]] = defaultdict(list)
    chance = dice(_NUMBER, "corrections")
    for record in daily(service):
        day = date.fromisoformat(record.key[-10:])
        found[day].append(record)
        if isinstance(record, Attendance) and chance.random() < _CORRECTED:
            found[day + ONE_DAY].append(_corrected(record, service))
    for day in service.open_days:
        if day.weekday() == _FRIDAY:
            found[day] += (_confirmed(service, child, day) for child in service.roll)
    return found


def _corrected(stay: Attendance, service: Service) -> Record:
    arrived = stay.arrived or datetime.combine(YEAR.first, datetime.min.time(), UTC)
    change = Change(by=service.staff[0], at=arrived + timedelta(days=1), why="typed the wrong hour")
    return stay.model_copy(update={"arrived": arrived + timedelta(minutes=3), "change": change})


def _confirmed(service: Service, child: Enrolled, friday: date) -> Record:
    return Verification(
        service=service.number,
        key=RecordKey(f"v-{child.key}-{friday}"),
        child=child.key,
        first_day=friday - ONE_DAY * _FRIDAY,
        last_day=friday,
        by=child.guardian,
        at=instant(friday, _EVENING),
        decision="confirmed",
        medium="electronic",
        means=means_key(child.guardian),
    )


class Vendor(Protocol):
    """Somebody who is told what the centre records, and shows it."""

    def publish(self, records: Iterable[Record], *, at: datetime) -> None:
        """Hold records, new or changed, as of a moment."""


class Files:
    """A vendor who writes a file of each stream, with everything there ever was, whenever there is something new."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: defaultdict[str, dict[str, Record]] = defaultdict(dict)

    def publish(self, records: Iterable[Record], *, at: datetime) -> None:
        del at
        for record in records:
            self._held[record.stream][record.key] = record
        for stream, held in self._held.items():
            (self._folder / f"{stream}.jsonl").write_bytes(write_jsonl(stream, held.values()))


@contextmanager
def vendor_of(service: Service, home: Path, *, files: bool) -> Iterator[tuple[Vendor, SourceConfig]]:
    """The vendor, and how its source is set up."""
    if files:
        (home / "drop").mkdir()
        yield Files(home / "drop"), _config(service, "folder", folder=str(home / "drop"))
        return
    os.environ["BENCH_ID"], os.environ["BENCH_SECRET"] = "gateway", "open-sesame"
    with VendorSimulator() as vendor:
        secrets = {"client_id": "env:BENCH_ID", "client_secret": "env:BENCH_SECRET"}
        yield vendor, _config(service, "kowhai", base_url=vendor.base_url, **secrets)


def live(  # noqa: PLR0917 - as many as there are things to say of a year
    evidence: Evidence,
    keyring: Keyring,
    service: Service,
    days: int,
    vendor: Vendor,
    config: SourceConfig,
    pulls: frozenset[int],
) -> Counter[str]:
    """Pull the year on some weekdays; gives what was stored."""
    told, totals, plugins = by_day(service), Counter[str](), load_plugins()
    news = list(papers(service))
    for day in list(YEAR)[:days]:
        now = instant(day, _EVENING)
        news += told.get(day, ())
        if day.weekday() in pulls:
            vendor.publish(news, at=now)
            news = []
            report = pull(evidence, plugins, config, partial(_later, now))
            if report.failure is not None or report.counts.quarantined or report.held:
                raise SystemExit(f"the pull failed: {report.failure}, {report.counts}")
            seal(evidence, keyring, _later(now))
            totals.update(pulls=1, records=report.counts.stored, answers=report.counts.pages)
    return totals


def _later(now: datetime) -> datetime:
    return now + timedelta(minutes=5)


def _config(service: Service, plugin: str, **more: str) -> SourceConfig:
    return SourceConfig.model_validate({"name": "vendor", "plugin": plugin, "services": [service.number], **more})


def sizes(store: Path) -> dict[str, int]:
    """Bytes of the file by table, a table's indexes with it."""
    with closing(sqlite3.connect(store)) as connection:
        table_of = dict(connection.execute("SELECT name, tbl_name FROM sqlite_schema"))
        found: Counter[str] = Counter()
        for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            found[table_of.get(name, name)] += size
    return dict(found.most_common())


def lines(totals: Counter[str], found: dict[str, int], file: int, children: int, share: float) -> Iterator[str]:
    """The figures, a year's worth where less was pulled."""
    yield f"{children} children, {totals['pulls']} pulls, {totals['answers']:,} answers, {totals['records']:,} record versions"
    yield f"{'table':16}{'MB a year':>12}{'share':>8}"
    for table, size in found.items():
        if size * 100 > file:
            yield f"{table:16}{size / share / 1e6:12.2f}{size / file:8.0%}"
    yield f"{'the file':16}{file / share / 1e6:12.2f}"
    each = file / max(1, totals["records"])
    yield f"{file / share / children / 1e3:.0f} kB for a child and year, {each:.0f} bytes for a record version"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=50)
    parser.add_argument("--days", type=int, default=len(YEAR))
    parser.add_argument("--weekly", action="store_true")
    parser.add_argument("--files", action="store_true")
    asked = parser.parse_args(arguments)
    service, pulls = centre(asked.children), frozenset({_FRIDAY} if asked.weekly else range(_SATURDAY))
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        store, keyring = home / "evidence.db", Keyring(home / "keys")
        opened = open_evidence(f"sqlite:///{store}", create=True)
        with opened as evidence, vendor_of(service, home, files=asked.files) as (vendor, config):
            totals = live(evidence, keyring, service, asked.days, vendor, config, pulls)
            if not verify_store(evidence, None, ()).holds:
                raise SystemExit("the store does not verify")
        found = sizes(store)
        for line in lines(totals, found, store.stat().st_size, asked.children, asked.days / len(YEAR)):
            print(line)


if __name__ == "__main__":
    main()
