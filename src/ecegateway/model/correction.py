"""What a return said, what it would say now, and the difference, figure by figure, with the reasons where they are known."""

from dataclasses import dataclass
from datetime import date, datetime

from ecegateway.model.ids import RuleId, ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.model.rs7 import COLUMNS, Column, Rs7Return


@dataclass(frozen=True, slots=True)
class Part:
    """One child's or staff member's minutes under a changed figure, by key, and the rules by which they became others."""

    key: str
    was: int
    now: int
    reasons: tuple[RuleId, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that changed: whole hours of a day and column, with the parts that changed under it where they are known."""

    day: date
    column: Column
    was: int
    now: int
    parts: tuple[Part, ...] = ()

    @property
    def difference(self) -> int:
        """Hours more than before, or, below nought, fewer."""
        return self.now - self.was


@dataclass(frozen=True, slots=True)
class AdvanceChange:
    """Advance days of a month and kind that changed; ``kind`` is ``all-day``, ``sessional`` or ``parent-led``."""

    month: date
    kind: str
    was: int
    now: int

    @property
    def difference(self) -> int:
        """Days more than before, or, below nought, fewer."""
        return self.now - self.was


@dataclass(frozen=True, slots=True)
class Version:
    """Which return, or which claim, a side of a correction is: its revision and the evidence it was made from."""

    revision: int
    known_at: datetime
    handbook_edition: str
    input_digest: str

    @classmethod
    def of(cls, made: Rs7Return) -> "Version":
        """The version a return is."""
        return cls(made.revision, made.known_at, made.handbook_edition, made.input_digest)


@dataclass(frozen=True, slots=True)
class Correction:
    """A past period put right: what was returned, what would be returned now, and each figure that differs, by day."""

    service: ServiceNumber
    service_name: str
    period: FundingPeriod
    was: Version
    now: Version
    changes: tuple[Change, ...]
    advance: tuple[AdvanceChange, ...]
    totals: tuple[tuple[int, int], ...]
    """What was and what would be returned for the period, column by column."""

    @property
    def differences(self) -> tuple[tuple[Column, int, int], ...]:
        """Columns with what was and what would be returned for the period."""
        return tuple((column, was, now) for column, (was, now) in zip(COLUMNS, self.totals, strict=True))
