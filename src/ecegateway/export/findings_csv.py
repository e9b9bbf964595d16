"""The findings as CSV, for people at the centre who work in a spreadsheet: one row per finding, with names."""

from collections.abc import Iterator

from ecegateway.contract import Exportable
from ecegateway.export.cause_lines import columns, of_each_finding
from ecegateway.export.csv_text import csv_bytes
from ecegateway.export.summary import name_of, rule_text, say
from ecegateway.export.words import SEVERITIES

_HEADER = (
    "Rule",
    "Title",
    "Cause",
    "Severity",
    "By",
    "Child key",
    "Child",
    "First day",
    "Last day",
    "Days",
    "Hours held",
    "Would come back",
    "Held by another too",
    "Cells of the return",
    "Message",
    "Why it matters",
    "What to do",
    "Citation",
    "Policy switch",
    "Evidence",
)


def findings_csv(exportable: Exportable) -> bytes:
    """The bytes of ``findings.csv``: by cause, the most pressing first.

    A child's day that several findings of a cause name stands at the first of them, so that a cause's hours sum.

    Raises:
        ExportError: a rule has no text.
    """
    return csv_bytes(_HEADER, _rows(exportable))


def _rows(exportable: Exportable) -> Iterator[tuple[str, ...]]:
    for cause in exportable.causes():
        rule = rule_text(exportable, cause.rule)
        for finding, effect in of_each_finding(cause):
            due = finding.due or cause.due
            yield (
                finding.rule,
                rule.title,
                cause.words,
                SEVERITIES[finding.severity],
                due.isoformat() if due is not None else "",
                finding.child or "",
                name_of(exportable, finding.child),
                finding.days[0].isoformat() if finding.days else "",
                finding.days[-1].isoformat() if finding.days else "",
                str(len(finding.days)),
                *(_hours(minutes) for minutes in (effect.held, effect.returns, effect.shared)),
                ", ".join(columns(effect)) if effect.held else "",
                say(exportable, finding),
                rule.why,
                rule.fix,
                rule.cites,
                finding.switch or "",
                " ".join(finding.evidence),
            )


def _hours(minutes: int) -> str:
    """Hours and minutes a spreadsheet can add up; nothing for nothing."""
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}" if minutes else ""
