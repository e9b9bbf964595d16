"""Stays, absences, and what guardians say of them."""

from datetime import date, time
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from ecegateway.model.child import Address
from ecegateway.model.ids import ChildKeyField, PersonKeyField, RecordKeyField
from ecegateway.model.record import Part, Record, ShortText, Text


class Method(StrEnum):
    """How an arrival or departure came into the record."""

    SIGNED = "signed"
    """Somebody signed for this child at this moment: PIN, code, screen or card."""
    STAFF_ENTRY = "staff-entry"
    """A staff member entered it for this child alone."""
    BULK = "bulk"
    """One action marked several children at once."""
    BOOKING = "booking"
    """The system copied it from the enrolment agreement."""
    DEFAULT = "default"
    """The system marks children so unless somebody says otherwise."""
    SYSTEM = "system"
    """The system made it by itself, for instance at closing time."""
    NOT_SHOWN = "not-shown"
    """The source cannot say."""


class Mark(Part):
    """How one end of a stay was recorded: who signed, when the mark was made, how, and on which device.

    Source: ECE Funding Handbook 6-3, criterion 8.
    """

    method: Method
    by: PersonKeyField | None = None
    at: AwareDatetime | None = None
    means: RecordKeyField | None = None
    device: ShortText | None = None


class Attendance(Record):
    """A stay of a child at the service: arrival and departure as instants, and how each was recorded.

    ``day`` is given only when a source knows the day but not the times.
    """

    stream: ClassVar[str] = "attendance"

    child: ChildKeyField
    day: date | None = None
    arrived: AwareDatetime | None = None
    departed: AwareDatetime | None = None
    sign_in: Mark | None = None
    sign_out: Mark | None = None
    sheet: ShortText | None = None
    circumstances: Text | None = None
    fee_charged: bool | None = None
    """Whether the family was charged a fee for a casual or conditional attendance (Handbook 6-4)."""
    address: Address | None = None
    """Home-based: where the child was cared for (Handbook 14-1)."""


class Cause(StrEnum):
    """Why a child was absent, where the source says it in a word the absence rules can read."""

    ILLNESS = "illness"
    BEYOND_CONTROL = "beyond-control"
    """Beyond the parent's control, other than illness (Handbook 3-A-2)."""
    HOLIDAY = "holiday"
    SCHOOL_VISIT = "school-visit"
    OTHER = "other"


class Absence(Record):
    """The mark that a child did not attend at a time they were enrolled for; without times, the whole day.

    ``document_reference`` names the medical certificate or the parent's letter that documents the cause.
    """

    stream: ClassVar[str] = "absence"

    child: ChildKeyField
    day: date
    starts: time | None = None
    ends: time | None = None
    reason: Text | None = None
    cause: Cause | None = None
    document_reference: ShortText | None = None
    notified_by: PersonKeyField | None = None
    marked_by: PersonKeyField | None = None
    marked_at: AwareDatetime | None = None


class Verification(Record):
    """A guardian's confirmation or dispute of the attendance record of a span of days.

    Source: ECE Funding Handbook 6-3, criteria 4 and 6.
    """

    stream: ClassVar[str] = "verification"

    child: ChildKeyField
    first_day: date
    last_day: date
    by: PersonKeyField
    at: AwareDatetime
    decision: Literal["confirmed", "disputed"]
    statement: Text | None = None
    medium: Literal["electronic", "paper"]
    means: RecordKeyField | None = None
    reference: ShortText | None = None


class Reconfirmation(Record):
    """A guardian's dated signature that an enrolment agreement remains valid (Handbook 6-7)."""

    stream: ClassVar[str] = "reconfirmation"

    child: ChildKeyField
    agreement: RecordKeyField
    by: PersonKeyField
    signed_on: date
    medium: Literal["electronic", "paper"]
    means: RecordKeyField | None = None


class Exemption(Record):
    """An exemption from the absence rules, with its dates and document (Handbook 7-7)."""

    stream: ClassVar[str] = "exemption"

    child: ChildKeyField
    first_day: date
    last_day: date | None = None
    forms: tuple[Literal["EC12", "EC13"], ...]
    document_reference: ShortText | None = None


class LeavingNotice(Record):
    """A guardian's notice that a child will not return, and the day it was given (Handbook 6-5)."""

    stream: ClassVar[str] = "leaving_notice"

    child: ChildKeyField
    given_on: date
    last_day: date | None = None
    given_by: PersonKeyField | None = None


class MakeUpDay(Record):
    """An absence whose booking was moved to another day (Handbook 6-9)."""

    stream: ClassVar[str] = "make_up_day"

    child: ChildKeyField
    missed_day: date
    made_up_on: date
