"""Our published schemas: where they are, and checking a document against one.

They live once, in the top-level folder ``schemas/``. A built wheel carries the same files inside the package; a checkout
(or an editable install) reads the folder itself.
"""

from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
from lxml import etree

import ecegateway
from ecegateway.errors import ExportError

NOTICE = "ELI-shaped, from public evidence, not Ministry-approved"
"""Stands in every document that leaves the gateway for a Ministry system."""


@cache
def schema_folder() -> Path:
    """The folder that holds the published schemas.

    Raises:
        ExportError: this installation carries no schemas.
    """
    package = Path(ecegateway.__file__).parent
    for folder in (package / "schemas", package.parents[1] / "schemas"):
        if (folder / "rs7.v2.xsd").is_file():
            return folder
    raise ExportError("the published schemas are missing from this installation; install ecegateway again")


def check_json(document: bytes, schema: str) -> bytes:
    """The same bytes, once they are known to be valid by ``schemas/<schema>``.

    Raises:
        ExportError: they are not; the message names fields and keywords, never values.
    """
    faults = [
        f"{_path(error.instance_path)} breaks {_path(error.schema_path)}"
        for error in _json_validator(schema).iter_errors(orjson.loads(document))
    ]
    if faults:
        raise ExportError(_refusal(schema, faults))
    return document


def check_xml(document: bytes, schema: str) -> bytes:
    """The same bytes, once they are known to be valid by ``schemas/<schema>``.

    Raises:
        ExportError: they are not; the message names lines and kinds of fault, never values.
    """
    try:
        root = etree.fromstring(document, _parser())
    except etree.XMLSyntaxError as error:
        raise ExportError(_refusal(schema, [f"line {error.lineno} is not XML"])) from None
    origin: Any = root.getroottree().docinfo  # the stubs of lxml know it in part only, and the log below not at all
    if origin.doctype:
        raise ExportError(_refusal(schema, ["it declares a document type, by which entities come in"]))
    validator = _xml_validator(schema)
    if not validator.validate(root):
        log: Any = validator.error_log
        raise ExportError(_refusal(schema, [f"line {entry.line} {entry.type_name}" for entry in log]))
    return document


def _refusal(schema: str, faults: list[str]) -> str:
    faults = list(dict.fromkeys(faults))
    shown = 5
    more = f" and {len(faults) - shown} more" if len(faults) > shown else ""
    return f"a document is not valid by {schema} and was not written: {'; '.join(faults[:shown])}{more}"


def _path(steps: list[Any]) -> str:
    return "/".join(str(step) for step in steps) or "the document"


@cache
def _json_validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(orjson.loads((schema_folder() / schema).read_bytes()), validate_formats=True)


@cache
def _xml_validator(schema: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(schema_folder() / schema), _parser()))


def _parser() -> etree.XMLParser:
    """A parser that opens nothing: no entities, no DTD, no network."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
