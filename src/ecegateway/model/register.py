"""The attendance register of a service, week by week, as it would be kept by hand: every entry, and every entry crossed out.

Names are display names; times are minutes of the day by the clock of the service.

Source: ECE Funding Handbook 6-3 (records must include; changes to records).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from ecegateway.model.attendance import Method
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey, EvidenceId
from ecegateway.model.period import DateRange
from ecegateway.model.spans import Spans
from ecegateway.model.verification import VerifiedSpan


class Section(StrEnum):
    """The parts of the register. A child stands in the part of their age on the day."""

    UNDER_TWO = "under two"
    TWO_AND_OVER = "two and over"
    UNKNOWN = "age not known"
    """No birth date is on record; the rule ``child.identity`` holds the hours."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One end of a stay: the minute of the day, who signed, and how it came into the record."""

    minute: int | None
    by: str | None
    method: Method | None


@dataclass(frozen=True, slots=True)
class Correction:
    """That an entry was changed, deleted or went missing: who, when and why, as far as anybody says.

    ``stated`` is false for what only the comparison of two pulls shows: it happened at some time between them.
    """

    what: Literal["changed", "deleted", "missing"]
    by: str | None
    at: datetime | None
    why: str | None
    stated: bool


@dataclass(frozen=True, slots=True)
class StayEntry:
    """A stay as entered. ``crossed_out`` says what became of it; ``None`` for an entry that stands."""

    arrived: Signed
    departed: Signed
    circumstances: str | None
    evidence: EvidenceId
    crossed_out: Correction | None


@dataclass(frozen=True, slots=True)
class AbsenceEntry:
    """An ``a``: for the whole day, or from ``starts`` to ``ends``."""

    starts: int | None
    ends: int | None
    reason: str | None
    marked_by: str | None
    marked_at: datetime | None
    evidence: EvidenceId
    crossed_out: Correction | None


@dataclass(frozen=True, slots=True)
class RegisterNote:
    """A remark, and who wrote it."""

    text: str
    by: str | None


@dataclass(frozen=True, slots=True)
class RegisterCell:
    """One child's day. ``enrolled`` are the times booked; what is crossed out stands before what replaced it.

    ``unseen`` are changes made before the record first reached us: what stood there then is in the vendor's system alone.
    ``visit`` says that the child was on a school visit, ``no_record`` that a child who was expected has no entry.
    """

    day: date
    basis: Basis | None
    enrolled: Spans
    stays: tuple[StayEntry, ...]
    absences: tuple[AbsenceEntry, ...]
    notes: tuple[RegisterNote, ...]
    unseen: tuple[Correction, ...]
    visit: bool
    no_record: bool


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One child in one section of one week; ``cells`` hold the child's days in that section alone.

    ``turns_two`` is the birthday, where it lies in the week. ``confirmations`` are the weeks or months that bear on the days.
    """

    child: ChildKey
    family_name: str
    given_names: tuple[str, ...]
    preferred_name: str | None
    birth_date: date | None
    turns_two: date | None
    cells: tuple[RegisterCell, ...]
    confirmations: tuple[VerifiedSpan, ...]


@dataclass(frozen=True, slots=True)
class Marking:
    """That a staff member marked the register of a day."""

    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RegisterDay:
    """One day of the service: whether it was open, from when to when; if not, why; who marked the register; remarks."""

    day: date
    open: bool
    sessions: Spans
    why_closed: str | None
    markings: tuple[Marking, ...]
    notes: tuple[RegisterNote, ...]


@dataclass(frozen=True, slots=True)
class RegisterWeek:
    """One page: days from Monday, as far as they lie in the period, and the rows of each section that has any, by name."""

    days: tuple[RegisterDay, ...]
    sections: tuple[tuple[Section, tuple[RegisterRow, ...]], ...]


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a period. ``markings_shown`` says whether these records can tell when staff marked it at all."""

    days: DateRange
    weeks: tuple[RegisterWeek, ...]
    markings_shown: bool
