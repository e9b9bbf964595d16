"""ECE Funding Handbook 6-5 and 6-6, every printed example as a grid.

How the printed grids are read. In the text copy of chapter 6 the shading is lost and the first unfunded ``a`` of week 4 is
missing in every row; what is funded is taken from the column headings. Rows here run from Monday, as weeks do on paper.
The dates are ours: weeks without a public holiday.
"""

import pytest

from tests.handbook.grids import check, grid


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
