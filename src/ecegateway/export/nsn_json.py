"""The NSN requests as JSON."""

from dataclasses import fields
from datetime import date
from typing import Any

from ecegateway.contract import Exportable
from ecegateway.export.document import head, json_bytes
from ecegateway.export.names import plain_spelling
from ecegateway.export.words import instant_text
from ecegateway.model.nsn_request import NsnCandidate, NsnDecision, NsnRequest


def nsn_json(exportable: Exportable) -> bytes:
    """The bytes of ``nsn-requests.json``, valid by ``nsn-requests.v2.json``.

    Raises:
        ExportError: a request lies outside the schema.
    """
    document = {
        **head("nsn-requests", exportable.claim, version=2),
        "requests": [_request(request) for request in exportable.nsn_requests],
    }
    return json_bytes(document, "nsn-requests.v2.json")


def _request(request: NsnRequest) -> dict[str, Any]:
    return {
        "child": request.child,
        "path": request.path,
        "family_name": request.family_name,
        "given_names": list(request.given_names),
        "plain_spelling": plain_spelling(request),
        "birth_date": request.birth_date.isoformat(),
        "gender": request.gender,
        "document_sighted": request.document_sighted,
        "document_sighted_on": _day(request.document_sighted_on),
        "hours_held_minutes": request.hours_held_minutes,
        "problems": list(request.problems),
        "evidence": list(request.evidence),
        "stage": request.way.stage.value,
        "document_due": _day(request.way.document_due),
        "candidates": [_candidate(candidate) for candidate in request.way.candidates],
        "index_said": list(request.way.said),
        "decisions": [_decision(decision) for decision in request.way.decisions],
    }


def _candidate(candidate: NsnCandidate) -> dict[str, Any]:
    plain = {field.name: getattr(candidate, field.name) for field in fields(candidate)}
    lists = {"given_names": list(candidate.given_names), "reasons": list(candidate.reasons)}
    return {**plain, **lists, "birth_date": candidate.birth_date.isoformat(), "likeness": candidate.likeness.value}


def _decision(decision: NsnDecision) -> dict[str, Any]:
    plain = {field.name: getattr(decision, field.name) for field in fields(decision)}
    return {**plain, "at": instant_text(decision.at), "document_sighted_on": _day(decision.document_sighted_on)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
