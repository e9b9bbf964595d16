"""Enrolment agreements as Kōwhai SMS writes them: one pattern word, and bookings that belong to week A, week B or both."""

from datetime import date, timedelta
from typing import Any

from ecegateway.model.enrolment import Basis, Booking, Enrolment
from ecegateway.model.period import Weekday
from ecegateway.testing.vendor_words import DAYS, text, word

_FORTNIGHTLY = 2
_APART = (timedelta(0), timedelta(days=7))


def agreement(record: Enrolment) -> dict[str, Any]:
    """The fields of an agreement.

    Raises:
        ValueError: the bookings repeat in a way Kōwhai has no pattern for.
    """
    pattern, pattern_from, weeks = _pattern(record)
    twenty, signature = record.twenty_hours, record.signature
    return {
        "childId": record.child,
        "agreementNumber": record.agreement,
        "enrolmentType": record.basis,
        "conditionalPart": word("conditional_part", record.conditional_part),
        "startsOn": text(record.effective_from),
        "endsOn": text(record.last_day),
        "bookingPattern": pattern,
        "patternFrom": text(pattern_from),
        "bookings": [
            {
                "day": DAYS[booking.weekday],
                "from": text(booking.starts),
                "to": text(booking.ends),
                "week": week,
                "conditional": booking.conditional,
            }
            for booking, week in zip(record.bookings, weeks, strict=True)
        ],
        "holidayDates": [text(day) for day in record.holidays],
        "minutesElsewhere": record.other_service_minutes,
        "twentyHoursAttestation": twenty
        and {
            "signedOn": text(twenty.signed_on),
            "minutes": {DAYS[day]: minutes for day, minutes in zip(Weekday, twenty.minutes, strict=True)},
        },
        "signature": signature
        and {
            "by": signature.by,
            "on": text(signature.signed_on),
            "medium": word("medium", signature.medium),
            "credentialId": signature.means,
        },
    }


def _pattern(record: Enrolment) -> tuple[str, date | None, list[str | None]]:
    """Kōwhai's word for the bookings, the day its weeks are counted from, and each booking's week (A, B or every)."""
    every = [booking for booking in record.bookings if booking.every_weeks == 1]
    others = [booking for booking in record.bookings if booking.every_weeks != 1]
    if any(booking.counted_from for booking in every):
        raise ValueError(f"Kōwhai counts weekly bookings from no week, as agreement {record.key!r} would have it")
    if not others:
        casual = record.basis is Basis.CASUAL and not record.bookings
        return "casual" if casual else "weekly", None, [None for _ in record.bookings]
    starts = sorted({booking.counted_from for booking in others if booking.counted_from})
    if any(booking.every_weeks != _FORTNIGHTLY for booking in others) or starts[-1] - starts[0] not in _APART:
        raise ValueError(f"Kōwhai has no booking pattern for agreement {record.key!r}")
    if len(starts) == 1 and not every:
        return "fortnightly", starts[0], [None for _ in record.bookings]
    return "alternating", starts[0], [_week(booking, starts[0]) for booking in record.bookings]


def _week(booking: Booking, first: date) -> str | None:
    if booking.every_weeks == 1:
        return None
    return "A" if booking.counted_from == first else "B"
