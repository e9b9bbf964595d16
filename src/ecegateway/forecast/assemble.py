"""The forecast: what is to be expected after a period, from facts, the period's claim and the law.

A pure function of (facts, claim, handbook, policy, scale). It reads the claim and never changes it.
"""

from ecegateway.claim.advance_days import LicensedDay, advance_days, licensed_days
from ecegateway.facts.calendar import rs7_due
from ecegateway.facts.types import ServiceFacts
from ecegateway.forecast.band import certificated
from ecegateway.forecast.birthdays import birthdays
from ecegateway.forecast.hours import averages, expected
from ecegateway.forecast.types import NO_CLAIM, Forecast, LeftOut, Month
from ecegateway.handbook.lookup import Handbook
from ecegateway.handbook.policy import Policy
from ecegateway.handbook.rate import Scale
from ecegateway.model.claim import Claim
from ecegateway.model.period import DateRange, FundingPeriod
from ecegateway.rules.service.staffing import counts_staff


def forecast(facts: ServiceFacts, claim: Claim, handbook: Handbook, policy: Policy, scale: Scale | None) -> Forecast:
    """What a service may expect after a period; ``scale`` is the one it is funded on, where it says so.

    Raises:
        ParameterNotInForceError: the period lies outside the verified dates of the law.
    """
    period = claim.period
    profile = facts.profile(period.days.last)
    months = _months(facts, period)
    staffed = certificated(claim, policy["rate.band-rounding"]) if counts_staff(profile) else None
    found = averages(facts, claim, policy["estimate.average-divisor"])
    band = staffed.band if staffed is not None else None
    return Forecast(
        says=NO_CLAIM,
        service=claim.service,
        service_name=claim.service_name,
        period=period,
        known_at=claim.known_at,
        opens=period.days.after,
        due=rs7_due(period),
        birthdays=birthdays(facts, DateRange(period.days.first, period.advance_months[-1].after), handbook, period.days.last),
        months=months,
        scale=scale,
        certificated=staffed,
        averages=found,
        expected=tuple(expected(found, months, profile.service_type, scale, band)),
        switches=policy.settings,
    )


def _months(facts: ServiceFacts, period: FundingPeriod) -> tuple[Month, ...]:
    counted = advance_days(facts, period)
    return tuple(
        Month(days, tuple(LeftOut(one.day, _why(one)) for one in licensed_days(facts, month) if not one.counted))
        for days, month in zip(counted, period.advance_months, strict=True)
    )


def _why(one: LicensedDay) -> str:
    if one.holiday is not None:
        return one.holiday
    if one.closure is not None:
        return f"closed: {one.closure.record.reason or one.closure.record.kind}"
    return "the source says the service will not open"
