"""What a claim comes to: hours claimed by category, hours held back or refused by reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ecegateway.contract import Exportable
from ecegateway.errors import ExportError
from ecegateway.model.claim import Category, ChildDay, Claim, Portion, StaffColumn, Verdict
from ecegateway.model.finding import Finding, RuleText
from ecegateway.model.ids import ChildKey, RuleId


@dataclass(frozen=True, slots=True)
class Reason:
    """Minutes that share one fate and one reason, and whom they touch."""

    rule: RuleText
    minutes: int
    child_days: int
    children: int


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


def _portions(claim: Claim, verdict: Verdict) -> Iterator[tuple[ChildDay, Portion]]:
    for line in claim.child_days:
        for portion in line.portions:
            if portion.verdict is verdict:
                yield line, portion
