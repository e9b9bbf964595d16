"""ECE Funding Handbook 6-5 and 6-6, every printed example as a grid.

How the printed grids are read. In the text copy of chapter 6 the shading is lost and the first unfunded ``a`` of week 4 is
missing in every row; what is funded is taken from the column headings. Rows here run from Monday, as weeks do on paper.
The dates are ours: weeks without a public holiday.
"""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecegateway.claim.what_if import what_if
from ecegateway.evidence.record import Version
from ecegateway.facts.fold import fold
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.claim import Claim, SwitchSetting
from ecegateway.model.period import FundingPeriod
from ecegateway.rules.assess import assess
from ecegateway.rules.registry import question
from tests.handbook.grids import check, enrolment, grid, kept
from tests.support.records import C1, agreement, child, evidence, staffed, stay, versions


def test_6_5_example_1_one_day_a_week() -> None:
    """Absent on the Monday of weeks 1, 2, 3: funded. Week 4: not."""
    check(
        grid(
            "2025-07-07",
            """
            M  T  W  Th F  S  S
            ✓  .  .  .  .  .  .  | normal funding
            a  .  .  .  .  .  .  | absence week one, funded
            a  .  .  .  .  .  .  | absence week two, funded
            a  .  .  .  .  .  .  | absence week three, funded
            A  .  .  .  .  .  .  | absence week 4, unfunded
            A  .  .  .  .  .  .
            """,
        ),
        weekdays=["Mo"],
    )


def test_6_5_example_2_three_days_a_week() -> None:
    """The header is garbled; the marks stand three, five and seven columns apart, which is Monday, Wednesday, Friday."""
    check(
        grid(
            "2025-07-07",
            """
            M  T  W  Th F  S  S
            ✓  .  ✓  .  ✓  .  .  | last attendance on Friday
            a  .  a  .  a  .  .
            a  .  a  .  a  .  .
            a  .  a  .  a  .  .
            A  .  A  .  A  .  .
            """,
        ),
        weekdays=["Mo", "We", "Fr"],
    )


def test_6_5_example_2_by_its_printed_header() -> None:
    """Read by its printed header, the child is enrolled Monday, Thursday, Saturday: the same nine sessions are funded."""
    check(
        grid(
            "2025-07-07",
            """
            M  T  W  Th F  S  S
            ✓  .  .  a  .  a  .  | last attendance on Monday
            a  .  .  a  .  a  .
            a  .  .  a  .  a  .
            a  .  .  A  .  A  .
            A  .  .  A  .  A  .
            """,
        ),
        weekdays=["Mo", "Th", "Sa"],
    )


def test_6_5_example_3_five_days_a_week() -> None:
    """The first week's header is printed ``M M T W F``; it is Monday to Friday."""
    check(
        grid(
            "2025-07-07",
            """
            M  T  W  Th F  S  S
            ✓  ✓  ✓  ✓  ✓  .  .  | last attendance on Friday
            a  a  a  a  a  .  .
            a  a  a  a  a  .  .
            a  a  a  a  a  .  .
            A  A  A  A  A  .  .
            A  A  ✓  ✓  a  .  .  | funding resumes when the child returns, and the next absence begins anew
            """,
        ),
        weekdays=["Mo", "Tu", "We", "Th", "Fr"],
    )


@pytest.mark.parametrize("weeks", [2, 3], ids=["seventeen days", "twenty-four days"])
def test_6_6_example_1_one_day_a_week(weeks: int) -> None:
    """The service closes after Thursday of week 1 and reopens on a Monday; the week of the reopening is week 2, not week 1."""
    closed = "#  #  #  #  #  #  #\n" * weeks
    check(
        grid(
            "2025-07-07",
            f"""
            .  ✓  .  .  .  .  .
            .  a  .  .  #  #  #  | week 1; the service closes
            {closed}
            .  a  .  .  .  .  .  | wk 1 ctd, week 2
            .  a  .  .  .  .  .  | week 3
            .  A  .  .  .  .  .  | week 4, unfunded
            .  A  .  .  .  .  .
            """,
        ),
        weekdays=["Tu"],
    )


@pytest.mark.parametrize("weeks", [2, 3], ids=["sixteen days", "twenty-three days"])
def test_6_6_example_2_three_days_a_week(weeks: int) -> None:
    """The grid proves that absence weeks run from the weekday of the first absence: here from Wednesday to Tuesday."""
    closed = "#  #  #  #  #  #  #\n" * weeks
    check(
        grid(
            "2025-07-07",
            f"""
            ✓  .  a  .  a  .  .  | last attendance on Monday; week 1
            a  .  a  .  a  .  .  | week 2 from Wednesday
            a  .  a  .  a  #  #  | week 3 from Wednesday; the service closes
            {closed}
            a  .  A  .  A  .  .  | week 3 ctd on Monday; week 4 from Wednesday, unfunded
            """,
        ),
        weekdays=["Mo", "We", "Fr"],
    )


@pytest.mark.parametrize("weeks", [2, 3], ids=["sixteen days", "twenty-three days"])
def test_6_6_example_3_five_days_a_week(weeks: int) -> None:
    """The closure falls between absence weeks two and three."""
    closed = "#  #  #  #  #  #  #\n" * weeks
    check(
        grid(
            "2025-07-07",
            f"""
            ✓  ✓  ✓  ✓  ✓  .  .
            a  a  a  a  a  .  .  | week 1
            a  a  a  a  a  #  #  | week 2; the service closes
            {closed}
            a  a  a  a  a  .  .  | week 3
            A  A  A  A  A  .  .  | week 4, unfunded
            """,
        ),
        weekdays=["Mo", "Tu", "We", "Th", "Fr"],
    )


# What the grids hang on, and what they do not.

LONG_CLOSURE = """
    .  ✓  .  .  .  .  .  | 6-6, Example 1, with a closure of seventeen days
    .  a  .  .  #  #  #
    #  #  #  #  #  #  #
    #  #  #  #  #  #  #
    .  a  .  .  .  .  .
    .  a  .  .  .  .  .
    .  A  .  .  .  .  .
"""
OF_ANOTHER_READING = LONG_CLOSURE.replace("A", "a")


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        ("whole-weeks-removed", LONG_CLOSURE),
        ("literal-clock", OF_ANOTHER_READING),
        ("skip-closed-days", OF_ANOTHER_READING),
    ],
)
def test_long_closure_keeps_the_anchor(reading: str, text: str) -> None:
    """Trap 31; policy switch three-week.long-closure (A2): the other readings fund a session more than the page does."""
    check(grid("2025-07-07", text), weekdays=["Tu"], switches={"three-week.long-closure": reading})


AWAY = grid(
    "2025-07-07",
    """
    ✓  .  a  .  a  .  .
    a  .  a  .  ✓  .  .
    a  .  a  .  a  .  .
    a  .  a  .  a  #  #
    #  #  #  #  #  #  #
    #  #  #  #  #  #  #
    a  .  a  .  a  .  .
    A  .  A  .  3  .  .
    a  .  a  .  a  .  .
    """,
)
AWAY_RECORDS = kept(AWAY, weekdays=["Mo", "We", "Fr"])


@settings(max_examples=25, deadline=None)
@given(st.permutations(versions(AWAY_RECORDS)))
def test_three_week_rule_is_order_free(arrived: Sequence[Version]) -> None:
    """Trap 18: whatever came first, the same days are funded for the same reasons."""
    facts = fold(evidence(arrived), AWAY.days)
    in_order = fold(evidence(versions(AWAY_RECORDS)), AWAY.days)
    assert assess(question(facts, AWAY.days, policy(), handbook())) == assess(
        question(in_order, AWAY.days, policy(), handbook())
    )


def test_the_grid_of_many_orders_is_as_drawn() -> None:
    check(AWAY, weekdays=["Mo", "We", "Fr"])


def claim_of_winter(reading: str) -> Claim:
    """June to September 2025 of a child away over a long closure, and of one who came every day, by a reading."""
    period, drawn = FundingPeriod(date(2025, 6, 1)), grid("2025-07-07", LONG_CLOSURE)
    here = [day for day, mark in drawn.cells if mark != "#" and day.weekday() == 1]
    records = [
        *kept(drawn, enrolled=[enrolment(weekdays=["Tu"], since=drawn.days.first)]),
        *child("c2"),
        agreement("c2", weekdays=["Tu"], since=drawn.days.first, signed_on=date(2025, 7, 1)),
        *(stay(day, child_key="c2") for day in here),
        *staffed(period.days),
    ]
    return from_evidence(evidence(versions(records)), period, policy({"three-week.long-closure": reading})).claim


def test_rule_fix_recomputes_closed_months() -> None:
    """Trap 19: months gone by are claimed anew under another reading, and the difference is shown child by child.

    Both claims rest on the same evidence, and each names the reading and its version.
    """
    wrong, right = claim_of_winter("literal-clock"), claim_of_winter("whole-weeks-removed")
    found = what_if(wrong, right)
    assert [(one.child, one.gained, one.lost) for one in found.children] == [(C1, 0, 360)]
    assert [(cell.day, cell.before, cell.after) for cell in found.cells] == [(date(2025, 8, 19), 12, 6)]
    assert found.now == (SwitchSetting("three-week.long-closure", "literal-clock", 1),)
    assert found.asked == (SwitchSetting("three-week.long-closure", "whole-weeks-removed", 1),)
