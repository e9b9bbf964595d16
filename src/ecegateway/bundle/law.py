"""The law a claim was made by, as a document: every rule and clause with its version, every parameter, every switch.

Two versions of the program may judge the same evidence otherwise. This document tells which of the two made the return, and
wherein they differ.
"""

from hashlib import sha256
from typing import Any

import orjson

from ecegateway.claim.catalogue import CATALOGUE, SWITCHES
from ecegateway.handbook.lookup import Parameter, handbook
from ecegateway.model.claim import Claim

FORMAT = "urn:ecegateway:bundle-rules:1"


def law_bytes(claim: Claim, program: str) -> bytes:
    """The document of a claim made by a version of the program; RFC 8785 JSON."""
    reasons = {portion.reason for day in claim.child_days for portion in day.portions}
    stand = reasons | {finding.rule for finding in claim.findings}
    document = {
        "format": FORMAT,
        "program": program,
        "handbook_edition": claim.handbook_edition,
        "rules": [
            {
                "rule": rule,
                "version": text.version,
                "title": text.title,
                "cites": text.cites,
                "switch": SWITCHES.get(rule),
                "stands_in_the_return": rule in stand,
            }
            for rule, text in sorted(CATALOGUE.items())
        ],
        "switches": [
            {"switch": setting.switch, "value": setting.value, "version": setting.version} for setting in claim.switches
        ],
        "parameters": [{"parameter": one.name, "sha256": _digest(one)} for one in handbook().parameters()],
    }
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def _digest(parameter: Parameter) -> str:
    """One digest over a parameter's dated values, its unit, and the day it was verified to."""
    values = [{"since": dated.since, "value": dated.value, "cites": dated.citation.text} for dated in parameter.values]
    said = {"unit": parameter.unit, "ends": parameter.ends, "values": values}
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def program_of(content: bytes) -> str:
    """The version of the program that a document names.

    Raises:
        ValueError: the bytes are no such document.
    """
    try:
        said: Any = orjson.loads(content)
        if said["format"] != FORMAT:
            raise ValueError("is of another format")
        return str(said["program"])
    except (LookupError, TypeError, orjson.JSONDecodeError) as error:
        raise ValueError("is no account of rules") from error
