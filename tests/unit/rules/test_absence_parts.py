"""Parts of the absence rules by themselves: long closures, signatures that follow, and months passed over."""

from datetime import date

import pytest

from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.absence import Duty, Pattern, PatternMonth
from ecegateway.model.attendance import Absence, Cause
from ecegateway.model.claim import Verdict
from ecegateway.model.period import ONE_DAY, DateRange, Weekday
from ecegateway.model.service import Closure
from ecegateway.rules.absence.long_closures import long_closures, non_operation
from ecegateway.rules.absence.reconfirming import Signatures
from ecegateway.rules.registry import question
from tests.handbook.grids import SEVEN, absences_of, kept, months, reconfirmed
from tests.support.records import SERVICE, agreement, child, facts_of, profile

JANUARY = DateRange(date(2026, 1, 1), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("first", "last", "is_long"),
    [(5, 18, True), (5, 17, False), (6, 18, False), (6, 25, True), (6, 24, False), (7, 9, False)],
)
def test_two_weeks_from_monday_to_sunday_must_lie_in_a_long_closure(first: int, last: int, *, is_long: bool) -> None:
    """Policy switch closure.long-threshold (A3), at a service that opens every day; 5 January 2026 is a Monday."""
    closed = Closure(
        service=SERVICE, key="z1", first_day=JANUARY.first.replace(day=first), last_day=date(2026, 1, last), kind="planned"
    )
    asked = question(facts_of(profile(weekdays=SEVEN), closed, days=JANUARY), JANUARY, policy(), handbook())
    found = long_closures(asked.operating, handbook(), "two-mon-sun-weeks")
    assert bool([span for span in found if closed.first_day in span]) is is_long


def test_a_closure_lasts_to_the_last_day_that_is_known_of() -> None:
    ever = Closure(service=SERVICE, key="z1", first_day=date(2026, 1, 5), last_day=date(2030, 1, 1), kind="planned")
    operating = question(facts_of(profile(weekdays=SEVEN), ever, days=JANUARY), JANUARY, policy(), handbook()).operating
    assert list(non_operation(operating))[-1] == DateRange(ever.first_day, max(operating) + ONE_DAY)


@pytest.mark.parametrize(
    ("dated", "again"),
    [
        (("2021-09-30", "2021-10-01"), True),
        (("2021-09-30", "2021-10-31"), True),
        (("2021-09-30",), False),
        (("2021-10-01",), False),
        (("2021-09-30", "2021-11-01"), False),
        (("2021-09-15", "2021-09-30"), False),
    ],
)
def test_another_signature_follows_in_month_three_or_not_at_all(dated: tuple[str, ...], *, again: bool) -> None:
    """October is the third month; the first signature is not another one."""
    days = tuple(date.fromisoformat(day) for day in dated)
    signed = Signatures(days, policy({"frequent.reconfirm-window": "anywhere-in-month-2-or-3"}))
    assert signed.again(DateRange(date(2021, 10, 1), date(2021, 11, 1)), days[0]) is again


MONTHS = {
    "2023-11": """
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  .  .  .
    """,
    "2023-12": """
    .  .  .  .  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  ✓  .  .
    """,
    "2024-01": """
    #  #  #  #  #  #  #
    #  #  #  #  #  #  #
    #  #  #  #  #  #  #
    .  .  .  ✓  ✓  .  .
    .  .  .  .  .  .  .
    """,
}


def test_the_first_month_of_a_pattern_is_told_with_what_was_missed_of_it_and_asks_to_watch() -> None:
    drawn = months(MONTHS)
    first = absences_of(kept(drawn, weekdays=["Th", "Fr"]), drawn.days).months[0]
    assert first == PatternMonth(
        pattern=Pattern.SAME_WEEKDAY,
        weekday=Weekday.FRIDAY,
        days=DateRange(date(2023, 11, 2), date(2023, 12, 1)),
        missed=3,
        of=4,
        caused_by=(date(2023, 11, 3), date(2023, 11, 10), date(2023, 11, 17)),
        number=1,
        skipped=False,
        reconfirmed_on=None,
        refuses=False,
        duty=Duty.MONITOR,
        due=None,
    )


def test_a_month_passed_over_counts_nothing_asks_for_nothing_and_keeps_the_signature() -> None:
    drawn = months(MONTHS)
    records = kept(drawn, weekdays=["Th", "Fr"], more=[reconfirmed("2023-12-29")])
    (passed,) = [month for month in absences_of(records, drawn.days).months if month.skipped]
    assert (passed.pattern, passed.number, passed.days.first) == (Pattern.SAME_WEEKDAY, 2, date(2024, 1, 1))
    assert (passed.missed, passed.of, passed.caused_by) == (0, 0, ())
    assert (passed.reconfirmed_on, passed.refuses) == (date(2023, 12, 29), False)
    assert (passed.duty, passed.due) == (Duty.NONE, None)


def test_a_documented_illness_before_the_first_day_is_claimed_for_a_week() -> None:
    """6-5: the planned start is Monday 2 February; the child was ill."""
    away = [
        Absence(service=SERVICE, key=f"x{n}", child="c1", day=date(2026, 2, n), cause=Cause.ILLNESS, document_reference="GP")
        for n in (2, 3)
    ]
    enrolled = agreement(since=date(2026, 2, 2), signed_on=date(2026, 1, 20))
    told = absences_of([profile(), *child(), enrolled, *away], DateRange(date(2026, 2, 1), date(2026, 3, 1)))
    first = told.rulings[date(2026, 2, 2)]
    assert (first.verdict, first.reason) == (Verdict.CLAIMED, "absence.first-week")
