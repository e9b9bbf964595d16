"""What the absence rules see and say: each enrolled day's mark, the months of a pattern, and the fate of each absence.

Source: ECE Funding Handbook 6-4 to 6-9, 3-A-2, 7-7, 7-8.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecegateway.model.claim import Verdict
from ecegateway.model.ids import ChildKey, EvidenceId, RuleId
from ecegateway.model.period import DateRange, Weekday


class DayMark(StrEnum):
    """What one enrolled day looks like to the absence rules."""

    PRESENT = "present"
    SHORT = "short"
    """Attended fewer hours than enrolled."""
    ABSENT = "absent"
    ON_HOLIDAY = "absent-on-holiday"
    """Absent, and the record gives a holiday as the cause; an absence like any other."""
    EXEMPT = "exempt"
    """Absent under a documented exemption (Handbook 7-7)."""
    VISIT = "school-visit"
    """On a transitional visit to a school, as the enrolment record says (Handbook 7-8)."""
    UNKNOWN = "no-record"
    """Neither known to be present nor known to be absent."""
    CLOSED = "closed"
    EMERGENCY = "emergency-closure"


ABSENCES = frozenset({DayMark.ABSENT, DayMark.ON_HOLIDAY, DayMark.EXEMPT})
"""Marks of a child who was enrolled, did not come, and was expected."""


@dataclass(frozen=True, slots=True)
class EnrolledDay:
    """A day on which a child was permanently enrolled, as the absence rules see it.

    ``booked`` and ``attended`` are minutes; ``attended`` is ``None`` when the child came and no believed times say how long.
    ``sessional`` says that the day's sessions are licensed as sessional, ``exempt`` that a documented exemption covers the day,
    attended or not. ``agreement`` is the version in force.
    """

    day: date
    mark: DayMark
    booked: int
    attended: int | None
    sessional: bool
    exempt: bool
    agreement: EvidenceId
    evidence: tuple[EvidenceId, ...]


class Pattern(StrEnum):
    """The situations of the Frequent Absence Rule (Handbook 6-7), and the general sentence above them."""

    SAME_WEEKDAY = "same-weekday"
    FEWER_DAYS = "fewer-days"
    FEWER_HOURS = "fewer-hours"
    HALF_THE_MONTH = "half-the-month"


class Duty(StrEnum):
    """What the Frequent Absence Rule asks of the service at the end of a month."""

    NONE = "none"
    MONITOR = "monitor"
    RECONFIRM = "reconfirm"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class PatternMonth:
    """One pattern in one month, or in the part of it under one agreement.

    ``missed`` of ``of`` days (or weeks) show the pattern, on the days of ``caused_by``. ``number`` counts the months in a row,
    this one included; 0 where the pattern does not show. ``skipped``: the service was closed two weeks or more, and the month
    neither adds to the count nor ends it. ``reconfirmed_on`` is the signature that answers this run. ``refuses`` says that
    absences of the month are not funded. ``due`` is the last day to do the duty in time, where there is one.
    """

    pattern: Pattern
    weekday: Weekday | None
    days: DateRange
    missed: int
    of: int
    caused_by: tuple[date, ...]
    number: int
    skipped: bool
    reconfirmed_on: date | None
    refuses: bool
    duty: Duty
    due: date | None


class Loses(StrEnum):
    """Which minutes of a day a ruling speaks of."""

    ABSENT_HOURS = "absent-hours"
    """The enrolled minutes the child was not there."""
    WHOLE_DAY = "whole-day"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The fate of a day's absent hours, with its reason."""

    verdict: Verdict
    loses: Loses
    reason: RuleId
    switch: str | None
    evidence: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class ChildAbsences:
    """Everything the absence rules say of one child: enrolled days ascending, months of each pattern, rulings by day."""

    child: ChildKey
    days: tuple[EnrolledDay, ...]
    months: tuple[PatternMonth, ...]
    rulings: Mapping[date, Ruling]


class Standing(StrEnum):
    """How a child stands in the report of a month."""

    CLEAR = "clear"
    WARNING = "warning"
    """A pattern shows; funding is at risk."""
    STOPPED = "funding-stopped"
    """Some hours of the month are not funded for an absence rule."""


@dataclass(frozen=True, slots=True)
class GridDay:
    """One cell of the frequent-absence calendar. ``refused`` are minutes an absence rule refuses on the day."""

    day: date
    mark: DayMark
    booked: int
    attended: int | None
    refused: int


@dataclass(frozen=True, slots=True)
class ChildMonth:
    """One child's row in one month of the frequent-absence report.

    ``grid`` holds enrolled days only. ``months`` are the patterns that show, or that were skipped within a run. ``in_a_row``
    counts months in which any pattern showed. ``refused`` are the month's minutes not funded for an absence rule; ``at_risk``
    are those that would not be funded next month if it looked like this one and nothing was done. ``signatories`` are the
    display names of those who may sign, ``agreement`` the key of the agreement to reconfirm.
    """

    child: ChildKey
    grid: tuple[GridDay, ...]
    months: tuple[PatternMonth, ...]
    in_a_row: int
    refused: int
    at_risk: int
    standing: Standing
    signatories: tuple[str, ...]
    agreement: str


@dataclass(frozen=True, slots=True)
class AbsenceReport:
    """The frequent-absence report of a service: for each month of the period a row for each permanently enrolled child."""

    months: tuple[tuple[DateRange, tuple[ChildMonth, ...]], ...]
