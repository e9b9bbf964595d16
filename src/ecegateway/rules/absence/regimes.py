"""Spans of days under the same booked days and times, and the stretches of enrolment they make up.

Source: ECE Funding Handbook 6-1 (unsigned changes are no changes), 6-7 (a changed agreement begins anew); policy switch
``frequent.mid-month-change``.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from ecegateway.facts.types import ChildFacts, Known
from ecegateway.model.enrolment import Basis, Booking, Enrolment
from ecegateway.model.period import DateRange, Weekday, first_of_month_after
from ecegateway.model.spans import Span, minutes, union
from ecegateway.rules.absence.long_closures import Operating
from ecegateway.rules.days import in_force, in_its_week, is_certain


@dataclass(frozen=True, slots=True)
class Regime:
    """Days in a row under the same permanent bookings. ``agreements`` are the versions in force that book permanently."""

    days: DateRange
    agreements: tuple[Known[Enrolment], ...]
    bookings: tuple[tuple[object, ...], ...]

    def booked(self) -> Iterator[tuple[date, int]]:
        """The days on which anything is booked permanently, each with its minutes."""
        by_weekday: defaultdict[Weekday, list[tuple[Booking, Span]]] = defaultdict(list)
        for known in self.agreements:
            for booking in known.record.bookings:
                if is_certain(known.record, booking):
                    by_weekday[booking.weekday].append((booking, booking.span))
        length = cache(lambda spans: minutes(union(spans)))
        for day in self.days:
            found = by_weekday.get(Weekday.of(day))
            spans = tuple([span for booking, span in found if in_its_week(booking, day)]) if found else ()
            if spans:
                yield day, length(spans)


def regimes(child: ChildFacts, days: DateRange, reading: str) -> tuple[Regime, ...]:
    """The child's days cut where the permanent bookings change; spans without any have no agreements.

    A new version with the same bookings (signed again, other attestations) cuts the agreements, never the bookings.
    ``reading`` says by which agreement a month is judged in which the bookings change.
    """
    found = []
    for span in _cut(child, days):
        agreements = tuple(known for known in in_force(child, span.first) if _permanent(known.record))
        found.append(Regime(span, agreements, _bookings(agreements)))
    if reading in _MONTHWISE:
        return _by_month(found, days, newest=reading == "judge-whole-month-on-new")
    return tuple(found)


_MONTHWISE = ("judge-whole-month-on-new", "judge-whole-month-on-old")


def stretches(child: ChildFacts, days: DateRange, operating: Operating) -> tuple[DateRange, ...]:
    """Spans of days on which any signed agreement was in force: each begins with a planned start.

    An agreement renewed from the next day of operation on, after a weekend or a closure, goes on where the last one ended.
    """
    joined: list[DateRange] = []
    for span in _cut(child, days):
        if not in_force(child, span.first):
            continue
        if joined and not any(operating[day].open for day in DateRange(joined[-1].after, span.first)):
            joined[-1] = DateRange(joined[-1].first, span.after)
        else:
            joined.append(span)
    return tuple(joined)


def _cut(child: ChildFacts, days: DateRange) -> Iterator[DateRange]:
    """The days cut wherever something else is agreed."""
    points = [days.first, *(agreed.since for agreed in child.agreed if days.first < agreed.since < days.after)]
    return (DateRange(first, after) for first, after in pairwise((*points, days.after)))


def _permanent(record: Enrolment) -> bool:
    return record.basis is not Basis.CASUAL and bool(record.bookings)


def _bookings(agreements: tuple[Known[Enrolment], ...]) -> tuple[tuple[object, ...], ...]:
    """What the agreements book permanently, so that equal days and times compare equal."""
    return tuple(
        sorted((_terms(b) for known in agreements for b in known.record.bookings if is_certain(known.record, b)), key=repr)
    )


def _terms(booking: Booking) -> tuple[object, ...]:
    return booking.weekday, booking.starts, booking.ends, booking.every_weeks, booking.counted_from


def _by_month(found: list[Regime], days: DateRange, *, newest: bool) -> tuple[Regime, ...]:
    """The enrolled days of each calendar month under its last regime that books anything, or under its first."""
    months = []
    first = days.first
    while first < days.after:
        after = min(first_of_month_after(first, 1), days.after)
        inside = [regime for regime in found if regime.days.first < after and first < regime.days.after]
        booked = [regime for regime in inside if regime.bookings]
        for regime in inside:
            chosen = booked[-1 if newest else 0] if regime.bookings else regime
            part = DateRange(max(first, regime.days.first), min(after, regime.days.after))
            months.append(Regime(part, chosen.agreements, chosen.bookings))
        first = after
    return tuple(months)
