"""ECE Funding Handbook 6-7 as grids: the extension for periods of extended non-operation.

The child is enrolled on Thursdays and Fridays at a service that opens from Monday to Friday, and is away on most Fridays. The
years are those in which the text's own example falls out: December is month one, and in January the service is closed.
"""

from datetime import date

import pytest

from ecegateway.model.absence import ChildAbsences, Duty, Pattern
from ecegateway.model.record import Record
from tests.handbook.grids import assessed, check, counted, kept, months, months_of, reconfirmed
from tests.support.records import NO_SWITCHES, Switches, profile

DAYS = ("Th", "Fr")
DECEMBER = """
    M  T  W  Th F  S  S
    .  .  .  .  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
"""
JANUARY = """
    .  .  #  #  #  #  #  | closed from Wednesday 3 to Friday 19
    #  #  #  #  #  #  #
    #  #  #  #  #  .  .
    .  .  .  ✓  a  .  .
    .  .  .  .  .  .  .
"""
FEBRUARY = """
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  .  .  .
"""
MARCH = """
    .  .  .  .  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  p  .  .  | Good Friday
"""
APRIL = """
    .  .  .  ✓  A  .  .
    .  .  .  ✓  A  .  .
    .  .  .  ✓  A  .  .
    .  .  .  p  ✓  .  .  | ANZAC Day
    .  .  .  .  .  .  .
"""


def refused(month: str) -> str:
    return month.replace("a", "A")


def winter(
    *more: Record,
    december: str = DECEMBER,
    january: str = JANUARY,
    february: str = FEBRUARY,
    march: str = MARCH,
    switches: Switches = NO_SWITCHES,
) -> ChildAbsences:
    printed = {"2023-12": december, "2024-01": january, "2024-02": february, "2024-03": march, "2024-04": APRIL}
    return check(months(printed), weekdays=DAYS, service=profile(), more=more, switches=switches)


def test_december_is_month_one_and_february_month_two() -> None:
    """The text's own example. January neither adds to the count nor ends it, and its absence is funded.

    The weekend before the New Year, on which the service does not operate anyway, is no part of December's operation.
    """
    told = winter(march=refused(MARCH))
    assert counted(told, Pattern.SAME_WEEKDAY) == [
        "Dec Fr 3/5: month 1",
        "Jan Fr passed over: month 1",
        "Feb Fr 3/4: month 2",
        "Mar Fr 3/4: month 3",
        "Apr Fr 3/4: month 4",
    ]
    february = months_of(told, Pattern.SAME_WEEKDAY)[2]
    assert (february.duty, february.due) == (Duty.RECONFIRM, date(2024, 3, 31))


def test_reconfirmed_at_the_end_of_february_march_is_funded() -> None:
    winter(reconfirmed("2024-02-29"))


def test_a_signature_of_january_answers_nothing() -> None:
    """January is no month of the count: what is signed in it lies before month two."""
    winter(reconfirmed("2024-01-31"), march=refused(MARCH))


def test_a_closure_from_before_christmas_does_not_take_december_from_the_count() -> None:
    """Policy switch frequent.touched-month-without-run (A26): services usually close late in December."""
    december = DECEMBER.replace(".  .  .  ✓  ✓  .  .", "#  #  #  #  #  #  #")
    january = """
    #  #  #  #  #  #  #
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  .  .  .  .
    """
    told = winter(december=december, january=january, march=refused(MARCH))
    assert counted(told, Pattern.SAME_WEEKDAY)[:3] == [
        "Dec Fr 3/4: month 1",
        "Jan Fr passed over: month 1",
        "Feb Fr 3/4: month 2",
    ]
    only_told = {"frequent.touched-month-without-run": "information-only"}
    told = winter(december=december, january=january, switches=only_told, march=MARCH)
    assert counted(told, Pattern.SAME_WEEKDAY)[0] == "Feb Fr 3/4: month 1"


NOVEMBER = """
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  .  .  .
"""
OFF_TIME = "absence.reconfirmed-off-time"


@pytest.mark.parametrize(("signed", "looked_at"), [("2023-12-20", True), ("2023-12-31", False), ("2024-01-24", False)])
def test_december_as_month_two_is_reconfirmed_at_its_end_or_in_january(*, signed: str, looked_at: bool) -> None:
    """February is then month three. Early is what is signed before the end of December, the second month."""
    drawn = months({"2023-11": NOVEMBER, "2023-12": DECEMBER, "2024-01": JANUARY, "2024-02": FEBRUARY})
    signature = reconfirmed(signed)
    told = check(drawn, weekdays=DAYS, service=profile(), more=[signature])
    assert counted(told, Pattern.SAME_WEEKDAY)[-1] == "Feb Fr 3/4: month 3"
    records = kept(drawn, weekdays=DAYS, service=profile(), more=[signature])
    assert (OFF_TIME in {found.rule for found in assessed(records, drawn.days).findings}) is looked_at


@pytest.mark.parametrize(
    ("reading", "signed", "february"),
    [
        ("month2-end-to-rs7", "2024-06-10", FEBRUARY),
        ("month2-end-to-rs7", "2024-06-11", refused(FEBRUARY)),
        ("anywhere-in-month-2-or-3", "2024-02-29", FEBRUARY),
        ("anywhere-in-month-2-or-3", "2024-03-01", refused(FEBRUARY)),
    ],
)
def test_the_window_closes_by_the_third_month_of_the_count_and_not_by_the_month_passed_over(
    reading: str, signed: str, february: str
) -> None:
    """December is month two and February month three, whose return is due on 10 June; January's is due in February."""
    drawn = months({"2023-11": NOVEMBER, "2023-12": DECEMBER, "2024-01": JANUARY, "2024-02": february})
    switches = {"frequent.reconfirm-window": reading}
    check(drawn, weekdays=DAYS, service=profile(), more=[reconfirmed(signed)], switches=switches)


def test_a_closure_over_two_months_passes_both_over() -> None:
    """November is month one: December and January are touched by the closure, February is month two."""
    printed = {
        "2023-11": NOVEMBER,
        "2023-12": DECEMBER.replace(".  .  .  ✓  ✓  .  .", "#  #  #  #  #  #  #"),
        "2024-01": """
        #  #  #  #  #  #  #
        .  .  .  ✓  a  .  .
        .  .  .  ✓  a  .  .
        .  .  .  ✓  a  .  .
        .  .  .  .  .  .  .
        """,
        "2024-02": FEBRUARY,
    }
    told = check(months(printed), weekdays=DAYS, service=profile())
    assert [month.number for month in months_of(told, Pattern.SAME_WEEKDAY)] == [1, 1, 1, 2]


@pytest.mark.parametrize(("months_before", "january"), [(1, "a"), (2, "A")], ids=["month three", "month four"])
def test_a_refusal_reached_with_the_fourth_month_stands_while_a_month_is_passed_over(months_before: int, january: str) -> None:
    """Policy switch frequent.long-closure (A26): after a third month, January's absence is funded."""
    september = """
    .  .  .  .  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  ✓  .  .
    """
    october = """
    .  .  .  .  .  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  .  .  .  .
    """
    before = {"2023-09": september, "2023-10": october}
    printed = {
        **dict(list(before.items())[-months_before:]),
        "2023-11": refused(NOVEMBER) if months_before == 2 else NOVEMBER,
        "2023-12": refused(DECEMBER),
        "2024-01": JANUARY.replace("a", january),
    }
    told = check(months(printed), weekdays=DAYS, service=profile())
    assert counted(told, Pattern.SAME_WEEKDAY)[-1] == f"Jan Fr passed over: month {months_before + 2}"


def test_a_closure_of_less_than_two_weeks_passes_nothing_over() -> None:
    """Saturday 6 to Thursday 18 January are thirteen days: January is judged on its open days, and is month two."""
    january = """
    .  .  .  ✓  a  .  .
    #  #  #  #  #  #  #
    #  #  #  #  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  .  .  .  .
    """
    told = winter(january=january, february=refused(FEBRUARY), march=refused(MARCH))
    assert counted(told, Pattern.SAME_WEEKDAY)[1] == "Jan Fr 3/3: month 2"


def test_without_the_extension_a_month_with_nothing_to_attend_says_nothing_and_one_with_a_friday_counts() -> None:
    """Policy switches frequent.long-closure, frequent.no-opportunity-days (A13)."""
    strict = {"frequent.long-closure": "strict-no-extension"}
    told = winter(february=refused(FEBRUARY), march=refused(MARCH), switches=strict)
    assert counted(told, Pattern.SAME_WEEKDAY)[1:3] == ["Jan Fr 1/1: month 2", "Feb Fr 3/4: month 3"]
    shut = """
    #  #  #  #  #  #  #
    #  #  #  #  #  #  #
    #  #  #  #  #  #  #
    #  #  #  #  #  #  #
    #  #  #  .  .  .  .
    """
    told = winter(january=shut, march=refused(MARCH), switches=strict)
    assert counted(told, Pattern.SAME_WEEKDAY)[:2] == ["Dec Fr 3/5: month 1", "Feb Fr 3/4: month 2"]
