"""6-3, criterion 7: daily sign-in must not default to marking children as present, nor to the time booked."""

from collections import Counter
from datetime import timedelta
from itertools import repeat

import pytest

from ecegateway.contract import Fact
from ecegateway.model.attendance import Attendance, Method
from ecegateway.model.conformance import Grade
from ecegateway.rules.criteria.catalogue import CRITERIA
from tests.support import registers
from tests.support.criteria import MONDAY, TUESDAY, Case, case, mark, play, signed, table
from tests.support.records import C1, EVERY_FACT, at, child, confirmed, stay

DEFAULTED, SYSTEM = "attendance.not-defaulted", "attendance.system-sign-out"
NOBODY = mark(None, None, "17:30", method=Method.STAFF_ENTRY)
SILENT = (Fact.METHOD,)
IN_THE_MORNING = signed(left=mark(clock="09:00", day=TUESDAY), departed=at(TUESDAY, "09:00"))
"""Signed out at 20:00 UTC of the Monday, which is nine by daylight saving."""


def unseen(child_key: str = "c1", times: str = "08:30-17:30") -> Attendance:
    return stay(MONDAY, times, child_key).model_copy(update={"sign_out": NOBODY})


CASES = (
    case(pytest.mark.example("attendance.not-defaulted", "A mother signs her child in and out."), "met", signed()),
    case(
        pytest.mark.example("attendance.not-defaulted", "A teacher enters the arrival of this child alone."),
        "met", signed(mark("t1", None, method=Method.STAFF_ENTRY)),
    ),
    case(
        pytest.mark.example(
            "attendance.not-defaulted", "The system marks the child present unless somebody says otherwise."
        ),
        "breached", stay(MONDAY, method=Method.DEFAULT), finds=DEFAULTED,
    ),
    case(
        pytest.mark.example("attendance.not-defaulted", "The times are copied from the booking."),
        "breached", stay(MONDAY, method=Method.BOOKING), finds=DEFAULTED,
    ),
    case(
        pytest.mark.example("attendance.not-defaulted", "One action marks the whole room present."),
        "breached", stay(MONDAY, method=Method.BULK), finds=DEFAULTED,
    ),
    case(
        pytest.mark.example("attendance.not-defaulted", "The system signs the child in by itself."),
        "breached", signed(mark(None, None, method=Method.SYSTEM)), finds=DEFAULTED,
    ),
    case(
        pytest.mark.example(
            "attendance.not-defaulted", "A source that cannot say how children were signed in says nothing."
        ),
        "cannot show", stay(MONDAY, method=Method.NOT_SHOWN), without=SILENT,
    ),
    case("A source that can say how says nothing of this stay.", "cannot show", stay(MONDAY, method=Method.NOT_SHOWN)),
    case("A stay has times and no mark at all.", "cannot show", signed(None, None)),
    case("The sign-in says how, and the sign-out does not.", "cannot show", signed(left=None)),
    case("A default is a breach whatever its source can show.", "breached", stay(MONDAY, method=Method.DEFAULT),
         finds=DEFAULTED, without=SILENT),
    case("Only the sign-in is a default.", "breached", signed(mark(None, None, method=Method.DEFAULT)), finds=DEFAULTED),
    case("Only the sign-out is copied from the booking.", "breached", signed(left=mark(method=Method.BOOKING)),
         finds=DEFAULTED),
    case("A parent's name stands under a default.", "breached", stay(MONDAY, method=Method.BULK, by="g1"), finds=DEFAULTED),
    case("A mother confirms the day of a default: it is no event for that.", "breached",
         stay(MONDAY, method=Method.DEFAULT), confirmed(MONDAY, MONDAY), finds=DEFAULTED),
    case("The system signs the child out.", "breached", stay(MONDAY, out_method=Method.SYSTEM), finds=SYSTEM),
    case("The system signs the child out, and a mother confirms the day: the hours are free, the default stays one.",
         "breached", stay(MONDAY, out_method=Method.SYSTEM), confirmed(MONDAY, MONDAY)),
    case("The system signs the child in and out.", "breached", stay(MONDAY, method=Method.SYSTEM),
         finds=f"{DEFAULTED}, {SYSTEM}"),
    case("The child leaves at 20:00 UTC to the second.", "breached", IN_THE_MORNING,
         finds=SYSTEM),
    case("The child leaves an hour after closing.", "breached", stay(MONDAY, "08:30-18:30"), finds=SYSTEM),
    case("The child leaves a minute less than an hour after closing.", "met", stay(MONDAY, "08:30-18:29")),
    case("Three children leave at the very same instant, signed by nobody.", "breached, breached, breached",
         *child("c2"), *child("c3"), unseen(), unseen("c2"), unseen("c3"), finds=SYSTEM),
    case("Two children leave at the very same instant, signed by nobody.", "met, met", *child("c2"), unseen(), unseen("c2")),
    case("Three children leave at closing, signed by their mother.", "met, met, met", *child("c2"), *child("c3"),
         *(stay(MONDAY, "08:30-17:30", key) for key in ("c1", "c2", "c3"))),
    case("A day is given without times, and somebody signed.", "met",
         signed(arrived=None, departed=None, day=MONDAY).model_copy(update={"day": MONDAY})),
    case("A default of last week is no business of this one.", "", stay(MONDAY - timedelta(days=7), method=Method.DEFAULT)),
    case("Of two stays of a day one is a default.", "met, breached", stay(MONDAY, "08:30-12:00", key="one"),
         stay(MONDAY, "13:00-14:30", key="two", method=Method.DEFAULT), finds=DEFAULTED),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_no_default_to_present(one: Case) -> None:
    play(one, 7)


def test_stays_of_a_pattern_people_do_not_make_are_neither_met_nor_breached() -> None:
    """Thirty stays at the booked times to the minute, of a child among others who come when they can."""
    asked = registers.asked(*registers.others(), *registers.kept("c1", repeat(registers.EXACT, 30)))
    graded = [one for one in CRITERIA[6].grades(asked) if one.child == C1]
    assert Counter(one.grade for one in graded) == {Grade.CANNOT_SHOW: 30}
    assert {one.why for one in graded} == {"belongs to a pattern people do not make: The booked times to the minute, too often"}
    neighbours = [one for one in CRITERIA[6].grades(asked) if one.child != C1]
    assert {one.grade for one in neighbours} == {Grade.MET}


@pytest.mark.parametrize(
    ("without", "why"),
    [
        ((), "does not say how it was recorded"),
        (SILENT, "comes from a source that cannot say how it was recorded"),
    ],
)
def test_what_a_source_could_show_is_told_from_what_it_cannot(without: tuple[Fact, ...], why: str) -> None:
    asked = registers.asked(*child(), stay(MONDAY, method=Method.NOT_SHOWN), facts=EVERY_FACT - frozenset(without))
    (graded,) = CRITERIA[6].grades(asked)
    assert (graded.grade, graded.why) == (Grade.CANNOT_SHOW, why)
