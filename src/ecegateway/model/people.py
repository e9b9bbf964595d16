"""Records about grown-ups: who they are, with what they sign, for whom, and when they work."""

from datetime import date, time
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from ecegateway.model.ids import ChildKeyField, PersonKeyField, RecordKeyField
from ecegateway.model.record import Name, Record, ShortText, Text
from ecegateway.model.spans import Span, minute_of


class Person(Record):
    """A guardian, staff member or administrator; ``key`` is the person's key."""

    stream: ClassVar[str] = "person"

    role: Literal["guardian", "staff", "administrator"]
    given_names: Name | None = None
    family_name: Name | None = None


class SignatureMeans(Record):
    """An electronic signature: whose it is, who made it and when, what keeps others from using it, and when it was revoked.

    Source: ECE Funding Handbook 6-3, criteria 1, 2 and 3.
    """

    stream: ClassVar[str] = "signature_means"

    person: PersonKeyField
    created_by: PersonKeyField | None = None
    created_at: AwareDatetime | None = None
    revoked_at: AwareDatetime | None = None
    control: ShortText | None = None
    """What keeps anybody but its owner from using it, in the vendor's words: a PIN, a card, a lock after failed tries."""


class AuthorisedSignatory(Record):
    """A person may sign for a child, from a day to a day."""

    stream: ClassVar[str] = "authorised_signatory"

    child: ChildKeyField
    person: PersonKeyField
    first_day: date
    last_day: date | None = None


class StaffShift(Record):
    """Hours a staff member worked while counted in the ratio; local wall-clock times of one day.

    Source: ECE Funding Handbook 9-4.
    """

    stream: ClassVar[str] = "staff_shift"

    person: PersonKeyField
    day: date
    starts: time
    ends: time
    certificated: bool
    """ECE-qualified and certificated, or a certificated primary teacher: the ``yes`` column of the staff hour count."""

    @property
    def span(self) -> Span:
        """The minutes of the day the shift runs; it holds none where the shift does not end after it starts."""
        return minute_of(self.starts), minute_of(self.ends)


class RegisterMarking(Record):
    """That a staff member marked the attendance register of a day, and when.

    Source: ECE Funding Handbook 6-3 (twice a day; once where the service operates only one session).
    """

    stream: ClassVar[str] = "register_marking"

    day: date
    by: PersonKeyField | None = None
    at: AwareDatetime | None = None


class Note(Record):
    """A remark of the service about a child's day or a day of the whole service."""

    stream: ClassVar[str] = "note"

    day: date
    child: ChildKeyField | None = None
    about: Literal["attendance", "staff-hours", "other"] = "other"
    text: Text
    written_by: PersonKeyField | None = None
    concerns: RecordKeyField | None = None
