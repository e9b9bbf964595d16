"""What every JSON document of a claim begins with, and how it becomes bytes."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from ecegateway.contract import Exportable
from ecegateway.errors import ExportError
from ecegateway.export.schemas import NOTICE, check_json
from ecegateway.export.summary import rule_text
from ecegateway.export.words import instant_text
from ecegateway.model.claim import Claim
from ecegateway.model.finding import RuleText
from ecegateway.model.ids import RuleId


def head(document: str, claim: Claim, version: int = 1) -> dict[str, Any]:
    """Format, notice, and all that the claim was made from; ``version`` is that of the document's schema."""
    return {
        "format": f"urn:ecegateway:{document}:{version}",
        "notice": NOTICE,
        "status": "draft",
        "service": claim.service,
        "service_name": claim.service_name,
        "period": {"first_day": claim.period.days.first.isoformat(), "last_day": claim.period.days.last.isoformat()},
        "known_at": instant_text(claim.known_at),
        "handbook_edition": claim.handbook_edition,
        "switches": [
            {"switch": setting.switch, "value": setting.value, "version": setting.version} for setting in claim.switches
        ],
        "input_digest": claim.input_digest,
    }


def rules_in_words(exportable: Exportable, rules: Iterable[RuleId]) -> dict[str, Any]:
    """The texts of rules by id, ascending."""
    texts = (rule_text(exportable, rule) for rule in sorted(set(rules)))
    return {text.rule: text_in_words(text) for text in texts}


def text_in_words(text: RuleText) -> dict[str, Any]:
    """A rule's text as documents carry it."""
    return {"title": text.title, "version": text.version, "why": text.why, "fix": text.fix, "cites": text.cites}


def json_bytes(document: Mapping[str, Any], schema: str, *, compact: bool = False) -> bytes:
    """A document's bytes, valid by its schema. Compact ones are for machines; the others have a line per field.

    Raises:
        ExportError: it is not valid.
    """
    options = orjson.OPT_APPEND_NEWLINE | (0 if compact else orjson.OPT_INDENT_2)
    try:
        written = orjson.dumps(document, option=options)
    except orjson.JSONEncodeError as error:
        raise ExportError(f"a document for {schema} holds what JSON cannot carry and was not written: {error}") from None
    return check_json(written, schema)
