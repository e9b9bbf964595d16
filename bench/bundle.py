"""Makes and verifies the bundle of a service and period: sizes, processor time, and the most memory a verifier takes.

    python bench/bundle.py STORE SERVICE PERIOD KEYS

For instance, after ``ecegateway demo``: ``bench/bundle.py sqlite:///out/demo/evidence.db 10842 2026-02 out/demo/keys``.
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from ecegateway.evidence.store import open_evidence
from ecegateway.flows.bundle import bundle
from ecegateway.flows.packing import write_pack
from ecegateway.flows.verify_bundle import verify_bundle
from ecegateway.handbook.policy import policy
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.plugins import load_plugins
from ecegateway.signing.keyring import Keyring


def verify(place: Path) -> str:
    began = time.process_time()
    told = verify_bundle(place, None, None, load_plugins(()).exporters())
    took, peak = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert told.holds, told
    return f"verified: {told.rows:,} rows, {told.figures:,} figures, {told.portions:,} portions, {took:.1f} s, peak {peak} MiB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("store", "service", "period", "keys"):
        parser.add_argument(name)
    asked = parser.parse_args()
    year, month = asked.period.split("-")
    with open_evidence(asked.store) as store, tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        made = bundle(
            store,
            ServiceNumber(asked.service),
            FundingPeriod(date(int(year), int(month), 1)),
            policy=policy(),
            exporters=load_plugins(()).exporters(),
            keyring=Keyring(Path(asked.keys)),
            at=datetime.now(UTC),
        )
        took = time.process_time() - began
        archive = write_pack(Path(folder), made).archive
        whole, packed = sum(map(len, made.files.values())), archive.stat().st_size
        print(f"made: {made.versions:,} versions, {whole / 1e6:.1f} MB, zip {packed / 1e6:.1f} MB, {took:.1f} s")
        with multiprocessing.get_context("spawn").Pool(1) as alone:
            print(alone.apply(verify, (archive,)))


if __name__ == "__main__":
    main()
