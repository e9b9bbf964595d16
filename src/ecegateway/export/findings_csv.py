"""The findings as CSV, for people at the centre who work in a spreadsheet: one row per finding, with names."""

from collections import Counter
from collections.abc import Iterator

from ecegateway.contract import Exportable
from ecegateway.export.csv_text import csv_bytes
from ecegateway.export.summary import held_by_rule, name_of, rule_text, say
from ecegateway.export.words import SEVERITIES
from ecegateway.model.claim import Claim
from ecegateway.model.finding import Finding
from ecegateway.model.ids import RuleId

_HEADER = (
    "Rule",
    "Title",
    "Severity",
    "Child key",
    "Child",
    "First day",
    "Last day",
    "Days",
    "Hours held",
    "Message",
    "Why it matters",
    "What to do",
    "Citation",
    "Policy switch",
    "Evidence",
)


def findings_csv(exportable: Exportable) -> bytes:
    """The bytes of ``findings.csv``.

    Raises:
        ExportError: a rule has no text.
    """
    return csv_bytes(_HEADER, _rows(exportable))


def _rows(exportable: Exportable) -> Iterator[tuple[str, ...]]:
    held = _minutes_held(exportable.claim)
    for place, finding in enumerate(exportable.claim.findings):
        rule = rule_text(exportable, finding.rule)
        yield (
            finding.rule,
            rule.title,
            SEVERITIES[finding.severity],
            finding.child or "",
            name_of(exportable, finding.child),
            finding.days[0].isoformat() if finding.days else "",
            finding.days[-1].isoformat() if finding.days else "",
            str(len(finding.days)),
            f"{held[place] // 60}:{held[place] % 60:02d}" if held[place] else "",
            say(exportable, finding),
            rule.why,
            rule.fix,
            rule.cites,
            finding.switch or "",
            " ".join(finding.evidence),
        )


def _minutes_held(claim: Claim) -> Counter[int]:
    """Held minutes by the finding's place in the claim; a minute that several findings of its rule name stands at one only.

    That is a finding of the child on that day; else one of the child, of the service on that day, or of the service.
    """
    by_rule: dict[RuleId, list[tuple[int, Finding]]] = {}
    for place, finding in enumerate(claim.findings):
        if finding.holds:
            by_rule.setdefault(finding.rule, []).append((place, finding))
    minutes: Counter[int] = Counter()
    for rule, held in held_by_rule(claim).items():
        for (child, day), amount in held.items():
            owners = [
                (finding.child is None, day not in finding.days, place)
                for place, finding in by_rule.get(rule, ())
                if finding.child in (child, None)
            ]
            if owners:
                minutes[min(owners)[-1]] += amount
    return minutes
