"""How each day is marked and ruled on where the record leaves its length or its cause open."""

from datetime import date, timedelta

from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.absence import ChildAbsences, DayMark
from ecegateway.model.attendance import Cause, Method
from ecegateway.model.claim import Verdict
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.rules.absence.judge import judge_absences
from ecegateway.rules.absence.reasons import HANGS_ON_UNKNOWN
from ecegateway.rules.registry import question
from tests.support.records import MONDAY, absence, agreement, child, facts_of, profile, stay

SPRING = DateRange(date(2026, 2, 1), date(2026, 5, 1))
IN_APRIL = date(2026, 4, 1)


def judged(*records: Record, days: DateRange = SPRING) -> ChildAbsences:
    facts = facts_of(profile(), *child(), agreement(), *records)
    (found,) = judge_absences(question(facts, days, policy(), handbook()), {})
    return found


def weekdays(days: DateRange) -> list[date]:
    return [day for day in days if day.weekday() < 5]


def test_short_days_of_a_third_month_are_held_while_nobody_knows_how_long_the_other_days_were() -> None:
    """February and March short throughout; in April two days are short, and the others, for all anybody knows, as well."""
    left_early = "08:30-11:30"
    until_april = [stay(day, left_early) for day in weekdays(DateRange(SPRING.first, IN_APRIL))]
    april = weekdays(DateRange(IN_APRIL, SPRING.after))
    ended = [stay(day, "08:30-14:30", out_method=Method.SYSTEM) for day in april[2:]]
    found = judged(*until_april, *(stay(day, left_early) for day in april[:2]), *ended)
    seen = {day.day: (day.mark, day.attended) for day in found.days}
    open_days = [day for day in april if seen[day][0] is not DayMark.CLOSED]
    assert {seen[day] for day in open_days[:2]} == {(DayMark.SHORT, 180)}
    assert {seen[day] for day in open_days[2:]} == {(DayMark.PRESENT, None)}
    told = {day: (ruling.verdict, ruling.reason) for day, ruling in found.rulings.items() if day >= IN_APRIL}
    assert told == dict.fromkeys(open_days, (Verdict.HELD, HANGS_ON_UNKNOWN.id))


def test_short_days_of_a_third_month_are_nobodys_doubt_when_the_other_days_were_whole() -> None:
    left_early = "08:30-11:30"
    until_april = [stay(day, left_early) for day in weekdays(DateRange(SPRING.first, IN_APRIL))]
    april = weekdays(DateRange(IN_APRIL, SPRING.after))
    found = judged(*until_april, *(stay(day, left_early) for day in april[:2]), *(stay(day) for day in april[2:]))
    assert [day for day in found.rulings if day >= IN_APRIL] == []


def test_an_absence_on_holiday_is_marked_as_one_and_any_other_is_not() -> None:
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    on_holiday = absence(MONDAY).model_copy(update={"cause": Cause.HOLIDAY})
    at_school = absence(wednesday).model_copy(update={"cause": Cause.SCHOOL_VISIT})
    found = judged(on_holiday, absence(tuesday), at_school, days=DateRange(MONDAY, MONDAY + timedelta(days=3)))
    assert [day.mark for day in found.days] == [DayMark.ON_HOLIDAY, DayMark.ABSENT, DayMark.ABSENT]
