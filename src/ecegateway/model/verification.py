"""What parents have said of the attendance record: for each child and each week or month, one state, and what it rests on.

States are derived from events each time they are asked for; none is stored, so an edit can never leave one standing.

Source: ECE Funding Handbook 6-3 (evidence that a parent/guardian has regularly examined and confirmed the record).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from ecegateway.model.ids import ChildKey, EvidenceId, PersonKey
from ecegateway.model.period import DateRange


class Rhythm(StrEnum):
    """How often the record is to be confirmed."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class VerificationState(StrEnum):
    """How one child's span stands."""

    NOT_YET_DUE = "not yet due"
    """The span is still running."""
    AWAITING = "awaiting"
    """The span is over, and some of its days wait for a parent."""
    OVERDUE = "overdue"
    """They have waited for longer than the switch ``verification.overdue-after`` allows."""
    DISPUTED = "disputed"
    """A parent's last word on a day is that it was not so."""
    SUPERSEDED = "superseded"
    """A day was changed after a parent had confirmed it."""
    APPROVED = "approved"
    """Every day is confirmed electronically."""
    ON_PAPER = "on paper"
    """Every day is confirmed, some of them on a signed sheet."""
    CANNOT_SHOW = "cannot show"
    """No source of the service carries verifications: what parents said, if anything, is not in these records."""


TO_CHASE = frozenset(
    {VerificationState.AWAITING, VerificationState.OVERDUE, VerificationState.DISPUTED, VerificationState.SUPERSEDED}
)
"""States in which a parent is to be asked."""


@dataclass(frozen=True, slots=True)
class GuardianWord:
    """A confirmation or dispute that counts: by whom (display name), when, how; ``reference``: where a sheet is kept."""

    by: PersonKey
    name: str
    at: datetime
    decision: Literal["confirmed", "disputed"]
    medium: Literal["electronic", "paper"]
    reference: str | None
    evidence: EvidenceId


@dataclass(frozen=True, slots=True)
class VerifiedSpan:
    """One child's week or month. Days ascend; each day that is to be confirmed stands in exactly one of the four groups.

    ``words`` are the last words of parents on these days, by moment. ``due`` is the first day after the span; from
    ``overdue`` on what is open has waited too long.
    """

    child: ChildKey
    days: DateRange
    rhythm: Rhythm
    state: VerificationState
    covered: tuple[date, ...]
    uncovered: tuple[date, ...]
    superseded: tuple[date, ...]
    disputed: tuple[date, ...]
    words: tuple[GuardianWord, ...]
    due: date
    overdue: date

    @property
    def open(self) -> tuple[date, ...]:
        """The days a parent is still to confirm."""
        return tuple(sorted((*self.uncovered, *self.superseded, *self.disputed)))


@dataclass(frozen=True, slots=True)
class ChildVerifications:
    """One child's spans, ascending, and the display names of those who may sign for the child at the time."""

    child: ChildKey
    spans: tuple[VerifiedSpan, ...]
    signatories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """How the confirmations of a service stand on a day: that on which the newest evidence came."""

    on: date
    children: tuple[ChildVerifications, ...]
