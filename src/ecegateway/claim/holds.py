"""What holds a claim's hours back: findings, and clauses of the claim itself, less those taken as put right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ecegateway.model.finding import Finding
from ecegateway.model.ids import ChildKey, RuleId
from ecegateway.rules.registry import Clause

ChildDate = tuple[ChildKey, date]
"""One child's day."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is taken as put right, to see which hours would come back: clauses everywhere, and on some children's days more.

    ``there`` holds clauses that say no more than that a day's record is not good yet; they go with the finding that says why.
    """

    clauses: frozenset[RuleId] = frozenset()
    days: frozenset[ChildDate] = frozenset()
    there: frozenset[RuleId] = frozenset()

    def holds(self, clause: RuleId, place: ChildDate) -> bool:
        """Whether a clause still holds hours of a child's day."""
        return clause not in self.clauses and not (clause in self.there and place in self.days)


NOTHING_SETTLED = Settled()


@dataclass(frozen=True, slots=True)
class Holds:
    """The findings that hold each child's day or part of it, as they are named, and which clauses hold none any more."""

    findings: Mapping[ChildDate, Sequence[Finding]]
    settled: Settled

    @classmethod
    def of(cls, findings: Iterable[Finding], settled: Settled = NOTHING_SETTLED) -> "Holds":
        """The holds of an assessment's findings."""
        found: defaultdict[ChildDate, list[Finding]] = defaultdict(list)
        for finding in findings:
            if finding.holds and finding.child is not None:
                for day in finding.days:
                    found[finding.child, day].append(finding)
        return cls(found, settled)

    def on(self, child: ChildKey, day: date) -> Sequence[Finding]:
        """The findings that hold a child's day or part of it."""
        return self.findings.get((child, day), ())

    def by(self, clause: Clause, child: ChildKey, day: date) -> bool:
        """Whether a clause of the claim holds hours of a child's day where it applies."""
        return self.settled.holds(clause.id, (child, day))
