"""Small questions several rules ask: what was booked, who was there, who has confirmed it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from ecegateway.facts.types import ChildFacts, Known, Stay
from ecegateway.model.attendance import Absence, Method, Verification
from ecegateway.model.enrolment import Basis, Booking, Enrolment
from ecegateway.model.ids import PersonKey
from ecegateway.model.people import Person
from ecegateway.model.period import Weekday, local_day, week_of
from ecegateway.model.record import Record
from ecegateway.model.spans import Spans, union

_DAYS_A_WEEK = 7
_CLOCK = "Pacific/Auckland"
"""By whose days an authority to sign begins and ends. The Chathams are 45 minutes ahead, at an hour when nobody signs."""

People = Mapping[PersonKey, tuple[Known[Person], ...]]

DEFAULTED = frozenset({Method.BULK, Method.BOOKING, Method.DEFAULT})
"""Ways of marking a child present that are not an event of that child's own (criterion 7)."""

NO_PERSONS = DEFAULTED | {Method.SYSTEM}
"""Ways of marking in which nobody acted for this child alone; each has a rule of its own."""

SIGNATURE_CURES = "guardian-verification-cures"
"""The reading of ``attendance.unsigned-mark`` by which a parent's confirmation answers for a missing signer (criterion 9)."""
SIGNATURE_SHOWS = "guardian-verification-shows"
"""The reading of ``attendance.signer-not-shown`` by which a parent's confirmation shows what the source cannot."""


def in_force(child: ChildFacts, day: date) -> tuple[Known[Enrolment], ...]:
    """The signed agreement versions in force on a day, one for each agreement, by effective day.

    Source: ECE Funding Handbook 6-1 (changes that are not signed are not changes for funding).
    """
    found: tuple[Known[Enrolment], ...] = ()
    for agreed in child.agreed:
        if agreed.since > day:
            break
        found = agreed.agreements
    return found


def bookings_on(record: Enrolment, day: date) -> list[Booking]:
    """The bookings of an agreement that fall on a day: on its weekday, and in one of its weeks."""
    weekday = Weekday.of(day)
    return [booking for booking in record.bookings if booking.weekday is weekday and in_its_week(booking, day)]


def in_its_week(booking: Booking, day: date) -> bool:
    """Whether a day lies in one of a booking's weeks, none of which lies before the first."""
    if booking.counted_from is None:
        return True
    weeks = (week_of(day) - week_of(booking.counted_from)).days // _DAYS_A_WEEK
    return weeks >= 0 and weeks % booking.every_weeks == 0


def booked_spans(records: Iterable[Enrolment], day: date) -> Spans:
    """The minutes of a day that agreements book, of whatever basis."""
    return union([booking.span for record in records for booking in bookings_on(record, day)])


def is_certain(record: Enrolment, booking: Booking) -> bool:
    """Whether an agreement funds a booking as enrolled hours: a permanent one does, and a conditional one for its firm part.

    Source: ECE Funding Handbook 3-A-2, 6-1 (which part of the enrolment is conditional).
    """
    if record.basis is Basis.CONDITIONAL:
        return record.conditional_part == "bookings" and not booking.conditional
    return record.basis is not Basis.CASUAL


def certain_bookings(record: Enrolment, day: date) -> tuple[Booking, ...]:
    """The bookings of a day that an agreement funds as enrolled hours."""
    return tuple([booking for booking in bookings_on(record, day) if is_certain(record, booking)])


def word_of_guardians(child: ChildFacts, stay: Stay, people: People) -> Known[Verification] | None:
    """The last word of a guardian on a stay: a confirmation or dispute that covers its day and came after it.

    What came before the stay's last stated change speaks of another record. Staff do not verify; where the child's
    authorised signatories are on record, only they do.

    Source: ECE Funding Handbook 6-3, criteria 4 and 6.
    """
    covering = (known for known in child.verifications if _covers(known, stay.day))
    return last_word_on_stay([known for known in covering if may_verify(child, known, people)], stay)


def last_word_on_stay(words: Iterable[Known[Verification]], stay: Stay) -> Known[Verification] | None:
    """Of words that count, by moment, the last on a stay: one that covers its day and came after it and its last change."""
    return _last_word(words, stay.day, (_stated(stay.record), stay.record.departed, stay.record.arrived))


def last_word_on_absence(
    words: Iterable[Known[Verification]], day: date, absences: Iterable[Known[Absence]]
) -> Known[Verification] | None:
    """Of words that count, by moment, the last on a day without a stay, given after the last change of its absences."""
    return _last_word(words, day, (_stated(known.record) for known in absences))


def _last_word(words: Iterable[Known[Verification]], day: date, after: Iterable[datetime | None]) -> Known[Verification] | None:
    covering = [known for known in words if _covers(known, day)]
    if covering:
        earliest = max([at for at in after if at is not None], default=None)
        for known in reversed(covering):
            if earliest is None or known.record.at >= earliest:
                return known
    return None


def _covers(known: Known[Verification], day: date) -> bool:
    return known.record.first_day <= day <= known.record.last_day


def confirmation(child: ChildFacts, stay: Stay, people: People) -> Known[Verification] | None:
    """A guardian's confirmation of a stay that stands: the last word on it, and no dispute."""
    last = word_of_guardians(child, stay, people)
    return last if last is not None and last.record.decision == "confirmed" else None


def may_verify(child: ChildFacts, known: Known[Verification], people: People) -> bool:
    """Whether the person who verified is a guardian who may."""
    return verifier_fault(child, known, people) is None


def verifier_fault(child: ChildFacts, known: Known[Verification], people: People) -> str | None:
    """Why the person who verified may not: staff, or not on the child's list on that day where there is a list.

    Source: ECE Funding Handbook 6-3, criterion 4.
    """
    by, day = known.record.by, local_day(known.record.at, _CLOCK)
    roles = {one.record.role for one in people.get(by, ()) if one.source == known.source}
    if roles - {"guardian"}:
        return "was given by staff or an administrator"
    listed = [signatory.record for signatory in child.signatories]
    allowed = [signatory for signatory in listed if signatory.person == by]
    if listed and not allowed:
        return "was given by somebody who is no authorised signatory of the child"
    if listed and not any(one.first_day <= day and (one.last_day is None or day <= one.last_day) for one in allowed):
        return "was given outside the dates of the signatory's authority"
    return None


def _stated(record: Record) -> datetime | None:
    """When the vendor says a record was last touched; ``None`` where the source cannot say."""
    change = record.change
    return change.at if change is not None and change.at is not None else record.recorded_at
