"""The findings as CSV, for people at the centre who work in a spreadsheet: one row per finding, with names."""

import csv
import io
from collections.abc import Iterator

from ecegateway.contract import Exportable
from ecegateway.export.summary import name_of, rule_text, say
from ecegateway.export.words import SEVERITIES

_HEADER = (
    "Rule",
    "Title",
    "Severity",
    "Child key",
    "Child",
    "First day",
    "Days",
    "Message",
    "Why it matters",
    "What to do",
    "Citation",
    "Policy switch",
    "Evidence",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def findings_csv(exportable: Exportable) -> bytes:
    """The bytes of ``findings.csv``: UTF-8 with the mark by which spreadsheets know it, so that macrons come out right.

    Raises:
        ExportError: a rule has no text.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADER)
    writer.writerows([_inert(value) for value in row] for row in _rows(exportable))
    return text.getvalue().encode("utf-8-sig")


def _rows(exportable: Exportable) -> Iterator[tuple[str, ...]]:
    for finding in exportable.claim.findings:
        rule = rule_text(exportable, finding.rule)
        yield (
            finding.rule,
            rule.title,
            SEVERITIES[finding.severity],
            finding.child or "",
            name_of(exportable, finding.child),
            finding.days[0].isoformat() if finding.days else "",
            str(len(finding.days)),
            say(exportable, finding),
            rule.why,
            rule.fix,
            rule.cites,
            finding.switch or "",
            " ".join(finding.evidence),
        )


def _inert(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
