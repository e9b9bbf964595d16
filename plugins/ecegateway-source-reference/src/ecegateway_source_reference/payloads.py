"""The envelope around every page of Kōwhai's, read leniently: faults of single items are left to the mapping."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ecegateway.errors import IntakeError
from ecegateway.reading import PoisonedObject, read_json

_KNOWN = frozenset({"data", "count", "next_cursor", "as_of"})


@dataclass(frozen=True, slots=True)
class Listing:
    """One page: its items as they came, how many the vendor says it has, and where the next one is."""

    items: list[Any]
    count: int
    next_cursor: str | None
    as_of: str
    unread: frozenset[str]


def read_listing(body: bytes) -> Listing:
    """The page a body holds.

    Raises:
        IntakeError: the body is not such a page: an error page, a login page, a body cut short.
    """
    page = read_json(body)
    if not isinstance(page, dict):
        raise IntakeError("the answer is not a page of Kōwhai's: expected a JSON object with data, count and as_of")
    if isinstance(page, PoisonedObject):
        raise IntakeError(f"the answer's outer object cannot be believed: {page.poison}")
    items, count, next_cursor, as_of = page.get("data"), page.get("count"), page.get("next_cursor"), page.get("as_of")
    if not isinstance(items, list):
        raise _wrong("data", "a list")
    if type(count) is not int or count < 0:
        raise _wrong("count", "a whole number")
    if next_cursor is not None and not (isinstance(next_cursor, str) and next_cursor):
        raise _wrong("next_cursor", "text or null")
    if "next_cursor" not in page:
        raise _wrong("next_cursor", "given, if only as null")
    if not isinstance(as_of, str) or not _is_moment(as_of):
        raise _wrong("as_of", "a moment with its offset")
    return Listing(items, count, next_cursor, as_of, frozenset(page.keys() - _KNOWN))


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _wrong(column: str, expected: str) -> IntakeError:
    return IntakeError(f"the answer is not a page of Kōwhai's: {column} must be {expected}")
