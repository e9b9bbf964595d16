"""How parents' confirmations read to a person: a sign and words for each state, never by colour alone."""

from types import MappingProxyType

from ecegateway.export.words import plain_day, short_days
from ecegateway.model.verification import VerificationState, VerifiedSpan

CITES = "ECE Funding Handbook 6-3 Attendance records"
SIGNS = MappingProxyType(
    {
        VerificationState.APPROVED: ("✓", "confirmed electronically"),
        VerificationState.ON_PAPER: ("✓p", "confirmed, on a signed sheet"),
        VerificationState.NOT_YET_DUE: ("·", "not yet due"),
        VerificationState.AWAITING: ("…", "awaiting a parent"),
        VerificationState.OVERDUE: ("!", "overdue"),
        VerificationState.DISPUTED: ("✕", "disputed by a parent"),
        VerificationState.SUPERSEDED: ("↻", "changed since a parent confirmed it"),
        VerificationState.CANNOT_SHOW: ("□", "the sources cannot show it"),
    }
)
"""Sign and words of each state."""
ASKS = MappingProxyType(
    {
        VerificationState.AWAITING: "ask to confirm",
        VerificationState.OVERDUE: "ask to confirm",
        VerificationState.SUPERSEDED: "show what was changed, and ask to confirm again",
        VerificationState.DISPUTED: "find out what happened, correct the record, and ask to confirm",
    }
)
"""What to do for a span of a state in which a parent is to be asked."""


def span_words(span: VerifiedSpan) -> str:
    """``2 February 2026 to 8 February 2026``."""
    return f"{plain_day(span.days.first)} to {plain_day(span.days.last)}"


def open_words(span: VerifiedSpan) -> str:
    """Which days are open, and since when they are overdue: ``5 and 6 February 2026, overdue since 16 February 2026``."""
    words = short_days(span.open)
    return f"{words}, overdue since {plain_day(span.overdue)}" if span.state is VerificationState.OVERDUE else words
