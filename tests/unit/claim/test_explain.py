"""From a figure of the return to the child lines under it."""

from datetime import date, timedelta

import pytest

from ecegateway.claim.explain import explain_cell, explain_child, explain_staff
from ecegateway.errors import HandbookError
from ecegateway.model.claim import Category, ChildDay, Portion, StaffColumn, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey, RuleId
from tests.support.claims import PERIOD, claim

MONDAY = date(2026, 2, 9)
TUESDAY = MONDAY + timedelta(days=1)
OUTSIDE = "2026-01-31 lies outside the period 2026-02-01 to 2026-05-31"


def line(key: str, day: date, category: Category | None, verdict: Verdict = Verdict.CLAIMED) -> ChildDay:
    one = Portion(360, 480, verdict, category, RuleId("funding.enrolled-hours"), None, ())
    return ChildDay(ChildKey(key), day, Basis.PERMANENT, ((480, 840),), ((480, 840),), (one,))


UNDER_TWO = line("kowhai:c1", MONDAY, Category.UNDER_TWO)
OVER_TWO = line("kowhai:c2", MONDAY, Category.TWO_AND_OVER)
HELD = line("kowhai:c3", MONDAY, None, Verdict.HELD)
NEXT_DAY = line("kowhai:c2", TUESDAY, Category.TWO_AND_OVER)
CLAIM = claim(child_days=[UNDER_TWO, OVER_TWO, HELD, NEXT_DAY], findings=())


def test_a_cell_is_made_of_the_days_lines_in_its_category_beside_those_that_claim_nothing() -> None:
    found = explain_cell(CLAIM, MONDAY, Category.TWO_AND_OVER)
    assert (found.cell.day, found.cell.category, found.cell.minutes) == (MONDAY, Category.TWO_AND_OVER, 360)
    assert found.lines == (OVER_TWO,)
    assert found.others == (HELD,)


def test_a_cell_of_nobody_has_no_lines() -> None:
    found = explain_cell(CLAIM, TUESDAY, Category.UNDER_TWO)
    assert (found.cell.minutes, found.lines, found.others) == (0, (), ())


def test_a_staff_figure_is_found_by_day_and_column() -> None:
    for column, people in ((StaffColumn.CERTIFICATED, ["s-01", "s-02"]), (StaffColumn.OTHER, ["s-03"])):
        found = explain_staff(CLAIM, TUESDAY, column)
        assert (found.day, found.column) == (TUESDAY, column)
        assert [one.person for one in found.lines] == people


@pytest.mark.parametrize("key", ["kowhai:c2", "c2"])
def test_a_child_is_found_by_key_with_or_without_its_source(key: str) -> None:
    assert explain_child(CLAIM, key, MONDAY) is OVER_TWO
    assert explain_child(CLAIM, key, TUESDAY) is NEXT_DAY


def test_a_childs_own_key_may_hold_a_colon() -> None:
    tui = line("kowhai:tui:7", MONDAY, Category.UNDER_TWO)
    assert explain_child(claim(child_days=[UNDER_TWO, tui], findings=()), "tui:7", MONDAY) is tui


def test_a_child_with_nothing_at_stake_is_told_apart_from_a_day_outside_the_period() -> None:
    with pytest.raises(HandbookError, match=r"^no agreement books child 'c1' on 2026-02-10; explanation.json holds the keys$"):
        explain_child(CLAIM, "c1", TUESDAY)
    with pytest.raises(HandbookError, match=f"^{OUTSIDE}$"):
        explain_child(CLAIM, "c1", PERIOD.days.first - timedelta(days=1))


def test_a_figure_of_a_day_outside_the_period_says_so() -> None:
    before = PERIOD.days.first - timedelta(days=1)
    with pytest.raises(HandbookError, match=f"^{OUTSIDE}$"):
        explain_cell(CLAIM, before, Category.UNDER_TWO)
    with pytest.raises(HandbookError, match=f"^{OUTSIDE}$"):
        explain_staff(CLAIM, before, StaffColumn.OTHER)
