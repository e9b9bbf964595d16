"""Measures proofs of records: one alone from a store just opened, and many together, in a log of so many rows.

python bench/proofs.py [--rows N] [--proofs N]
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from ecegateway.evidence.proofs import places_of, prove
from ecegateway.evidence.sealing import log_state
from ecegateway.evidence.store import open_evidence
from ecegateway.proof.record import record_fault
from tests.storage.filling import begin, first, store

A_TRANSACTION = 4000
ALONE = 20


def fill(url: str, rows: int) -> None:
    with open_evidence(url, create=True) as evidence:
        pull = begin(evidence)
        for number in range(0, rows, A_TRANSACTION):
            with evidence.transaction() as writing:
                store(writing, pull, [first(f"n{n}") for n in range(number, number + A_TRANSACTION)], body=str(number).encode())


def timed(url: str, rows: list[int]) -> float:
    """Seconds to open the store and prove these versions, each proof checked."""
    began = time.perf_counter()
    with open_evidence(url) as evidence, evidence.inspecting() as connection:
        state = log_state(connection)
        places = places_of(connection, [("record_version", row) for row in rows])
        found = list(prove(connection, places, state.size))
        assert {record_fault(proof, state.size, state.root) for proof in found} == {None}
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--proofs", type=int, default=5000)
    asked = parser.parse_args()
    chance = random.Random(1)  # noqa: S311 - which rows to prove
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/evidence.db"
        fill(url, asked.rows)
        alone = [timed(url, [chance.randrange(1, asked.rows)]) for _ in range(ALONE)]
        together = timed(url, sorted(chance.sample(range(1, asked.rows), asked.proofs)))
    print(f"log of {asked.rows:,} rows, SQLite")
    print(f"one proof, the store opened for it: {statistics.median(alone) * 1000:.0f} ms")
    print(f"{asked.proofs:,} proofs together: {together:.1f} s, {asked.proofs / together:,.0f} a second")


if __name__ == "__main__":
    main()
