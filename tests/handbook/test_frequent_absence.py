"""ECE Funding Handbook 6-7 and 6-8, every printed example as grids, in every outcome its table names.

How the printed grids are read. Kristen's August is four weeks of five days; it is drawn as August 2021, whose Fridays are four,
and the two weekdays the page leaves out are attended. Sione's November fits 2022 cell for cell. Vijay's February starts, as
printed, on a Monday and has 22 weekdays, which no February has; with the first Monday and Tuesday taken for days of January
it is February 2023, and as printed it is November 2021: both are drawn. What follows the printed month is ours.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from ecegateway.model.absence import ChildAbsences, Duty, Pattern
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.model.service import Mode, ServiceType
from tests.handbook.grids import check, claimed_minutes, counted, enrolment, kept, months, months_of, reconfirmed
from tests.support.records import WEEK, profile

# Example 1: Kristen, absent on a particular day.

KRISTENS_AUGUST = """
    M  T  W  Th F  S  S
    .  .  .  .  .  .  .
    ✓  ✓  ✓  a  a  .  .  | Week 1
    ✓  ✓  ✓  ✓  ✓  .  .  | Week 2
    ✓  ✓  ✓  ✓  a  .  .  | Week 3
    ✓  ✓  ✓  a  a  .  .  | Week 4
    ✓  ✓  .  .  .  .  .  | not printed
"""
KRISTENS_SEPTEMBER = """
    .  .  ✓  ✓  a  .  .
    ✓  ✓  ✓  ✓  a  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  a  .  .
    ✓  ✓  ✓  ✓  .  .  .
"""
A_NORMAL_SEPTEMBER = """
    .  .  ✓  ✓  a  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  a  ✓  ✓  a  .  .
    ✓  ✓  ✓  ✓  .  .  .
"""
A_NORMAL_OCTOBER = """
    .  .  .  .  a  .  .
    ✓  ✓  a  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    p  ✓  ✓  ✓  a  .  .  | Labour Day
"""
KRISTENS_OCTOBER = """
    .  .  .  .  a  .  .
    ✓  ✓  a  ✓  a  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  a  .  .
    p  ✓  ✓  ✓  ✓  .  .  | Labour Day
"""
FRIDAYS_REFUSED = """
    .  .  .  .  A  .  .
    ✓  ✓  a  ✓  A  .  .  | only the Fridays are lost: Wednesday's absence is funded
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  A  .  .
    p  ✓  ✓  ✓  ✓  .  .  | Labour Day
"""
WITHOUT_FRIDAYS = """
    .  .  .  .  .  .  .
    ✓  ✓  a  ✓  .  .  .
    ✓  ✓  ✓  ✓  .  .  .
    ✓  ✓  ✓  ✓  .  .  .
    p  ✓  ✓  ✓  .  .  .  | Labour Day
"""


def kristen(september: str, october: str, *more: Record, **on_record: Any) -> ChildAbsences:
    printed = {"2021-08": KRISTENS_AUGUST, "2021-09": september, "2021-10": october}
    return check(months(printed), more=more, **on_record)


def test_6_8_example_1_august_shows_the_fridays_and_no_other_day() -> None:
    """Three of four Fridays. Thursdays are two of four, exactly half, and are not named."""
    told = check(months({"2021-08": KRISTENS_AUGUST}))
    (fridays,) = months_of(told, Pattern.SAME_WEEKDAY)
    assert (fridays.weekday, fridays.missed, fridays.of, fridays.number) == ("Fr", 3, 4, 1)
    assert fridays.caused_by == (date(2021, 8, 6), date(2021, 8, 20), date(2021, 8, 27))
    assert (fridays.duty, fridays.due, fridays.refuses) == (Duty.MONITOR, None, False)
    assert months_of(told, Pattern.FEWER_HOURS) == []


def test_exactly_half_does_not_trigger() -> None:
    """Trap 30; policy switch frequent.threshold (A10)."""
    half = months(
        {
            "2021-11": """
            ✓  a  ✓  ✓  ✓  .  .
            ✓  ✓  ✓  a  ✓  .  .
            ✓  a  ✓  a  ✓  .  .
            ✓  ✓  ✓  ✓  ✓  .  .
            ✓  a  .  .  .  .  .  | Tuesdays three of five, Thursdays two of four
            """
        }
    )
    assert counted(check(half), Pattern.SAME_WEEKDAY) == ["Nov Tu 3/5: month 1"]
    told = check(half, switches={"frequent.threshold": "half-or-more"})
    assert counted(told, Pattern.SAME_WEEKDAY) == ["Nov Tu 3/5: month 1", "Nov Th 2/4: month 1"]


def test_6_8_example_1_september_returns_to_normal() -> None:
    """Everything is funded, and a pattern in October begins anew."""
    told = kristen(A_NORMAL_SEPTEMBER, KRISTENS_OCTOBER)
    assert counted(told, Pattern.SAME_WEEKDAY) == ["Aug Fr 3/4: month 1", "Oct Fr 3/5: month 1"]


def test_6_8_example_1_reconfirmed_at_the_end_of_september() -> None:
    """October's Friday absences are funded; the agreement must now be changed, or November's are not."""
    told = kristen(KRISTENS_SEPTEMBER, KRISTENS_OCTOBER, reconfirmed("2021-09-30"))
    assert counted(told, Pattern.SAME_WEEKDAY) == ["Aug Fr 3/4: month 1", "Sep Fr 3/4: month 2", "Oct Fr 3/5: month 3"]
    _, september, october = months_of(told, Pattern.SAME_WEEKDAY)
    assert (september.duty, september.due, september.reconfirmed_on) == (Duty.MONITOR, None, date(2021, 9, 30))
    assert (october.duty, october.due, october.reconfirmed_on) == (Duty.CHANGE, date(2021, 10, 31), date(2021, 9, 30))


def test_6_8_example_1_changed_at_the_end_of_september() -> None:
    """Enrolled without Fridays from October: there is nothing left to be absent from."""
    changed = enrolment(weekdays=WEEK[:4], since=date(2021, 10, 1), signed_on=date(2021, 9, 30), key="a-2")
    told = kristen(KRISTENS_SEPTEMBER, WITHOUT_FRIDAYS, enrolled=[enrolment(), changed])
    assert counted(told, Pattern.SAME_WEEKDAY) == ["Aug Fr 3/4: month 1", "Sep Fr 3/4: month 2"]


@pytest.mark.example("absence.frequent-not-reconfirmed", "October returns to normal.")
def test_6_8_example_1_not_reconfirmed_and_october_returns_to_normal() -> None:
    """Policy switch frequent.month3-needs-pattern (A21): the run ends, and everything is funded."""
    told = kristen(KRISTENS_SEPTEMBER, A_NORMAL_OCTOBER)
    assert counted(told, Pattern.SAME_WEEKDAY) == ["Aug Fr 3/4: month 1", "Sep Fr 3/4: month 2"]
    september = months_of(told, Pattern.SAME_WEEKDAY)[-1]
    assert (september.duty, september.due, september.reconfirmed_on) == (Duty.RECONFIRM, date(2021, 10, 31), None)


def test_6_8_example_1_not_reconfirmed_and_the_pattern_continues() -> None:
    """Kristen's Friday absences in October are not funded; her other hours are.

    The duty may be caught up with until the return of October is due, the fifth working day of February: the 8th, since the
    1st to 4th are working days, Waitangi Day is a Sunday and observed on Monday 7th.
    """
    told = kristen(KRISTENS_SEPTEMBER, FRIDAYS_REFUSED)
    october = months_of(told, Pattern.SAME_WEEKDAY)[-1]
    assert (october.missed, october.of, october.number, october.refuses) == (3, 5, 3, True)
    assert (october.duty, october.due, october.reconfirmed_on) == (Duty.RECONFIRM, date(2022, 2, 8), None)


def test_6_8_example_1_of_six_hours_a_day_the_claim_loses_the_fridays_alone() -> None:
    drawn = months({"2021-08": KRISTENS_AUGUST, "2021-09": KRISTENS_SEPTEMBER, "2021-10": FRIDAYS_REFUSED})
    october = claimed_minutes(kept(drawn), DateRange(date(2021, 10, 1), date(2021, 11, 1)))
    lost = {day for day, minutes in october.items() if minutes == 0}
    assert lost == {date(2021, 10, 1), date(2021, 10, 8), date(2021, 10, 22), date(2021, 10, 25)}
    assert {minutes for day, minutes in october.items() if day not in lost} == {360}


# Example 2: Sione, fewer hours a day. Enrolled for four hours on Monday, Wednesday and Friday.

SIONES_NOVEMBER = """
    M   T  W   Th F   S  S
    .   .  ✓   .  ✓   .  .  | Week 1
    3   .  3   .  2.5 .  .  | Week 2
    4   .  3   .  3   .  .  | Week 3
    3   .  4   .  4   .  .  | Week 4
    2.5 .  3   .  .   .  .  | Week 5
"""
SIONES_DECEMBER = """
    .   .  .   .  3   .  .
    3   .  3   .  4   .  .
    3   .  a   .  ✓   .  .
    3   .  3   .  ✓   .  .
    p   .  3   .  2.5 .  .  | Boxing Day
"""
A_NORMAL_DECEMBER = """
    .   .  .   .  3   .  .
    3   .  ✓   .  4   .  .
    ✓   .  a   .  ✓   .  .
    3   .  3   .  ✓   .  .
    p   .  ✓   .  ✓   .  .  | Boxing Day
"""
SIONES_JANUARY = """
    .   .  .   .  .   .  .
    p   .  3   .  3   .  .  | the day after New Year's Day
    3   .  a   .  ✓   .  .
    4   .  2.5 .  a   .  .
    p   .  3   .  ✓   .  .  | Wellington's anniversary day
    ✓   .  .   .  .   .  .
"""
HOURS_REFUSED = """
    .   .  .    .  .  .  .
    p   .  3!   .  3! .  .
    3!  .  A    .  ✓  .  .
    4   .  2.5! .  A  .  .
    p   .  3!   .  ✓  .  .
    ✓   .  .    .  .  .  .
"""
A_NORMAL_JANUARY = """
    .   .  .   .  .   .  .
    p   .  3   .  3   .  .
    3   .  a   .  ✓   .  .
    4   .  ✓   .  ✓   .  .
    p   .  3   .  ✓   .  .
    ✓   .  .   .  .   .  .
"""
FOUR_HOURS = "08:30-12:30"
SIONES_DAYS = ("Mo", "We", "Fr")


def sione(december: str, january: str, *more: Record, **on_record: Any) -> ChildAbsences:
    printed = months({"2022-11": SIONES_NOVEMBER, "2022-12": december, "2023-01": january})
    return check(printed, weekdays=SIONES_DAYS, times=FOUR_HOURS, more=more, **on_record)


def test_6_8_example_2_november_shows_fewer_hours() -> None:
    """Eight of thirteen days; all the enrolled hours of November are funded."""
    told = check(months({"2022-11": SIONES_NOVEMBER}), weekdays=SIONES_DAYS, times=FOUR_HOURS)
    (november,) = (month for month in told.months if month.pattern is not Pattern.HALF_THE_MONTH)
    assert (november.pattern, november.weekday) == (Pattern.FEWER_HOURS, None)
    assert (november.missed, november.of, november.number, november.duty) == (8, 13, 1, Duty.MONITOR)
    assert [day.day for day in november.caused_by] == [7, 9, 11, 16, 18, 21, 28, 30]


def test_6_8_example_2_does_not_apply_to_sessional_services() -> None:
    """Handbook 6-7, the note on the third situation."""
    sessional = profile("08:30-12:30", mode=Mode.SESSIONAL, service_type=ServiceType.KINDERGARTEN)
    told = check(months({"2022-11": SIONES_NOVEMBER}), weekdays=SIONES_DAYS, times=FOUR_HOURS, service=sessional)
    assert counted(told, Pattern.FEWER_HOURS) == []


def test_6_8_example_2_december_returns_to_normal() -> None:
    told = sione(A_NORMAL_DECEMBER, SIONES_JANUARY)
    assert counted(told, Pattern.FEWER_HOURS) == ["Nov 8/13: month 1", "Jan 7/11: month 1"]


def test_6_8_example_2_reconfirmed_at_the_end_of_december() -> None:
    told = sione(SIONES_DECEMBER, SIONES_JANUARY, reconfirmed("2022-12-31"))
    assert counted(told, Pattern.FEWER_HOURS) == ["Nov 8/13: month 1", "Dec 9/12: month 2", "Jan 7/11: month 3"]
    january = months_of(told, Pattern.FEWER_HOURS)[-1]
    assert (january.reconfirmed_on, january.refuses, january.duty) == (date(2022, 12, 31), False, Duty.CHANGE)


def test_6_8_example_2_changed_at_the_end_of_december() -> None:
    """Enrolled for three hours from January: three hours are the enrolled hours, and only absences are left to count."""
    three = enrolment(
        weekdays=SIONES_DAYS, times="08:30-11:30", since=date(2023, 1, 1), signed_on=date(2022, 12, 30), key="a-2"
    )
    told = sione(SIONES_DECEMBER, SIONES_JANUARY, enrolled=[enrolment(weekdays=SIONES_DAYS, times=FOUR_HOURS), three])
    assert counted(told, Pattern.FEWER_HOURS) == ["Nov 8/13: month 1", "Dec 9/12: month 2"]


def test_6_8_example_2_not_reconfirmed_and_the_pattern_continues() -> None:
    """The hours Sione was absent in January are not funded; the hours he attended are."""
    told = sione(SIONES_DECEMBER, HOURS_REFUSED)
    assert counted(told, Pattern.FEWER_HOURS)[-1] == "Jan 7/11: month 3"
    drawn = months({"2022-11": SIONES_NOVEMBER, "2022-12": SIONES_DECEMBER, "2023-01": HOURS_REFUSED})
    records = kept(drawn, weekdays=SIONES_DAYS, times=FOUR_HOURS)
    january = claimed_minutes(records, DateRange(date(2023, 1, 3), date(2023, 1, 21)))
    assert list(january.values()) == [180, 180, 180, 0, 240, 240, 150, 0]


def test_6_8_example_2_not_reconfirmed_and_january_returns_to_normal() -> None:
    """The page's row for Sione speaks of December; Kristen's, of the third month too (A21)."""
    told = sione(SIONES_DECEMBER, A_NORMAL_JANUARY)
    assert counted(told, Pattern.FEWER_HOURS) == ["Nov 8/13: month 1", "Dec 9/12: month 2"]


# Example 3: Vijay, fewer days a week.

VIJAYS_FEBRUARY = """
    M  T  W  Th F  S  S
    .  .  ✓  a  a  .  .  | Week 1; Monday and Tuesday are days of January
    a  a  ✓  ✓  ✓  .  .  | Week 2; Monday 6 is Waitangi Day
    ✓  ✓  ✓  a  a  .  .  | Week 3
    a  a  ✓  ✓  ✓  .  .  | Week 4
    ✓  ✓  .  .  .  .  .  | Week 5
"""
VIJAYS_MARCH = """
    .  .  ✓  a  a  .  .
    a  a  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  a  a  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    a  ✓  ✓  ✓  ✓  .  .
"""
A_NORMAL_MARCH = """
    .  .  ✓  a  a  .  .
    a  a  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
"""
VIJAYS_APRIL = """
    .  .  .  .  .  .  .
    a  ✓  ✓  ✓  p  .  .  | Good Friday
    p  a  ✓  ✓  ✓  .  .  | Easter Monday
    ✓  ✓  ✓  ✓  a  .  .
    ✓  p  ✓  ✓  ✓  .  .  | ANZAC Day
"""
ABSENCES_REFUSED = """
    .  .  .  .  .  .  .
    A  ✓  ✓  ✓  p  .  .
    p  A  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  A  .  .
    ✓  p  ✓  ✓  ✓  .  .
"""
FOUR_DAYS = """
    .  .  .  .  .  .  .
    .  ✓  ✓  ✓  p  .  .
    .  a  ✓  ✓  ✓  .  .
    .  ✓  ✓  ✓  a  .  .
    .  p  ✓  ✓  ✓  .  .
"""
WAITANGI_2023 = date(2023, 2, 6)
VIJAYS: Mapping[str, Any] = MappingProxyType({"service": profile(opens_on_holidays=(WAITANGI_2023,))})


def vijay(march: str, april: str, *more: Record, changed: tuple[Enrolment, ...] = ()) -> ChildAbsences:
    """February is the corrected reading; the service is open on Waitangi Day and Vijay is enrolled for that very day."""
    printed = months({"2023-02": VIJAYS_FEBRUARY, "2023-03": march, "2023-04": april})
    return check(printed, enrolled=[enrolment(holidays=(WAITANGI_2023,)), *changed], more=more, **VIJAYS)


def test_6_8_example_3_february_shows_fewer_days_and_nothing_else() -> None:
    """Four of five weeks, while each of Monday, Tuesday, Thursday and Friday is missed exactly twice in four."""
    told = check(months({"2023-02": VIJAYS_FEBRUARY}), enrolled=[enrolment(holidays=(WAITANGI_2023,))], **VIJAYS)
    (february,) = (month for month in told.months if month.pattern is not Pattern.HALF_THE_MONTH)
    assert (february.pattern, february.missed, february.of, february.number) == (Pattern.FEWER_DAYS, 4, 5, 1)
    assert [day.day for day in february.caused_by] == [2, 3, 6, 7, 16, 17, 20, 21]
    assert (february.duty, february.due, february.refuses) == (Duty.MONITOR, None, False)


def test_6_8_example_3_march_returns_to_normal() -> None:
    """Two of five weeks; April's three of four begin anew."""
    told = vijay(A_NORMAL_MARCH, VIJAYS_APRIL)
    assert counted(told, Pattern.FEWER_DAYS) == ["Feb 4/5: month 1", "Apr 3/4: month 1"]


def test_6_8_example_3_reconfirmed_at_the_end_of_march() -> None:
    told = vijay(VIJAYS_MARCH, VIJAYS_APRIL, reconfirmed("2023-03-31"))
    assert counted(told, Pattern.FEWER_DAYS) == ["Feb 4/5: month 1", "Mar 4/5: month 2", "Apr 3/4: month 3"]


def test_6_8_example_3_changed_at_the_end_of_march() -> None:
    """Enrolled from Tuesday to Friday from April: two of four weeks are short, which is no pattern, and all is funded."""
    changed = enrolment(weekdays=WEEK[1:], since=date(2023, 4, 1), signed_on=date(2023, 3, 31), key="a-2")
    told = vijay(VIJAYS_MARCH, FOUR_DAYS, changed=(changed,))
    assert counted(told, Pattern.FEWER_DAYS) == ["Feb 4/5: month 1", "Mar 4/5: month 2"]


def test_6_8_example_3_not_reconfirmed_and_the_pattern_continues() -> None:
    """All of Vijay's absences in April are not funded, whatever the weekday."""
    told = vijay(VIJAYS_MARCH, ABSENCES_REFUSED)
    april = months_of(told, Pattern.FEWER_DAYS)[-1]
    assert (april.missed, april.of, april.number, april.refuses) == (3, 4, 3, True)
    assert (april.duty, april.due) == (Duty.RECONFIRM, date(2023, 6, 8))


def test_6_8_example_3_as_printed() -> None:
    """Twenty-two weekdays from a Monday to a Tuesday: November 2021. Mondays and Tuesdays are then two of five."""
    printed = {
        "2021-11": """
        M  T  W  Th F  S  S
        ✓  ✓  ✓  a  a  .  .  | Week 1
        a  a  ✓  ✓  ✓  .  .  | Week 2
        ✓  ✓  ✓  a  a  .  .  | Week 3
        a  a  ✓  ✓  ✓  .  .  | Week 4
        ✓  ✓  .  .  .  .  .  | Week 5
        """,
        "2021-12": """
        .  .  ✓  a  a  .  .
        a  a  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  a  a  .  .
        ✓  ✓  a  ✓  ✓  .  .
        p  p  ✓  ✓  ✓  .  .  | Christmas and Boxing Day, observed
        """,
        "2022-01": """
        .  .  .  .  .  .  .
        p  p  ✓  A  A  .  .  | New Year, observed
        A  A  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  A  ✓  .  .
        p  ✓  ✓  ✓  ✓  .  .  | Wellington's anniversary day
        ✓  .  .  .  .  .  .
        """,
    }
    told = check(months(printed), service=profile())
    assert counted(told, Pattern.FEWER_DAYS) == ["Nov 4/5: month 1", "Dec 4/5: month 2", "Jan 3/5: month 3"]
    assert counted(told, Pattern.SAME_WEEKDAY) == []
