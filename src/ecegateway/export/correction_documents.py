"""A correction's files: a page to print, JSON and CSV. The gateway's own sheet, not a form of the Ministry's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ecegateway.contract import ExportFile
from ecegateway.errors import ExportError
from ecegateway.export.csv_text import csv_bytes
from ecegateway.export.document import json_bytes, text_in_words
from ecegateway.export.pages import render
from ecegateway.export.rs7_words import column_words
from ecegateway.export.schemas import NOTICE
from ecegateway.export.words import exact_instant
from ecegateway.model.claim import StaffColumn
from ecegateway.model.correction import Change, Correction, Version
from ecegateway.model.finding import RuleText
from ecegateway.model.ids import RuleId

OWN_SHEET: Final = "The gateway's own sheet, not a form of the Ministry's"
_CSV = ("date", "column", "was", "now", "difference", "reasons")

Rules = Mapping[RuleId, RuleText]


@dataclass(frozen=True, slots=True)
class Line:
    """One changed figure as the page shows it; ``parts`` counts the children or staff whose minutes changed under it."""

    change: Change
    name: str
    reasons: tuple[str, ...]
    parts: int
    of_staff: bool


def correction_documents(made: Correction, rules: Rules) -> tuple[ExportFile, ...]:
    """``rs7-correction.html``, ``rs7-correction.json`` and ``rs7-correction.csv``; equal values give equal bytes.

    ``rules`` has an entry for each rule that stands in a reason.

    Raises:
        ExportError: a rule has no text, or a figure lies outside the bounds of the schema; nothing is written.
    """
    lacking = sorted(_named(made) - rules.keys())
    if lacking:
        raise ExportError(f"rule {lacking[0]!r} has no text; whoever names it must supply one")
    page = render(
        "rs7-correction.html",
        claim=made,
        lines=tuple(_lines(made, rules)),
        totals=[(column_words(column), was, now, now - was) for column, was, now in made.differences],
        own_sheet=OWN_SHEET,
    )
    return (
        ExportFile("rs7-correction.html", page),
        ExportFile("rs7-correction.json", json_bytes(_document(made, rules), "rs7-correction.v1.json")),
        ExportFile("rs7-correction.csv", csv_bytes(_CSV, _rows(made))),
    )


def _named(made: Correction) -> set[RuleId]:
    return {rule for change in made.changes for part in change.parts for rule in part.reasons}


def _reasons(change: Change) -> tuple[RuleId, ...]:
    return tuple(sorted({rule for part in change.parts for rule in part.reasons}))


def _lines(made: Correction, rules: Rules) -> Iterator[Line]:
    for change in made.changes:
        titles = tuple(rules[rule].title for rule in _reasons(change))
        yield Line(change, column_words(change.column), titles, len(change.parts), isinstance(change.column, StaffColumn))


def _rows(made: Correction) -> Iterator[tuple[str, ...]]:
    for change in made.changes:
        figures = (str(change.was), str(change.now), str(change.difference))
        yield change.day.isoformat(), change.column.value, *figures, "; ".join(_reasons(change))
    for month in made.advance:
        figures = (str(month.was), str(month.now), str(month.difference))
        yield _month(month.month), f"advance days, {month.kind}", *figures, ""


def _document(made: Correction, rules: Rules) -> dict[str, Any]:
    return {
        "format": "urn:ecegateway:rs7-correction:1",
        "notice": NOTICE,
        "form": OWN_SHEET,
        "service": made.service,
        "service_name": made.service_name,
        "period": {"first_day": made.period.days.first.isoformat(), "last_day": made.period.days.last.isoformat()},
        "was": _version(made.was),
        "now": _version(made.now),
        "totals": [
            {"column": column.value, "was": was, "now": now, "difference": now - was} for column, was, now in made.differences
        ],
        "changes": [_change(change) for change in made.changes],
        "advance": [
            {"month": _month(one.month), "kind": one.kind, "was": one.was, "now": one.now, "difference": one.difference}
            for one in made.advance
        ],
        "rules": {rule: text_in_words(rules[rule]) for rule in sorted(_named(made))},
    }


def _version(one: Version) -> dict[str, Any]:
    return {
        "revision": one.revision,
        "known_at": exact_instant(one.known_at),
        "handbook_edition": one.handbook_edition,
        "input_digest": one.input_digest,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "date": change.day.isoformat(),
        "column": change.column.value,
        "was": change.was,
        "now": change.now,
        "difference": change.difference,
        "parts": [
            {"key": part.key, "was_minutes": part.was, "now_minutes": part.now, "reasons": list(part.reasons)}
            for part in change.parts
        ],
    }


def _month(month: date) -> str:
    return f"{month:%Y-%m}"
