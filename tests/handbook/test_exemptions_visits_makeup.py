"""ECE Funding Handbook 7-7, 7-8 and 6-9 as grids: exemptions, transitional school visits, make-up days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

import pytest

from ecegateway.model.absence import Pattern
from ecegateway.model.attendance import Exemption
from ecegateway.model.finding import Finding
from ecegateway.model.record import Record
from tests.handbook.grids import Grid, assessed, check, counted, grid, kept, months
from tests.support.records import SERVICE

JULY_7 = date(2025, 7, 7)
"""A Monday with sixteen Mondays without a public holiday to follow."""


def exemption(
    first_day: date,
    last_day: date | None,
    *,
    forms: tuple[Literal["EC12", "EC13"], ...] = ("EC12", "EC13"),
    document: str | None = "folder 7, page 3",
) -> Exemption:
    return Exemption(
        service=SERVICE, key="e1", child="c1", first_day=first_day, last_day=last_day, forms=forms, document_reference=document
    )


def mondays(marks: str) -> Grid:
    """A grid of Mondays alone, week after week."""
    return grid(str(JULY_7), "\n".join(f"{mark} . . . . . ." for mark in marks.split()))


def weeks(count: int) -> date:
    """The Monday so many weeks after the first."""
    return JULY_7 + timedelta(weeks=count)


def found(drawn: Grid, rule: str, weekdays: Iterable[str], *more: Record) -> list[Finding]:
    """What a rule says of a grid."""
    records = kept(drawn, weekdays=weekdays, more=more)
    return [one for one in assessed(records, drawn.days).findings if one.rule == rule]


# 7-7: exemptions.


def test_an_exempt_childs_absences_are_funded_for_twelve_weeks_from_the_first() -> None:
    """7-7: the twelve week period begins on the first day of absence. Week twelve is funded, week thirteen is not."""
    check(mondays("✓ e e e e e e e e e e e e E E"), weekdays=["Mo"], more=[exemption(JULY_7, weeks(30))])


@pytest.mark.parametrize(
    ("since", "marks"),
    [
        (2, "a a e e e e e e e e e e E"),
        (5, "a a a A A e e e e e e e E"),
    ],
    ids=["in the third week", "in the sixth week"],
)
def test_twelve_weeks_run_from_the_same_first_absence_whenever_the_exemption_begins(since: int, marks: str) -> None:
    """Policy switch exemption.effect (A29): what lay before the exemption is judged by three weeks."""
    check(mondays(marks), weekdays=["Mo"], more=[exemption(weeks(since), weeks(30))])


@pytest.mark.parametrize(
    ("lasts", "marks"),
    [(2, "e e a A A A"), (5, "e e e e e A")],
    ids=["within three weeks", "after three weeks"],
)
def test_an_exemption_that_ends_in_an_absence_leaves_what_three_weeks_allow(lasts: int, marks: str) -> None:
    """Policy switch exemption.effect (A29): the later of three weeks and the exemption's end, never beyond twelve weeks."""
    drawn = mondays(marks)
    ends = weeks(lasts) - timedelta(days=1)
    check(drawn, weekdays=["Mo"], more=[exemption(JULY_7, ends)])
    (told,) = found(drawn, "exemption.ends", ["Mo"], exemption(JULY_7, ends))
    assert (told.days, told.holds) == ((ends,), False)


def test_exemption_without_end_date_is_refused() -> None:
    """Trap 26: until it is dated, three weeks apply, and the absences that would rest on it are listed."""
    drawn, undated = mondays("✓ a a a A A"), exemption(JULY_7, None)
    check(drawn, weekdays=["Mo"], more=[undated])
    (told,) = found(drawn, "exemption.not-documented", ["Mo"], undated)
    assert told.days == tuple(weeks(n) for n in range(1, 6))
    assert dict(told.parameters) == {"since": "2025-07-07", "missing": "its last day", "count": "5"}


@pytest.mark.parametrize(
    ("incomplete", "missing"),
    [
        (exemption(JULY_7, weeks(30), document=None), "where its document is kept"),
        (exemption(JULY_7, weeks(30), forms=("EC13",)), "form EC12"),
        (exemption(weeks(30), JULY_7), "dates that follow one another"),
    ],
    ids=["no document", "no EC12", "ends before it begins"],
)
def test_an_exemption_without_its_papers_is_no_exemption_yet(incomplete: Exemption, missing: str) -> None:
    """7-7: form EC12, and EC13 where it applies, are completed and kept."""
    drawn = mondays("✓ a a a A A")
    check(drawn, weekdays=["Mo"], more=[incomplete])
    (told,) = found(drawn, "exemption.not-documented", ["Mo"], incomplete)
    assert dict(told.parameters)["missing"] == missing


MOST_FRIDAYS_EXEMPT = {
    "2021-08": """
    .  .  .  .  .  .  .
    .  .  .  ✓  e  .  .
    .  .  .  ✓  e  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  e  .  .
    .  .  .  .  .  .  .
    """,
    "2021-09": """
    .  .  .  ✓  e  .  .
    .  .  .  ✓  e  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  e  .  .
    .  .  .  ✓  .  .  .
    """,
    "2021-10": """
    .  .  .  .  e  .  .
    .  .  .  ✓  e  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  e  .  .
    .  .  .  ✓  ✓  .  .
    """,
}
SINCE_AUGUST = exemption(date(2021, 8, 1), date(2021, 12, 31))


def test_no_pattern_counts_against_an_exempt_child() -> None:
    """7-7: exempt from the Frequent Absence Rule. Nothing is reconfirmed, and the third month is funded."""
    told = check(months(MOST_FRIDAYS_EXEMPT), weekdays=["Th", "Fr"], more=[SINCE_AUGUST])
    assert told.months == ()


def test_short_days_under_an_exemption_count_against_nobody_either() -> None:
    """Policy switch exemption.effect (A29): days inside the exemption are left out of the counts, attended ones too."""
    short = {month: text.replace("✓", "3").replace("e", "3") for month, text in MOST_FRIDAYS_EXEMPT.items()}
    assert check(months(short), weekdays=["Th", "Fr"], more=[SINCE_AUGUST]).months == ()


def test_days_attended_under_an_exemption_do_not_hide_the_days_missed_after_it() -> None:
    """Of the Fridays after the exemption, 20 and 27 August, both are missed."""
    half = {
        "2021-08": """
        .  .  .  .  .  .  .
        .  .  .  ✓  ✓  .  .
        .  .  .  ✓  ✓  .  .
        .  .  .  ✓  a  .  .
        .  .  .  ✓  a  .  .
        .  .  .  .  .  .  .
        """
    }
    until_the_15th = exemption(date(2021, 8, 1), date(2021, 8, 15))
    told = check(months(half), weekdays=["Th", "Fr"], more=[until_the_15th])
    assert counted(told, Pattern.SAME_WEEKDAY) == ["Aug Fr 2/2: month 1"]


def test_by_the_narrower_reading_an_exemption_lengthens_three_weeks_and_does_no_more() -> None:
    narrow = {"exemption.effect": "twelve-weeks-only"}
    refused = {**MOST_FRIDAYS_EXEMPT, "2021-10": MOST_FRIDAYS_EXEMPT["2021-10"].replace("e", "E")}
    told = check(months(refused), weekdays=["Th", "Fr"], more=[SINCE_AUGUST], switches=narrow)
    assert counted(told, Pattern.SAME_WEEKDAY)[-1] == "Oct Fr 3/5: month 3"
