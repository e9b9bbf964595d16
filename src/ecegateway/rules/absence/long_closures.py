"""Which closures are long enough to suspend the absence rules.

Source: ECE Funding Handbook 6-6, 6-7 (extension for extended non-operation); policy switch ``closure.long-threshold``.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from ecegateway.facts.types import Operation
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.period import DAYS_A_WEEK, ONE_DAY, DateRange, week_of

Operating = Mapping[date, Operation]
_TEN_DAYS = 10
_TWO_WEEKS = 2


def non_operation(operating: Operating) -> Iterator[DateRange]:
    """The spans of consecutive calendar days on which the service did not operate, weekends among them."""
    first: date | None = None
    days = sorted(operating)
    for day in days:
        if operating[day].open:
            if first is not None:
                yield DateRange(first, day)
            first = None
        elif first is None:
            first = day
    if first is not None:
        yield DateRange(first, days[-1] + ONE_DAY)


def long_closures(operating: Operating, law: Handbook, threshold: str) -> tuple[DateRange, ...]:
    """The spans of non-operation that are two weeks or more, as the switch reads it."""

    def by_calendar(span: DateRange) -> bool:
        return len(span) >= law.on("absence.long_closure", span.first)

    def by_operating_days(span: DateRange) -> bool:
        return sum(bool(operating[day].sessions) for day in span) >= _TEN_DAYS

    readings: Mapping[str, Callable[[DateRange], bool]] = MappingProxyType(
        {
            "14-calendar-days": by_calendar,
            "10-operating-days": by_operating_days,
            "two-mon-sun-weeks": _holds_two_weeks,
        }
    )
    is_long = readings[threshold]
    return tuple(span for span in non_operation(operating) if is_long(span))


def only_by_weekends(span: DateRange, operating: Operating, law: Handbook) -> bool:
    """Whether a span is long only by the unlicensed days at its ends, so that a person should look (A3)."""
    scheduled = [day for day in span if operating[day].sessions]
    return bool(scheduled) and (scheduled[-1] - scheduled[0]).days + 1 < law.on("absence.long_closure", span.first)


def _holds_two_weeks(span: DateRange) -> bool:
    """Whether two weeks from Monday to Sunday lie in the span."""
    first = week_of(span.first)
    monday = first if first == span.first else first + DAYS_A_WEEK * ONE_DAY
    return (span.after - monday).days >= _TWO_WEEKS * DAYS_A_WEEK
