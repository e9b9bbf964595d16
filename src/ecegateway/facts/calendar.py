"""On which days the service operated.

Source: ECE Funding Handbook 3-A-2 (public holidays are claimable only where the service is open on the observed day).
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import holidays

from ecegateway.facts.types import Operation, ServiceFacts
from ecegateway.model.period import DateRange, Weekday


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
        holiday=holiday,
        closure=closure,
        hours_unknown=unknown,
    )
