"""A claim as a value: cells, the child lines under them, and the portions of each child's day under those.

All amounts are whole minutes until the daily total of a category is rounded to hours (Handbook 9-2 step 5).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Finding
from ecegateway.model.ids import ChildKey, EvidenceId, RuleId, ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.model.spans import Spans, minutes


class Category(StrEnum):
    """The four columns of funded child hours in the RS7 return."""

    UNDER_TWO = "under-two"
    TWO_AND_OVER = "two-and-over"
    TWENTY_HOURS = "twenty-hours"
    PLUS_TEN = "plus-ten"


class StaffColumn(StrEnum):
    """The two columns of the staff hour count."""

    CERTIFICATED = "certificated"
    OTHER = "other-teachers"


class Verdict(StrEnum):
    """The fate of some minutes."""

    CLAIMED = "claimed"
    HELD = "held"
    """Not claimed now; may be once the reason is put right."""
    REFUSED = "refused"
    """Not funded, whatever anybody puts right."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Minutes of one child's day that share one fate and one reason.

    ``starts`` is the local minute of the day, or ``None`` for minutes the Handbook adds (the 2.5-hour session).
    """

    minutes: int
    starts: int | None
    verdict: Verdict
    category: Category | None
    reason: RuleId
    switch: str | None
    evidence: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class ChildDay:
    """One child's day: what was booked, what was attended, and what became of each minute."""

    child: ChildKey
    day: date
    basis: Basis
    booked: Spans
    attended: Spans
    portions: tuple[Portion, ...]

    @property
    def booked_minutes(self) -> int:
        """Minutes booked, whatever came of them."""
        return minutes(self.booked)

    @property
    def attended_minutes(self) -> int:
        """Minutes attended, as far as times are believed."""
        return minutes(self.attended)

    def minutes_with(self, verdict: Verdict) -> int:
        """Minutes of one fate."""
        return sum(p.minutes for p in self.portions if p.verdict is verdict)

    def claimed(self, category: Category) -> int:
        """Claimed minutes of a category."""
        return sum(p.minutes for p in self.portions if p.verdict is Verdict.CLAIMED and p.category is category)


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One staff member's minutes on one day in one column of the staff hour count."""

    person: str
    minutes: int
    evidence: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class StaffDay:
    """One day's staff minutes of one column, and the hours they round to."""

    day: date
    column: StaffColumn
    lines: tuple[StaffLine, ...]
    hours: int

    @property
    def minutes(self) -> int:
        """The day's total before rounding."""
        return sum(line.minutes for line in self.lines)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the return: a day's claimed minutes of a category and the whole hours they round to."""

    day: date
    category: Category
    minutes: int
    hours: int


@dataclass(frozen=True, slots=True)
class AdvanceMonth:
    """Days the service expects to be funded in a month to come (Handbook 9-5)."""

    month: date
    all_day: int
    sessional: int
    parent_led: int


@dataclass(frozen=True, slots=True)
class SwitchSetting:
    """A policy switch as it stood when the claim was made."""

    switch: str
    value: str
    version: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Everything a return says for one service and period, with all it rests on.

    A pure function of (evidence as known at ``known_at``, handbook edition, policy switches): equal inputs give equal
    claims. ``cells`` holds one entry per day and category of the period; ``child_days`` only days with minutes at stake.
    """

    service: ServiceNumber
    service_name: str
    period: FundingPeriod
    known_at: datetime
    handbook_edition: str
    switches: tuple[SwitchSetting, ...]
    input_digest: str
    cells: tuple[Cell, ...]
    staff: tuple[StaffDay, ...]
    child_days: tuple[ChildDay, ...]
    advance: tuple[AdvanceMonth, ...]
    findings: tuple[Finding, ...]
