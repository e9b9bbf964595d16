"""What a claim comes to: hours claimed by category, hours held back or refused by reason, findings by cause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ecegateway.contract import Exportable
from ecegateway.errors import ExportError
from ecegateway.export.words import SEVERITIES, clock, count, in_order_of_names
from ecegateway.model.claim import Category, ChildDay, Claim, Portion, StaffColumn, Verdict
from ecegateway.model.finding import Finding, RuleText, Severity
from ecegateway.model.ids import ChildKey, EvidenceId, RuleId

ChildDate = tuple[ChildKey, date]
"""One child's day."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Minutes that share one fate and one reason, and whom they touch."""

    rule: RuleText
    minutes: int
    child_days: int
    children: int


@dataclass(frozen=True, slots=True)
class ChildCause:
    """What one rule found of one child (or of the service, without a child), all findings taken together.

    ``days`` are the findings' own; ``child_days`` counts the days that stand in :attr:`Cause.child_days`.
    """

    child: ChildKey | None
    name: str
    messages: tuple[str, ...]
    days: tuple[date, ...]
    evidence: tuple[EvidenceId, ...]
    switches: tuple[str, ...]
    minutes_held: int
    child_days: int


@dataclass(frozen=True, slots=True)
class Cause:
    """One rule's findings of one severity: one line of a report.

    ``minutes_held`` counts each minute under one rule only. A cause that holds minutes counts the children and child days
    it holds them of, as :class:`Reason` does; one that holds none counts those its findings name.
    """

    rule: RuleText
    severity: Severity
    causes: tuple[ChildCause, ...]
    minutes_held: int
    children: int
    child_days: int
    days: int

    @property
    def holds_nothing_alone(self) -> bool:
        """Whether it would hold hours, and all it touches are held under another rule already."""
        return self.severity is Severity.HOLDS and not self.minutes_held


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


def staff_counted(claim: Claim) -> bool:
    """Whether any staff hour was counted in the period."""
    return any(day.lines for day in claim.staff)


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
    held = held_by_rule(exportable.claim)
    groups: dict[tuple[Severity, RuleId], list[Finding]] = {}
    for finding in exportable.claim.findings:
        groups.setdefault((finding.severity, finding.rule), []).append(finding)
    order = list(Severity)
    found = (_cause(exportable, severity, rule, group, held) for (severity, rule), group in groups.items())
    return tuple(
        sorted(found, key=lambda cause: (order.index(cause.severity), -cause.minutes_held, -cause.days, cause.rule.rule))
    )


def weight(cause: Cause) -> str:
    """What hangs on a cause, in words."""
    if cause.minutes_held:
        return f"{clock(cause.minutes_held)} hours held back"
    return "nothing held by this one alone" if cause.holds_nothing_alone else SEVERITIES[cause.severity].lower()


def touches(cause: Cause) -> tuple[str, ...]:
    """Whom and how much a cause touches, in words: children and child days, or days where no child is named."""
    if cause.children:
        days = (count(cause.child_days, "child day"),) if cause.child_days else ()
        return (count(cause.children, "child", "children"), *days)
    return (count(cause.days, "day"),) if cause.days else ()


def _cause(
    exportable: Exportable,
    severity: Severity,
    rule: RuleId,
    findings: list[Finding],
    held: dict[RuleId, dict[ChildDate, int]],
) -> Cause:
    by_child: dict[ChildKey | None, list[Finding]] = {}
    for finding in findings:
        by_child.setdefault(finding.child, []).append(finding)
    of_rule = held.get(rule, {}) if severity is Severity.HOLDS else {}
    owned: dict[ChildKey | None, list[int]] = {}
    for (child, _), minutes in of_rule.items():
        owner = child if child in by_child or None not in by_child else None
        owned.setdefault(owner, []).append(minutes)
    lines = [_child_cause(exportable, child, group, owned.get(child, [])) for child, group in by_child.items()]
    lines.sort(key=lambda line: (-line.minutes_held, line.child is not None, in_order_of_names(line.name), line.child or ""))
    named = [line for line in lines if line.child is not None]
    return Cause(
        rule=rule_text(exportable, rule),
        severity=severity,
        causes=tuple(lines),
        minutes_held=sum(of_rule.values()),
        children=len({child for child, _ in of_rule}) or len(named),
        child_days=len(of_rule) or sum(line.child_days for line in named),
        days=len({day for line in lines for day in line.days}),
    )


def _child_cause(exportable: Exportable, child: ChildKey | None, findings: list[Finding], held: list[int]) -> ChildCause:
    days = tuple(sorted({day for finding in findings for day in finding.days}))
    return ChildCause(
        child=child,
        name=name_of(exportable, child),
        messages=tuple(dict.fromkeys(say(exportable, finding) for finding in findings)),
        days=days,
        evidence=tuple(dict.fromkeys(item for finding in findings for item in finding.evidence)),
        switches=tuple(sorted({finding.switch for finding in findings if finding.switch})),
        minutes_held=sum(held),
        child_days=len(held) or len(days),
    )


def held_by_rule(claim: Claim) -> dict[RuleId, dict[ChildDate, int]]:
    """Minutes held, by rule and then by child and day."""
    held: dict[RuleId, dict[ChildDate, int]] = {}
    for line, portion in _portions(claim, Verdict.HELD):
        of_rule = held.setdefault(portion.reason, {})
        place = (line.child, line.day)
        of_rule[place] = of_rule.get(place, 0) + portion.minutes
    return held


def _portions(claim: Claim, verdict: Verdict) -> Iterator[tuple[ChildDay, Portion]]:
    for line in claim.child_days:
        for portion in line.portions:
            if portion.verdict is verdict:
                yield line, portion
