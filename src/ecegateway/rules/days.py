"""Small questions several rules ask: what was booked, who was there, who has confirmed it."""

from datetime import date, datetime

from ecegateway.facts.types import ChildFacts, Known, Stay
from ecegateway.model.attendance import Method, Verification
from ecegateway.model.enrolment import Basis, Booking, Enrolment
from ecegateway.model.period import Weekday, week_of

_DAYS_A_WEEK = 7

DEFAULTED = frozenset({Method.BULK, Method.BOOKING, Method.DEFAULT})
"""Ways of marking a child present that are not an event of that child's own (criterion 7)."""

NO_PERSONS = DEFAULTED | {Method.SYSTEM}
"""Ways of marking in which nobody acted for this child alone; each has a rule of its own."""


def in_force(child: ChildFacts, day: date) -> tuple[Known[Enrolment], ...]:
    """The signed agreement versions in force on a day, one for each agreement, by effective day.

    A version counts from the later of its effective day and the day it was signed; the newest of an agreement replaces the
    older ones, also when it has ended.

    Source: ECE Funding Handbook 6-1 (changes that are not signed are not changes for funding).
    """
    newest: dict[str, Known[Enrolment]] = {}
    for known in child.enrolments:
        record = known.record
        if record.signature is not None and max(record.effective_from, record.signature.signed_on) <= day:
            newest[record.agreement] = known
    return tuple(k for k in newest.values() if k.record.last_day is None or day <= k.record.last_day)


def applies(booking: Booking, day: date) -> bool:
    """Whether a booking falls on a day: its weekday, in one of its weeks."""
    if booking.weekday is not Weekday.of(day):
        return False
    if booking.counted_from is None:
        return True
    weeks = (week_of(day) - week_of(booking.counted_from)).days // _DAYS_A_WEEK
    return weeks % booking.every_weeks == 0


def certain_bookings(record: Enrolment, day: date) -> tuple[Booking, ...]:
    """The bookings of a day that an agreement funds as enrolled hours: permanent ones, and a conditional agreement's firm part.

    Source: ECE Funding Handbook 3-A-2, 6-1 (which part of the enrolment is conditional).
    """
    if record.basis is Basis.CASUAL or (record.basis is Basis.CONDITIONAL and record.conditional_part != "bookings"):
        return ()
    firm = record.basis is not Basis.CONDITIONAL
    return tuple(booking for booking in record.bookings if applies(booking, day) and (firm or not booking.conditional))


def confirmation(child: ChildFacts, stay: Stay) -> Known[Verification] | None:
    """A guardian's confirmation that covers a stay's day and is later than the stay's last stated change; the newest one.

    A dispute after it takes it away.

    Source: ECE Funding Handbook 6-3, criteria 4 and 6.
    """
    standing: Known[Verification] | None = None
    stated = _stated(stay)
    for known in child.verifications:
        record = known.record
        if not record.first_day <= stay.day <= record.last_day:
            continue
        if record.decision == "disputed":
            standing = None
        elif stated is None or record.at >= stated:
            standing = known
    return standing


def _stated(stay: Stay) -> datetime | None:
    """When the vendor says the record was last touched; ``None`` where the source cannot say."""
    change = stay.record.change
    return change.at if change is not None and change.at is not None else stay.record.recorded_at
