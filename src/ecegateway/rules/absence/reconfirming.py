"""Signatures by which a parent reconfirms an agreement, and the window in which one answers a run of months.

A reconfirmation is a parent's dated signature that the agreement remains valid: a record of its own, or a new signed version
that books the same days and times.

Source: ECE Funding Handbook 6-7 (reconfirming an enrolment agreement); policy switches ``frequent.reconfirm-window``,
``frequent.after-reconfirmation``.
"""

from dataclasses import dataclass
from datetime import date

from ecegateway.facts.calendar import rs7_due
from ecegateway.facts.types import ChildFacts, Known
from ecegateway.handbook.policy import Policy
from ecegateway.model.attendance import Reconfirmation
from ecegateway.model.period import ONE_DAY, DateRange, FundingPeriod, first_of_month_after
from ecegateway.rules.absence.month_parts import Judged
from ecegateway.rules.absence.regimes import Regime
from ecegateway.rules.days import People


@dataclass(frozen=True, slots=True)
class Signatures:
    """A child's dated signatures under agreements, by the bookings they stand for."""

    dated: tuple[tuple[date, tuple[tuple[object, ...], ...]], ...]
    policy: Policy

    def answering(self, second: DateRange, third: DateRange | None, judged: Judged) -> date | None:
        """The first signature that answers a run whose second month is given; ``third`` once it is known."""
        until = self.window_closes(third if third is not None else _month_after(second))
        return next((day for day in self._under(judged) if second.first <= day <= until), None)

    def again(self, judged: Judged, first: date) -> bool:
        """Whether another signature followed within this month or later, as some vendors ask."""
        until = self.window_closes(judged.part.span)
        return any(day > first and judged.month.first <= day <= until for day in self._under(judged))

    def window_closes(self, third: DateRange) -> date:
        """The last day on which a signature still answers for month three (A22)."""
        if self.policy["frequent.reconfirm-window"] == "anywhere-in-month-2-or-3":
            return first_of_month_after(third.first, 1) - ONE_DAY
        return rs7_due(FundingPeriod.holding(third.first))

    def last_day_of_next_month(self, span: DateRange) -> date:
        """By when to sign without a review: the end of the month that follows."""
        return first_of_month_after(span.first, 2) - ONE_DAY

    def _under(self, judged: Judged) -> tuple[date, ...]:
        return tuple(day for day, bookings in self.dated if bookings == judged.bookings)


def signatures(child: ChildFacts, regimes: tuple[Regime, ...], people: People, policy: Policy) -> Signatures:
    """Every signature that may reconfirm. Staff do not sign for a family."""
    found: list[tuple[date, tuple[tuple[object, ...], ...]]] = []
    for regime in regimes:
        for agreement in regime.agreements:
            signature = agreement.record.signature
            if signature is not None:
                found.append((signature.signed_on, regime.bookings))
            found += [
                (known.record.signed_on, regime.bookings)
                for known in child.reconfirmations
                if known.record.agreement == agreement.record.agreement and is_by_family(known, people)
            ]
    return Signatures(tuple(sorted(set(found), key=lambda one: (one[0], repr(one[1])))), policy)


def is_by_family(known: Known[Reconfirmation], people: People) -> bool:
    """Whether nobody on record as staff signed."""
    return not any(one.record.role != "guardian" for one in people.get(known.record.by, ()) if one.source == known.source)


def _month_after(span: DateRange) -> DateRange:
    first = first_of_month_after(span.first, 1)
    return DateRange(first, first_of_month_after(first, 1))
