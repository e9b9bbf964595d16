"""The staff hour count, rounding, and advance days: Handbook 9-2, 9-4, 9-5."""

from datetime import date, timedelta

import pytest

from ecegateway.claim.advance_days import advance_days, licensed_days
from ecegateway.claim.rounding import whole_hours
from ecegateway.claim.staff import staff_days
from ecegateway.model.claim import AdvanceMonth, Category, StaffColumn
from ecegateway.model.period import DateRange, FundingPeriod
from ecegateway.model.service import Closure, Mode, OperatingDay, ServiceProfile, ServiceType
from tests.support.records import MONDAY, PERIOD, SERVICE, agreement, child, facts_of, prepared, profile, shift, stay

HALF_UP = "daily-total-half-up"


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(0, 0), (29, 0), (30, 1), (68 * 60 + 30, 69), (68 * 60 + 29, 68), (41 * 60 + 30, 42), (41 * 60 + 24, 41)],
)
def test_half_an_hour_rounds_up(minutes: int, hours: int) -> None:
    """Handbook 9-2 step 5 and 9-4: 68 h 30 gives 69, 68 h 29 gives 68; worked examples WE-8, WE-10."""
    assert whole_hours(minutes) == hours


def test_a_bankers_reading_takes_the_half_to_the_even_hour() -> None:
    assert (whole_hours(150, "bankers"), whole_hours(90, "bankers"), whole_hours(91, "bankers")) == (2, 2, 2)


def hours(*shifts: tuple[str, str], certificated: bool = True) -> int:
    records = [shift(MONDAY, times, person, certificated=certificated, key=str(n)) for n, (person, times) in enumerate(shifts)]
    days = staff_days(facts_of(profile(), *records), DateRange(MONDAY, MONDAY + timedelta(days=1)), HALF_UP)
    column = StaffColumn.CERTIFICATED if certificated else StaffColumn.OTHER
    return next(day.hours for day in days if day.column is column)


def test_round_the_day_not_the_person() -> None:
    """Trap 33: of teachers 7:29 + 4:29 is 11:58, twelve hours, not 7 + 4; of children 2:29 + 3:29 is six, not 2 + 3."""
    assert hours(("t1", "08:00-15:29"), ("t2", "08:00-12:29")) == 12
    booked = {"c1": "08:30-10:59", "c2": "08:30-11:59"}
    children = [
        record for key, times in booked.items() for record in (*child(key), agreement(key, times), stay(MONDAY, times, key))
    ]
    made = prepared(shift(MONDAY), profile(), *children).claim
    (cell,) = [one for one in made.cells if one.day == MONDAY and one.category is Category.TWO_AND_OVER]
    assert (cell.minutes, cell.hours) == (358, 6)


def test_rimu_road_creche() -> None:
    """Handbook 9-4, worked example WE-10: 7 h 35 + 4 h is 11 h 35, twelve hours."""
    assert hours(("hine", "08:00-15:35"), ("susan", "08:00-12:00")) == 12


def test_one_person_on_two_shifts_at_once_is_counted_once() -> None:
    assert hours(("t1", "08:00-12:00"), ("t1", "10:00-14:00")) == 6


def test_one_person_in_both_columns_at_once_is_counted_once() -> None:
    both = [shift(MONDAY, "08:00-12:00"), shift(MONDAY, "10:00-14:00", certificated=False, key="other")]
    days = staff_days(facts_of(profile(), *both), DateRange(MONDAY, MONDAY + timedelta(days=1)), HALF_UP)
    assert {day.column: day.minutes for day in days} == {StaffColumn.CERTIFICATED: 240, StaffColumn.OTHER: 120}


def test_other_teachers_have_a_column_of_their_own() -> None:
    assert hours(("t1", "08:00-12:00"), certificated=False) == 4


def test_a_sessional_kindergarten_does_not_fill_the_staff_hour_count() -> None:
    service = profile("08:45-12:45", mode=Mode.SESSIONAL, service_type=ServiceType.KINDERGARTEN)
    days = staff_days(facts_of(service, shift(MONDAY)), PERIOD.days, HALF_UP)
    assert sum(day.hours for day in days) == 0


def test_advance_days_leave_out_public_holidays() -> None:
    """Worked example WE-11's counting on 2026: July has 23 weekdays less Matariki on the 10th."""
    advance = advance_days(facts_of(profile()), PERIOD)
    assert [(month.month.month, month.all_day, month.sessional) for month in advance] == [
        (7, 22, 0),
        (8, 21, 0),
        (9, 22, 0),
        (10, 21, 0),
    ]


def test_advance_days_leave_out_known_closures_and_count_playcentres_apart() -> None:
    closed = Closure(
        service=SERVICE, key="k1", first_day=date(2026, 7, 6), last_day=date(2026, 7, 9), kind="planned", reason="holiday"
    )
    centre = profile("09:00-12:00", mode=Mode.SESSIONAL, service_type=ServiceType.PLAYCENTRE)
    july = advance_days(facts_of(centre, closed), PERIOD)[0]
    assert (july.all_day, july.sessional, july.parent_led) == (0, 0, 18)


def september_2021(*licences: ServiceProfile) -> AdvanceMonth:
    """Advance days of September 2021, of the licences' sessions together, in South Canterbury."""
    sessions = tuple(session for licence in licences for session in licence.sessions)
    centre = licences[0].model_copy(update={"sessions": sessions, "region": "South Canterbury"})
    return advance_days(facts_of(centre), FundingPeriod(date(2021, 2, 1)))[2]


def test_huia_playcentre_claims_21_advance_days_in_september() -> None:
    """Handbook 9-5, worked example WE-11: 22 weekdays less the regional anniversary day, Monday 27 September 2021.

    The Handbook's paper form has them under sessional; the electronic return has a column for parent-led sessions.
    """
    huia = profile("09:00-12:00", mode=Mode.SESSIONAL, service_type=ServiceType.PLAYCENTRE)
    assert september_2021(huia) == AdvanceMonth(date(2021, 9, 1), all_day=0, sessional=0, parent_led=21)


def test_a_sessional_centre_like_huia_claims_21_sessional_days() -> None:
    """Worked example WE-11."""
    centre = profile("09:00-12:00", mode=Mode.SESSIONAL)
    assert september_2021(centre) == AdvanceMonth(date(2021, 9, 1), all_day=0, sessional=21, parent_led=0)


def test_kowhai_street_claims_12_all_day_and_9_sessional_days_in_september() -> None:
    """Handbook 9-5, worked example WE-11: all-day on Monday, Wednesday and Friday, sessional on Tuesday and Thursday."""
    all_day = profile(weekdays=("Mo", "We", "Fr"))
    sessional = profile("09:00-12:00", mode=Mode.SESSIONAL, weekdays=("Tu", "Th"))
    assert september_2021(all_day, sessional) == AdvanceMonth(date(2021, 9, 1), all_day=12, sessional=9, parent_led=0)


def test_a_day_with_an_all_day_and_a_sessional_session_counts_once_as_all_day() -> None:
    both = september_2021(profile(), profile("09:00-12:00", mode=Mode.SESSIONAL, weekdays=("Mo", "Tu")))
    assert (both.all_day, both.sessional) == (21, 0)


def test_a_day_a_source_says_will_not_open_is_left_out() -> None:
    shut = OperatingDay(service=SERVICE, key="d1", day=date(2026, 7, 7), open=False)
    opened = OperatingDay(service=SERVICE, key="d2", day=date(2026, 7, 8), open=True)
    silent = OperatingDay(service=SERVICE, key="d3", day=date(2026, 7, 9))
    facts = facts_of(profile(), shut, opened, silent)
    assert advance_days(facts, PERIOD)[0].all_day == 21
    days = licensed_days(facts, PERIOD.advance_months[0])
    assert [one.day for one in days if one.shut is not None] == [date(2026, 7, 7)]


def test_each_licensed_day_left_out_says_what_leaves_it_out() -> None:
    closed = Closure(service=SERVICE, key="k1", first_day=date(2026, 7, 6), last_day=date(2026, 7, 7), kind="planned")
    found = licensed_days(facts_of(profile(), closed), PERIOD.advance_months[0])
    left = {one.day: (one.holiday, one.closure is not None) for one in found if not one.counted}
    assert left == {date(2026, 7, 6): (None, True), date(2026, 7, 7): (None, True), date(2026, 7, 10): ("Matariki", False)}


def test_the_july_payment_advances_july_to_october() -> None:
    """Handbook 2-4."""
    months = FundingPeriod(date(2026, 2, 1)).advance_months
    assert [month.first for month in months] == [date(2026, month, 1) for month in (7, 8, 9, 10)]
