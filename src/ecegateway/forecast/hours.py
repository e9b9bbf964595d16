"""Hours to expect: the average hours claimed on an operating day, times the days expected to be funded.

All-day and sessional days are averaged apart, because expected days are counted and rates are paid apart.

Source: ECE Funding Handbook 2-4; policy switch ``estimate.average-divisor``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from types import MappingProxyType

from ecegateway.claim.advance_days import mode_of
from ecegateway.facts.types import ServiceFacts
from ecegateway.forecast.types import Average, Expected, Month
from ecegateway.handbook.rate import Band, NoVerifiedRate, Rate, Scale
from ecegateway.handbook.rates import rate
from ecegateway.model.claim import AdvanceMonth, Category, Claim
from ecegateway.model.period import Weekday
from ecegateway.model.service import Mode, ServiceType

NO_SCALE = NoVerifiedRate("no verified rate: on which scale the service is funded is not known to the forecast")


def averages(facts: ServiceFacts, claim: Claim, reading: str) -> tuple[Average, ...]:
    """The hours claimed on days of each mode, and the days to divide them by; a mode without operating days has no average."""
    operated = {*(cell.day for cell in claim.cells if cell.hours), *(one.day for one in claim.staff if one.hours)}
    modes = {day: mode for day in operated if (mode := _mode(facts, day)) is not None}
    hours: defaultdict[Mode, Counter[Category]] = defaultdict(Counter)
    for cell in claim.cells:
        if cell.day in modes:
            hours[modes[cell.day]][cell.category] += cell.hours
    divisors = Counter(modes.values()) if reading == "operating-days" else dict.fromkeys(modes.values(), len(claim.period.days))
    return tuple(
        Average(mode, divisors[mode], MappingProxyType({category: hours[mode][category] for category in Category}))
        for mode in Mode
        if mode in divisors
    )


def expected(
    found: Sequence[Average], months: Sequence[Month], kind: ServiceType, scale: Scale | None, band: Band | None
) -> Iterator[Expected]:
    """The hours of each month, mode and category with any, and what they would come to at a verified rate."""
    for month in months:
        for average in found:
            days = _days(month.days, average.mode)
            for category in Category:
                minutes = average.minutes(category, days)
                if minutes:
                    paid = _rate(kind, average.mode, scale, band, category=category, month=month.days.month)
                    cents = _half_up(minutes * paid.including_gst, 60) if isinstance(paid, Rate) else None
                    yield Expected(month.days.month, average.mode, category, days, minutes, paid, cents)


def _days(month: AdvanceMonth, mode: Mode) -> int:
    return month.all_day if mode is Mode.ALL_DAY else month.sessional + month.parent_led


def _rate(
    kind: ServiceType, mode: Mode, scale: Scale | None, band: Band | None, *, category: Category, month: date
) -> Rate | NoVerifiedRate:
    """The rate of a month: tables begin on the first day of a month and are verified to the last day of one."""
    return NO_SCALE if scale is None else rate(kind, mode, scale, band, category=category, day=month)


def _mode(facts: ServiceFacts, day: date) -> Mode | None:
    return mode_of([session for session in facts.profile(day).sessions if session.weekday is Weekday.of(day)])


def _half_up(amount: int, by: int) -> int:
    return (2 * amount + by) // (2 * by)
