"""The enrolment agreement, version by version.

Source: ECE Funding Handbook 6-1: booked days and times, basis, attestations, and a dated signature of a parent or
guardian; a change that is not signed is no change for funding.
"""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ecegateway.model.ids import ChildKeyField, PersonKeyField, RecordKeyField
from ecegateway.model.period import MINUTES_A_DAY, Weekday
from ecegateway.model.record import Part, Record
from ecegateway.model.spans import Span, minute_of

DayMinutes = Annotated[int, Field(ge=0, le=MINUTES_A_DAY)]


class Basis(StrEnum):
    """How a child is enrolled; the Handbook's own three words."""

    PERMANENT = "permanent"
    CASUAL = "casual"
    CONDITIONAL = "conditional"


class Booking(Part):
    """Times a child is expected on a weekday, by the local wall clock.

    ``every_weeks`` above 1 (fortnightly, alternating) counts from the week that holds ``counted_from``.
    """

    weekday: Weekday
    starts: time
    ends: time
    every_weeks: Annotated[int, Field(ge=1, le=4)] = 1
    counted_from: date | None = None
    conditional: bool = False

    @model_validator(mode="after")
    def _times_in_order(self) -> Self:
        if self.ends <= self.starts:
            raise ValueError("a booking must end after it starts, on the same day")
        if self.every_weeks > 1 and self.counted_from is None:
            raise ValueError("a booking that repeats less than weekly must say from which week it counts")
        return self

    @property
    def span(self) -> Span:
        """The minutes of the day it books."""
        return minute_of(self.starts), minute_of(self.ends)


class TwentyHours(Part):
    """The parent's 20 Hours ECE attestation: when signed, and the minutes allocated to each weekday, Monday first.

    Source: ECE Funding Handbook 4-2: the parent chooses the days; never claimable before the day of signing.
    """

    signed_on: date
    minutes: Annotated[tuple[DayMinutes, ...], Field(min_length=7, max_length=7)]


class GuardianSignature(Part):
    """A dated signature of a parent or guardian under an agreement, electronic or on paper."""

    by: PersonKeyField
    signed_on: date
    medium: Literal["electronic", "paper"]
    means: RecordKeyField | None = None


class Enrolment(Record):
    """One version of one child's enrolment agreement with one service."""

    stream: ClassVar[str] = "enrolment"

    child: ChildKeyField
    agreement: RecordKeyField
    basis: Basis | None = None
    conditional_part: Literal["whole", "bookings"] | None = None
    effective_from: date
    last_day: date | None = None
    bookings: tuple[Booking, ...] = ()
    holidays: tuple[date, ...] = ()
    """Public holidays on which this child is specifically enrolled to attend (Handbook 3-A-2)."""
    school_visits: tuple[date, ...] = ()
    """Days of transitional visits to a school, as noted on the enrolment record (Handbook 7-8)."""
    other_service_minutes: Annotated[int, Field(ge=0)] | None = None
    """Weekly minutes the guardian attests at another service; 0 attests none; ``None`` is no attestation."""
    not_elsewhere: bool | None = None
    """Whether the guardian attests that a casual or conditional child is enrolled nowhere else for the time."""
    commenced_on: date | None = None
    """The day the child commenced attendance, as the enrolment record states it."""
    optional_charges: Literal["agreed", "declined", "none"] | None = None
    """What the optional charges agreement says; ``none`` where the service asks for no such charge."""
    educator_is_family: bool | None = None
    """Home-based: the declaration whether the educator is a member of the child's family."""
    twenty_hours: TwentyHours | None = None
    signature: GuardianSignature | None = None
