"""Handbook 6-1: the date the child commenced attendance and the finish date, against the days the child came."""

from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.model.attendance import LeavingNotice
from ecegateway.model.record import Record
from tests.support.enrolments import findings, number, whole, whole_child
from tests.support.records import MONDAY, SERVICE, stay

NGAIO = [whole_child(), number()]
DAY, WEEK = timedelta(days=1), timedelta(days=7)
TUESDAY, FRIDAY, NEXT_MONDAY = MONDAY + DAY, MONDAY + 4 * DAY, MONDAY + WEEK
EARLIER = [*[whole_child("c2"), number("c2"), whole("c2")], stay(MONDAY - WEEK, child_key="c2")]
"""Another child's stay: the attendance record reaches back that far."""


def starting(commenced: date, **changes: Any) -> Record:
    return whole(commenced_on=commenced, since=MONDAY, **changes)


COMMENCED = "enrolment.commenced-differs"


@pytest.mark.parametrize(
    ("records", "first"),
    [
        pytest.param(
            [starting(TUESDAY), stay(MONDAY), stay(TUESDAY)],
            MONDAY,
            marks=pytest.mark.example("enrolment.commenced-differs", "The child attended on the day before the date given."),
        ),
        pytest.param(
            [starting(MONDAY), stay(NEXT_MONDAY)],
            NEXT_MONDAY,
            marks=pytest.mark.example(
                "enrolment.commenced-differs",
                "The child first came a week after the date given, and was booked on the days between.",
            ),
        ),
        pytest.param([starting(MONDAY), stay(TUESDAY)], TUESDAY),
    ],
)
def test_a_date_the_attendance_contradicts_is_found(records: list[Record], first: date) -> None:
    (finding,) = findings(COMMENCED, *NGAIO, *EARLIER, *records)
    assert (finding.days, finding.holds) == ((first,), False)
    assert dict(finding.parameters)["first"] == str(first)


@pytest.mark.parametrize(
    "records",
    [
        pytest.param(
            [*EARLIER, starting(MONDAY), stay(MONDAY), stay(TUESDAY)],
            marks=pytest.mark.example("enrolment.commenced-differs", "The child first attended on the date given."),
        ),
        pytest.param(
            [*EARLIER, starting(MONDAY, weekdays=["Tu"]), stay(TUESDAY)],
            marks=pytest.mark.example(
                "enrolment.commenced-differs",
                "The date given is a Monday and the first booked day the Tuesday on which the child first came.",
            ),
        ),
        pytest.param(
            [starting(MONDAY), stay(NEXT_MONDAY)],
            marks=pytest.mark.example(
                "enrolment.commenced-differs", "The date given lies before the attendance record begins."
            ),
        ),
        pytest.param(
            [
                whole(last_day=MONDAY - 3 * DAY),
                stay(MONDAY - WEEK),
                starting(MONDAY, key="b1").model_copy(update={"agreement": "b-c1"}),
                stay(MONDAY),
            ],
            marks=pytest.mark.example(
                "enrolment.commenced-differs", "The child attended under an earlier enrolment that has ended."
            ),
        ),
        pytest.param([*EARLIER, starting(MONDAY)]),
        pytest.param([*EARLIER, starting(MONDAY - WEEK), stay(MONDAY - WEEK), stay(NEXT_MONDAY)]),
    ],
)
def test_dates_that_agree_are_left_alone(records: list[Record]) -> None:
    assert [f for f in findings(COMMENCED, *NGAIO, *records) if f.child == "kowhai:c1"] == []


AFTER = "enrolment.after-finish"


@pytest.mark.example("enrolment.after-finish", "The child attends on the day after the finish date.")
def test_attendance_after_the_finish_date_is_one_finding_and_not_two() -> None:
    records = [*NGAIO, whole(last_day=MONDAY), stay(MONDAY), stay(TUESDAY), stay(FRIDAY)]
    (finding,) = findings(AFTER, *records)
    assert finding.days == (TUESDAY, FRIDAY)
    assert dict(finding.parameters) == {"count": "2", "finish": str(MONDAY)}
    assert findings("attendance.not-enrolled", *records) == []


@pytest.mark.example("enrolment.after-finish", "The child attends on the finish date itself.")
def test_attendance_on_the_finish_date_is_enrolled() -> None:
    records = [*NGAIO, whole(last_day=MONDAY), stay(MONDAY)]
    assert findings(AFTER, *records) + findings("attendance.not-enrolled", *records) == []


@pytest.mark.example("enrolment.after-finish", "The child comes back under a new signed agreement.")
def test_a_child_who_comes_back_is_enrolled_anew() -> None:
    again = whole(key="b1", since=TUESDAY).model_copy(update={"agreement": "b-c1"})
    assert findings(AFTER, *NGAIO, whole(last_day=MONDAY), again, stay(TUESDAY)) == []


def test_attendance_before_any_agreement_is_not_attendance_after_one() -> None:
    records = [*NGAIO, whole(since=TUESDAY), stay(MONDAY)]
    assert findings(AFTER, *records) == []
    assert len(findings("attendance.not-enrolled", *records)) == 1


FINISH = "enrolment.finish-date"


def notice(last_day: date | None) -> LeavingNotice:
    return LeavingNotice(service=SERVICE, key="leaves-c1", child="c1", given_on=MONDAY, last_day=last_day, given_by="g1")


@pytest.mark.example("enrolment.finish-date", "Notice names a last day and the agreement has no finish date.")
def test_a_record_without_the_finish_date_told_is_found_from_the_day_after_on() -> None:
    (finding,) = findings(FINISH, *NGAIO, whole(), notice(FRIDAY))
    assert (finding.days[0], finding.holds) == (FRIDAY + DAY, False)
    (held,) = findings(FINISH, *NGAIO, whole(), notice(FRIDAY), switches={"enrolment.item-missing": "hold"})
    assert held.holds


@pytest.mark.example("enrolment.finish-date", "Notice names a last day and the agreement ends a week later.")
def test_a_later_finish_date_than_told_is_found_up_to_it() -> None:
    (finding,) = findings(FINISH, *NGAIO, whole(last_day=FRIDAY + WEEK), notice(FRIDAY))
    assert finding.days == tuple(FRIDAY + n * DAY for n in range(1, 8))


@pytest.mark.example("enrolment.finish-date", "The agreement ends on the day the notice names.")
@pytest.mark.example("enrolment.finish-date", "The child came back under an agreement that begins after the last day told.")
@pytest.mark.example("enrolment.finish-date", "Notice was given and no last day named.")
def test_a_finish_date_that_agrees_with_the_notice_is_left_alone() -> None:
    ended = whole(last_day=FRIDAY)
    again = whole(key="b1", since=NEXT_MONDAY).model_copy(update={"agreement": "b-c1"})
    assert findings(FINISH, *NGAIO, ended, notice(FRIDAY)) == []
    assert findings(FINISH, *NGAIO, ended, again, notice(FRIDAY)) == []
    assert findings(FINISH, *NGAIO, whole(), notice(None)) == []
