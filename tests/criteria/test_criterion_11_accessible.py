"""6-3, criterion 11: all records are readily accessible, by child and by day, for inspection by Ministry staff."""

from datetime import date, timedelta

import pytest

from ecegateway.evidence.record import State
from ecegateway.model.attendance import Attendance
from ecegateway.model.child import Child
from tests.support.criteria import MONDAY, SUNDAY, TUESDAY, WORLD, Case, case, play, signed, table, verified
from tests.support.records import SERVICE, absence, agreement, at, child, shift, stay

NAMELESS, DAYLESS = "records.nameless", "attendance.no-day"
STRANGER = "c9"
SINGLE_NAME = Child(service=SERVICE, key="c1", family_name="Ngāio", birth_date=date(2023, 8, 1))
BARE = Attendance(service=SERVICE, key="t1", child="c1")
LAST_WEEK = MONDAY - timedelta(days=7)
CASES = (
    case(pytest.mark.example("records.nameless", "A stay is recorded for a child with first and last name."), "met", signed()),
    case(
        pytest.mark.example("records.nameless", "A stay is recorded for a child with a single name."),
        "met", SINGLE_NAME, signed(),
    ),
    case(
        pytest.mark.example("records.nameless", "A stay is recorded for a key that no child record has."),
        "breached", stay(MONDAY, child_key=STRANGER), finds=NAMELESS,
    ),
    case(
        pytest.mark.example("records.nameless", "An absence is recorded for a key that no child record has."),
        "breached", absence(MONDAY, STRANGER), finds=NAMELESS,
    ),
    case("An absence is recorded for a child with a name.", "met", absence(MONDAY)),
    case("A verification is recorded for a child with a name.", "met", verified()),
    case("A stay and a verification of a nameless key.", "breached, breached", stay(MONDAY, child_key=STRANGER),
         verified().model_copy(update={"child": STRANGER}), finds=NAMELESS),
    case("An agreement alone of a nameless key: no attendance is recorded.", "", agreement(STRANGER)),
    case("A stay of a nameless key in another week.", "", stay(LAST_WEEK, child_key=STRANGER)),
    case("A nameless key has stays in this week and the week before.", "breached",
         stay(MONDAY, child_key=STRANGER), stay(LAST_WEEK, child_key=STRANGER), finds=NAMELESS),
    case("One child has a name and the other has none.", "breached, met", signed(), stay(MONDAY, child_key=STRANGER),
         finds=NAMELESS),
    case("The name of a nameless key has come since.", "met", stay(MONDAY, child_key=STRANGER), *child(STRANGER)),
    case("The child's record has been deleted.", "breached", *child(STRANGER)[1:], stay(MONDAY, child_key=STRANGER),
         child(STRANGER)[0], gone=State.DELETED, finds=NAMELESS),
    case("The child's record was deleted and has been sent again.", "met", stay(MONDAY, child_key=STRANGER),
         child(STRANGER)[0], gone=State.DELETED, back=True),
    case(
        pytest.mark.example("attendance.no-day", "An attendance gives neither a day nor a time."),
        "breached", BARE, finds=DAYLESS,
    ),
    case("Two attendances give neither a day nor a time.", "breached, breached", BARE,
         BARE.model_copy(update={"key": "t2"}), finds=DAYLESS),
    case(
        pytest.mark.example("attendance.no-day", "An attendance gives its day and no times."),
        "met", BARE.model_copy(update={"day": MONDAY}),
    ),
    case(
        pytest.mark.example("attendance.no-day", "An attendance gives its departure and nothing else."),
        "met", BARE.model_copy(update={"departed": at(MONDAY, "14:35")}),
    ),
    case("An attendance gives its arrival and nothing else.", "met", BARE.model_copy(update={"arrived": at(MONDAY, "08:25")})),
    case("An attendance without a day has one in the next file.", "met", BARE, BARE.model_copy(update={"day": TUESDAY})),
    case("An attendance of no day and one of Monday.", "breached, met", BARE, signed(), finds=DAYLESS),
    case("A nameless key and a stay of no day of the child with a name.", "breached, breached",
         stay(MONDAY, child_key=STRANGER), BARE, finds=f"{NAMELESS}, {DAYLESS}"),
    case("A stay of the last day asked about.", "met", stay(SUNDAY)),
    case("A stay of the day after the last.", "", stay(SUNDAY + timedelta(days=1))),
    case("The child is known by a preferred name too.", "met",
         WORLD[1].model_copy(update={"preferred_name": "Ngā"}), signed()),
    case("A teacher's shift belongs to no child.", "", shift(MONDAY)),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_ready_for_inspection(one: Case) -> None:
    play(one, 11)
