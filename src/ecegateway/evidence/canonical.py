"""The canonical text of a record and its digest, and the one rule of what text the store takes.

The text is RFC 8785 JSON: keys sorted, no blanks, absent facts left out. Records hold no fractions and only ASCII field
names, so ``orjson`` with sorted keys gives those bytes; a test compares them with an independent implementation.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

import orjson

from ecegateway.errors import IntakeError
from ecegateway.model.record import Part, Record

MAX_TEXT_BYTES = 64 * 1024
"""Longest text the store takes, in bytes of UTF-8."""

_NUL = "\0"
_ESCAPED_NUL = b"\\u0000"
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER | orjson.OPT_UTC_Z


class Canonical(NamedTuple):
    """The canonical JSON text of a record, and the SHA-256 digest of its UTF-8 bytes."""

    content: str
    digest: bytes


def canonical(record: Record) -> Canonical:
    """The text by which two contents of a record are told apart.

    Raises:
        IntakeError: a value that the stores would not treat alike (U+0000, a lone surrogate, a number of 2^53 or more), or
            a text of more than 64 KiB.
    """
    try:
        text = orjson.dumps(_stated(record), default=_stated, option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        raise IntakeError(
            f"a {record.stream} record holds a lone surrogate or a number of 2^53 or more; correct it at the source"
        ) from error
    if len(text) > MAX_TEXT_BYTES:
        raise IntakeError(
            f"a {record.stream} record takes {len(text)} bytes, more than {MAX_TEXT_BYTES}; shorten it at the source"
        )
    if _ESCAPED_NUL in text and _holds_nul(orjson.loads(text)):
        raise IntakeError(f"a {record.stream} record holds the character U+0000; remove it at the source")
    return Canonical(text.decode(), sha256(text).digest())


def _stated(part: Part) -> dict[str, Any]:
    return {name: value for name, value in part.__dict__.items() if value is not None}


def _holds_nul(value: Any) -> bool:
    """Escaped backslashes look like U+0000 in the text, so only the values themselves can tell."""
    if isinstance(value, str):
        return _NUL in value
    if isinstance(value, dict):
        return any(map(_holds_nul, value.values()))
    return isinstance(value, list) and any(map(_holds_nul, value))


def refuse_poison(texts: Iterable[str]) -> None:
    """Refuse texts that one store would take and the other not.

    Raises:
        IntakeError: one of them holds U+0000 or a lone surrogate, or is longer than 64 KiB.
    """
    for text in texts:
        if _NUL in text:
            raise IntakeError("a text holds the character U+0000, which no store takes; remove it at the source")
        try:
            size = len(text.encode())
        except UnicodeEncodeError as error:
            raise IntakeError("a text holds a lone surrogate, which is no character; correct it at the source") from error
        if size > MAX_TEXT_BYTES:
            raise IntakeError(f"a text takes {size} bytes, more than {MAX_TEXT_BYTES}; shorten it at the source")
