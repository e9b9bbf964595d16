"""The NSN requests as JSON."""

from typing import Any

from ecegateway.contract import Exportable
from ecegateway.export.document import head, json_bytes
from ecegateway.export.names import plain_spelling
from ecegateway.model.nsn_request import NsnRequest


def nsn_json(exportable: Exportable) -> bytes:
    """The bytes of ``nsn-requests.json``, valid by ``nsn-requests.v1.json``.

    Raises:
        ExportError: a request lies outside the schema.
    """
    document = {
        **head("nsn-requests", exportable.claim),
        "requests": [_request(request) for request in exportable.nsn_requests],
    }
    return json_bytes(document, "nsn-requests.v1.json")


def _request(request: NsnRequest) -> dict[str, Any]:
    sighted_on = request.document_sighted_on
    return {
        "child": request.child,
        "path": request.path,
        "family_name": request.family_name,
        "given_names": list(request.given_names),
        "plain_spelling": plain_spelling(request),
        "birth_date": request.birth_date.isoformat(),
        "gender": request.gender,
        "document_sighted": request.document_sighted,
        "document_sighted_on": sighted_on.isoformat() if sighted_on else None,
        "hours_held_minutes": request.hours_held_minutes,
        "problems": list(request.problems),
        "evidence": list(request.evidence),
    }
