"""Kōwhai's agreements: a pattern word above a list of bookings becomes bookings that each say when they repeat."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ecegateway_source_reference import words
from ecegateway_source_reference.fields import Item, UnreadableError, known_word, plain, rows, texts, texts_in

_WEEK_B_AFTER_A = timedelta(days=7)


def agreement(item: Item, service: str) -> dict[str, Any]:
    """One version of an enrolment agreement."""
    pattern = item.get("bookingPattern")
    if not isinstance(pattern, str) or pattern not in words.PATTERNS:
        raise UnreadableError("bookingPattern", sorted(words.PATTERNS))
    basis = known_word(item, "enrolmentType", words.ENROLMENT_TYPES, optional=True)
    if pattern == "casual":
        if item.get("bookings"):
            raise UnreadableError("bookings", "empty, since the booking pattern is casual")
        if basis not in (None, "casual"):
            raise UnreadableError("enrolmentType", "casual or null, since the booking pattern is casual")
        basis = "casual"
    return {
        **plain(item, "enrolment", "child", "agreement", "effective_from", "last_day"),
        "service": service,
        "basis": basis,
        "conditional_part": known_word(item, "conditionalPart", words.CONDITIONAL_PARTS, optional=True),
        "bookings": [_booking(row, pattern, item) for row in rows(item, "bookings")],
        "holidays": texts_in(item, "holidayDates"),
        "other_service_minutes": item.get("minutesElsewhere"),
        "twenty_hours": _twenty_hours(item.get("twentyHoursAttestation")),
        "signature": _signature(item.get("signature")),
    }


def _booking(row: Item, pattern: str, item: Item) -> dict[str, Any]:
    week = row.get("week")
    if week is not None and (pattern != "alternating" or week not in ("A", "B")):
        raise UnreadableError("bookings.week", "A, B or null when the pattern is alternating, and null otherwise")
    booking = {
        "weekday": known_word(row, "day", words.WEEKDAYS, within="bookings"),
        **texts(row, {"starts": "from", "ends": "to"}, within="bookings"),
        "conditional": row.get("conditional") or False,
    }
    if pattern == "fortnightly" or week is not None:
        booking["every_weeks"] = 2
        booking["counted_from"] = _first_week(item, later=week == "B")
    return booking


def _first_week(item: Item, *, later: bool) -> str:
    try:
        first = date.fromisoformat(item["patternFrom"])
        return (first + _WEEK_B_AFTER_A if later else first).isoformat()
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnreadableError("patternFrom", "a day in the first week A of the pattern") from error


def _twenty_hours(attestation: Any) -> dict[str, Any] | None:
    if attestation is None:
        return None
    minutes = attestation.get("minutes") if isinstance(attestation, dict) else None
    if not isinstance(minutes, Mapping) or not minutes.keys() <= words.WEEKDAYS.keys():
        raise UnreadableError("twentyHoursAttestation.minutes", "minutes by weekday, mon to sun")
    return {
        **texts(attestation, {"signed_on": "signedOn"}, within="twentyHoursAttestation"),
        "minutes": [minutes.get(day, 0) for day in words.WEEKDAYS],
    }


def _signature(signature: Any) -> dict[str, Any] | None:
    if signature is None:
        return None
    if not isinstance(signature, dict):
        raise UnreadableError("signature", "an object or null")
    return {
        **texts(signature, {"by": "by", "signed_on": "on", "means": "credentialId"}, within="signature"),
        "medium": known_word(signature, "medium", words.MEDIA, within="signature"),
    }
