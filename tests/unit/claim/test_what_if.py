"""What another reading would change: two claims of the same evidence, child by child."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ecegateway.claim.what_if import what_if
from ecegateway.model.claim import Category, ChildDay, Claim, Portion, StaffColumn, SwitchSetting, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import RuleId
from tests.support.claims import child_key, claim
from tests.support.records import (
    MONDAY,
    agreement,
    child,
    prepared,
    profile,
    shift,
    stay,
)

TUESDAY = MONDAY + timedelta(days=1)
TANE, NGAIO = child_key(0), child_key(2)


def portion(minutes: int, category: Category, verdict: Verdict = Verdict.CLAIMED) -> Portion:
    return Portion(minutes, 480, verdict, category, RuleId("funding.enrolled-hours"), None, ())


def day(number: int, on: date, *portions: Portion) -> ChildDay:
    return ChildDay(child_key(number), on, Basis.PERMANENT, ((480, 840),), ((480, 840),), portions)


def of(*days: ChildDay, reading: str = "block-until-explained") -> Claim:
    made = claim(child_days=days, findings=())
    return replace(made, switches=(*made.switches, SwitchSetting("rs7.zero-staff-day", reading, 1)))


BEFORE = of(
    day(0, MONDAY, portion(360, Category.TWO_AND_OVER)),
    day(0, TUESDAY, portion(120, Category.TWO_AND_OVER), portion(60, Category.TWO_AND_OVER, Verdict.HELD)),
    day(1, MONDAY, portion(240, Category.UNDER_TWO)),
    day(2, MONDAY, portion(240, Category.TWENTY_HOURS), portion(120, Category.PLUS_TEN)),
)
AFTER = of(
    day(0, MONDAY, portion(330, Category.TWO_AND_OVER)),
    day(0, TUESDAY, portion(180, Category.TWO_AND_OVER)),
    day(1, MONDAY, portion(240, Category.UNDER_TWO)),
    day(2, MONDAY, portion(360, Category.PLUS_TEN)),
    reading="warn",
)


def test_what_a_child_gains_on_one_day_and_loses_on_another_stands_apart() -> None:
    tane = next(one for one in what_if(BEFORE, AFTER).children if one.child == TANE)
    assert (tane.before, tane.after, tane.gained, tane.lost) == (480, 510, 60, 30)


def test_minutes_that_move_to_another_category_are_lost_in_the_one_and_gained_in_the_other() -> None:
    ngaio = next(one for one in what_if(BEFORE, AFTER).children if one.child == NGAIO)
    assert {change.category: (change.gained, change.lost) for change in ngaio.changes} == {
        Category.TWENTY_HOURS: (0, 240),
        Category.PLUS_TEN: (240, 0),
    }
    assert (ngaio.before, ngaio.after) == (360, 360)


def test_children_without_a_difference_are_left_out_and_the_largest_comes_first() -> None:
    assert [one.child for one in what_if(BEFORE, AFTER).children] == [NGAIO, TANE]


def test_the_figures_of_the_return_that_change_are_named_in_whole_hours() -> None:
    """Tāne's 5:30 on Monday rounds to six hours, as before: that figure of the return does not change."""
    found = what_if(BEFORE, AFTER)
    assert [(cell.day, cell.column, cell.before, cell.after) for cell in found.cells] == [
        (MONDAY, Category.TWENTY_HOURS, 4, 0),
        (MONDAY, Category.PLUS_TEN, 2, 6),
        (TUESDAY, Category.TWO_AND_OVER, 2, 3),
    ]
    assert found.totals[Category.TWO_AND_OVER] == (8, 9)
    assert found.totals[Category.TWENTY_HOURS] == (4, 0)
    assert found.totals[StaffColumn.OTHER][0] == found.totals[StaffColumn.OTHER][1] > 0


def test_the_readings_compared_are_named() -> None:
    found = what_if(BEFORE, AFTER)
    assert [setting.value for setting in found.now] == ["block-until-explained"]
    assert [setting.value for setting in found.asked] == ["warn"]


def test_a_claim_does_not_differ_from_itself() -> None:
    found = what_if(BEFORE, BEFORE)
    assert (found.asked, found.children, found.cells) == ((), (), ())


def test_claims_of_other_evidence_are_not_compared() -> None:
    """The difference would be blamed on the reading."""
    with pytest.raises(ValueError, match="same service, period and evidence"):
        what_if(BEFORE, replace(AFTER, input_digest="another"))


def claimed(switches: Mapping[str, str]) -> Claim:
    """A child who came on two days, one of them without any teacher on record."""
    return prepared(shift(MONDAY), profile(), *child(), agreement(), stay(MONDAY), stay(TUESDAY), switches=switches).claim


def test_real_facts_by_two_readings_of_a_day_without_staff_hours() -> None:
    """Doubtful point A40: Tuesday's six hours are held by one reading and claimed by the other."""
    found = what_if(claimed({}), claimed({"rs7.zero-staff-day": "warn"}))
    (one,) = found.children
    assert (one.before, one.after, one.gained, one.lost) == (360, 720, 360, 0)
    assert [(cell.day, cell.before, cell.after) for cell in found.cells] == [(TUESDAY, 0, 6)]
    assert [(setting.switch, setting.value) for setting in found.asked] == [("rs7.zero-staff-day", "warn")]


def test_a_reading_of_rounding_changes_the_return_and_no_childs_hours() -> None:
    half = agreement(times="08:30-11:00")
    facts = (shift(MONDAY), profile(), *child(), half, stay(MONDAY))
    found = what_if(prepared(*facts).claim, prepared(*facts, switches={"rs7.rounding": "bankers"}).claim)
    assert found.children == ()
    assert [(cell.column, cell.before, cell.after) for cell in found.cells] == [(Category.TWO_AND_OVER, 3, 2)]
