"""How bytes, digests and instants stand in a signed text: each in exactly one way, so that equal values give equal texts.

The readers refuse every other spelling of the same value; what they take, the writers give back letter by letter.
"""

import binascii
import re
from base64 import b64decode, b64encode
from datetime import UTC, datetime

DIGEST_BYTES = 32
"""A SHA-256 digest."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


def base64_text(content: bytes) -> str:
    """Bytes as base64 (RFC 4648, section 4)."""
    return b64encode(content).decode()


def base64_bytes(text: str) -> bytes:
    """Bytes from base64.

    Raises:
        ValueError: the text holds a letter that is not base64's, lacks padding, or ends in bits that no writer sets.
    """
    try:
        content = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("is not base64") from error
    if base64_text(content) != text:
        raise ValueError("is base64 with stray bits at its end")
    return content


def digest_bytes(text: str) -> bytes:
    """A SHA-256 digest from 64 lowercase hexadecimal digits.

    Raises:
        ValueError: it is not that.
    """
    if not _DIGEST.fullmatch(text):
        raise ValueError("is not 64 lowercase hexadecimal digits")
    return bytes.fromhex(text)


def instant_text(at: datetime) -> str:
    """An aware instant as the evidence store writes it: UTC, to the microsecond.

    Raises:
        ValueError: the instant has no zone, or no year from 1 to 9999 in UTC.
    """
    if at.utcoffset() is None:
        raise ValueError("is an instant without a zone")
    try:
        return at.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError as error:
        raise ValueError("is an instant outside the calendar") from error


def instant(text: str) -> datetime:
    """An instant from the text that :func:`instant_text` writes.

    Raises:
        ValueError: it is another text, were it of the same instant.
    """
    try:
        at = datetime.fromisoformat(text)
        exact = instant_text(at) == text
    except ValueError:
        exact = False
    if not exact:
        raise ValueError("is not a UTC instant like 2026-03-04T20:15:00.000000+00:00")
    return at


def is_plain(text: str) -> bool:
    """Whether a text can stand on one line of a signed text: some letters, no control character, no lone surrogate."""
    return text != "" and min(text) >= " " and not any("\ud800" <= letter <= "\udfff" for letter in text)
