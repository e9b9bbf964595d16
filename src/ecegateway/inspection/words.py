"""How the fields of a record read in a table: days and times as ISO 8601, people by name and key, parts in few words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from pydantic import BaseModel

from ecegateway.export.words import clock, instant_text, weekday_name
from ecegateway.model.enrolment import Booking, TwentyHours
from ecegateway.model.period import Weekday

PEOPLE = frozenset({"person", "by", "created_by", "given_by", "marked_by", "notified_by", "written_by"})
"""Fields that hold a person's key."""

Named = Callable[[str, str], str]
"""A field's name and the key it holds, as a name with the key behind it."""


def heading(field: str) -> str:
    """``effective_from`` as ``Effective from``."""
    return field.replace("_", " ").capitalize()


def cell(field: str, value: Any, named: Named) -> str:
    """A field's value as text; empty where the record says nothing."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(cell(field, one, named) for one in value)
    if isinstance(value, TwentyHours):
        return _twenty_hours(value)
    if isinstance(value, Booking):
        return _booking(value)
    if isinstance(value, BaseModel):
        return _part(value, named)
    return _plain(field, value, named)


def _plain(field: str, value: Any, named: Named) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return named(field, str(value)) if field in PEOPLE or field == "child" else str(value)


def _part(part: BaseModel, named: Named) -> str:
    said: Mapping[str, Any] = {name: getattr(part, name) for name in type(part).model_fields}
    return ", ".join(f"{heading(name).lower()} {cell(name, value, named)}" for name, value in said.items() if value is not None)


def _booking(booking: Booking) -> str:
    words = f"{weekday_name(booking.weekday)} {booking.starts:%H:%M} to {booking.ends:%H:%M}"
    if booking.every_weeks > 1:
        words += f" every {booking.every_weeks} weeks from {booking.counted_from}"
    return f"{words} (conditional)" if booking.conditional else words


def _twenty_hours(attested: TwentyHours) -> str:
    days = (f"{weekday_name(day)} {clock(minutes)}" for day, minutes in zip(Weekday, attested.minutes, strict=True) if minutes)
    return f"signed on {attested.signed_on}: {', '.join(days)}"
