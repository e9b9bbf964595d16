"""Measures how many false registers the rules for undeclared defaults catch, and how many honest centres they accuse.

    python bench/false_registers.py [--centres N] [--seed N] [--processes N]

Every second centre is honest (``centres.py``), the others are made false (``falsify.py``). The thresholds of the rules were
set on seeds from 1 to 1,000,000; figures are given for seeds above ``FIRST_TEST_SEED``, which nobody looked at before.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.apart import side_by_side
from bench.centre_facts import facts_of
from bench.centres import honest
from bench.falsify import Falsehood, falsehood, falsify

from ecegateway.demo.season import PERIOD
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.rules.attendance.default_present.catalogue import DEFAULT_PRESENT_RULES
from ecegateway.rules.registry import question

LAST_TUNING_SEED = 1_000_000
FIRST_TEST_SEED = 20_000_001
NO_ACCUSATION = frozenset({"register.entered-late", "register.marked-before"})
"""Rules that state a fact about marks, which honest people explain: they catch nobody here and accuse nobody."""
_Z = 1.96


class Outcome(NamedTuple):
    """A centre, what was done to it if anything, its size, and the rules that found something."""

    seed: int
    what: Falsehood | None
    kind: str
    child_days: int
    false_days: int
    rules: frozenset[str]

    @property
    def suspected(self) -> bool:
        """Whether a rule suspects the register."""
        return bool(self.rules - NO_ACCUSATION)


def examine(seed: int) -> Outcome:
    """The centre of a seed: honest for an even seed, false for an odd one."""
    centre = honest(seed)
    what = falsehood(seed) if seed % 2 else None
    before = list(centre.register)
    if what is not None:
        falsify(centre, what)
    asked = question(facts_of(centre), PERIOD.days, policy(), handbook())
    rules = frozenset(str(rule.text.rule) for rule in DEFAULT_PRESENT_RULES if any(True for _ in rule.findings(asked)))
    changed = sum(old != new for old, new in zip(before, centre.register, strict=True))
    return Outcome(seed, what, f"{centre.office.kind}, {centre.office.writing}", len(centre.register), changed, rules)


def examine_all(seeds: Sequence[int]) -> list[Outcome]:
    """The centres of some seeds."""
    return [examine(seed) for seed in seeds]


def interval(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    share, z2 = hits / of, _Z * _Z
    middle, half = share + z2 / (2 * of), _Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, (middle - half) / (1 + z2 / of)), min(1.0, (middle + half) / (1 + z2 / of))


def share(hits: int, of: int) -> str:
    """A share with its interval."""
    low, high = interval(hits, of)
    return f"{hits:4} of {of:4}  {100 * hits / max(1, of):5.1f} %  ({100 * low:.1f} to {100 * high:.1f})"


def _table(title: str, outcomes: Iterable[tuple[str, Outcome]]) -> None:
    rows: defaultdict[str, list[bool]] = defaultdict(list)
    for name, outcome in outcomes:
        rows[name].append(outcome.suspected)
    print(f"\n{title}")
    for name in sorted(rows):
        print(f"  {name:58} {share(sum(rows[name]), len(rows[name]))}")


def report(outcomes: Sequence[Outcome]) -> None:
    """Print the figures."""
    false = [(one, one.what) for one in outcomes if one.what is not None]
    fair = [one for one in outcomes if one.what is None]
    caught = sum(one.suspected for one, _ in false)
    accused = [one for one in fair if one.suspected]
    print(f"caught (recall)              {share(caught, len(false))}")
    print(f"right when it suspects       {share(caught, caught + len(accused))}   at one false register for each honest one")
    print(f"false alarms                 {share(len(accused), len(fair))}")
    for one in accused:
        print(f"  seed {one.seed}: {one.kind}, {one.child_days} child-days: {', '.join(sorted(one.rules - NO_ACCUSATION))}")
    whole = [(one, what) for one, what in false if one.false_days >= 0.9 * one.child_days]
    print(f"caught, wholly made up       {share(sum(one.suspected for one, _ in whole), len(whole))}")
    _table("caught, by flavour and share made up", ((f"{what.flavour}, {what.share:.0%}", one) for one, what in false))
    _table("caught, by flavour", ((what.flavour.value, one) for one, what in false))
    _table("caught, by share", ((f"{what.share:4.0%}", one) for one, what in false))
    _table("caught, by which part was made up", ((what.scope.value, one) for one, what in false))
    _table("caught, by how the centre writes times", ((one.kind, one) for one, _ in false))
    _table("caught, by child-days made up", ((_size(one.false_days), one) for one, _ in false))
    _table("honest centres suspected, by how the centre writes times", ((one.kind, one) for one in fair))
    print("\ncentres in which a rule found something: false, honest")
    in_false, in_fair = (Counter(rule for one in part for rule in one.rules) for part in ([one for one, _ in false], fair))
    for rule in DEFAULT_PRESENT_RULES:
        name = str(rule.text.rule)
        note = "  (no accusation)" if name in NO_ACCUSATION else ""
        print(f"  {name:36} {in_false[name]:4} of {len(false)}  {in_fair[name]:4} of {len(fair)}{note}")


def _size(child_days: int) -> str:
    edge = next((edge for edge in (20, 100, 300, 1000) if child_days < edge), None)
    return "1,000 and more" if edge is None else f"fewer than {edge:5,}"


def main() -> None:
    """Examine centres and print the figures."""
    parser = argparse.ArgumentParser(description="Measure what the rules for undeclared defaults catch.")
    parser.add_argument("--centres", type=int, default=600)
    parser.add_argument("--seed", type=int, default=FIRST_TEST_SEED, help="the first seed; the others follow it")
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.centres)
    part = "tuning" if seeds[-1] <= LAST_TUNING_SEED else "test"
    print(f"{options.centres} centres, seeds {seeds[0]:,} to {seeds[-1]:,} ({part} seeds; even ones honest, odd ones false)")
    shares = [(seeds[first :: options.processes],) for first in range(options.processes)]
    outcomes = [one for outcome in side_by_side(examine_all, shares) for one in outcome.result]
    report(sorted(outcomes, key=lambda one: one.seed))


if __name__ == "__main__":
    main()
