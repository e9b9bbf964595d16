"""The findings as JSON, for machines: keys only, no names."""

from collections.abc import Iterator
from typing import Any

from ecegateway.contract import Exportable
from ecegateway.export.cause_lines import of_each_finding
from ecegateway.export.document import head, json_bytes, rules_in_words
from ecegateway.export.summary import say
from ecegateway.model.cause import Cause, ColumnEffect, Effect
from ecegateway.model.finding import Finding

_VERSION = 2


def findings_json(exportable: Exportable) -> bytes:
    """The bytes of ``findings.json``, valid by ``findings.v2.json``: causes, the most pressing first, each with its findings.

    Raises:
        ExportError: a rule has no text, or a finding lies outside the schema.
    """
    document = {
        **head("findings", exportable.claim, _VERSION),
        "rules": rules_in_words(exportable, _named(exportable)),
        "causes": [cause_document(exportable, cause) for cause in exportable.causes()],
    }
    return json_bytes(document, "findings.v2.json")


def _named(exportable: Exportable) -> Iterator[Any]:
    for cause in exportable.causes():
        yield cause.rule
        yield from cause.effect.others


def cause_document(exportable: Exportable, cause: Cause) -> dict[str, Any]:
    """One cause as plain values."""
    return {
        "rule": cause.rule,
        "severity": cause.severity.value,
        "words": cause.words,
        "due": cause.due.isoformat() if cause.due is not None else None,
        **_effect(cause.effect),
        "others": list(cause.effect.others),
        "findings": [_finding(exportable, finding, effect) for finding, effect in of_each_finding(cause)],
    }


def _finding(exportable: Exportable, finding: Finding, effect: Effect) -> dict[str, Any]:
    return {
        "child": finding.child,
        "days": [day.isoformat() for day in finding.days],
        "due": finding.due.isoformat() if finding.due is not None else None,
        "message": say(exportable, finding),
        "parameters": dict(finding.parameters),
        "switch": finding.switch,
        "evidence": list(finding.evidence),
        **_effect(effect),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "held": effect.held,
        "returns": effect.returns,
        "shared": effect.shared,
        "cells": [{"day": cell.day.isoformat(), **_column(cell.column)} for cell in effect.cells],
    }


def _column(column: ColumnEffect) -> dict[str, Any]:
    return {"category": column.category.value, "held": column.held, "returns": column.returns}
