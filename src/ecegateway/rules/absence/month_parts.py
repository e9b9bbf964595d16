"""A child's enrolled days cut into months, and a month into parts where the booked days and times change.

Source: ECE Funding Handbook 6-7 (a calendar month), 6-1 (unsigned changes are no changes); policy switch
``frequent.mid-month-change``.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.policy import Policy
from ecegateway.model.absence import EnrolledDay
from ecegateway.model.period import DateRange, first_of_month_after
from ecegateway.rules.absence.long_closures import Operating
from ecegateway.rules.absence.patterns import MonthPart, counted, made_up_days
from ecegateway.rules.absence.regimes import Regime


@dataclass(frozen=True, slots=True)
class Judged:
    """A part of a month to judge: its bookings, and whether a long closure touched the month.

    ``changed``: from the day after the part on, the agreement books other days and times.
    """

    month: DateRange
    part: MonthPart
    bookings: tuple[tuple[object, ...], ...]
    touched: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Months:
    """What cutting a child's days into months needs: the regimes, the days the child came, ascending, and the policy.

    ``following`` is the regime of the day after them; ``touched`` are the first days of months in which a long closure fell.
    """

    child: ChildFacts
    regimes: Sequence[Regime]
    following: Regime
    came: Sequence[date]
    touched: frozenset[date]
    policy: Policy


def months_to_judge(months: Months, days: Sequence[EnrolledDay]) -> tuple[Judged, ...]:
    """The parts of every month, ascending, with the days of each that count; ``days`` ascend."""
    made_up = made_up_days(months.child, frozenset(months.came))
    dates = [day.day for day in days]
    enrolled = frozenset(dates)
    found = []
    following = months.following.days, months.following.bookings
    for (span, bookings), (later, others) in pairwise((*_spans(months.regimes, months.policy), following)):
        inside = days[bisect_left(dates, span.first) : bisect_left(dates, span.after)]
        counting = tuple(kept for day in inside if (kept := counted(day, months.policy)) is not None)
        came = months.came[bisect_left(months.came, span.first) : bisect_left(months.came, span.after)]
        extra = tuple(day for day in came if day not in enrolled)
        month = DateRange(span.first.replace(day=1), first_of_month_after(span.first, 1))
        changed = bool(others) and others != bookings and later.first == span.after
        found.append(Judged(month, MonthPart(span, counting, extra, made_up), bookings, month.first in months.touched, changed))
    return tuple(found)


def touched_months(closures: Sequence[DateRange], operating: Operating) -> frozenset[date]:
    """First days of the months in which a long closure took a day of operation; a weekend alone takes none (A26)."""
    return frozenset(day.replace(day=1) for span in closures for day in span if operating[day].sessions)


def _spans(regimes: Sequence[Regime], policy: Policy) -> Iterator[tuple[DateRange, tuple[tuple[object, ...], ...]]]:
    """Spans within a month under equal bookings; where asked, only the last of a month in which the bookings change.

    An agreement that lapsed for some days and was made again with the same bookings leaves the month in one part.
    """
    cut: list[tuple[DateRange, tuple[tuple[object, ...], ...]]] = []
    for regime in regimes:
        if not regime.bookings:
            continue
        for part in _by_month(regime.days):
            if cut and cut[-1][1] == regime.bookings and _same_month(cut[-1][0], part):
                cut[-1] = (DateRange(cut[-1][0].first, part.after), regime.bookings)
            else:
                cut.append((part, regime.bookings))
    for number, (span, bookings) in enumerate(cut):
        is_last = number + 1 == len(cut) or not _same_month(cut[number + 1][0], span)
        if is_last or policy["frequent.mid-month-change"] != "judge-from-effective-date":
            yield span, bookings


def _by_month(days: DateRange) -> Iterator[DateRange]:
    first = days.first
    while first < days.after:
        after = min(first_of_month_after(first, 1), days.after)
        yield DateRange(first, after)
        first = after


def _same_month(one: DateRange, other: DateRange) -> bool:
    return (one.first.year, one.first.month) == (other.first.year, other.first.month)
