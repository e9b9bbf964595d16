"""The only reader of the wall clock; everything else is handed a time."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC, to the millisecond."""
    present = datetime.now(UTC)
    return present.replace(microsecond=present.microsecond // 1000 * 1000)
