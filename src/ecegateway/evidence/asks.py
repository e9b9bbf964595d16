"""Questions to a vendor as JSON text, and back."""

from dataclasses import asdict
from typing import Any

import orjson

from ecegateway.contract import Ask, HttpGet, ReadFile
from ecegateway.errors import EvidenceError
from ecegateway.evidence.small_json import json_text

_GET = "get"
_READ = "read"


def ask_text(ask: Ask) -> str:
    """The question as JSON.

    Raises:
        IntakeError: a text in it holds a lone surrogate.
    """
    return json_text(_plain(ask))


def _plain(ask: Ask) -> dict[str, Any]:
    match ask:
        case HttpGet(path, params):
            return {"kind": _GET, "path": path, "params": params}
        case ReadFile():
            return {"kind": _READ, **asdict(ask)}


def read_ask(text: str) -> Ask:
    """The question a text was made of.

    Raises:
        EvidenceError: the text is of no kind we know; a newer version wrote it.
    """
    plain: dict[str, Any] = orjson.loads(text)
    match plain:
        case {"kind": "get", "path": path, "params": params}:
            return HttpGet(path, tuple((name, value) for name, value in params))
        case {"kind": "read"}:
            return ReadFile(**{name: value for name, value in plain.items() if name != "kind"})
        case _:
            raise EvidenceError("the store holds a question of an unknown kind; open it with a newer ecegateway")
