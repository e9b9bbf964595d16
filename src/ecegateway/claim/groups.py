"""Which findings are one cause: those of one rule and weight, apart by what the rule says they have in common."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ecegateway.model.finding import Finding, Severity
from ecegateway.model.ids import RuleId

OF_ITS_OWN = 3
"""So many findings make a cause of its own. Fewer are told together, under the rule: a page of single lines hides the many."""


class GroupKey(NamedTuple):
    """What names a group: the rule, the weight, and what its findings have in common, empty for the rest of the rule's."""

    rule: RuleId
    severity: Severity
    words: str


@dataclass(frozen=True, slots=True)
class Groups:
    """Findings by cause, in the order they were found."""

    findings: Mapping[GroupKey, tuple[Finding, ...]]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Groups":
        """The groups of some findings."""
        found = tuple(findings)
        counts = Counter(map(_own_key, found))
        groups: defaultdict[GroupKey, list[Finding]] = defaultdict(list)
        for finding in found:
            key = _own_key(finding)
            groups[key if counts[key] >= OF_ITS_OWN else key._replace(words="")].append(finding)
        return cls({key: tuple(group) for key, group in groups.items()})

    def key(self, finding: Finding) -> GroupKey:
        """The group a finding belongs to, be it one of these or of the same rule on other days."""
        key = _own_key(finding)
        return key if key in self.findings else key._replace(words="")


def _own_key(finding: Finding) -> GroupKey:
    return GroupKey(finding.rule, finding.severity, finding.cause)
