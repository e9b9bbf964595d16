"""What must hold before a step is taken, besides where the return stands. Each says why not, or nothing."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from ecegateway.model.ids import ChildKey, RuleId
from ecegateway.model.period import DateRange, FundingPeriod
from ecegateway.model.rs7 import Rs7Return
from ecegateway.returns.life import Refusal

ABSENCE = "absence."
"""What the ids of the rules of absence start with."""
AbsenceMark = tuple[RuleId, ChildKey | None, date | None]
"""A finding of an absence rule on one day; without a day where it names none."""


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, as far as names can say: capitals, blanks and macrons part nobody."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(one for one in apart if not unicodedata.combining(one)).split())


def two_people(number: int, preparer: str, signer: str) -> Refusal | None:
    """Two different people prepare a return and put their name to it."""
    if not same_person(preparer, signer):
        return None
    return Refusal(f"return {number} was prepared by the same person", "somebody else signs it")


def period_over(period: FundingPeriod, today: date) -> Refusal | None:
    """A return says what happened: no day of its period may still be to come."""
    if today >= period.days.after:
        return None
    return Refusal(f"the period {period} is not over: its last day is {period.days.last}", "make the return after that")


def unchecked_months(
    period: FundingPeriod, checked_on: date | None, then: Iterable[AbsenceMark], now: Iterable[AbsenceMark]
) -> tuple[DateRange, ...]:
    """Months of a period whose absences nobody has looked at since they ended, or that say something else since.

    ``then`` is what the newest check found of absences, ``now`` what is found today.

    Source: ECE Funding Handbook 6-7, 6-8: frequent absence is checked month by month, before the month is claimed.
    """
    before, after = set(then), set(now)
    return tuple(
        month
        for month in period.months
        if checked_on is None or checked_on < month.after or set(_of(before, month)) != set(_of(after, month))
    )


def _of(marks: Iterable[AbsenceMark], month: DateRange) -> Iterator[AbsenceMark]:
    return (mark for mark in marks if mark[2] is None or mark[2] in month)


def figures_are_the_same(one: Rs7Return, other: Rs7Return) -> bool:
    """Whether two returns of a period claim the same: the same days, figures and advance days, whatever is attested."""
    return _figures(one) == _figures(other)


def _figures(made: Rs7Return) -> tuple[object, ...]:
    return made.service, made.period, made.days, made.elsewhere, made.counts, made.advance
