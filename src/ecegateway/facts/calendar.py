"""On which days the service operated, and on which day a return is due.

Source: ECE Funding Handbook 3-A-2 (public holidays are claimable only where the service is open on the observed day), 2-4
(when the return is due).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

import holidays

from ecegateway.facts.types import Operation, ServiceFacts
from ecegateway.model.deadlines import ReturnWindow
from ecegateway.model.period import ONE_DAY, DateRange, FundingPeriod, Weekday, first_of_month_after

LOOK_AHEAD = timedelta(weeks=12)
"""How far beyond some days the calendar is known, so that a closure under way when they end is seen to its end."""
_DUE_ON_WORKING_DAY = 5
_WEEKEND = frozenset({Weekday.SATURDAY, Weekday.SUNDAY})


@lru_cache(maxsize=256)
def public_holidays(days: DateRange, region: str | None) -> Mapping[date, str]:
    """Public holidays and the region's anniversary day within some days, by date, as observed."""
    found = holidays.country_holidays("NZ", subdiv=region, years=range(days.first.year, days.last.year + 1))
    return MappingProxyType({day: name for day, name in sorted(found.items()) if day in days})


def operation(facts: ServiceFacts, day: date) -> Operation:
    """Whether the service operated on a day, and if not, why.

    A source that gives no hours for a day (``opens`` and ``closes`` both missing) does not close it: the hours are unknown.
    """
    profile = facts.profile(day)
    sessions = tuple(session for session in profile.sessions if session.weekday is Weekday.of(day))
    holiday = facts.holidays.get(day)
    closure = next((c for c in facts.closures if c.record.first_day <= day <= c.record.last_day), None)
    said = facts.operating_days.get(day)
    shut = said is not None and said.record.open is False
    silent = said is not None and said.record.opens is None and said.record.open is not False
    unknown = said.id if said is not None and silent and sessions and not holiday and not closure else None
    observed = holiday is not None and day not in profile.opens_on_holidays
    return Operation(
        open=bool(sessions) and not observed and closure is None and not shut,
        sessions=sessions,
        closes=max((session.span[1] for session in sessions), default=None),
        holiday=holiday,
        closure=closure,
        hours_unknown=unknown,
    )


def rs7_due(period: FundingPeriod) -> date:
    """The last day of the window in which the period's return is due: the fifth working day of the month after the period.

    The window opens on the first of that month. The date is a national one: public holidays are no working days, a region's
    anniversary day is.

    Source: ECE Funding Handbook 2-4; the Ministry's dates for the return of February 2020, which count Nelson's holiday.
    """
    after = period.days.after
    month = DateRange(after, first_of_month_after(after, 1))
    holiday = public_holidays(month, region=None)
    working = (day for day in month if Weekday.of(day) not in _WEEKEND and day not in holiday)
    return next(islice(working, _DUE_ON_WORKING_DAY - 1, None))


_TAKEN_FOR_MONTHS = 3


def return_window(period: FundingPeriod) -> ReturnWindow:
    """When the period's return is asked for, due, and until when a changed one is taken electronically.

    The last is the end of the third month after the period: the Ministry's notices name 31 August and 31 December; 30 April,
    for October to January, follows by pattern.
    """
    after = period.days.after
    return ReturnWindow(after, rs7_due(period), first_of_month_after(after, _TAKEN_FOR_MONTHS) - ONE_DAY)
