"""How each day is marked and ruled on where the record leaves its length or its cause open."""

from datetime import date, timedelta

import pytest

from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.absence import ChildAbsences, DayMark, EnrolledDay, Pattern
from ecegateway.model.attendance import Cause, Method
from ecegateway.model.claim import Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import EvidenceId
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.rules.absence.judge import judge_absences
from ecegateway.rules.absence.patterns import MonthPart, tallies
from ecegateway.rules.absence.planned_start import PlannedStarts
from ecegateway.rules.absence.reasons import FIRST_WEEK, HANGS_ON_UNKNOWN, NEVER_ATTENDED
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
    shown = {month.days.first for month in found.months if month.pattern is Pattern.FEWER_HOURS}
    assert shown == {date(2026, 2, 2), date(2026, 3, 1)}, "what nobody knows makes no month of a pattern"
    told = {day: (ruling.verdict, ruling.reason) for day, ruling in found.rulings.items() if day >= IN_APRIL}
    assert told == dict.fromkeys(open_days, (Verdict.HELD, HANGS_ON_UNKNOWN.id))


def test_short_days_of_a_third_month_are_nobodys_doubt_when_the_other_days_were_whole() -> None:
    left_early = "08:30-11:30"
    until_april = [stay(day, left_early) for day in weekdays(DateRange(SPRING.first, IN_APRIL))]
    april = weekdays(DateRange(IN_APRIL, SPRING.after))
    found = judged(*until_april, *(stay(day, left_early) for day in april[:2]), *(stay(day) for day in april[2:]))
    assert [day for day in found.rulings if day >= IN_APRIL] == []


def test_a_third_month_is_held_where_nobody_knows_of_any_day_how_long_it_was() -> None:
    """Wednesdays, none of which is a public holiday; each was ended by the system."""
    wednesdays = [day for day in SPRING if day.weekday() == 2]
    stays = [stay(day, "08:30-14:30", out_method=Method.SYSTEM) for day in wednesdays]
    facts = facts_of(profile(), *child(), agreement(weekdays=["We"]), *stays)
    (found,) = judge_absences(question(facts, SPRING, policy(), handbook()), {})
    assert {day.attended for day in found.days} == {None}
    held = {day: ruling.verdict for day, ruling in found.rulings.items()}
    assert held == {day: Verdict.HELD for day in wednesdays if day >= IN_APRIL}


def test_days_before_the_record_begins_are_marked_under_the_agreement_their_month_is_judged_by() -> None:
    """Fridays, and from 16 February 2026 on Mondays; the record begins in April."""
    before = agreement(weekdays=["Fr"])
    changed = agreement(weekdays=["Mo"], since=date(2026, 2, 16), signed_on=date(2026, 2, 12), key="a-2")
    facts = facts_of(profile(), *child(), before, changed, stay(date(2026, 4, 13)))
    read = policy({"frequent.mid-month-change": "judge-whole-month-on-new"})
    (found,) = judge_absences(question(facts, SPRING, read, handbook()), {})
    assert [day.day.day for day in found.days if day.day.month == 2] == [2, 9, 16, 23]


def test_a_day_is_judged_under_the_permanent_agreement_also_where_a_casual_one_is_older() -> None:
    casual = agreement(basis=Basis.CASUAL, since=date(2025, 12, 1), signed_on=date(2025, 11, 20), key="casual")
    records = casual.model_copy(update={"agreement": "casual"}), absence(MONDAY)
    found = judged(*records, days=DateRange(MONDAY, MONDAY + timedelta(days=1)))
    assert [day.agreement for day in found.days] == ["kowhai/10842/enrolment/a-c1@1"]


def test_a_weekly_booking_may_be_counted_from_a_week_beside_one_that_is_not() -> None:
    weekly = agreement(weekdays=["Mo"])
    (booking,) = weekly.bookings
    both = weekly.model_copy(update={"bookings": (booking, booking.model_copy(update={"counted_from": MONDAY}))})
    facts = facts_of(profile(), *child(), both, absence(MONDAY))
    (found,) = judge_absences(question(facts, DateRange(MONDAY, MONDAY + timedelta(days=1)), policy(), handbook()), {})
    assert [(day.day, day.booked) for day in found.days] == [(MONDAY, 360)]


def test_an_absence_on_holiday_is_marked_as_one_and_any_other_is_not() -> None:
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    on_holiday = absence(MONDAY).model_copy(update={"cause": Cause.HOLIDAY})
    at_school = absence(wednesday).model_copy(update={"cause": Cause.SCHOOL_VISIT})
    found = judged(on_holiday, absence(tuesday), at_school, days=DateRange(MONDAY, MONDAY + timedelta(days=3)))
    assert [day.mark for day in found.days] == [DayMark.ON_HOLIDAY, DayMark.ABSENT, DayMark.ABSENT]


def expected(day: date, mark: DayMark = DayMark.ABSENT) -> EnrolledDay:
    agreed = EvidenceId("kowhai/10842/enrolment/a-c1@1")
    return EnrolledDay(day, mark, 360, 0, sessional=False, exempt=False, agreement=agreed, evidence=())


def start_opinion(day: EnrolledDay, *came: date, removed: int = 0) -> tuple[Verdict, str] | None:
    """What the planned start on Monday says of an absence that began on it."""
    agreed = agreement(since=MONDAY, signed_on=MONDAY - timedelta(days=7))
    facts = facts_of(profile(), *child(), agreed, absence(day.day))
    stretches = (DateRange(MONDAY, MONDAY + timedelta(days=60)),)
    starts = PlannedStarts(facts.children[0], stretches, came, enrolled_before=False, one_week=True, law=handbook())
    found = starts.opinion(day, MONDAY, removed)
    return (found.verdict, found.why.id) if found is not None else None


def test_an_absence_from_the_planned_start_is_funded_for_a_week_of_the_clock_and_no_longer() -> None:
    sunday, next_monday = MONDAY + timedelta(days=6), MONDAY + timedelta(days=7)
    refused = (Verdict.REFUSED, NEVER_ATTENDED.id)
    assert start_opinion(expected(sunday)) != refused
    assert start_opinion(expected(next_monday)) == refused
    assert start_opinion(expected(next_monday), removed=1) != refused


def test_an_emergency_in_the_first_week_is_funded_without_a_document() -> None:
    assert start_opinion(expected(MONDAY + timedelta(days=1), DayMark.EMERGENCY)) == (Verdict.CLAIMED, FIRST_WEEK.id)


def test_a_child_that_came_before_the_day_has_started_and_one_that_comes_on_it_has_not_before() -> None:
    tuesday = MONDAY + timedelta(days=1)
    assert start_opinion(expected(tuesday), MONDAY) is None
    assert start_opinion(expected(tuesday), tuesday) is not None


@pytest.mark.parametrize(
    ("missed", "of", "more", "half"),
    [(0, 0, False, False), (0, 2, False, False), (1, 2, False, True), (2, 3, True, True), (50, 101, False, False)],
)
def test_half_of_the_days_shows_a_pattern_by_the_reading_half_or_more_alone(
    missed: int, of: int, *, more: bool, half: bool
) -> None:
    days = tuple(expected(MONDAY + timedelta(weeks=n), DayMark.ABSENT if n < missed else DayMark.PRESENT) for n in range(of))
    part = MonthPart(DateRange(MONDAY, MONDAY + timedelta(days=31)), days, (), frozenset())
    for reading, shows in (("more-than-half", more), ("half-or-more", half)):
        counts = tallies(part, policy({"frequent.threshold": reading}), 50)
        found = [tally.shows for tally in counts if tally.pattern is Pattern.SAME_WEEKDAY]
        assert found == [shows] * bool(of)


def test_the_general_half_counts_every_day_that_was_not_attended_in_full() -> None:
    days = (expected(MONDAY), expected(MONDAY + timedelta(days=1), DayMark.PRESENT), expected(MONDAY + timedelta(days=2)))
    part = MonthPart(DateRange(MONDAY, MONDAY + timedelta(days=31)), days, (), frozenset())
    (tally,) = [one for one in tallies(part, policy(), 50) if one.pattern is Pattern.HALF_THE_MONTH]
    assert (tally.missed, tally.of, tally.shows) == (2, 3, True)
    assert tally.caused_by == (days[0].day, days[2].day)


def test_a_month_without_an_enrolment_begins_a_new_count_of_the_same_pattern() -> None:
    """Fridays missed in February and in April; in March the child was not enrolled, and came back to the same days."""
    april, months = date(2026, 4, 1), (2, 4)
    first, again = (
        agreement(last_day=date(2026, 2, 28)),
        agreement(since=april, key="e2").model_copy(update={"agreement": "e2"}),
    )
    open_days = [day for day in weekdays(SPRING) if day.month in months]
    seen = [absence(day) if day.weekday() == 4 else stay(day) for day in open_days]
    facts = facts_of(profile(), *child(), first, again, *seen)
    (found,) = judge_absences(question(facts, SPRING, policy(), handbook()), {})
    counted = [(month.days.first.month, month.number) for month in found.months if month.pattern is Pattern.SAME_WEEKDAY]
    assert counted == [(2, 1), (4, 1)]
