"""Flips bits of a signed store, one at a time, and counts what ``ecegateway verify`` makes of each.

    python bench/flips.py [--flips N] [--seed N] [--every-byte]

With ``--every-byte`` a bit of every byte, and every bit of the header and of the schema's first page: some hours.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.storage.flipping import DETECTED, LOCATED, MISSED, SAME, by_chance, every_byte, fates, signed_store


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--every-byte", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = signed_store(Path(name))
        flips = every_byte(place, asked.seed) if asked.every_byte else by_chance(place, asked.flips, asked.seed)
        counts: Counter[str] = Counter()
        for flip, fate in fates(place, flips, Path(name)):
            counts[fate] += 1
            if fate in {DETECTED, MISSED}:
                print(f"{fate}: bit {flip.bit} of byte {flip.byte}", file=sys.stderr)
        changed = counts.total() - counts[SAME]
        print(
            f"seed {asked.seed}: {counts.total()} bits flipped one at a time, {changed} harmed the content or its reading: "
            f"{counts[LOCATED]} detected and located, {counts[DETECTED]} detected, {counts[MISSED]} missed"
        )
    sys.exit(bool(counts[MISSED] or counts[DETECTED]))


if __name__ == "__main__":
    main()
