"""The policy switches of the Three Week Rule and of the calendar as grids: what each reading makes of the same record.

Where the Handbook's own examples decide between readings, they stand with those examples.
"""

from datetime import date

import pytest

from tests.handbook.grids import (
    SEVEN,
    assessed,
    check,
    enrolment,
    grid,
    kept,
)
from tests.support.records import profile

# The Three Week Rule.


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (
            "anchored-weeks",
            """
            ✓  .  ✓  .  a  .  .
            a  .  a  .  a  .  .
            a  .  a  .  a  .  .
            a  .  a  .  A  .  .
            """,
        ),
        (
            "calendar-weeks",
            """
            ✓  .  ✓  .  a  .  .
            a  .  a  .  a  .  .
            a  .  a  .  a  .  .
            A  .  A  .  A  .  .
            """,
        ),
    ],
)
def test_three_week_window(reading: str, text: str) -> None:
    """Switch three-week.window (A1): weeks from the first absence, or from Monday."""
    check(grid("2025-07-07", text), weekdays=["Mo", "We", "Fr"], switches={"three-week.window": reading})


@pytest.mark.parametrize(("reading", "last"), [("anchored-weeks", "A"), ("sessions", "a")])
def test_three_weeks_of_sessions_count_no_holiday(reading: str, last: str) -> None:
    """Switch three-week.window (A1): Labour Day is no session, so three sessions last into the fourth week."""
    drawn = grid("2025-10-06", f"✓ . . . . . .\na . . . . . .\na . . . . . .\np . . . . . .\n{last} . . . . . .\nA . . . . . .")
    check(drawn, weekdays=["Mo"], switches={"three-week.window": reading})


@pytest.mark.parametrize(("reading", "last"), [("clock-runs", "A"), ("clock-stops", "a")])
def test_three_week_short_closure(reading: str, last: str) -> None:
    """Switch three-week.short-closure (A4): a public holiday takes no day off the three weeks, or it takes itself off."""
    drawn = grid("2025-10-06", f"✓ . . . . . .\na . . . . . .\na . . . . . .\np . . . . . .\n{last} . . . . . .\nA . . . . . .")
    check(drawn, weekdays=["Mo"], switches={"three-week.short-closure": reading})


@pytest.mark.parametrize(("reading", "last"), [("never", "A"), ("reset", "a")])
def test_three_week_closure_resets(reading: str, last: str) -> None:
    """Switch three-week.closure-resets (A5)."""
    before, closed, after = "✓ . . . . . .\na . . . . . .\na . . . . . .\n", "# # # # # # #\n" * 2, "a . . . . . .\n"
    drawn = grid("2025-07-07", f"{before}{closed}{after}{last} . . . . . .\n{last} . . . . . .\nA . . . . . .")
    check(drawn, weekdays=["Mo"], switches={"three-week.closure-resets": reading})


TEN_WORKING_DAYS = """
    a  .  .  .  .  .  .
    #  #  #  #  #  .  .
    #  #  #  #  #  .  .
    a  .  .  .  .  .  .
    a  .  .  .  .  .  .
    A  .  .  .  .  .  .
"""


@pytest.mark.parametrize("reading", ["14-calendar-days", "10-operating-days", "two-mon-sun-weeks"])
@pytest.mark.example(
    "closure.two-weeks-by-weekends", "Closed from a Monday to the Friday of the next week, at a service that opens on weekdays."
)
def test_two_working_weeks_are_two_weeks_with_the_weekends_beside_them(reading: str) -> None:
    """Switch closure.long-threshold (A3). Shut from a Monday to a Friday, at a service that opens on weekdays alone."""
    drawn = grid("2025-07-07", TEN_WORKING_DAYS)
    check(drawn, weekdays=["Mo"], service=profile(), switches={"closure.long-threshold": reading})
    findings = assessed(kept(drawn, weekdays=["Mo"], service=profile()), drawn.days).findings
    (told,) = (one for one in findings if one.rule == "closure.two-weeks-by-weekends")
    assert dict(told.parameters) == {"first": "2025-07-12", "last": "2025-07-27"}


@pytest.mark.parametrize(
    ("reading", "mark"), [("14-calendar-days", "a"), ("10-operating-days", "a"), ("two-mon-sun-weeks", "A")]
)
def test_two_weeks_from_a_wednesday_to_a_tuesday(reading: str, mark: str) -> None:
    """Switch closure.long-threshold (A3): fourteen days, but no two weeks from Monday to Sunday."""
    text = f"""
    ✓  .  .  .  .  .  .
    a  .  .  .  .  .  .
    a  .  #  #  #  #  #
    #  #  #  #  #  #  #
    #  #  .  .  .  .  .
    {mark}  .  .  .  .  .  .
    A  .  .  .  .  .  .
    """
    check(grid("2025-07-07", text), weekdays=["Mo"], switches={"closure.long-threshold": reading})


@pytest.mark.parametrize(
    ("reading", "mark"), [("14-calendar-days", "A"), ("10-operating-days", "a"), ("two-mon-sun-weeks", "A")]
)
def test_eleven_days_of_a_service_that_opens_every_day(reading: str, mark: str) -> None:
    """Switch closure.long-threshold (A3): eleven days of operation, and less than two weeks."""
    text = f"""
    ✓  .  .  .  .  .  .
    a  .  .  .  .  .  .
    a  .  .  .  #  #  #
    #  #  #  #  #  #  #
    {mark}  .  .  .  .  .  .
    A  .  .  .  .  .  .
    """
    check(grid("2025-07-07", text), weekdays=["Mo"], switches={"closure.long-threshold": reading})


def test_calendar_weeks_go_on_after_a_long_closure_where_they_stopped() -> None:
    """Switch three-week.window (A1): two of the weeks since 14 July lie in the closure and are none of the three."""
    closed = "#  #  #  #  #  #  #\n" * 2
    drawn = grid("2025-07-07", f"✓ . . . . . .\na . . . . . .\n{closed}a . . . . . .\na . . . . . .\nA . . . . . .")
    check(drawn, weekdays=["Mo"], switches={"three-week.window": "calendar-weeks"})


@pytest.mark.parametrize("reading", ["whole-weeks-removed", "literal-clock", "skip-closed-days"])
def test_two_weeks_to_the_day_take_two_weeks_out_of_an_absence_by_every_reading(reading: str) -> None:
    """Switch three-week.long-closure (A2): the readings differ only where a closure does not last for whole weeks."""
    text = "a a a a a a a\n" + "# # # # # # #\n" * 2 + "a a a a a a a\n" * 2 + "A A A A A A A"
    check(grid("2025-07-07", text), weekdays=SEVEN, switches={"three-week.long-closure": reading})


def test_a_short_day_after_a_long_closure_that_is_no_return_leaves_the_absence_where_it_was() -> None:
    """Switch three-week.spell-ends-on (A6): the closure is taken out whether the child is away or stays short after it.

    A short day before the absence begins none.
    """
    text = """
    3  .  .  .  .  .  .
    a  .  .  .  .  .  .
    #  #  #  #  #  #  #
    #  #  #  #  #  #  #
    3  .  .  .  .  .  .
    a  .  .  .  .  .  .
    A  .  .  .  .  .  .
    """
    check(grid("2025-07-07", text), weekdays=["Mo"], switches={"three-week.spell-ends-on": "full-day-attendance"})


def test_a_short_day_that_is_no_return_is_no_session_of_the_absence() -> None:
    """Switches three-week.window and three-week.spell-ends-on (A1, A6): three sessions were missed when the fourth comes."""
    switches = {"three-week.window": "sessions", "three-week.spell-ends-on": "full-day-attendance"}
    text = "✓ . . . . . .\na . . . . . .\n3 . . . . . .\na . . . . . .\na . . . . . .\nA . . . . . ."
    check(grid("2025-07-07", text), weekdays=["Mo"], switches=switches)


# Public holidays, and the record's beginning.


@pytest.mark.parametrize(
    ("reading", "monday"), [("attending-or-specifically-enrolled", "p"), ("weekday-enrolment-counts", "a")]
)
def test_holiday_open_day_claims(reading: str, monday: str) -> None:
    """A41: on Labour Day the service is open and the child stays away."""
    open_then = profile(opens_on_holidays=(date(2025, 10, 27),))
    drawn = grid("2025-10-20", f"✓ ✓ ✓ ✓ ✓ . .\n{monday} ✓ ✓ ✓ ✓ . .")
    check(drawn, service=open_then, switches={"holiday.open-day-claims": reading})


@pytest.mark.parametrize(("reading", "holds"), [("warn", False), ("hold", True)])
@pytest.mark.example(
    "absence.older-than-record",
    "The child is absent on the first three days there is a record of, and enrolled since long before.",
)
def test_absence_look_back(*, reading: str, holds: bool) -> None:
    """A42: an absence under way when the record begins may be older than it looks."""
    drawn = grid("2025-07-07", "a a a ✓ a . .")
    found = assessed(kept(drawn), drawn.days, {"absence.look-back": reading}).findings
    (told,) = (one for one in found if one.rule == "absence.older-than-record")
    assert ([day.day for day in told.days], told.holds) == ([7, 8, 9], holds)


@pytest.mark.example("absence.older-than-record", "The child came on the first day of the record.")
@pytest.mark.example("absence.older-than-record", "The child is enrolled from the first day of the record on.")
def test_an_absence_is_not_older_than_the_record_where_the_child_came_first_or_was_enrolled_with_it() -> None:
    came_first = grid("2025-07-07", "✓ a a ✓ a . .")
    enrolled_then = grid("2025-07-07", "A A A ✓ a . .")
    starting = enrolment(since=date(2025, 7, 7), signed_on=date(2025, 7, 1))
    for records in (kept(came_first), kept(enrolled_then, enrolled=[starting])):
        assert not any(one.rule == "absence.older-than-record" for one in assessed(records, came_first.days).findings)
