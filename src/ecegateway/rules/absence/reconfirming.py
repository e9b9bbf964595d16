"""Signatures by which a parent reconfirms an agreement, and the window in which one answers a run of months.

A reconfirmation is a parent's dated signature: that the agreement remains valid, as a record of its own or under a new version
with the same days and times; or under a change to new ones, which answers for the months before it and begins a new run.

Source: ECE Funding Handbook 6-7 (reconfirming an enrolment agreement); policy switches ``frequent.reconfirm-window``,
``frequent.after-reconfirmation``.
"""

from dataclasses import dataclass
from datetime import date

from ecegateway.facts.calendar import rs7_due
from ecegateway.facts.types import ChildFacts, Known
from ecegateway.handbook.policy import Policy
from ecegateway.model.attendance import Reconfirmation
from ecegateway.model.enrolment import Basis
from ecegateway.model.period import ONE_DAY, DateRange, FundingPeriod, first_of_month_after
from ecegateway.rules.days import People


@dataclass(frozen=True, slots=True)
class Signatures:
    """The days on which a child's family signed under an agreement, ascending."""

    dated: tuple[date, ...]
    policy: Policy

    def answering(self, second: DateRange, third: DateRange | None) -> date | None:
        """The first signature that answers a run whose second month is given; ``third`` once it is known."""
        until = self.window_closes(third.first if third is not None else first_of_month_after(second.first, 1))
        return next((day for day in self.dated if second.first <= day <= until), None)

    def again(self, third: DateRange, first: date) -> bool:
        """Whether another signature followed in month three or later, as some vendors ask."""
        return any(day > first and third.first <= day <= self.window_closes(third.first) for day in self.dated)

    def window_closes(self, third: date) -> date:
        """The last day on which a signature still answers for month three, which is given by a day of it (A22)."""
        if self.policy["frequent.reconfirm-window"] == "anywhere-in-month-2-or-3":
            return first_of_month_after(third, 1) - ONE_DAY
        return rs7_due(FundingPeriod.holding(third))

    def last_day_of_next_month(self, span: DateRange) -> date:
        """By when to sign without a review: the end of the month that follows."""
        return first_of_month_after(span.first, 2) - ONE_DAY


def signatures(child: ChildFacts, people: People, policy: Policy) -> Signatures:
    """Every signature that may reconfirm. Staff do not sign for a family."""
    permanent = [known.record for known in child.enrolments if known.record.basis is not Basis.CASUAL]
    agreements = {record.agreement for record in permanent}
    signed = {record.signature.signed_on for record in permanent if record.signature is not None}
    for known in child.reconfirmations:
        if known.record.agreement in agreements and is_by_family(known, people):
            signed.add(known.record.signed_on)
    return Signatures(tuple(sorted(signed)), policy)


def is_by_family(known: Known[Reconfirmation], people: People) -> bool:
    """Whether nobody on record as staff signed."""
    return not any(one.record.role != "guardian" for one in people.get(known.record.by, ()) if one.source == known.source)
