"""The RS7 return as JSON, whole: from it the same return is read again."""

from typing import Any, Final

from ecegateway.export.document import json_bytes
from ecegateway.export.schemas import NOTICE
from ecegateway.export.words import exact_instant
from ecegateway.model.period import DateRange
from ecegateway.model.rs7 import COLUMNS, Attestation, Column, DayCounts, Declaration, Rs7Return

SCHEMA: Final = "rs7.v2.json"
FIELDS: Final[dict[Column, str]] = {column: column.value.replace("-", "_") for column in COLUMNS}
"""The field of each column."""


def rs7_json(made: Rs7Return) -> bytes:
    """The bytes of ``rs7.json``, valid by ``rs7.v2.json``: noughts are written as 0.

    Raises:
        ExportError: a figure or a word lies outside the bounds of the schema.
    """
    document = {
        "format": "urn:ecegateway:rs7:2",
        "notice": NOTICE,
        "status": "draft" if made.declaration is None else "declared",
        "service": made.service,
        "service_name": made.service_name,
        "period": _days(made.period.days),
        "return_id": made.entity_id,
        "revision": made.revision,
        "kind": made.kind.value,
        "reason": made.reason,
        "claims_for": _days(made.days),
        "elsewhere": [{**_days(part.days), "by": part.by} for part in made.elsewhere],
        "known_at": exact_instant(made.known_at),
        "handbook_edition": made.handbook_edition,
        "switches": [{"switch": one.switch, "value": one.value, "version": one.version} for one in made.switches],
        "input_digest": made.input_digest,
        "days": [_counts(counts) for counts in made.counts],
        "advance_months": [
            {
                "month": f"{month.month:%Y-%m}",
                "all_day": month.all_day,
                "sessional": month.sessional,
                "parent_led": month.parent_led,
            }
            for month in made.advance
        ],
        "attestation": None if made.attestation is None else _attestation(made.attestation),
        "declaration": None if made.declaration is None else _declaration(made.declaration),
    }
    return json_bytes(document, SCHEMA)


def _days(days: DateRange) -> dict[str, str]:
    return {"first_day": days.first.isoformat(), "last_day": days.last.isoformat()}


def _counts(counts: DayCounts) -> dict[str, Any]:
    return {"date": counts.day.isoformat(), **dict(zip(FIELDS.values(), counts.figures, strict=True))}


def _attestation(attested: Attestation) -> dict[str, Any]:
    return {
        "salaries": attested.salaries,
        "parity": attested.parity,
        "parity_code": attested.parity_code,
        "by": attested.by,
        "at": exact_instant(attested.at),
    }


def _declaration(declared: Declaration) -> dict[str, str]:
    return {
        "name": declared.name,
        "phone": declared.phone,
        "designation": declared.designation,
        "at": exact_instant(declared.at),
    }
