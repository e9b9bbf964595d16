"""ECE Funding Handbook 7-7, 7-8 and 6-9 as grids: exemptions, transitional school visits, make-up days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

import pytest

from ecegateway.model.absence import Pattern
from ecegateway.model.attendance import Absence, Cause, Exemption, MakeUpDay
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Finding
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from tests.handbook.grids import (
    SEVEN,
    Grid,
    absences_of,
    assessed,
    check,
    claimed_minutes,
    counted,
    enrolment,
    grid,
    kept,
    months,
    months_of,
    redrawn,
)
from tests.support.records import SERVICE, WEEK, agreement, child, profile, stay

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


def mondays(marks: str, first: date = JULY_7) -> Grid:
    """A grid of Mondays alone, week after week."""
    return grid(str(first), "\n".join(f"{mark} . . . . . ." for mark in marks.split()))


def weeks(count: int) -> date:
    """The Monday so many weeks after the first."""
    return JULY_7 + timedelta(weeks=count)


def found(drawn: Grid, rule: str, weekdays: Iterable[str], *more: Record) -> list[Finding]:
    """What a rule says of a grid."""
    records = kept(drawn, weekdays=weekdays, more=more)
    return [one for one in assessed(records, drawn.days).findings if one.rule == rule]


# 7-7: exemptions.


@pytest.mark.example("absence.exempt", "The twelfth week of an exempt child's absence.")
@pytest.mark.example("absence.thirteenth-week", "The thirteenth week of an exempt child's absence.")
def test_an_exempt_childs_absences_are_funded_for_twelve_weeks_from_the_first() -> None:
    """7-7: the twelve week period begins on the first day of absence. Week twelve is funded, week thirteen is not."""
    check(mondays("✓ e e e e e e e e e e e e E E"), weekdays=["Mo"], more=[exemption(JULY_7, weeks(30))])


def test_twelve_weeks_of_sessions_end_as_three_do() -> None:
    """Switch three-week.window (A1): the twelve weeks go by the clock of the three; Labour Day in them is no session."""
    drawn = mondays("✓ e e e e e e e e p e e e e E E", date(2025, 8, 25))
    check(drawn, weekdays=["Mo"], more=[exemption(JULY_7, weeks(30))], switches={"three-week.window": "sessions"})


@pytest.mark.parametrize(
    ("since", "marks"),
    [
        (2, "a a e e e e e e e e e e E"),
        (5, "a a a A A e e e e e e e E"),
    ],
    ids=["in the third week", "in the sixth week"],
)
@pytest.mark.example("absence.thirteenth-week", "Week twelve, counted from the first absence though the exemption began later.")
def test_twelve_weeks_run_from_the_same_first_absence_whenever_the_exemption_begins(since: int, marks: str) -> None:
    """Policy switch exemption.effect (A29): what lay before the exemption is judged by three weeks."""
    check(mondays(marks), weekdays=["Mo"], more=[exemption(weeks(since), weeks(30))])


@pytest.mark.parametrize(
    ("lasts", "marks"),
    [(2, "e e a A A A"), (5, "e e e e e A")],
    ids=["within three weeks", "after three weeks"],
)
@pytest.mark.example("exemption.ends", "The exemption ends in the middle of an absence.")
def test_an_exemption_that_ends_in_an_absence_leaves_what_three_weeks_allow(lasts: int, marks: str) -> None:
    """Policy switch exemption.effect (A29): the later of three weeks and the exemption's end, never beyond twelve weeks."""
    drawn = mondays(marks)
    ends = weeks(lasts) - timedelta(days=1)
    check(drawn, weekdays=["Mo"], more=[exemption(JULY_7, ends)])
    (told,) = found(drawn, "exemption.ends", ["Mo"], exemption(JULY_7, ends))
    assert (told.days, told.holds) == ((ends,), False)


@pytest.mark.example("absence.exempt", "An exemption without its last day: three weeks apply.")
@pytest.mark.example("exemption.not-documented", "The exemption has no last day.")
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
@pytest.mark.example("exemption.not-documented", "Form EC12 is missing.")
def test_an_exemption_without_its_papers_is_no_exemption_yet(incomplete: Exemption, missing: str) -> None:
    """7-7: form EC12, and EC13 where it applies, are completed and kept."""
    drawn = mondays("✓ a a a A A")
    check(drawn, weekdays=["Mo"], more=[incomplete])
    (told,) = found(drawn, "exemption.not-documented", ["Mo"], incomplete)
    assert dict(told.parameters)["missing"] == missing


@pytest.mark.example("exemption.not-documented", "The exemption has both dates, form EC12 and a document.")
@pytest.mark.example("exemption.ends", "The exemption that ends lacks form EC12, and never counted.")
def test_an_exemption_with_its_papers_is_not_asked_about() -> None:
    """And one that lacks them does not end: it never counted."""
    drawn, ends = mondays("✓ a a a A A"), weeks(2)
    assert found(drawn, "exemption.not-documented", ["Mo"], exemption(JULY_7, weeks(30))) == []
    assert found(drawn, "exemption.ends", ["Mo"], exemption(JULY_7, ends, forms=("EC13",))) == []


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


# 7-8: transitional school visits.


@pytest.mark.example("absence.school-visit", "The agreement notes the visit.")
def test_a_visit_noted_on_the_enrolment_is_funded_and_ends_an_absence_like_a_day_attended() -> None:
    """Policy switch absence.transitional-visit (A25)."""
    drawn = mondays("✓ a a v a a a A")
    check(drawn, weekdays=["Mo"])
    assert claimed_minutes(kept(drawn, weekdays=["Mo"]), DateRange(weeks(3), weeks(4))) == {weeks(3): 360}


def test_a_noted_visit_is_left_out_of_a_pattern() -> None:
    """Fridays two of two; were visits days attended, it would be two of four, and no pattern."""
    visits = {
        "2021-08": """
        .  .  .  .  .  .  .
        .  .  .  ✓  v  .  .
        .  .  .  ✓  v  .  .
        .  .  .  ✓  a  .  .
        .  .  .  ✓  a  .  .
        .  .  .  .  .  .  .
        """
    }
    assert counted(check(months(visits), weekdays=["Th", "Fr"]), Pattern.SAME_WEEKDAY) == ["Aug Fr 2/2: month 1"]


def said_to_be_visits(drawn: Grid) -> list[Record]:
    """The grid's records, every absence with a school visit as its cause, and none noted on the enrolment."""
    records = kept(drawn, weekdays=["Mo"])
    return [one.model_copy(update={"cause": Cause.SCHOOL_VISIT}) if isinstance(one, Absence) else one for one in records]


@pytest.mark.example("absence.school-visit", "The absence alone says that it was a visit.")
@pytest.mark.example("absence.visit-not-noted", "The mark says school visit, and the enrolment record notes none.")
def test_a_visit_that_only_the_absence_names_is_judged_as_an_absence() -> None:
    """7-8, 6-1: transitional visits are recorded with the enrolment."""
    drawn = mondays("✓ a a a A A")
    records = said_to_be_visits(drawn)
    assert str(redrawn(drawn, absences_of(records, drawn.days))) == str(drawn)
    told = [one for one in assessed(records, drawn.days).findings if one.rule == "absence.visit-not-noted"]
    assert [one.days for one in told] == [(weeks(n),) for n in range(1, 6)]


@pytest.mark.example("absence.visit-not-noted", "The enrolment record notes a visit on that day.")
def test_a_visit_noted_and_marked_is_not_asked_about() -> None:
    """The day is a visit by the agreement, and the mark says the same."""
    drawn, day = mondays("✓ ✓ ✓ v ✓"), weeks(3)
    marked = Absence(service=SERVICE, key="x1", child="c1", day=day, cause=Cause.SCHOOL_VISIT)
    records = kept(drawn, weekdays=["Mo"], more=[marked])
    assert str(redrawn(drawn, absences_of(records, drawn.days))) == str(drawn)
    assert not any(one.rule == "absence.visit-not-noted" for one in assessed(records, drawn.days).findings)


def test_by_the_stricter_reading_a_noted_visit_is_an_absence_too() -> None:
    noted = enrolment(weekdays=["Mo"], school_visits=(weeks(3),))
    strict = {"absence.transitional-visit": "absent"}
    check(mondays("✓ a a a A A"), enrolled=[noted], switches=strict)
    check(mondays("✓ a a ? h h"), enrolled=[noted], switches=strict)


# 6-9: make-up days.

FOUR_DAYS = WEEK[:4]
MADE_UP = {
    "2021-08": """
    M  T  W  Th F  S  S
    .  .  .  .  .  .  .
    a  ✓  ✓  ✓  +  .  .
    ✓  a  ✓  ✓  +  .  .
    ✓  ✓  a  ✓  +  .  .
    ✓  ✓  ✓  ✓  .  .  .
    ✓  ✓  .  .  .  .  .
    """
}
NOT_MADE_UP = {"2021-08": MADE_UP["2021-08"].replace("+", ".")}


def test_a_day_made_up_in_the_week_makes_the_week_whole() -> None:
    """Policy switch makeup.cures (A25): fewer days a week are counted by the week."""
    assert counted(check(months(MADE_UP), weekdays=FOUR_DAYS), Pattern.FEWER_DAYS) == []
    assert counted(check(months(NOT_MADE_UP), weekdays=FOUR_DAYS), Pattern.FEWER_DAYS) == ["Aug 3/5: month 1"]
    none = check(months(MADE_UP), weekdays=FOUR_DAYS, switches={"makeup.cures": "none"})
    assert counted(none, Pattern.FEWER_DAYS) == ["Aug 3/5: month 1"]


def test_a_day_made_up_in_another_week_or_month_does_not() -> None:
    """Weeks run from Monday and are cut at the month's end: Wednesday 1 September makes up nothing of August's last week."""
    later = {
        "2021-08": """
        .  .  .  .  .  .  .
        a  ✓  ✓  ✓  .  .  .
        ✓  ✓  ✓  ✓  +  .  .  | a week late
        ✓  ✓  a  ✓  .  .  .
        ✓  ✓  ✓  ✓  .  .  .
        ✓  a  .  .  .  .  .
        """,
        "2021-09": """
        .  .  ✓  ✓  +  .  .  | in the same week, and in September
        ✓  ✓  ✓  ✓  .  .  .
        ✓  ✓  ✓  ✓  .  .  .
        ✓  ✓  ✓  ✓  .  .  .
        ✓  ✓  ✓  ✓  .  .  .
        """,
    }
    assert counted(check(months(later), weekdays=FOUR_DAYS), Pattern.FEWER_DAYS) == ["Aug 3/5: month 1"]


def make_up(missed: date, made_up_on: date) -> MakeUpDay:
    return MakeUpDay(service=SERVICE, key=f"m-{missed}", child="c1", missed_day=missed, made_up_on=made_up_on)


THURSDAYS_MADE_UP = {
    "2021-08": """
    .  .  .  .  .  .  .
    ✓  ✓  ✓  a  +  .  .
    ✓  ✓  ✓  a  +  .  .
    ✓  ✓  ✓  a  +  .  .
    ✓  ✓  ✓  ✓  .  .  .
    ✓  ✓  .  .  .  .  .
    """
}


def test_a_missed_weekday_stays_missed_though_it_was_made_up() -> None:
    """Policy switch makeup.cures (A25); the wider reading takes the moved booking for attended, and only where it was."""
    moved = [make_up(date(2021, 8, day), date(2021, 8, day + 1)) for day in (5, 12, 19)]
    told = check(months(THURSDAYS_MADE_UP), weekdays=FOUR_DAYS, more=moved)
    assert counted(told, Pattern.SAME_WEEKDAY) == ["Aug Th 3/4: month 1"]
    wide = {"makeup.cures": "rules-1-and-2"}
    assert (
        months_of(check(months(THURSDAYS_MADE_UP), weekdays=FOUR_DAYS, more=moved, switches=wide), Pattern.SAME_WEEKDAY) == []
    )
    nobody_came = {"2021-08": THURSDAYS_MADE_UP["2021-08"].replace("+", ".")}
    told = check(months(nobody_came), weekdays=FOUR_DAYS, more=moved, switches=wide)
    assert counted(told, Pattern.SAME_WEEKDAY) == ["Aug Th 3/4: month 1"]


THURSDAY, FRIDAY = date(2026, 2, 12), date(2026, 2, 13)
ALSO_CASUAL = agreement("c1", basis=Basis.CASUAL, key="b-1", since=date(2020, 1, 6), signed_on=date(2020, 1, 2)).model_copy(
    update={"agreement": "b-c1"}
)


def funded_on(marks: str, *days: date, more: Iterable[Record] = ()) -> list[int]:
    """Minutes claimed on some days of a child enrolled from Monday to Thursday who may come casually on other days."""
    drawn = grid("2026-02-09", marks)
    records = kept(drawn, enrolled=[enrolment(weekdays=FOUR_DAYS), ALSO_CASUAL], more=more)
    claimed = claimed_minutes(records, drawn.days)
    return [claimed.get(day, 0) for day in days]


def test_an_absence_and_its_make_up_day_are_never_both_claimed() -> None:
    """6-9. Six hours for Thursday's absence, none for Friday; without a booking moved, Friday is a casual day of its own."""
    week = "✓  ✓  ✓  a  +  .  ."
    assert funded_on(week, THURSDAY, FRIDAY, more=[make_up(THURSDAY, FRIDAY)]) == [360, 0]
    assert funded_on(week, THURSDAY, FRIDAY) == [360, 360]


@pytest.mark.example(
    "absence.made-up", "The missed day lies beyond three weeks of absence and is not claimed: the make-up day is."
)
def test_a_day_that_makes_up_an_absence_not_funded_is_claimed() -> None:
    """After three weeks of absence nothing is claimed for Thursday 5 March, so Friday's hours may be."""
    away = """
    a  a  a  a  .  .  .
    a  a  a  a  .  .  .
    a  a  a  a  .  .  .
    A  A  A  A  +  .  .
    """
    thursday, friday = date(2026, 3, 5), date(2026, 3, 6)
    assert funded_on(away, thursday, friday, more=[make_up(thursday, friday)]) == [0, 360]


def test_a_day_made_up_beforehand_in_another_funding_period_is_not_claimed() -> None:
    """The absence will be, in the period it falls in."""
    made_up_first = make_up(date(2026, 6, 10), FRIDAY)
    assert funded_on("✓  ✓  ✓  ✓  +  .  .", FRIDAY, more=[made_up_first]) == [0]


def test_a_made_up_day_beyond_the_licence_is_not_claimed() -> None:
    """6-9: licence maximums must not be exceeded when a child makes up a day."""
    full = profile(places=1, weekdays=SEVEN)
    drawn = grid("2026-02-09", "✓  ✓  ✓  a  +  .  .")
    other = [*child("c2"), agreement("c2"), stay(FRIDAY, child_key="c2")]
    records = kept(drawn, enrolled=[enrolment(weekdays=FOUR_DAYS), ALSO_CASUAL], more=other, service=full)
    assert claimed_minutes(records, DateRange(FRIDAY, date(2026, 2, 14))) == {FRIDAY: 0}
