"""How long events take: a centre's period put into the outbox, asked for again, and handed to the simulated Ministry.

Run it as ``python bench/events.py --children 50``. It prints seconds, events a second, and the most memory the process held.
"""

import argparse
import resource
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ecegateway.builtin.infohub_transport import NAME
from ecegateway.config import MinistryConfig
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.events import EventSettings, queue
from ecegateway.flows.sending import send
from ecegateway.flows.ways import open_way
from ecegateway.handbook.policy import policy
from ecegateway.model.record import Record
from ecegateway.plugins import load_plugins
from ecegateway.testing.ministry import MinistrySimulator
from tests.support.events import put, whole_child
from tests.support.records import SERVICE, agreement, profile, stay

FIRST, TODAY = date(2026, 2, 1), date(2026, 6, 1)
AT = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=50)
    parser.add_argument("--send", action="store_true", help="hand the events over as well")
    asked = parser.parse_args()
    how = EventSettings(policy())
    weekdays = [day for n in range((TODAY - FIRST).days) if (day := FIRST + timedelta(days=n)).weekday() < 5]
    with tempfile.TemporaryDirectory() as folder, open_evidence(f"sqlite:///{folder}/evidence.db", create=True) as store:
        records: list[Record] = [profile(places=asked.children)]
        for number in range(asked.children):
            key = f"c{number}"
            records += [*whole_child(key), agreement(key), *(stay(day, child_key=key) for day in weekdays)]
        put(store, *records)
        print(f"{asked.children} children, {len(records)} records")
        for what in ("queued", "queued again"):
            began = time.perf_counter()
            done = queue(store, SERVICE, how, TODAY, AT)
            took = time.perf_counter() - began
            print(f"{what}: {done.total} events in {took:.2f} s, {done.total / took:.0f} a second; {_memory()} MB at most")
        if asked.send:
            _send(store, Path(folder))


def _send(store: Evidence, folder: Path) -> None:
    with MinistrySimulator(lambda: AT) as simulator:
        for name, secret in (("id", simulator.client_id), ("secret", simulator.client_secret)):
            (folder / name).write_text(secret, encoding="utf-8")
        secrets = {"client_id": f"file:{folder}/id", "client_secret": f"file:{folder}/secret"}
        config = MinistryConfig.model_validate({**simulator.config(**secrets), "transport": NAME})
        began = time.perf_counter()
        with open_way(load_plugins(outside=()), config, lambda: AT) as way:
            sent = send(store, way, SERVICE, lambda: AT)
        took, count = time.perf_counter() - began, sum(sent.outcomes.values())
        print(f"sent: {count} events in {took:.1f} s, {count / took:.0f} a second; {_memory()} MB at most")


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
