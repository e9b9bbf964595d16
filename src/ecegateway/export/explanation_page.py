"""The explanation as pages: one to start from, and one per month with every day's figures and child lines."""

from dataclasses import dataclass

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export.days import by_day
from ecegateway.export.pages import render_page
from ecegateway.export.rs7_page import Beside, Month, Row, month_tables
from ecegateway.export.signs import signs
from ecegateway.export.strip import Strip, strip
from ecegateway.export.summary import name_of, rule_text
from ecegateway.export.words import explanation_page, in_order_of_names
from ecegateway.model.bridge import Bridge, Deduction
from ecegateway.model.claim import Category, Cell, ChildDay, StaffDay, Verdict
from ecegateway.model.finding import RuleText
from ecegateway.model.ids import ChildKey, EvidenceId, RuleId
from ecegateway.model.quarters import quarters
from ecegateway.model.rs7 import COLUMNS


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One child's day beside the child's name."""

    name: str
    line: ChildDay
    strip: Strip
    evidence: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """Everything under one day's figures."""

    row: Row
    bridge: Bridge
    cells: tuple[Cell, ...]
    staff: tuple[StaffDay, ...]
    lines: tuple[ChildLine, ...]


@dataclass(frozen=True, slots=True)
class ChildTotal:
    """One child's minutes in the period, by fate."""

    child: ChildKey
    name: str
    claimed: tuple[int, ...]
    held_minutes: int
    refused_minutes: int
    days: int


def explanation_pages(exportable: Exportable) -> tuple[ExportFile, ...]:
    """``explanation.html`` and a page for each month of the period.

    Raises:
        ExportError: a rule has no text.
    """
    claim = exportable.claim
    months = month_tables(exportable.rs7, Beside.of(exportable))
    cells, staff, children = by_day(claim.cells), by_day(claim.staff), by_day(claim.child_days)
    pages = [
        ExportFile(
            "explanation.html",
            render_page(
                "explanation.html",
                exportable,
                months=months,
                columns=COLUMNS,
                bridge=exportable.bridges.period,
                titles={one.reason: rule_text(exportable, one.reason).title for one in _reasons(exportable.bridges.period)},
                children=_child_totals(exportable),
            ),
        )
    ]
    for month in months:
        days = [
            ExplainedDay(
                row=row,
                bridge=exportable.bridges.days[row.day],
                cells=tuple(cells.get(row.day, ())),
                staff=tuple(staff.get(row.day, ())),
                lines=_lines(exportable, children.get(row.day, [])),
            )
            for row in month.rows
            if row.explained
        ]
        pages.append(_month_page(exportable, month, months, days))
    return tuple(pages)


def _month_page(exportable: Exportable, month: Month, months: tuple[Month, ...], days: list[ExplainedDay]) -> ExportFile:
    portions = [portion for day in days for line in day.lines for portion in line.line.portions]
    rules: dict[RuleId, RuleText] = {portion.reason: rule_text(exportable, portion.reason) for portion in portions}
    values = {setting.switch: setting.value for setting in exportable.claim.switches}
    named = sorted({portion.switch for portion in portions if portion.switch})
    content = render_page(
        "explanation-month.html",
        exportable,
        month=month,
        months=months,
        columns=COLUMNS,
        days=days,
        rules=[rules[rule] for rule in sorted(rules)],
        settings=[(name, values.get(name, "")) for name in named],
        titles={rule: text.title for rule, text in rules.items()},
        signs=signs(exportable.rules),
        names={line.line.child: line.name for day in days for line in day.lines},
    )
    return ExportFile(explanation_page(month.first), content)


def _lines(exportable: Exportable, lines: list[ChildDay]) -> tuple[ChildLine, ...]:
    named = [
        ChildLine(
            name=name_of(exportable, line.child),
            line=line,
            strip=strip(quarters(line)),
            evidence=tuple(dict.fromkeys(item for portion in line.portions for item in portion.evidence)),
        )
        for line in lines
    ]
    return tuple(sorted(named, key=lambda line: (in_order_of_names(line.name), line.line.child)))


def _reasons(bridge: Bridge) -> tuple[Deduction, ...]:
    return (*bridge.deductions, *bridge.not_expected)


def _child_totals(exportable: Exportable) -> tuple[ChildTotal, ...]:
    days: dict[ChildKey, list[ChildDay]] = {}
    for line in exportable.claim.child_days:
        days.setdefault(line.child, []).append(line)
    totals = [
        ChildTotal(
            child=child,
            name=name_of(exportable, child),
            claimed=tuple(sum(line.claimed(category) for line in lines) for category in Category),
            held_minutes=sum(line.minutes_with(Verdict.HELD) for line in lines),
            refused_minutes=sum(line.minutes_with(Verdict.REFUSED) for line in lines),
            days=len({line.day for line in lines}),
        )
        for child, lines in days.items()
    ]
    return tuple(sorted(totals, key=lambda total: (in_order_of_names(total.name), total.child)))
