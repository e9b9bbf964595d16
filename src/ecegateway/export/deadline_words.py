"""When a return is due, in words."""

from datetime import date

from ecegateway.export.words import count, long_day, plain_day
from ecegateway.model.deadlines import ReturnWindow, Standing


def due_words(window: ReturnWindow, today: date) -> str:
    """``due Friday 5 June 2026, 9 days left``; after that day, what being late means."""
    due = f"due {long_day(window.due)}"
    left = window.days_left(today)
    if window.standing(today) is Standing.CLOSED:
        return f"{due}; since {plain_day(window.resubmit_until)} the Ministry takes corrections on paper only"
    if left < 0:
        return f"{due}, {count(-left, 'day')} ago: it is still taken, and paid late"
    return f"{due}, {count(left, 'day')} left" if left else f"{due}: today"
