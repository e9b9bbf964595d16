"""Causes as people read them: one line each, with the children they touch, what is held, and what would come back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ecegateway.contract import Exportable
from ecegateway.export.summary import name_of, rule_text, say
from ecegateway.export.words import CATEGORIES, SEVERITIES, clock, count, in_order_of_names
from ecegateway.model.cause import Cause, Effect
from ecegateway.model.claim import Category
from ecegateway.model.finding import Finding, RuleText, Severity
from ecegateway.model.ids import ChildKey, EvidenceId


@dataclass(frozen=True, slots=True)
class ChildLine:
    """What a cause means for one child, or for the service where no child is named; all its findings taken together."""

    child: ChildKey | None
    name: str
    messages: tuple[str, ...]
    days: tuple[date, ...]
    evidence: tuple[EvidenceId, ...]
    switches: tuple[str, ...]
    effect: Effect


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One line of a report: a cause in words, whom it touches, and what hangs on it.

    ``title`` is the rule's, with what the findings have in common; ``anchor`` names its place on the findings page; ``others``
    are the titles of what holds the same hours.
    """

    cause: Cause
    rule: RuleText
    title: str
    anchor: str
    others: tuple[str, ...]
    children: tuple[ChildLine, ...]

    @property
    def holds_nothing(self) -> bool:
        """Whether it would hold hours, and no hour of the period was at stake on the days it names."""
        return self.cause.severity is Severity.HOLDS and not self.cause.effect.held

    @property
    def named(self) -> int:
        """How many children it names."""
        return sum(line.child is not None for line in self.children)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day it names, ascending."""
        return tuple(sorted({day for line in self.children for day in line.days}))


def cause_lines(exportable: Exportable, causes: Sequence[Cause]) -> tuple[CauseLine, ...]:
    """Causes of a claim in words, in their order; children by hours held, then by name.

    Raises:
        ExportError: a rule has no text.
    """
    seen = Counter[str]()
    apart = {(cause.rule, cause.severity) for cause in causes if cause.words}
    found = []
    for cause in causes:
        place = cause.rule if cause.severity is Severity.HOLDS else f"{cause.rule}-{cause.severity.value}"
        seen[place] += 1
        rule = rule_text(exportable, cause.rule)
        words = cause.words or ("others" if (cause.rule, cause.severity) in apart else "")
        found.append(
            CauseLine(
                cause=cause,
                rule=rule,
                title=f"{rule.title} ({words})" if words else rule.title,
                anchor=place if seen[place] == 1 else f"{place}-{seen[place]}",
                others=tuple(rule_text(exportable, other).title for other in cause.effect.others),
                children=_children(exportable, cause),
            )
        )
    return tuple(found)


def weight(line: CauseLine) -> str:
    """What hangs on a cause, in words."""
    effect = line.cause.effect
    if not effect.held:
        return "no hours at stake on these days" if line.holds_nothing else SEVERITIES[line.cause.severity].lower()
    if not effect.shared:
        return f"{clock(effect.held)} hours held back"
    if effect.returns <= 0:
        return f"{clock(effect.held)} hours held back, all of them by another cause too"
    return f"{clock(effect.held)} hours held back, {clock(effect.shared)} of them by another cause too"


def comes_back(effect: Effect) -> str:
    """What the claim gains if only this cause is settled, in words."""
    if effect.returns <= 0:
        return "nothing comes back before the other is settled as well" if effect.shared else "nothing comes back"
    rest = effect.held - effect.shared - effect.returns
    limits = f"; a limit or an absence rule takes {clock(rest)}" if rest > 0 else ""
    return f"{clock(effect.returns)} come back{limits}"


def columns(effect: Effect) -> tuple[str, ...]:
    """The columns of the return it touches, each with the hours that would stand there and on how many days."""
    held, days = Counter[Category](), Counter[Category]()
    for cell in effect.cells:
        if cell.column.held:
            held[cell.column.category] += cell.column.held
            days[cell.column.category] += 1
    return tuple(
        f"{words} {clock(held[category])} on {count(days[category], 'day')}"
        for category, words in CATEGORIES.items()
        if held[category]
    )


def touches(line: CauseLine) -> tuple[str, ...]:
    """Whom and how much a cause touches, in words: children and child days, or days where no child is named.

    What holds hours counts the days it holds them on; what holds none the days its findings name.
    """
    held = [one for one in line.cause.effect.days if one.held]
    if held:
        return (count(len({one.child for one in held}), "child", "children"), count(len(held), "child day"))
    child_days = sum(len(one.days) for one in line.children if one.child is not None)
    if line.named:
        days = (count(child_days, "child day"),) if child_days else ()
        return (count(line.named, "child", "children"), *days)
    return (count(len(line.days), "day"),) if line.days else ()


def _children(exportable: Exportable, cause: Cause) -> tuple[ChildLine, ...]:
    by_child: dict[ChildKey | None, list[Finding]] = {}
    for finding in cause.findings:
        by_child.setdefault(finding.child, []).append(finding)
    lines = [_child(exportable, child, found, cause.effect) for child, found in by_child.items()]
    return tuple(
        sorted(lines, key=lambda one: (-one.effect.held, one.child is not None, in_order_of_names(one.name), one.child or ""))
    )


def _child(exportable: Exportable, child: ChildKey | None, findings: Sequence[Finding], effect: Effect) -> ChildLine:
    return ChildLine(
        child=child,
        name=name_of(exportable, child),
        messages=tuple(dict.fromkeys(say(exportable, finding) for finding in findings)),
        days=tuple(sorted({day for finding in findings for day in finding.days})),
        evidence=tuple(dict.fromkeys(item for finding in findings for item in finding.evidence)),
        switches=tuple(sorted({finding.switch for finding in findings if finding.switch})),
        effect=Effect(tuple(one for one in effect.days if one.child == child), effect.others),
    )


def of_each_finding(cause: Cause) -> Iterable[tuple[Finding, Effect]]:
    """Each finding with its part of the effect: a child's day that several name stands with the first of them."""
    by_place = {(one.child, one.day): one for one in cause.effect.days}
    for finding in cause.findings:
        own = [by_place.pop((finding.child, day), None) for day in finding.days if finding.child is not None]
        yield finding, Effect(tuple(one for one in own if one is not None), cause.effect.others)
