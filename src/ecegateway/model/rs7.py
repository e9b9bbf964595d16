"""The RS7 return as a value: what is handed over, whoever worked it out.

A return is a claim's figures, the days it covers, and what two people put their names to: the attestation of salaries, where
the kind of service asks for one, and the declaration.

Source: ECE Funding Handbook 9-1 to 9-6 and 9-10, 14-4.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ecegateway.model.claim import AdvanceMonth, Category, StaffColumn, SwitchSetting
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import DateRange, FundingPeriod


class ReturnKind(StrEnum):
    """Why a return is made."""

    FIRST = "first"
    REVISED = "revised"
    """It takes the place of an earlier one of the same service and period."""
    ZERO = "zero"
    """Nothing is claimed for the period."""


@dataclass(frozen=True, slots=True)
class DayCounts:
    """One date's whole hours: the four columns of funded child hours and the two of the staff hour count."""

    day: date
    under_two: int
    two_and_over: int
    twenty_hours: int
    plus_ten: int
    certificated: int
    other_teachers: int

    def of(self, column: "Column") -> int:
        """The figure of one column."""
        return self.figures[COLUMNS.index(column)]

    @property
    def figures(self) -> tuple[int, ...]:
        """The six figures, in the order of :data:`COLUMNS`."""
        return (
            self.under_two,
            self.two_and_over,
            self.twenty_hours,
            self.plus_ten,
            self.certificated,
            self.other_teachers,
        )

    @property
    def child_hours(self) -> int:
        """The four columns of funded child hours together."""
        return sum(self.figures[: len(Category)])

    @property
    def staff_hours(self) -> int:
        """The two columns of the staff hour count together."""
        return sum(self.figures[len(Category) :])


Column = Category | StaffColumn
"""A column of the return's daily table."""

COLUMNS: tuple[Column, ...] = (*Category, *StaffColumn)
"""The six columns of the return, in order."""


@dataclass(frozen=True, slots=True)
class OtherPart:
    """Days of a period that are claimed elsewhere: by the system used before or after, or on paper. ``by`` says where."""

    days: DateRange
    by: str


PARITY_CODES = ("NOSTEP", "STEP1", "STEP1-6", "STEP1-11", "STP1-11P", "STP1-11F")
"""The codes of the public transcription of the return; their meanings are not public."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """What is attested of certificated teachers' salaries (Handbook 9-6).

    ``parity_code`` is one of :data:`PARITY_CODES`.
    """

    salaries: bool
    parity: bool | None
    parity_code: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who declares the return: name, contact number, designation, and when (Handbook 9-10)."""

    name: str
    phone: str
    designation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rs7Return:
    """A return in full.

    ``days`` are those it claims for: the whole period, or a part of it where the system was changed within the period.
    ``counts`` has one entry for each date of the period, noughts outside ``days``. ``input_digest``, ``known_at``,
    ``handbook_edition`` and ``switches`` name the claim it was made from. ``elsewhere`` are the parts of the period that others
    claim; ``reason`` says why the return is late or takes the place of another, empty where nobody said.
    """

    service: ServiceNumber
    service_name: str
    period: FundingPeriod
    revision: int
    kind: ReturnKind
    days: DateRange
    counts: tuple[DayCounts, ...]
    advance: tuple[AdvanceMonth, ...]
    attestation: Attestation | None
    declaration: Declaration | None
    known_at: datetime
    handbook_edition: str
    switches: tuple[SwitchSetting, ...]
    input_digest: str
    elsewhere: tuple[OtherPart, ...] = ()
    reason: str = ""

    @property
    def entity_id(self) -> str:
        """The return's own id: one per service and period, for life; a correction is the same return again."""
        return f"{self.service}-{self.period}"
