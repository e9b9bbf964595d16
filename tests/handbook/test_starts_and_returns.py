"""When funding of absences begins and ends, as grids: ECE Funding Handbook 3-A-2 (planned start), 6-5 (returning, leaving).

The weeks are those from Monday 7 July 2025, which have no public holiday.
"""

from datetime import date
from typing import Any

import pytest

from ecegateway.model.attendance import Absence, Cause, LeavingNotice
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from tests.handbook.grids import Grid, absences_of, check, claimed_minutes, enrolment, grid, kept, redrawn
from tests.support.records import SERVICE, bookings, profile

START = date(2025, 7, 7)
SIGNED = date(2025, 7, 1)


def starting(**changes: Any) -> Enrolment:
    """An agreement with a planned start on Monday 7 July, signed six days before."""
    return enrolment(**{"since": START, "signed_on": SIGNED, **changes})


def with_cause(
    drawn: Grid, cause: Cause | None, document: str | None = "certificate of 7 July", **on_record: Any
) -> list[Record]:
    """The grid's records, every absence with a cause and its document."""
    update = {"cause": cause, "document_reference": document}
    return [one.model_copy(update=update) if isinstance(one, Absence) else one for one in kept(drawn, **on_record)]


def check_start(text: str, *, cause: Cause | None = Cause.ILLNESS, document: str | None = "letter", **on_record: Any) -> None:
    drawn = grid(str(START), text)
    records = with_cause(drawn, cause, document, **{"enrolled": [starting()], **on_record})
    assert str(redrawn(drawn, absences_of(records, drawn.days))) == str(drawn)


# 3-A-2: a child who does not attend from the planned start.


@pytest.mark.parametrize("cause", [Cause.ILLNESS, Cause.BEYOND_CONTROL])
@pytest.mark.example("absence.first-week", "An ill child, with a certificate, does not come in the first week.")
@pytest.mark.example("absence.never-attended", "The second week of a child who is ill from the planned start on.")
def test_of_a_child_who_cannot_start_one_week_of_absences_is_funded(cause: Cause) -> None:
    check_start(
        """
        a  a  a  a  a  .  .
        A  A  A  A  A  .  .
        ✓  ✓  ✓  ✓  ✓  .  .  | funding begins when the child first attends
        a  a  a  a  a  .  .  | and absences are then judged by three weeks
        a  a  a  a  a  .  .
        a  a  a  a  a  .  .
        A  A  A  A  A  .  .
        """,
        cause=cause,
    )


def test_the_week_is_seven_days_from_the_first_absence() -> None:
    """Planned to start on Thursday 10 July: that Thursday to the Wednesday after."""
    check_start(
        """
        .  .  .  a  a  .  .
        a  a  a  A  A  .  .
        """,
        enrolled=[starting(since=date(2025, 7, 10))],
    )


@pytest.mark.parametrize("cause", [Cause.HOLIDAY, Cause.OTHER])
@pytest.mark.example("absence.first-week", "The family was on holiday.")
def test_no_week_is_funded_for_another_cause(cause: Cause) -> None:
    check_start("A A A A A . .", cause=cause)


@pytest.mark.example("absence.never-attended", "The agreement was signed on the very day of the planned start.")
@pytest.mark.example("absence.never-attended", "The agreement was signed the day before the planned start.")
def test_no_week_is_funded_under_an_agreement_signed_on_the_first_day_of_absence() -> None:
    """The agreement must be signed and dated before the absence."""
    check_start("A A A A A . .", enrolled=[starting(signed_on=START)])
    check_start("a a a a a . .", enrolled=[starting(signed_on=date(2025, 7, 6))])


@pytest.mark.parametrize(("cause", "document"), [(Cause.ILLNESS, None), (None, None), (None, "letter")])
@pytest.mark.example("absence.start-not-documented", "The mark says illness, and no document is named.")
@pytest.mark.example("absence.start-not-documented", "A letter is on file, and the mark gives no cause.")
@pytest.mark.example(
    "absence.start-not-documented",
    "The second week of an absence from the planned start is refused, with or without a document.",
)
def test_the_week_waits_for_its_cause_and_its_document(cause: Cause | None, document: str | None) -> None:
    """Held: a medical certificate or the parent's letter may yet be entered. What lies beyond the week is refused anyway."""
    check_start(
        """
        h  h  h  h  h  .  .
        A  A  A  A  A  .  .
        """,
        cause=cause,
        document=document,
    )


def test_a_change_signed_during_the_first_week_leaves_the_planned_start_as_it_was() -> None:
    """The agreement that stated the planned start was signed before the absence, and still is."""
    shorter = starting(since=date(2025, 7, 9), signed_on=date(2025, 7, 8), times="08:30-12:30", key="a-2")
    check_start("a a a a a . .", enrolled=[starting(), shorter])


def test_a_child_enrolled_anew_after_having_left_starts_anew() -> None:
    """The last absence under the old agreement is no part of the first week of the new one."""
    check_start(
        """
        ✓  ✓  a  a  a  .  .  | the last week
        .  .  .  .  .  .  .
        .  .  .  .  .  .  .
        a  a  a  a  a  .  .  | the planned start
        A  A  ✓  ✓  ✓  .  .
        """,
        enrolled=[
            enrolment(last_day=date(2025, 7, 11)),
            enrolment(since=date(2025, 7, 28), signed_on=date(2025, 7, 20), key="a-2"),
        ],
    )


def test_an_agreement_renewed_from_the_next_monday_is_no_planned_start() -> None:
    """No day of operation lies between the two: the child is as enrolled as before, and three weeks apply."""
    text = """
    ✓  ✓  ✓  ✓  a  .  .
    a  a  a  a  a  .  .
    a  a  a  a  a  .  .
    a  a  a  a  A  .  .
    """
    renewed = enrolment(since=date(2025, 7, 14), signed_on=date(2025, 7, 10), key="a-2")
    check(grid(str(START), text), enrolled=[enrolment(last_day=date(2025, 7, 11)), renewed], service=profile())


def test_by_the_wider_reading_three_weeks_hold_from_the_planned_start() -> None:
    """Policy switch start.never-attended (A7)."""
    drawn = grid(str(START), "a a a a a . .\n" * 3 + "A A A A A . .")
    check(drawn, enrolled=[starting()], switches={"start.never-attended": "three-weeks"})


# 6-5: notification that the child will not be returning.


def notice(given_on: date, last_day: date | None = None) -> LeavingNotice:
    return LeavingNotice(service=SERVICE, key="l1", child="c1", given_on=given_on, last_day=last_day, given_by="g1")


@pytest.mark.example("absence.after-notice", "Notice is given on Wednesday: the absence of that Wednesday.")
@pytest.mark.example("absence.after-notice", "The absence of Tuesday, the day before.")
def test_absences_from_the_day_of_notice_on_are_refused_and_attendance_stays_claimable() -> None:
    """Policy switch leaving.notice-day (A8). Notice on Wednesday; the child still comes on Friday."""
    given, last = date(2025, 7, 9), date(2025, 7, 18)
    text = """
    ✓  a  A  A  ✓  .  .
    A  ✓  A  A  A  .  .
    """
    drawn, leaving = grid(str(START), text), [starting(last_day=last)]
    check(drawn, enrolled=leaving, more=[notice(given, last)])
    claimed = claimed_minutes(kept(drawn, enrolled=leaving, more=[notice(given, last)]), drawn.days)
    assert list(claimed.values()) == [360, 360, 0, 0, 360, 0, 360, 0, 0, 0]


def test_by_the_other_reading_the_day_of_notice_itself_is_funded() -> None:
    drawn = grid(str(START), "a a a A ✓ . .")
    check(drawn, more=[notice(date(2025, 7, 9))], switches={"leaving.notice-day": "refuse-after"})


@pytest.mark.example("absence.after-notice", "The child was enrolled again later and is absent then.")
def test_a_notice_speaks_of_the_enrolment_it_was_given_under() -> None:
    """A child who left and was enrolled again is judged by three weeks like any other."""
    text = """
    ✓  ✓  ✓  ✓  A  .  .  | notice on Thursday, left on Friday
    .  .  .  .  .  .  .
    ✓  a  a  ✓  ✓  .  .
    """
    again = enrolment(since=date(2025, 7, 21), signed_on=date(2025, 7, 20), key="a-2")
    check(grid(str(START), text), enrolled=[enrolment(last_day=date(2025, 7, 11)), again], more=[notice(date(2025, 7, 10))])


# 6-5: funding resumes when the child returns. Policy switch three-week.spell-ends-on (A6).


def test_any_attendance_ends_an_absence_a_short_one_and_one_on_a_day_not_enrolled_too() -> None:
    check(
        grid(
            str(START),
            """
            ✓  .  ✓  .  .  .  .
            a  .  a  .  .  .  .
            a  .  a  .  .  .  .
            a  .  a  +  .  .  .  | came on a Thursday
            a  .  a  .  .  .  .
            a  .  1  .  .  .  .  | came for an hour
            a  .  a  .  .  .  .
            a  .  a  .  .  .  .
            """,
        ),
        weekdays=["Mo", "We"],
    )


@pytest.mark.parametrize(
    ("reading", "weeks"),
    [
        ("any-attendance", "a  .  a  .  .  .  ."),
        ("enrolled-day-attendance", "A  .  A  .  .  .  ."),
        ("full-day-attendance", "A  .  A  .  .  .  ."),
    ],
)
def test_by_stricter_readings_a_day_not_enrolled_is_no_return(reading: str, weeks: str) -> None:
    text = "✓ . ✓ . . . .\na . a . . . .\na . a . . . .\na . a + . . .\n" + weeks
    check(grid(str(START), text), weekdays=["Mo", "We"], switches={"three-week.spell-ends-on": reading})


@pytest.mark.parametrize(("reading", "mark"), [("enrolled-day-attendance", "a"), ("full-day-attendance", "A")])
def test_by_the_strictest_reading_an_hour_is_no_return(reading: str, mark: str) -> None:
    drawn = grid(str(START), f"✓ . ✓ . . . .\na . a . . . .\na . a . . . .\na . 1 . . . .\n{mark} . {mark} . . . .")
    check(drawn, weekdays=["Mo", "We"], switches={"three-week.spell-ends-on": reading})


# One of several sessions in a day. Policy switch absence.part-day (A9).


def test_a_child_who_came_to_one_of_two_sessions_was_there_that_day() -> None:
    """The Ministry asks for no absence record then. The day's five booked hours are claimed, and an absence ends."""
    two = starting().model_copy(update={"bookings": (*bookings("08:30-11:30"), *bookings("12:00-14:00"))})
    text = """
    ✓  a  a  a  a  .  .
    a  a  a  a  a  .  .
    a  a  a  a  a  .  .
    3  a  a  a  a  .  .
    """
    drawn = grid(str(START), text)
    records = kept(drawn, enrolled=[two])
    assert str(redrawn(drawn, absences_of(records, drawn.days))) == str(drawn)
    monday = date(2025, 7, 28)
    assert claimed_minutes(records, DateRange(monday, date(2025, 7, 29))) == {monday: 300}
