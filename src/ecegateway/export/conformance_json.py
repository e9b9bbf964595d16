"""The conformance cards as JSON, for machines: keys only, no names."""

from dataclasses import asdict
from typing import Any

from ecegateway.contract import Exportable
from ecegateway.export.document import head, json_bytes
from ecegateway.model.conformance import Conformance, CriterionCounts


def conformance_json(exportable: Exportable) -> bytes:
    """The bytes of ``conformance.json``, valid by ``conformance.v1.json``.

    Raises:
        ExportError: a card lies outside the schema.
    """
    return json_bytes(
        {**head("conformance", exportable.claim), **graded_values(exportable.conformance())}, "conformance.v1.json"
    )


def graded_values(graded: Conformance) -> dict[str, Any]:
    """The criteria in words, the cards and the gaps, as plain values."""
    return {
        "criteria": [asdict(text) for text in graded.criteria],
        "sources": [
            {"source": card.source, "criteria": [_counts(counts) for counts in card.criteria]} for card in graded.cards
        ],
        "gaps": [
            {"day": day.day.isoformat(), "gaps": [{"why": why, "children": list(children)} for why, children in day.gaps]}
            for day in graded.gaps
        ],
    }


def _counts(counts: CriterionCounts) -> dict[str, Any]:
    return {
        "grade": counts.grade.value if counts.grade is not None else None,
        "paper_needed": counts.paper_needed,
        **asdict(counts),
    }
