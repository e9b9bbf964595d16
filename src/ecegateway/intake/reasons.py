"""Says why a row was refused, in words that hold no value of the row."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_LONGEST_REASON = 500
_UNKNOWN_FIELD = "extra_forbidden"
_MISSING = "every record needs this field, and it is not given"
_OBJECT = "must be an object with fields of its own"
_LIST = "must be a list"
_TEXT = "must be text"
_WHOLE = "must be a whole number"
_YES_NO = "must be true or false"
_DATE = "must be a date, for instance 2026-03-02"
_TIME = "must be a time of day, for instance 08:30"
_INSTANT = "must be a date and time with its offset from UTC, for instance 2026-03-02T08:31+13:00"
_WORDS = MappingProxyType(
    {
        _UNKNOWN_FIELD: "a field the record does not know",
        "missing": _MISSING,
        "string_type": _TEXT,
        "string_unicode": "must be text in valid unicode",
        "string_pattern_mismatch": "is not of the form this field has; look for blanks, line ends and signs too many",
        "int_type": _WHOLE,
        "int_parsing": _WHOLE,
        "int_from_float": _WHOLE,
        "bool_type": _YES_NO,
        "bool_parsing": _YES_NO,
        "date_type": _DATE,
        "date_parsing": _DATE,
        "date_from_datetime_parsing": _DATE,
        "date_from_datetime_inexact": _DATE,
        "time_type": _TIME,
        "time_parsing": _TIME,
        "datetime_type": _INSTANT,
        "datetime_parsing": _INSTANT,
        "datetime_from_date_parsing": _INSTANT,
        "timezone_aware": f"has no timezone; it {_INSTANT}",
        "list_type": _LIST,
        "tuple_type": _LIST,
        "model_type": _OBJECT,
        "model_attributes_type": _OBJECT,
        "dict_type": _OBJECT,
    }
)
"""The kinds of fault that records meet most, in plain words; the others are turned by :func:`in_words`."""
_SHOULD = re.compile(r"^\w+ should (be|have|match) ")
_COUNTED = re.compile(r" after validation, not \d+$")


def explain(error: ValidationError, columns: Mapping[str, str]) -> tuple[str | None, str]:
    """The vendor's column (or the canonical field where no column is declared) and the reason, of the first fault.

    Values are left out, and so are names of fields the record does not know: they come from the row.
    """
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    first = faults[0]
    reason = in_words(first)
    if more := len(faults) - 1:
        reason = f"{reason} (and {more} more {'fault' if more == 1 else 'faults'} in this row)"
    return _column(first, columns), plain(reason)


def in_words(fault: ErrorDetails) -> str:
    """A fault in plain words; the checker's own are turned where we have none."""
    words = _WORDS.get(fault["type"])
    if words is not None:
        return words
    turned = _SHOULD.sub(r"must \1 ", fault["msg"].removeprefix("Value error, "))
    return _COUNTED.sub("", turned)


def _column(fault: ErrorDetails, columns: Mapping[str, str]) -> str | None:
    steps = fault["loc"][:-1] if fault["type"] == _UNKNOWN_FIELD else fault["loc"]
    path = ".".join(str(step) for step in steps)
    if not path:
        return None
    return columns.get(path) or columns.get(str(steps[0])) or path


def plain(text: str) -> str:
    """A text that both stores take and a line can hold: no control characters, no lone surrogates, not too long."""
    kept = "".join(c if c.isprintable() else " " for c in text[:_LONGEST_REASON])
    return kept.encode("utf-8", "replace").decode("utf-8")
