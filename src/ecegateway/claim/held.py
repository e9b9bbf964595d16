"""Findings for hours that the claim itself holds back, so that every held hour stands in the findings report."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from ecegateway.model.claim import ChildDay, Portion, Verdict
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.ids import ChildKey, RuleId, ServiceNumber


def held_by_clauses(service: ServiceNumber, child_days: Iterable[ChildDay], named: frozenset[RuleId]) -> Iterator[Finding]:
    """One finding for each clause and child with held hours; ``named`` are the rules that have findings of their own."""
    held: defaultdict[tuple[RuleId, ChildKey], list[tuple[date, Portion]]] = defaultdict(list)
    for one in child_days:
        for p in one.portions:
            if p.verdict is Verdict.HELD and p.reason not in named:
                held[p.reason, one.child].append((one.day, p))
    for reason, child in sorted(held):
        found = held[reason, child]
        yield Finding(
            rule=reason,
            severity=Severity.HOLDS,
            service=service,
            child=child,
            days=tuple(dict.fromkeys(day for day, _ in found)),
            evidence=tuple(dict.fromkeys(item for _, p in found for item in p.evidence)),
            switch=found[0][1].switch,
        )
