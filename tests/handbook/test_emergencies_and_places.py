"""ECE Funding Handbook 7-5 (emergency closures) and 6-4 (the child in an absent child's place)."""

from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.model.absence import Pattern
from ecegateway.model.attendance import Exemption
from ecegateway.model.claim import ChildDay
from ecegateway.model.enrolment import Basis
from ecegateway.model.record import Record
from ecegateway.model.service import Closure
from tests.handbook.grids import SEVEN, check, claimed_minutes, counted, enrolment, grid, kept, months
from tests.support.records import (
    C1,
    C2,
    MONDAY,
    NO_SWITCHES,
    SERVICE,
    Switches,
    absence,
    agreement,
    bookings,
    child,
    prepared,
    profile,
    shift,
    stay,
)

TUESDAY = MONDAY + timedelta(days=1)


def emergency(approval: str | None = "regional office, letter of 10 February") -> Closure:
    return Closure(
        service=SERVICE,
        key="z1",
        first_day=TUESDAY,
        last_day=TUESDAY,
        kind="emergency",
        reason="no water",
        approval_reference=approval,
    )


def fates(*records: Record, day: date = TUESDAY, switches: Switches = NO_SWITCHES) -> dict[str, dict[str, int]]:
    """What became of each child's minutes on a day: by child, verdict and reason. Teachers are on record on Monday alone."""
    made = prepared(shift(MONDAY), *records, switches=switches).claim
    return {one.child: _by_reason(one) for one in made.child_days if one.day == day}


def _by_reason(found: ChildDay) -> dict[str, int]:
    total: dict[str, int] = {}
    for p in found.portions:
        name = f"{p.verdict} {p.reason}" + (f" as {p.category}" if p.category else "")
        total[name] = total.get(name, 0) + p.minutes
    return total


# 7-5: emergency closures.


@pytest.mark.example(
    "closure.emergency", "The regional office approved the closure: six of the eight hours booked are claimed."
)
@pytest.mark.example("closure.emergency-not-approved", "The approval's letter is on record.")
@pytest.mark.example("closure.emergency-casual", "A casual child is booked for the day of the closure.")
def test_an_approved_emergency_closure_claims_the_booked_hours_of_permanent_children_within_their_limits() -> None:
    """Six hours a day of the eight booked; a casual child has no booked hours to claim. Nobody is on the staff's record."""
    found = fates(
        profile(),
        emergency(),
        *child("c1"),
        agreement("c1", "08:00-16:00"),
        stay(MONDAY, child_key="c1"),
        *child("c2"),
        agreement("c2", basis=Basis.CASUAL),
        stay(MONDAY, child_key="c2"),
    )
    assert found[C1] == {"claimed closure.emergency as two-and-over": 360, "refused funding.daily-limit": 120}
    assert found[C2] == {"refused closure.emergency-casual": 360}


@pytest.mark.example("closure.emergency-casual", "The conditional afternoon of an agreement whose morning is firm.")
@pytest.mark.example("closure.emergency-casual", "The firm morning of an agreement whose afternoon is conditional.")
def test_the_firm_part_of_a_conditional_agreement_is_claimed_and_the_rest_is_not() -> None:
    """Funded on permanent enrolments alone."""
    part = agreement(basis=Basis.CONDITIONAL, conditional_part="bookings")
    firm, later = bookings("08:30-11:30", ["Tu"])[0], bookings("11:30-14:30", ["Tu"])[0]
    part = part.model_copy(update={"bookings": (firm, later.model_copy(update={"conditional": True}))})
    found = fates(profile(), emergency(), *child(), part)
    assert found[C1] == {"claimed closure.emergency as two-and-over": 180, "refused closure.emergency-casual": 180}


def test_the_limits_of_20_hours_ece_hold_on_an_emergency_closure() -> None:
    attested = agreement(twenty_hours="240 240 240 240 240")
    found = fates(profile(), emergency(), *child(born=date(2022, 5, 1)), attested, stay(MONDAY))
    assert found[C1] == {"claimed closure.emergency as twenty-hours": 240, "claimed closure.emergency as plus-ten": 120}


@pytest.mark.example("closure.emergency-not-approved", "The service closed without water, and no approval is on record.")
def test_an_emergency_closure_nobody_approved_is_held() -> None:
    """7-5: funded only with the approval of the Ministry's regional office."""
    found = fates(profile(), emergency(approval=None), *child(), agreement(), stay(MONDAY))
    assert found[C1] == {"held closure.emergency-not-approved": 360}


def test_an_emergency_closure_begins_no_absence_and_leaves_the_clock_running() -> None:
    """Policy switches absence.emergency-closure-day (A25), three-week.short-closure (A4)."""
    check(grid("2025-07-07", "✓ . . . . . .\nc . . . . . .\n" + "a . . . . . .\n" * 3 + "A . . . . . ."), weekdays=["Mo"])
    check(grid("2025-07-07", "✓ . . . . . .\na . . . . . .\nc . . . . . .\na . . . . . .\nA . . . . . ."), weekdays=["Mo"])


@pytest.mark.example("closure.emergency", "The child has been absent for more than three weeks when the closure comes.")
def test_a_child_absent_for_longer_than_is_funded_is_not_funded_for_the_emergency_either() -> None:
    """6-5: funding resumes when the child returns, and nothing closed resumes it."""
    text = """
    ✓  .  .  .  .  .  .
    a  .  .  .  .  .  .
    c  .  .  .  .  .  .  | within three weeks
    a  .  .  .  .  .  .
    C  .  .  .  .  .  .  | beyond them
    A  .  .  .  .  .  .
    ✓  .  .  .  .  .  .
    c  .  .  .  .  .  .  | after the return
    """
    drawn = grid("2025-07-07", text)
    agreed = [enrolment(weekdays=["Mo"], since=drawn.days.first)]
    check(drawn, enrolled=agreed)
    claimed = claimed_minutes(kept(drawn, enrolled=agreed), drawn.days)
    assert list(claimed.values()) == [360, 360, 360, 360, 0, 0, 360, 360]


def test_a_child_who_comes_on_the_day_of_an_emergency_closure_has_returned() -> None:
    """6-5: funding resumes with that day; until it the absence had gone on for more than three weeks."""
    drawn = grid("2025-07-07", "✓ . . . . . .\n" + "a . . . . . .\n" * 3 + "A . . . . . .\nc . . . . . .\na . . . . . .")
    check(drawn, weekdays=["Mo"], more=[stay(date(2025, 8, 11), "08:30-09:30")])


def test_an_emergency_right_after_a_long_closure_is_judged_without_the_weeks_of_the_closure() -> None:
    """6-6: it is the third week of the absence, and the first day of operation the child misses is still in it."""
    closed = "#  #  #  #  #  #  #\n" * 2
    drawn = grid(
        "2025-07-07",
        f"✓ . . . . . .\na . . . . . .\na . . . . . .\n{closed}c . . . . . .\na . . . . . .\nA . . . . . .",
    )
    check(drawn, weekdays=["Mo"])


def test_an_emergency_that_lasts_for_weeks_suspends_an_absence_as_any_long_closure_does() -> None:
    """6-6: three weeks of it between the first week of the absence and the second."""
    text = "a a a a a a a\n" + "c c c c c c c\n" * 3 + "a a a a a a a\n" * 2 + "A A A A A A A"
    check(grid("2025-07-07", text), weekdays=SEVEN)


COUNTS = {"absence.emergency-closure-day": "counts-as-absent"}


def test_an_emergency_that_counts_as_an_absence_may_be_its_first_day() -> None:
    """A25: the three weeks run from the emergency closure on."""
    check(
        grid("2025-07-07", "✓ . . . . . .\nc . . . . . .\n" + "a . . . . . .\n" * 2 + "A . . . . . ."),
        weekdays=["Mo"],
        switches=COUNTS,
    )


@pytest.mark.parametrize(
    ("reading", "last_week"), [("whole-weeks-removed", "A A A A A A A"), ("skip-closed-days", "a a A A A A A")]
)
def test_a_long_closure_that_an_emergency_begins_is_taken_out_also_where_the_emergency_counts_as_an_absence(
    reading: str, last_week: str
) -> None:
    """A2, A25: the first week of the absence ends with the emergency on Friday; sixteen closed days follow it."""
    text = "a a a a c # #\n" + "# # # # # # #\n" * 2 + "a a a a a a a\n" * 2 + last_week
    check(grid("2025-07-07", text), weekdays=SEVEN, switches={**COUNTS, "three-week.long-closure": reading})


def test_an_emergency_closure_is_no_day_of_a_pattern() -> None:
    """Fridays one of two; were the closed ones absences, it would be three of four."""
    printed = {
        "2021-08": """
        .  .  .  .  .  .  .
        .  .  .  ✓  c  .  .
        .  .  .  ✓  c  .  .
        .  .  .  ✓  ✓  .  .
        .  .  .  ✓  a  .  .
        .  .  .  .  .  .  .
        """
    }
    assert counted(check(months(printed), weekdays=["Th", "Fr"]), Pattern.SAME_WEEKDAY) == []
    told = check(months(printed), weekdays=["Th", "Fr"], switches=COUNTS)
    assert counted(told, Pattern.SAME_WEEKDAY) == ["Aug Fr 3/4: month 1"]


# 6-4: the casual or conditional child who fills an absent child's place.

AGED_THREE = date(2022, 5, 1)


def in_the_place(
    *, places: int = 1, replacing: Basis = Basis.CASUAL, twenty_hours: str | None = None, **came: Any
) -> list[Record]:
    """On Monday child ``c1`` is absent, and a casual or conditional child ``c2`` came for the morning."""
    part = "whole" if replacing is Basis.CONDITIONAL else None
    return [
        profile(places=places),
        *child("c1", AGED_THREE),
        agreement("c1", twenty_hours=twenty_hours),
        absence(MONDAY, "c1"),
        *child("c2", AGED_THREE),
        agreement("c2", basis=replacing, conditional_part=part),
        stay(MONDAY, "08:30-12:30", "c2", **came),
    ]


@pytest.mark.parametrize("replacing", [Basis.CASUAL, Basis.CONDITIONAL])
@pytest.mark.example("absence.place-filled", "One place: a permanent child is absent, and a casual child came in its place.")
@pytest.mark.example("absence.place-given", "By the default reading the absence keeps the place.")
def test_an_absence_and_the_child_in_its_place_are_not_both_claimed_when_the_licence_is_full(replacing: Basis) -> None:
    """Policy switch absence.replacement (A37): the absence is kept."""
    found = fates(*in_the_place(replacing=replacing), day=MONDAY)
    assert found == {
        C1: {"claimed absence.three-weeks as two-and-over": 360},
        C2: {"refused absence.place-filled": 240},
    }


@pytest.mark.example(
    "absence.place-given", "One place, and absences give way: the four hours of the casual child are taken from the absence."
)
def test_by_the_other_reading_the_child_in_the_place_is_claimed_and_the_absence_gives_way() -> None:
    found = fates(*in_the_place(), day=MONDAY, switches={"absence.replacement": "keep-casual-drop-absence"})
    assert found == {
        C1: {"refused absence.place-given": 240, "claimed absence.three-weeks as two-and-over": 120},
        C2: {"claimed funding.attended-hours as two-and-over": 240},
    }


@pytest.mark.example("absence.place-filled", "Two places: both are claimed.")
def test_where_a_place_is_free_nobody_fills_an_absent_childs() -> None:
    """Nor is 20 Hours ECE at stake then: that occurs only when the licence is full."""
    found = fates(*in_the_place(places=2, twenty_hours="240 240 240 240 240", fee_charged=True), day=MONDAY)
    assert found == {
        C1: {"claimed absence.three-weeks as twenty-hours": 240, "claimed absence.three-weeks as plus-ten": 120},
        C2: {"claimed funding.attended-hours as two-and-over": 240},
    }


@pytest.mark.parametrize(
    ("charged", "reading", "subsidy"),
    [
        (True, "assume-charged", True),
        (None, "assume-charged", True),
        (False, "assume-charged", False),
        (True, "assume-not-charged", True),
        (None, "assume-not-charged", False),
    ],
)
@pytest.mark.example("absence.subsidy-for-place", "The family of the casual child was charged a fee.")
@pytest.mark.example("absence.subsidy-for-place", "No record says whether a fee was charged, and the default assumes one.")
@pytest.mark.example("absence.subsidy-for-place", "The record says that no fee was charged.")
def test_no_20_hours_ece_for_an_absence_whose_place_a_paying_child_fills(
    *, charged: bool | None, reading: str, subsidy: bool
) -> None:
    """6-4: the service must claim subsidy. Where no record says whether a fee was charged, the lower funding is claimed."""
    records = in_the_place(twenty_hours="360 360 360 360 360", fee_charged=charged)
    found = fates(*records, day=MONDAY, switches={"twenty-hours.replacement-fee": reading})
    filled, rest = (240, 120) if subsidy else (0, 360)
    assert found[C1].get("claimed absence.subsidy-for-place as two-and-over", 0) == filled
    assert found[C1].get("claimed absence.three-weeks as twenty-hours", 0) == rest
    assert found[C2] == {"refused absence.place-filled": 240}


@pytest.mark.parametrize("reading", ["keep-absence-drop-casual", "keep-casual-drop-absence"])
def test_the_child_in_an_exempt_childs_place_is_never_claimed(reading: str) -> None:
    """7-7: another child may attend in the place, without funding for that child."""
    exempt = Exemption(
        service=SERVICE,
        key="e1",
        child="c1",
        first_day=MONDAY,
        last_day=MONDAY,
        forms=("EC12", "EC13"),
        document_reference="folder 7",
    )
    found = fates(*in_the_place(), exempt, day=MONDAY, switches={"absence.replacement": reading})
    assert sum(found[C1].values()) == 360
    assert set(found[C1]) == {"claimed absence.exempt as two-and-over"}
    assert all(name.startswith("refused") for name in found[C2])
