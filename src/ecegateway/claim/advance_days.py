"""Days the service expects to be funded in each of the four months the next payment is advanced for.

Source: ECE Funding Handbook 9-5: all-day and sessional days counted separately; public holidays and the regional
anniversary day are left out even when the service will be open.
"""

from ecegateway.facts.calendar import public_holidays
from ecegateway.facts.types import ServiceFacts
from ecegateway.model.claim import AdvanceMonth
from ecegateway.model.period import DateRange, FundingPeriod, Weekday
from ecegateway.model.service import Mode, ServiceType


def advance_days(facts: ServiceFacts, period: FundingPeriod) -> tuple[AdvanceMonth, ...]:
    """The four months to come, by the licensed sessions and the closures known now."""
    return tuple(_month(facts, month) for month in period.advance_months)


def _month(facts: ServiceFacts, month: DateRange) -> AdvanceMonth:
    all_day = sessional = 0
    for day in month:
        profile = facts.profile(day)
        modes = {session.mode for session in profile.sessions if session.weekday is Weekday.of(day)}
        closed = any(known.record.first_day <= day <= known.record.last_day for known in facts.closures)
        if not modes or closed or day in public_holidays(month, profile.region):
            continue
        all_day += Mode.ALL_DAY in modes
        sessional += Mode.ALL_DAY not in modes
    parent_led = facts.profile(month.first).service_type is ServiceType.PLAYCENTRE
    return AdvanceMonth(month.first, all_day, 0 if parent_led else sessional, sessional if parent_led else 0)
