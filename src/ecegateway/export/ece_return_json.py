"""The annual ECE Return as JSON, with the code lists it was held against; written and read back."""

from collections.abc import Iterable
from typing import Any

import orjson
from pydantic import TypeAdapter

from ecegateway.export.document import json_bytes
from ecegateway.export.schemas import NOTICE, check_json
from ecegateway.export.words import instant_text
from ecegateway.model.ece_return import EceReturn

SCHEMA = "ece-return.v1.json"
_RETURN = TypeAdapter(EceReturn)


def ece_return_json(made: EceReturn, lists: Iterable[dict[str, Any]] = ()) -> bytes:
    """The bytes of a return's JSON, valid by ``ece-return.v1.json``.

    ``lists`` says of each code list that was used what it is: name, status, evidence, source, file and digest.

    Raises:
        ExportError: the return does not fit the schema.
    """
    document = {
        "format": "urn:ecegateway:ece-return:1",
        "notice": NOTICE,
        "return_id": made.entity_id,
        "return": {**_RETURN.dump_python(made, mode="json"), "made_at": instant_text(made.made_at)},
        "code_lists": list(lists),
    }
    return json_bytes(document, SCHEMA)


def read_ece_return_json(body: bytes) -> EceReturn:
    """The return that some JSON holds.

    Raises:
        ExportError: it is not valid by ``ece-return.v1.json``; the message names fields, never values.
    """
    return _RETURN.validate_python(orjson.loads(check_json(body, SCHEMA))["return"])
