"""6-3, criterion 9: records are accurate each day; staff who sign for a parent say why, for a parent to verify."""

from datetime import datetime, timedelta

import pytest

from ecegateway.contract import Fact
from ecegateway.model.attendance import Attendance, Method
from ecegateway.model.people import Note
from tests.support.criteria import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    TUESDAY,
    WEDNESDAY,
    Case,
    case,
    mark,
    play,
    signed,
    table,
    verified,
)
from tests.support.records import SERVICE, absence, agreement, at, confirmed

UNEXPLAINED, UNVERIFIED = "attendance.staff-entry-not-explained", "attendance.staff-entry-not-verified"
UNSIGNED, TIMES, NO_RECORD = "attendance.signed", "attendance.times-given", "attendance.no-record"
DISPUTED = "verification.disputed"
BY_TEACHER = mark("t1", None, method=Method.STAFF_ENTRY)
WHY = "Her grandfather left before signing; seen at the door."
EXPLAINED = signed(BY_TEACHER, circumstances=WHY)
BARE = signed(BY_TEACHER)
VERIFIED = verified()
DISPUTE = verified(decision="disputed")
NO_CIRCUMSTANCES, NO_VERIFICATIONS = (Fact.CIRCUMSTANCES,), (Fact.VERIFICATION,)
MONDAYS_ONLY = agreement(weekdays=("Mo",))
TWO_DAYS = agreement(weekdays=("Mo", "Tu"))


def note(day: object = MONDAY, about: str = "attendance", child: str | None = "c1") -> Note:
    return Note.model_validate({"service": SERVICE, "key": "o1", "day": day, "child": child, "about": about, "text": WHY})


def came_at(days_later: int) -> datetime:
    """When the newest evidence came, so many days after the Monday."""
    return at(MONDAY + timedelta(days=days_later), "12:00")


def as_parent() -> Attendance:
    return signed(mark("t1", "m1"), circumstances=None)


CASES = (
    case(pytest.mark.example("attendance.staff-entry-not-explained", "A mother signs the child in."), "met", signed()),
    case(
        pytest.mark.example(
            "attendance.staff-entry-not-explained",
            "A teacher enters an arrival and says that the grandfather left before signing.",
        ),
        "met", EXPLAINED, VERIFIED,
    ),
    case(
        pytest.mark.example("attendance.staff-entry-not-explained", "A teacher enters an arrival and gives no reason."),
        "breached", BARE, VERIFIED, finds=UNEXPLAINED,
    ),
    case("A teacher enters a departure and gives no reason.", "breached", signed(left=BY_TEACHER), VERIFIED, finds=UNEXPLAINED),
    case(
        pytest.mark.example(
            "attendance.staff-entry-not-explained", "A teacher signs a child in as a parent would and gives no reason."
        ),
        "breached", as_parent(), VERIFIED, finds=UNEXPLAINED,
    ),
    case("An administrator signs a child in and gives no reason.", "breached", signed(mark("a1", None)), VERIFIED,
         finds=UNEXPLAINED),
    case(
        pytest.mark.example(
            "attendance.staff-entry-not-explained",
            "A teacher enters an arrival, and a note of that day about the child's attendance says why.",
        ),
        "met", BARE, VERIFIED, note(),
    ),
    case("A note of the next day does not say why.", "breached", BARE, VERIFIED, note(TUESDAY), finds=UNEXPLAINED),
    case("A note about staff hours does not say why.", "breached", BARE, VERIFIED, note(about="staff-hours"),
         finds=UNEXPLAINED),
    case("A note about no child does not say why.", "breached", BARE, VERIFIED, note(child=None), finds=UNEXPLAINED),
    case("A source that cannot show circumstances gives none.", "cannot show", BARE, VERIFIED, without=NO_CIRCUMSTANCES),
    case("A source that cannot show circumstances gives them all the same.", "met", EXPLAINED, VERIFIED,
         without=NO_CIRCUMSTANCES),
    case(
        pytest.mark.example(
            "attendance.staff-entry-not-verified",
            "A teacher enters an arrival, and 32 days later no parent has verified the day.",
        ),
        "breached", EXPLAINED, received=came_at(32), finds=UNVERIFIED,
    ),
    case(
        pytest.mark.example(
            "attendance.staff-entry-not-verified",
            "A teacher enters an arrival, and 31 days later no parent has verified the day.",
        ),
        "cannot show", EXPLAINED, received=came_at(31),
    ),
    case(
        pytest.mark.example(
            "attendance.staff-entry-not-verified", "A teacher enters an arrival, and a mother verifies the week."
        ),
        "met", EXPLAINED, VERIFIED, received=came_at(32),
    ),
    case(
        pytest.mark.example(
            "attendance.staff-entry-not-verified",
            "A teacher enters an arrival, and no source of the service can show verifications.",
        ),
        "cannot show", EXPLAINED, without=NO_VERIFICATIONS, received=came_at(90),
    ),
    case("A teacher verifies what the teacher entered.", "breached", EXPLAINED, verified("t1"), received=came_at(32),
         finds=UNVERIFIED),
    case("A mother verified the week before the child had left.", "breached", EXPLAINED, verified(on=at(MONDAY, "14:34")),
         received=came_at(32), finds=UNVERIFIED),
    case("A mother verified other days of the week.", "breached", EXPLAINED, verified(days=(TUESDAY, FRIDAY)),
         received=came_at(32), finds=UNVERIFIED),
    case("A mother disputes what the teacher entered.", "breached", EXPLAINED, DISPUTE, finds=DISPUTED),
    case("A mother disputes what the teacher entered, and then confirms it.", "met", EXPLAINED, DISPUTE,
         verified(key="v2", on=at(SATURDAY, "18:00"))),
    case("An entry without a reason that nobody verified.", "breached", BARE, received=came_at(32),
         finds=f"{UNEXPLAINED}, {UNVERIFIED}"),
    case("Nobody signed the child out, and no parent has confirmed it.", "breached", signed(left=mark(None, None)),
         finds=UNSIGNED),
    case("Nobody signed the child out, and a mother has confirmed it since.", "met", signed(left=mark(None, None)),
         confirmed(MONDAY, MONDAY)),
    case("The departure is missing.", "breached", signed(left=None, departed=None), finds=TIMES),
    case("The system signed the child out: that is criterion 7.", "cannot show",
         signed(left=mark(None, None, method=Method.SYSTEM))),
    case("A source that cannot show signers tells of no process.", "cannot show",
         signed(mark(None, None, method=Method.NOT_SHOWN), None), without=(Fact.SIGNER,)),
    case("A booked day has no record at all.", "breached", MONDAYS_ONLY, finds=NO_RECORD),
    case("Of two booked days one has a record.", "breached, met", TWO_DAYS, signed(), finds=NO_RECORD),
    case("A booked day is marked absent.", "", MONDAYS_ONLY, absence(MONDAY)),
    case("A day that is not booked has no record.", "met", MONDAYS_ONLY, signed()),
    case("A booked day of a transitional visit to a school has no record.", "", agreement(weekdays=("We",),
         school_visits=(WEDNESDAY,))),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_accurate_each_day(one: Case) -> None:
    play(one, 9)
