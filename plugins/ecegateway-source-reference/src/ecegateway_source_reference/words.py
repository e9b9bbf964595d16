"""Kōwhai's words, and ours. A word that is not here is refused, never guessed."""

from collections.abc import Mapping

Words = Mapping[str, str]

WEEKDAYS: Words = {"mon": "Mo", "tue": "Tu", "wed": "We", "thu": "Th", "fri": "Fr", "sat": "Sa", "sun": "Su"}
"""Monday first: minutes per weekday are listed in this order."""

ROLES: Words = {"caregiver": "guardian", "educator": "staff", "admin": "administrator"}

SERVICE_KINDS: Words = {
    "education-and-care": "education and care",
    "casual-care": "casual education and care",
    "kindergarten": "kindergarten",
    "playcentre": "playcentre",
    "home-based": "home-based network",
    "kohanga-reo": "te kōhanga reo",
    "hospital": "hospital-based",
}

LICENCE_KINDS: Words = {"day": "all-day", "session": "sessional", "both": "mixed"}

SESSION_KINDS: Words = {"day": "all-day", "session": "sessional"}

CLOSURE_KINDS: Words = {"planned": "planned", "unplanned": "emergency"}

NUMBER_STATUSES: Words = {
    "unverified": "unverified",
    "passport": "passport",
    "birth-cert": "birth certificate",
    "other-document": "other",
}

ENROLMENT_TYPES: Words = {"permanent": "permanent", "casual": "casual", "conditional": "conditional"}

CONDITIONAL_PARTS: Words = {"all": "whole", "some": "bookings"}

MEDIA: Words = {"online": "electronic", "paper": "paper"}

OUTCOMES: Words = {"agreed": "confirmed", "queried": "disputed"}

SHIFT_COUNTS: Mapping[str, bool] = {"certificated": True, "other": False}

TOPICS: Words = {"attendance": "attendance", "staff-hours": "staff-hours", "general": "other"}

METHODS: Words = {
    "pin": "signed",
    "qr": "signed",
    "kiosk": "signed",
    "educator": "staff-entry",
    "bulk": "bulk",
    "booking": "booking",
    "default": "default",
    "auto": "system",
    "imported": "not-shown",
}
"""``imported`` marks came over from an older system, which did not keep how they were made."""

PATTERNS = frozenset({"weekly", "fortnightly", "alternating", "casual"})
