"""What a claim comes to: hours claimed by category, hours held back or refused by reason, findings by cause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ecegateway.contract import Exportable
from ecegateway.errors import ExportError
from ecegateway.export.words import in_order_of_names
from ecegateway.model.claim import Category, ChildDay, Claim, Portion, StaffColumn, Verdict
from ecegateway.model.finding import Finding, RuleText, Severity
from ecegateway.model.ids import ChildKey, EvidenceId, RuleId


@dataclass(frozen=True, slots=True)
class Reason:
    """Minutes that share one fate and one reason, and whom they touch."""

    rule: RuleText
    minutes: int
    child_days: int
    children: int


@dataclass(frozen=True, slots=True)
class ChildCause:
    """What one rule found of one child (or of the service, without a child), all findings taken together."""

    child: ChildKey | None
    name: str
    messages: tuple[str, ...]
    days: tuple[date, ...]
    evidence: tuple[EvidenceId, ...]
    switches: tuple[str, ...]
    minutes_held: int


@dataclass(frozen=True, slots=True)
class Cause:
    """One rule's findings of one severity: one line of a report. ``minutes_held`` counts each minute under one rule only."""

    rule: RuleText
    severity: Severity
    causes: tuple[ChildCause, ...]
    minutes_held: int
    days: int

    @property
    def children(self) -> int:
        """How many children it touches."""
        return sum(1 for cause in self.causes if cause.child is not None)


def rule_text(exportable: Exportable, rule: RuleId) -> RuleText:
    """The rule in words.

    Raises:
        ExportError: it has none.
    """
    if rule not in exportable.rules:
        raise ExportError(f"rule {rule!r} has no text; whoever finds it must supply one")
    return exportable.rules[rule]


def name_of(exportable: Exportable, child: ChildKey | None) -> str:
    """The child's display name, the key where no name is known, or the service's name for a finding about the service."""
    if child is None:
        return exportable.claim.service_name
    return exportable.child_names.get(child, child)


def say(exportable: Exportable, finding: Finding) -> str:
    """The finding's message in words.

    Raises:
        ExportError: the rule has no text, or its message wants a parameter that the finding does not carry.
    """
    text = rule_text(exportable, finding.rule)
    try:
        return text.say(finding.parameters)
    except (KeyError, IndexError, ValueError) as error:
        raise ExportError(f"the message of rule {finding.rule!r} cannot be filled from its finding: {error}") from error


def hours_claimed(claim: Claim) -> dict[Category, int]:
    """Whole hours claimed in the period, by category."""
    hours = dict.fromkeys(Category, 0)
    for cell in claim.cells:
        hours[cell.category] += cell.hours
    return hours


def staff_hours(claim: Claim) -> dict[StaffColumn, int]:
    """Whole staff hours in the period, by column."""
    hours = dict.fromkeys(StaffColumn, 0)
    for day in claim.staff:
        hours[day.column] += day.hours
    return hours


def minutes_with(claim: Claim, verdict: Verdict) -> int:
    """All minutes of one fate."""
    return sum(portion.minutes for _, portion in _portions(claim, verdict))


def held_by_day(claim: Claim) -> dict[date, int]:
    """Minutes held back, by day; days without any are left out."""
    held: dict[date, int] = {}
    for line, portion in _portions(claim, Verdict.HELD):
        held[line.day] = held.get(line.day, 0) + portion.minutes
    return held


def reasons(exportable: Exportable, verdict: Verdict) -> tuple[Reason, ...]:
    """Minutes of one fate by reason, the largest first."""
    minutes: dict[RuleId, int] = {}
    child_days: dict[RuleId, set[tuple[ChildKey, date]]] = {}
    for line, portion in _portions(exportable.claim, verdict):
        minutes[portion.reason] = minutes.get(portion.reason, 0) + portion.minutes
        child_days.setdefault(portion.reason, set()).add((line.child, line.day))
    found = (
        Reason(
            rule=rule_text(exportable, rule),
            minutes=total,
            child_days=len(child_days[rule]),
            children=len({child for child, _ in child_days[rule]}),
        )
        for rule, total in minutes.items()
    )
    return tuple(sorted(found, key=lambda reason: (-reason.minutes, reason.rule.rule)))


def causes(exportable: Exportable) -> tuple[Cause, ...]:
    """Findings grouped by rule and then child: what holds most comes first, then warnings, then what is worth knowing."""
    held = _held_by_rule_and_child(exportable.claim)
    groups: dict[tuple[Severity, RuleId], list[Finding]] = {}
    for finding in exportable.claim.findings:
        groups.setdefault((finding.severity, finding.rule), []).append(finding)
    order = list(Severity)
    found = (_cause(exportable, severity, rule, group, held) for (severity, rule), group in groups.items())
    return tuple(
        sorted(found, key=lambda cause: (order.index(cause.severity), -cause.minutes_held, -cause.days, cause.rule.rule))
    )


def _cause(
    exportable: Exportable,
    severity: Severity,
    rule: RuleId,
    findings: list[Finding],
    held: dict[RuleId, dict[ChildKey, int]],
) -> Cause:
    by_child: dict[ChildKey | None, list[Finding]] = {}
    for finding in findings:
        by_child.setdefault(finding.child, []).append(finding)
    minutes: dict[ChildKey | None, int] = {}
    if severity is Severity.HOLDS:
        for child, child_minutes in held.get(rule, {}).items():
            owner = child if child in by_child or None not in by_child else None
            minutes[owner] = minutes.get(owner, 0) + child_minutes
    lines = [_child_cause(exportable, child, group, minutes.get(child, 0)) for child, group in by_child.items()]
    lines.sort(key=lambda line: (-line.minutes_held, line.child is not None, in_order_of_names(line.name), line.child or ""))
    return Cause(
        rule=rule_text(exportable, rule),
        severity=severity,
        causes=tuple(lines),
        minutes_held=sum(minutes.values()),
        days=len({day for line in lines for day in line.days}),
    )


def _child_cause(exportable: Exportable, child: ChildKey | None, findings: list[Finding], minutes_held: int) -> ChildCause:
    return ChildCause(
        child=child,
        name=name_of(exportable, child),
        messages=tuple(dict.fromkeys(say(exportable, finding) for finding in findings)),
        days=tuple(sorted({day for finding in findings for day in finding.days})),
        evidence=tuple(dict.fromkeys(item for finding in findings for item in finding.evidence)),
        switches=tuple(sorted({finding.switch for finding in findings if finding.switch})),
        minutes_held=minutes_held,
    )


def _held_by_rule_and_child(claim: Claim) -> dict[RuleId, dict[ChildKey, int]]:
    held: dict[RuleId, dict[ChildKey, int]] = {}
    for line, portion in _portions(claim, Verdict.HELD):
        children = held.setdefault(portion.reason, {})
        children[line.child] = children.get(line.child, 0) + portion.minutes
    return held


def _portions(claim: Claim, verdict: Verdict) -> Iterator[tuple[ChildDay, Portion]]:
    for line in claim.child_days:
        for portion in line.portions:
            if portion.verdict is verdict:
                yield line, portion
