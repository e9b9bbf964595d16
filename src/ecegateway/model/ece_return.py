"""The annual ECE Return as a value: what a service says of itself and its staff in one census week.

It is a value of its own date, built from answers and never from the return of another year: whatever is corrected in an old
one changes no other. Staff stand in it without a name. Names and bounds follow a public transcription of the Ministry's event
schema; codes are text here, and held against the code lists of the return's date by :mod:`ecegateway.census.checks`.

Source: ECE Funding Handbook 14-2.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints

from ecegateway.model.ids import ServiceNumberField
from ecegateway.model.period import Weekday

MAX_LANGUAGES, MAX_ETHNICITIES, MAX_IWI = 5, 3, 3
MAX_HOURS, MAX_MONTHS = 100, 72
_STRICT = ConfigDict(extra="forbid", hide_input_in_errors=True)


def _to_the_second(moment: time) -> time:
    if moment.microsecond or moment.tzinfo is not None:
        raise ValueError("must be a local time of the day to the second, as 08:30:00")
    return moment


LookupCode = Annotated[str, StringConstraints(pattern=r"^[!-~\u00A1-\uD7FF]{1,10}$")]
"""A code of some list: one to ten signs without blanks."""
Months = Annotated[int, Field(ge=0, le=MAX_MONTHS)]
Moment = Annotated[time, AfterValidator(_to_the_second)]
Ethnicities = Annotated[tuple[LookupCode, ...], Field(min_length=1, max_length=MAX_ETHNICITIES)]


class AgeBand(StrEnum):
    """A staff member's age, in bands."""

    UNDER_20 = "UN_20"
    FROM_20 = "20_25"
    FROM_26 = "26_30"
    FROM_31 = "31_35"
    FROM_36 = "36_40"
    FROM_41 = "41_45"
    FROM_46 = "46_50"
    FROM_51 = "51_55"
    FROM_56 = "56_60"
    FROM_61 = "61_65"
    FROM_66 = "66_70"
    OVER_70 = "OV_70"


class LeavingDestination(StrEnum):
    """Where a teacher who leaves goes to, by codes whose meaning is not public."""

    D01 = "D01"
    D02 = "D02"
    D03 = "D03"
    D04 = "D04"
    UNKNOWN = "UNK"


@dataclass(frozen=True, slots=True)
class WaitTimes:
    """How long a place is waited for, by the child's age in years: a code for each."""

    __pydantic_config__ = _STRICT

    under_one: LookupCode
    one: LookupCode
    two: LookupCode
    three: LookupCode
    four: LookupCode


@dataclass(frozen=True, slots=True)
class LanguageUse:
    """A language the service is led in, and for how much of the time."""

    __pydantic_config__ = _STRICT

    code: LookupCode
    percent: Annotated[int, Field(ge=0, le=100)]


@dataclass(frozen=True, slots=True)
class ContactHours:
    """Hours of a weekday a person works with children, in the census week."""

    __pydantic_config__ = _STRICT

    weekday: Weekday
    starts: Moment
    ends: Moment


@dataclass(frozen=True, slots=True)
class EducationalRole:
    """A role with children. ``playcentre_qualification`` is of Playcentre educators alone."""

    __pydantic_config__ = _STRICT

    code: LookupCode
    qualification: LookupCode
    registered: bool
    starts: date
    ethnicities: Ethnicities
    paid: bool
    permanent: bool
    full_time: bool
    ends: date | None = None
    playcentre_qualification: LookupCode | None = None
    contact_hours: tuple[ContactHours, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeBasedRole:
    """The role of an educator at home: neither pay nor contact hours are asked for."""

    __pydantic_config__ = _STRICT

    code: LookupCode
    qualification: LookupCode
    registered: bool
    starts: date
    ethnicities: Ethnicities
    permanent: bool
    full_time: bool
    ends: date | None = None
    playcentre_qualification: LookupCode | None = None


@dataclass(frozen=True, slots=True)
class OtherRole:
    """A role in management, in support or of a specialist."""

    __pydantic_config__ = _STRICT

    code: LookupCode
    paid: bool
    permanent: bool
    full_time: bool


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person, without a name; a role they do not have is ``None``.

    The youngest and oldest children taught are in months. Whether they worked as a teacher before, came from another service,
    and where they go to is asked of permanent staff alone.
    """

    __pydantic_config__ = _STRICT

    gender: LookupCode
    hours_worked: Annotated[int, Field(ge=0, le=MAX_HOURS)]
    age_band: AgeBand
    min_age_taught: Months | None = None
    max_age_taught: Months | None = None
    was_teacher: bool | None = None
    from_other_service: bool | None = None
    leaving_destination: LeavingDestination | None = None
    iwi: Annotated[tuple[LookupCode, ...], Field(max_length=MAX_IWI)] = ()
    educational: EducationalRole | None = None
    home_based: HomeBasedRole | None = None
    management: OtherRole | None = None
    support: OtherRole | None = None
    specialist: OtherRole | None = None

    @property
    def dated_roles(self) -> tuple[EducationalRole | HomeBasedRole, ...]:
        """The roles that have a first day."""
        return tuple(role for role in (self.educational, self.home_based) if role is not None)

    @property
    def roles(self) -> tuple[EducationalRole | HomeBasedRole | OtherRole, ...]:
        """Every role the person has."""
        others = (self.management, self.support, self.specialist)
        return (*self.dated_roles, *(role for role in others if role is not None))


@dataclass(frozen=True, slots=True)
class EceReturn:
    """A return in full. ``date`` is the Monday of the census week; ``made_at`` when it was made, ``made_by`` by what system."""

    __pydantic_config__ = _STRICT

    service: ServiceNumberField
    date: date
    made_at: AwareDatetime
    made_by: Annotated[str, StringConstraints(pattern=r"^[!-~]([ -~]{0,98}[!-~])?$")]
    wait_times: WaitTimes
    languages: Annotated[tuple[LanguageUse, ...], Field(min_length=1, max_length=MAX_LANGUAGES)]
    staff: tuple[StaffMember, ...]

    @property
    def entity_id(self) -> str:
        """The return's own id: one for each service and year, for life; a correction is the same return again."""
        return f"{self.service}-ece-return-{self.date.year}"
