"""Says why a row was refused, in words that hold no value of the row."""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_LONGEST_REASON = 500
_UNKNOWN_FIELD = "extra_forbidden"


def explain(error: ValidationError, columns: Mapping[str, str]) -> tuple[str | None, str]:
    """The vendor's column (or the canonical field where no column is declared) and the reason, of the first fault.

    Values are left out, and so are names of fields the record does not know: they come from the row.
    """
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    first = faults[0]
    reason = "a field the record does not know" if first["type"] == _UNKNOWN_FIELD else first["msg"]
    if len(faults) > 1:
        reason = f"{reason} (and {len(faults) - 1} more faults in this row)"
    return _column(first, columns), plain(reason)


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
