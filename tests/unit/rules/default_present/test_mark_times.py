"""Marks made before what they record, and marks made a day or more after; to the minute, and over the clock changes."""

from datetime import date, timedelta

import pytest

from ecegateway.model.attendance import Attendance, Method
from ecegateway.model.record import Record
from ecegateway.rules.attendance.default_present.mark_times import entered_late, marked_before
from tests.support.records import C1, MONDAY, at
from tests.support.registers import DAYS, attended, enrolled, found, later, mark, told


def made(day: date, came: float, left: float, method: Method = Method.SIGNED, key: str = "c1") -> Attendance:
    """A stay whose marks were made so many minutes after arrival and departure."""
    stay = attended(key, day)
    ends = later(stay.arrived, came * 60), later(stay.departed, left * 60)
    return stay.model_copy(update={"sign_in": mark(ends[0], "g-c1", method), "sign_out": mark(ends[1], "g-c1", method)})


def family(*stays: Record) -> list[Record]:
    return [*enrolled("c1"), *stays]


@pytest.mark.example("register.marked-before", "A father signs his child out for three o'clock when he leaves in the morning.")
def test_a_departure_signed_in_the_morning_is_found() -> None:
    (finding,) = found(marked_before, *family(made(MONDAY, 0, -350), attended("c1", DAYS[0])))
    assert (finding.child, finding.days) == (C1, (MONDAY,))
    assert told(finding) == {"hits": "1", "of": "2", "minutes": "15"}


@pytest.mark.example("register.marked-before", "A register's times of the whole day were entered at seven in the morning.")
def test_a_day_entered_before_it_began_is_found() -> None:
    stays = [made(day, -90, -450) for day in DAYS[:10]]
    (finding,) = found(marked_before, *family(*stays))
    assert finding.days == DAYS[:10]


@pytest.mark.example(
    "register.marked-before", "A mark is made quarter of an hour before the time it records, which was rounded up."
)
@pytest.mark.parametrize(("minutes", "count"), [(-15, 0), (-15.1, 1)])
@pytest.mark.parametrize("end", ["in", "out"])
def test_quarter_of_an_hour_ahead_is_rounding_and_more_is_not(minutes: float, count: int, end: str) -> None:
    stay = made(MONDAY, minutes, 0) if end == "in" else made(MONDAY, 0, minutes)
    assert len(found(marked_before, *family(stay))) == count


@pytest.mark.example("register.marked-before", "The system made the mark, and says so.")
@pytest.mark.parametrize("method", [Method.SYSTEM, Method.BOOKING, Method.BULK, Method.DEFAULT])
def test_declared_defaults_are_another_rules_business(method: Method) -> None:
    assert found(marked_before, *family(made(MONDAY, -90, -450, method))) == []
    assert found(entered_late, *family(made(MONDAY, 9000, 9000, method))) == []


@pytest.mark.example("register.entered-late", "A week's paper sheets are typed in on the Friday.")
def test_sheets_typed_in_on_friday_are_one_line_to_explain() -> None:
    week = [day for day in DAYS if MONDAY <= day < MONDAY + timedelta(days=5)]
    friday = at(week[-1], "17:00")
    stays = [
        attended("c1", day).model_copy(update={"sign_in": mark(friday, "t1"), "sign_out": mark(friday, "t1")}) for day in week
    ]
    (finding,) = found(entered_late, *family(*stays))
    assert (finding.child, finding.days) == (None, tuple(week[:4]))
    assert not finding.holds
    assert told(finding) == {"hits": "4", "of": "5", "hours": "24", "days": "4"}


@pytest.mark.example("register.entered-late", "A teacher enters a forgotten sign-out the next morning.")
@pytest.mark.parametrize(("minutes", "count"), [(18 * 60, 0), (24 * 60, 0), (24 * 60 + 1, 1)])
def test_a_day_later_is_soon_enough(minutes: int, count: int) -> None:
    assert len(found(entered_late, *family(made(MONDAY, 0, minutes)))) == count


@pytest.mark.example("register.entered-late", "The source does not say when a mark was made.")
def test_marks_without_their_time_tell_nothing() -> None:
    bare = attended("c1", MONDAY).model_copy(update={"sign_in": mark(None, "g-c1"), "sign_out": None})
    assert found(entered_late, *family(bare)) == []
    assert found(marked_before, *family(bare)) == []


@pytest.mark.parametrize(("minutes", "count"), [(24 * 60, 0), (25 * 60, 1)], ids=["a day of instants", "a day by the wall"])
def test_a_day_is_twenty_four_hours_also_when_the_clocks_change(minutes: int, count: int) -> None:
    """Summer time ends on Sunday 5 April 2026: half past eight is twenty-five hours after that of Saturday."""
    stay = made(date(2026, 4, 4), minutes, 0)
    assert len(found(entered_late, *family(stay))) == count
