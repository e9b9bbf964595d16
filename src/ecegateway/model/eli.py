"""The form of ELI-shaped events: their families, what each says, and whether what is said fits.

Names, bounds and order follow a public third-party transcription of the Ministry's event schema; what it leaves open (the ids
of demographics, schedules and attendance, the names of iwi, language and weekday elements) is the gateway's own. ELI-shaped,
from public evidence, not Ministry-approved.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ecegateway.model.ids import ChildKey

MAX_ENTITY_ID = 255
_MAX_TEXT = 100
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_QUOTES = "'\u02bb\u02bc\u2018\u2019"
_LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"
_NAME = re.compile(f"~|[{_QUOTES}]?[{_LETTERS}][{_LETTERS}\u0300-\u036f {_QUOTES}~-]*")
_CODE = re.compile(r"\S(?:.{0,8}\S)?")
_DIGITS = re.compile(r"[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:00[+-][0-9]{2}:[0-9]{2}")
_HOURS = re.compile(r"(?:1?[0-9]|2[0-3])(?:\.[0-9]{1,4})?|24")


class Family(StrEnum):
    """Families of events, in the order in which one refers to the other."""

    IDENTITY = "ChildIdentity"
    DEMOGRAPHICS = "ChildDemographics"
    ENROLMENT = "ChildEnrolment"
    BOOKINGS = "ChildBookingSchedule"
    TWENTY_HOURS = "TwentyHoursSchedule"
    ATTENDANCE = "ChildAttendance"
    CLOSURE = "EceServiceClosure"
    CONFIRMATION = "ConfirmationData"


class Action(StrEnum):
    """What an event does with its entity at the other side."""

    SET = "set"
    """Says all of it, whether it is new there or known."""
    DELETE = "delete"
    UNDELETE = "undelete"
    """Brings back what was deleted, as it was said last."""


_SUFFIX = {Action.SET: "", Action.DELETE: "Delete", Action.UNDELETE: "Undelete"}


class Kind(StrEnum):
    """What the value of an element is."""

    ENTITY = "entity"
    NUMBER = "number"
    NAME = "name"
    TEXT = "text"
    CODE = "code"
    DAY = "day"
    INSTANT = "instant"
    FLAG = "flag"
    HOURS = "hours"
    """Decimal hours as text, nought to 24."""
    ADDRESS = "address"
    TIMESPANS = "timespans"


@dataclass(frozen=True, slots=True)
class Field:
    """One element of an event; one that is not required is sent as nil where there is nothing to say."""

    name: str
    kind: Kind
    required: bool = True


def _optional(kind: Kind, *names: str) -> tuple[Field, ...]:
    return tuple(Field(name, kind, required=False) for name in names)


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS_FIELDS = tuple(f"{weekday}Hours" for weekday in _WEEKDAYS)
_CHILD = Field("ChildEntityId", Kind.ENTITY)

FIELDS: Mapping[Family, tuple[Field, ...]] = {
    Family.IDENTITY: (
        _CHILD,
        Field("NationalStudentNumber", Kind.NUMBER),
        Field("OfficialFamilyName", Kind.NAME),
        Field("OfficialGiven1Name", Kind.NAME),
        *_optional(Kind.NAME, "OfficialGiven2Name", "OfficialGiven3Name"),
        Field("ChildBirthDate", Kind.DAY),
        Field("GenderCode", Kind.CODE),
    ),
    Family.DEMOGRAPHICS: (
        Field("ChildDemographicsEntityId", Kind.ENTITY),
        _CHILD,
        Field("EthnicGroup1Code", Kind.CODE),
        *_optional(Kind.CODE, "EthnicGroup2Code", "EthnicGroup3Code", "Iwi1Code", "Iwi2Code", "Iwi3Code"),
        Field("HomeLanguage1Code", Kind.CODE),
        *_optional(Kind.CODE, "HomeLanguage2Code", "HomeLanguage3Code"),
    ),
    Family.ENROLMENT: (
        Field("ChildEnrolmentEntityId", Kind.ENTITY),
        _CHILD,
        Field("PrimaryResidentialAddress", Kind.ADDRESS),
        *_optional(Kind.ADDRESS, "SecondaryResidentialAddress"),
        Field("EnrolmentStartDate", Kind.DAY),
        *_optional(Kind.DAY, "EnrolmentEndDate"),
    ),
    Family.BOOKINGS: (
        Field("ChildBookingScheduleEntityId", Kind.ENTITY),
        _CHILD,
        Field("EffectiveDate", Kind.DAY),
        Field("ChildBookingScheduleDetailList", Kind.TIMESPANS),
    ),
    Family.TWENTY_HOURS: (
        Field("TwentyHoursScheduleEntityId", Kind.ENTITY),
        _CHILD,
        Field("AttestationDate", Kind.DAY),
        *(Field(name, Kind.HOURS) for name in HOURS_FIELDS),
    ),
    Family.ATTENDANCE: (
        Field("ChildAttendanceEntityId", Kind.ENTITY),
        _CHILD,
        Field("AttendanceTimeStart", Kind.INSTANT),
        Field("AttendanceTimeEnd", Kind.INSTANT),
        Field("IsAbsent", Kind.FLAG),
        *_optional(Kind.ADDRESS, "AttendanceAddress"),
    ),
    Family.CLOSURE: (
        Field("EceServiceClosureEntityId", Kind.ENTITY),
        Field("ClosureStartDate", Kind.DAY),
        Field("ClosureEndDate", Kind.DAY),
        Field("ClosureReasonCode", Kind.CODE),
    ),
    Family.CONFIRMATION: (
        Field("ConfirmationDataEntityId", Kind.ENTITY),
        Field("StartDate", Kind.DAY),
        Field("EndDate", Kind.DAY),
    ),
}
"""The elements of each family, in order; the first is the entity's own id."""

ADDRESS_FIELDS = (
    Field("Address1Line", Kind.TEXT),
    Field("Address2Line", Kind.TEXT, required=False),
    Field("AddressCity", Kind.TEXT),
    Field("AddressCountry", Kind.TEXT, required=False),
    Field("AddressPostCode", Kind.TEXT, required=False),
)
TIMESPAN_FIELDS = ("WeekdayCode", "StartTime", "EndTime")

Content = Mapping[str, Any]
"""What an event says: its root element's name under ``event``, and its elements by name; absent ones are left out."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something the Ministry is told of, and all that is said of it now.

    ``id`` is minted from the vendor's keys, so it stays for the entity's life and is nobody else's. ``day`` is the day it is
    about (of a span, the last), by which months are counted.
    """

    family: Family
    id: str
    child: ChildKey | None
    day: date
    content: Content


@dataclass(frozen=True, slots=True)
class Held:
    """Something that cannot be said now, why, and what to do. Keys and days only.

    Without an ``entity`` all of the family is held for this child, without a ``family`` all that is the child's. ``day`` is the
    day it is about, where it is about one. One that does not hold (``holds`` false) goes out all the same; somebody should
    look at it.
    """

    child: ChildKey | None
    family: Family | None
    entity: str | None
    reason: str
    fix: str
    day: date | None = None
    holds: bool = True


def root_name(family: Family, action: Action) -> str:
    """The name of an event's root element: ``ChildAttendance``, ``ChildAttendanceDelete``, ``ChildAttendanceUndelete``."""
    return f"{family}{_SUFFIX[action]}"


ROOTS: Mapping[str, tuple[Family, Action]] = {root_name(f, a): (f, a) for f in Family for a in Action}
"""Every root element, and what it is an event of."""


def fields_of(family: Family, action: Action) -> tuple[Field, ...]:
    """The elements of an event: all of them, or, to delete or bring back, the entity's own id."""
    return FIELDS[family] if action is Action.SET else FIELDS[family][:1]


def said(family: Family, **values: Any) -> Content:
    """What an event that sets an entity says; values that are ``None`` are left out."""
    return {"event": str(family), **{name: value for name, value in values.items() if value is not None}}


def only_id(family: Family, action: Action, entity: str) -> Content:
    """What an event says that deletes an entity or brings it back."""
    return {"event": root_name(family, action), FIELDS[family][0].name: entity}


def flaw(content: Content) -> str | None:
    """The first element of an event that is missing or does not have its form; ``None`` where all fit."""
    for field in fields_of(*ROOTS[content["event"]]):
        value = content.get(field.name)
        if value is None:
            if field.required:
                return field.name
        elif not _fits(field.kind, value):
            return field.name
    return None


def _fits(kind: Kind, value: Any) -> bool:
    match kind:
        case Kind.ADDRESS:
            return all(
                (value.get(one.name) is None and not one.required) or _fits(one.kind, value.get(one.name))
                for one in ADDRESS_FIELDS
            )
        case Kind.TIMESPANS | Kind.FLAG:
            return True
        case Kind.ENTITY:
            return _is_text(value, MAX_ENTITY_ID)
        case Kind.TEXT:
            return _is_text(value, _MAX_TEXT)
        case Kind.NAME:
            return _is_text(value, _MAX_TEXT) and _NAME.fullmatch(value) is not None
        case _:
            return _is_text(value, _MAX_TEXT) and _PATTERNS[kind].fullmatch(value) is not None


_PATTERNS = {Kind.CODE: _CODE, Kind.NUMBER: _DIGITS, Kind.DAY: _DAY, Kind.INSTANT: _INSTANT, Kind.HOURS: _HOURS}


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest and not _CONTROLS.search(value) and bool(value.strip())
