"""Every figure explained in one JSON document: day, bridge, cells, child lines, portions, evidence. Keys only, no names."""

from typing import Any

from ecegateway.contract import Exportable
from ecegateway.export.bridge_json import bridge_document
from ecegateway.export.days import by_day
from ecegateway.export.document import head, json_bytes, rules_in_words
from ecegateway.model.bridge import Bridges
from ecegateway.model.claim import Cell, ChildDay, Claim, Portion, StaffDay, Verdict
from ecegateway.model.quarters import Quarters, quarters


def explanation_json(exportable: Exportable) -> bytes:
    """The bytes of ``explanation.json``, valid by ``explanation.v1.json``.

    Raises:
        ExportError: a rule has no text, or the claim lies outside the schema.
    """
    claim = exportable.claim
    document = {
        **head("explanation", claim),
        "rules": rules_in_words(exportable, (portion.reason for line in claim.child_days for portion in line.portions)),
        "bridge": bridge_document(exportable.bridges.period),
        "days": _days(claim, exportable.bridges),
    }
    return json_bytes(document, "explanation.v1.json", compact=True)


def _days(claim: Claim, bridges: Bridges) -> list[dict[str, Any]]:
    cells, staff, children = by_day(claim.cells), by_day(claim.staff), by_day(claim.child_days)
    return [
        {
            "date": day.isoformat(),
            "bridge": bridge_document(bridges.days[day]),
            "cells": [_cell(cell) for cell in cells.get(day, ())],
            "staff": [_staff(line) for line in staff.get(day, ())],
            "children": [child_document(line) for line in children.get(day, ())],
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


def child_document(line: ChildDay) -> dict[str, Any]:
    """A child's day: minutes in all, the day by the quarter of an hour, and its portions with their evidence."""
    return {
        "child": line.child,
        "basis": line.basis.value,
        "booked_minutes": line.booked_minutes,
        "attended_minutes": line.attended_minutes,
        "claimed_minutes": line.minutes_with(Verdict.CLAIMED),
        "held_minutes": line.minutes_with(Verdict.HELD),
        "refused_minutes": line.minutes_with(Verdict.REFUSED),
        "quarters": [_quarters(found, line) for found in quarters(line)],
        "portions": [_portion(portion) for portion in line.portions],
    }


def _quarters(found: Quarters, line: ChildDay) -> dict[str, Any]:
    return {
        "starts": found.starts,
        "count": found.count,
        "booked": found.booked,
        "attended": found.attended,
        "portion": None if found.portion is None else line.portions.index(found.portion),
        "mixed": found.mixed,
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
