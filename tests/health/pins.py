"""The rules as pinned: id, version, and a digest of what each decides. ``python -m tests.health.pins`` pins them anew.

What a rule decides is its condition, its weight, which hours it bears on, and the switch that reads it. A rule that decides
otherwise has the next version; a better title or a slip of the pen in its reason changes nothing. A rule whose condition is
not written yet is pinned with ``-`` for its digest.
"""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from ecegateway.claim.catalogue import CATALOGUE, SWITCHES
from ecegateway.model.finding import RuleText

PINS = Path(__file__).parent / "pinned" / "rules.txt"
NOT_WRITTEN = "-"
_DIGITS = 12

Pin = tuple[int, str]
"""A version, and the digest of what that version decides."""


def pin(text: RuleText, switch: str | None) -> Pin:
    """How a rule is pinned."""
    if not text.condition:
        return text.version, NOT_WRITTEN
    decided = "\n".join((text.condition, str(text.severity), text.holds, str(switch)))
    return text.version, hashlib.sha256(decided.encode()).hexdigest()[:_DIGITS]


def pins_now() -> dict[str, Pin]:
    """The rules of the code."""
    return {rule: pin(CATALOGUE[rule], SWITCHES.get(rule)) for rule in sorted(CATALOGUE)}


def pins_read(text: str) -> dict[str, Pin]:
    """The rules of a file of pins."""
    lines = (line.split() for line in text.splitlines())
    return {rule: (int(version), digest) for rule, version, digest in lines}


def written(pins: Mapping[str, Pin]) -> str:
    """The file of some pins."""
    return "".join(f"{rule} {version} {digest}\n" for rule, (version, digest) in pins.items())


def wrong(before: Mapping[str, Pin], now: Mapping[str, Pin]) -> Iterator[str]:
    """What must not be: a rule lost, a version gone back, or a rule that decides otherwise under the same version."""
    for rule, (version, digest) in before.items():
        if rule not in now:
            yield f"{rule} is gone: an id is never dropped unseen; if it must go, take its line out of {PINS.name} by hand"
            continue
        later, decides = now[rule]
        if later < version:
            yield f"{rule} went from version {version} back to {later}"
        elif later == version and digest not in (decides, NOT_WRITTEN):
            yield f"{rule} decides otherwise than when it was pinned: declare it with version={version + 1}"


def main() -> int:
    """Pin the rules anew, unless something is wrong."""
    now = pins_now()
    found = list(wrong(pins_read(PINS.read_text(encoding="utf-8")), now))
    if found:
        print("\n".join(found), file=sys.stderr)  # noqa: T201 - a command of its own
        return 1
    PINS.write_text(written(now), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
