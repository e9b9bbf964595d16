"""The explanation of every figure as one JSON document: day, cells, child lines, portions, evidence. Keys only, no names."""

from typing import Any

from ecegateway.contract import Exportable
from ecegateway.export.days import by_day
from ecegateway.export.document import head, json_bytes, rules_in_words
from ecegateway.model.claim import Cell, ChildDay, Claim, Portion, StaffDay


def explanation_json(exportable: Exportable) -> bytes:
    """The bytes of ``explanation.json``, valid by ``explanation.v1.json``.

    Raises:
        ExportError: a rule has no text, or the claim lies outside the schema.
    """
    claim = exportable.claim
    document = {
        **head("explanation", claim),
        "rules": rules_in_words(exportable, (portion.reason for line in claim.child_days for portion in line.portions)),
        "days": _days(claim),
    }
    return json_bytes(document, "explanation.v1.json", compact=True)


def _days(claim: Claim) -> list[dict[str, Any]]:
    cells, staff, children = by_day(claim.cells), by_day(claim.staff), by_day(claim.child_days)
    return [
        {
            "date": day.isoformat(),
            "cells": [_cell(cell) for cell in cells.get(day, ())],
            "staff": [_staff(line) for line in staff.get(day, ())],
            "children": [_child(line) for line in children.get(day, ())],
        }
        for day in claim.period.days
    ]


def _cell(cell: Cell) -> dict[str, Any]:
    return {"category": cell.category.value, "minutes": cell.minutes, "hours": cell.hours}


def _staff(day: StaffDay) -> dict[str, Any]:
    return {
        "column": day.column.value,
        "minutes": day.minutes,
        "hours": day.hours,
        "lines": [{"person": line.person, "minutes": line.minutes, "evidence": list(line.evidence)} for line in day.lines],
    }


def _child(line: ChildDay) -> dict[str, Any]:
    return {
        "child": line.child,
        "basis": line.basis.value,
        "booked_minutes": line.booked_minutes,
        "attended_minutes": line.attended_minutes,
        "portions": [_portion(portion) for portion in line.portions],
    }


def _portion(portion: Portion) -> dict[str, Any]:
    return {
        "minutes": portion.minutes,
        "starts": portion.starts,
        "verdict": portion.verdict.value,
        "category": portion.category.value if portion.category else None,
        "reason": portion.reason,
        "switch": portion.switch,
        "evidence": list(portion.evidence),
    }
