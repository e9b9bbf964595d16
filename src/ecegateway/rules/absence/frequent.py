"""The Frequent Absence Rule on single days: which absent hours a month of a pattern refuses.

Source: ECE Funding Handbook 6-7 (steps 5 and 6), 6-8; policy switch ``frequent.refusal-extent``.
"""

from collections.abc import Sequence
from datetime import date

from ecegateway.handbook.lookup import Handbook
from ecegateway.handbook.policy import Policy
from ecegateway.model.absence import DayMark, EnrolledDay, Pattern, PatternMonth
from ecegateway.model.claim import Verdict
from ecegateway.model.period import Weekday
from ecegateway.rules.absence.opinions import Opinion
from ecegateway.rules.absence.patterns import ABSENT, counted
from ecegateway.rules.absence.reasons import FOURTH_MONTH, NOT_RECONFIRMED


def refusals(days: Sequence[EnrolledDay], months: Sequence[PatternMonth], policy: Policy, law: Handbook) -> dict[date, Opinion]:
    """The days on which a pattern's third or fourth month refuses the hours missed; the gravest reason stands."""
    found: dict[date, Opinion] = {}
    for month in months:
        if not month.refuses:
            continue
        grave = month.number > law.on("absence.last_funded_month", month.days.first)
        opinion = Opinion(Verdict.REFUSED, FOURTH_MONTH if grave else NOT_RECONFIRMED)
        for day in days:
            if (
                day.day in month.days
                and _speaks_of(month.pattern, month.weekday, day, policy)
                and (grave or day.day not in found)
            ):
                found[day.day] = opinion
    return found


def _speaks_of(pattern: Pattern, weekday: Weekday | None, day: EnrolledDay, policy: Policy) -> bool:
    """Whether a pattern refuses hours of a day: absences on its weekday, all absences, or all hours missed (A20)."""
    taken = counted(day, policy)
    if taken is None:
        return False
    absent = taken.mark in ABSENT
    if pattern is Pattern.SAME_WEEKDAY:
        return absent and weekday in {None, Weekday.of(day.day)}
    if pattern is Pattern.FEWER_DAYS:
        return absent
    if pattern is Pattern.FEWER_HOURS:
        counts_absent = policy["frequent.rule3-absent-days"] == "absent-counts-as-zero-hours"
        return not day.sessional and (taken.mark is DayMark.SHORT or (absent and counts_absent))
    return absent or taken.mark is DayMark.SHORT
