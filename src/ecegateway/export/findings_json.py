"""The findings as JSON, for machines: keys only, no names."""

from typing import Any

from ecegateway.contract import Exportable
from ecegateway.export.document import head, json_bytes, rules_in_words
from ecegateway.export.summary import say
from ecegateway.model.finding import Finding


def findings_json(exportable: Exportable) -> bytes:
    """The bytes of ``findings.json``, valid by ``findings.v1.json``.

    Raises:
        ExportError: a rule has no text, or a finding lies outside the schema.
    """
    findings = exportable.claim.findings
    document = {
        **head("findings", exportable.claim),
        "rules": rules_in_words(exportable, (finding.rule for finding in findings)),
        "findings": [_finding(exportable, finding) for finding in findings],
    }
    return json_bytes(document, "findings.v1.json")


def _finding(exportable: Exportable, finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "child": finding.child,
        "days": [day.isoformat() for day in finding.days],
        "message": say(exportable, finding),
        "parameters": dict(finding.parameters),
        "switch": finding.switch,
        "evidence": list(finding.evidence),
    }
