"""When a return is due, as a value: the window in which it is asked for, and how long a changed one is taken electronically."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SHOWN_FROM = timedelta(weeks=2)


class Standing(StrEnum):
    """Where a day lies against a return's window."""

    NOT_YET = "not-yet"
    """The period is not over."""
    OPEN = "open"
    LATE = "late"
    """The return is taken, and paid late."""
    CLOSED = "closed"
    """Nothing is taken electronically any more: corrections go on paper."""


@dataclass(frozen=True, slots=True)
class ReturnWindow:
    """The window of one period's return: it ``opens`` the day after the period, and is ``due`` on its last day.

    ``resubmit_until`` is the last day on which a changed return is taken electronically.

    Source: ECE Funding Handbook 2-4; the Ministry's dates for returns and resubmissions.
    """

    opens: date
    due: date
    resubmit_until: date

    def days_left(self, on: date) -> int:
        """Days from a day to the last one, that one counted as 0; negative once the return is late."""
        return (self.due - on).days

    def shown(self, on: date) -> bool:
        """Whether pages and commands speak of the deadline on a day: from two weeks before it until nothing is taken."""
        return self.due - _SHOWN_FROM <= on <= self.resubmit_until

    def standing(self, on: date) -> Standing:
        """Where a day lies."""
        if on < self.opens:
            return Standing.NOT_YET
        if on <= self.due:
            return Standing.OPEN
        return Standing.LATE if on <= self.resubmit_until else Standing.CLOSED
