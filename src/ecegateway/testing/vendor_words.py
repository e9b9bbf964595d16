"""The words of Kōwhai SMS, the invented vendor, for ours; and how it writes moments, days and times."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from ecegateway.model.attendance import Method
from ecegateway.model.period import Weekday

DAYS = {
    Weekday.MONDAY: "mon",
    Weekday.TUESDAY: "tue",
    Weekday.WEDNESDAY: "wed",
    Weekday.THURSDAY: "thu",
    Weekday.FRIDAY: "fri",
    Weekday.SATURDAY: "sat",
    Weekday.SUNDAY: "sun",
}
METHODS = {
    Method.SIGNED: "pin",
    Method.STAFF_ENTRY: "educator",
    Method.BULK: "bulk",
    Method.BOOKING: "booking",
    Method.DEFAULT: "default",
    Method.SYSTEM: "auto",
    Method.NOT_SHOWN: "imported",
}
_WORDS: Mapping[str, Mapping[str | int, str]] = {
    "role": {"guardian": "caregiver", "staff": "educator", "administrator": "admin"},
    "service_type": {
        "education and care": "education-and-care",
        "casual education and care": "casual-care",
        "kindergarten": "kindergarten",
        "playcentre": "playcentre",
        "home-based network": "home-based",
        "te kōhanga reo": "kohanga-reo",
        "hospital-based": "hospital",
    },
    "licence_class": {"all-day": "day", "sessional": "session", "mixed": "both"},
    "verification": {
        "unverified": "unverified",
        "passport": "passport",
        "birth certificate": "birth-cert",
        "other": "other-document",
    },
    "decision": {"confirmed": "agreed", "disputed": "queried"},
    "medium": {"electronic": "online", "paper": "paper"},
    "kind": {"planned": "planned", "emergency": "unplanned"},
    "certificated": {True: "certificated", False: "other"},
    "about": {"attendance": "attendance", "staff-hours": "staff-hours", "other": "general"},
    "conditional_part": {"whole": "all", "bookings": "some"},
}


def moment_text(value: datetime | None) -> str | None:
    """An instant in UTC, to the microsecond where there is one."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def text(value: date | time | None) -> str | None:
    """A day or a wall-clock time."""
    return None if value is None else value.isoformat()


def word(name: str, value: str | int | None) -> str | None:
    """Kōwhai's word for the value of one of our fields."""
    return None if value is None else _WORDS[name][value]
