"""ECE Funding Handbook 6-7 as grids: the steps month by month, reconfirming and changing, and extended non-operation.

One child throughout, so that what differs between grids is what the test speaks of: enrolled on Thursdays and Fridays, always
there on Thursdays, and away on most Fridays.
"""

from datetime import date, timedelta

import pytest

from ecegateway.model.absence import ChildAbsences, Duty, Pattern
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.people import Person
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from tests.handbook.grids import Grid, assessed, check, counted, enrolment, kept, months, months_of, reconfirmed
from tests.support.records import NO_SWITCHES, SERVICE, Switches, absence, child, profile, stay

AUGUST = """
    M  T  W  Th F  S  S
    .  .  .  .  .  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  .  .  .  .
"""
SEPTEMBER = """
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  .  .  .
"""
OCTOBER = """
    .  .  .  .  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
"""
NOVEMBER = """
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  .  .  .  .
"""
THURSDAYS_ALONE = """
    .  .  .  .  .  .  .
    .  .  .  ✓  .  .  .
    .  .  .  ✓  .  .  .
    .  .  .  ✓  .  .  .
    .  .  .  ✓  .  .  .
"""
THURSDAYS_ALONE_TOO = """
    .  .  .  ✓  .  .  .
    .  .  .  ✓  .  .  .
    .  .  .  ✓  .  .  .
    .  .  .  ✓  .  .  .
    .  .  .  .  .  .  .
"""
DAYS = ("Th", "Fr")


def refused(month: str) -> str:
    return month.replace("a", "A")


def four(october: str, november: str) -> Grid:
    return months({"2021-08": AUGUST, "2021-09": SEPTEMBER, "2021-10": october, "2021-11": november})


def steps(
    october: str, november: str, *more: Record, changed: tuple[Enrolment, ...] = (), switches: Switches = NO_SWITCHES
) -> ChildAbsences:
    """August and September of 2021 show the pattern; what follows is the test's."""
    agreements = [enrolment(weekdays=DAYS), *changed]
    return check(four(october, november), enrolled=agreements, more=more, switches=switches)


def rules_found(drawn: Grid, *more: Record) -> set[str]:
    """The rules that found something to say of the child of :func:`steps`."""
    return {found.rule for found in assessed(kept(drawn, weekdays=DAYS, more=more), drawn.days).findings}


# Steps 1 to 6.


@pytest.mark.example(
    "absence.frequent-not-reconfirmed",
    "Most Fridays are missed in August, September and October, and nobody signed: October's Fridays.",
)
def test_not_reconfirmed_the_third_month_and_the_fourth_are_refused() -> None:
    """Steps 5 and 6."""
    told = steps(refused(OCTOBER), refused(NOVEMBER))
    fridays = months_of(told, Pattern.SAME_WEEKDAY)
    assert [(month.number, month.duty, month.due) for month in fridays] == [
        (1, Duty.MONITOR, None),
        (2, Duty.RECONFIRM, date(2021, 10, 31)),
        (3, Duty.RECONFIRM, date(2022, 2, 8)),
        (4, Duty.CHANGE, date(2021, 11, 30)),
    ]


@pytest.mark.example("absence.frequent-not-reconfirmed", "A parent reconfirmed the agreement at the end of September.")
@pytest.mark.example(
    "absence.frequent-fourth-month", "Reconfirmed in September, Fridays are still missed in November, the fourth month."
)
def test_reconfirmed_unchanged_the_third_month_is_funded_and_the_fourth_refused() -> None:
    """Steps 5 and 6; policy switch frequent.after-reconfirmation (A23)."""
    told = steps(OCTOBER, refused(NOVEMBER), reconfirmed("2021-09-30"))
    assert [month.refuses for month in months_of(told, Pattern.SAME_WEEKDAY)] == [False, False, False, True]


def test_a_second_reconfirmation_does_not_rescue_the_fourth_month() -> None:
    """Step 6: the agreement must be changed. Some vendors ask for a second one and go on."""
    steps(OCTOBER, refused(NOVEMBER), reconfirmed("2021-09-30"), reconfirmed("2021-10-29"))


@pytest.mark.example("absence.frequent-fourth-month", "The agreement books no Fridays from November on.")
def test_changed_to_match_attendance_a_new_count_begins() -> None:
    """Step 6 done in time: enrolled on Thursdays and Tuesdays from November."""
    changed = enrolment(weekdays=["Tu", "Th"], since=date(2021, 11, 1), signed_on=date(2021, 10, 29), key="a-2")
    told = steps(
        OCTOBER,
        """
        .  ✓  .  ✓  .  .  .
        .  a  .  ✓  .  .  .
        .  ✓  .  ✓  .  .  .
        .  ✓  .  a  .  .  .
        .  ✓  .  .  .  .  .
        """,
        reconfirmed("2021-09-30"),
        changed=(changed,),
    )
    assert counted(told, Pattern.SAME_WEEKDAY)[-1] == "Oct Fr 3/5: month 3"


@pytest.mark.example(
    "absence.changed-in-vain",
    "Fridays are missed in August and September; the agreement books shorter days from October on, and Fridays are missed.",
)
def test_changed_to_what_still_does_not_match_a_new_count_begins_all_the_same() -> None:
    """Policy switch frequent.after-reconfirmation (A23): a new agreement, a new month one."""
    changed = enrolment(
        weekdays=["Th", "Fr"], times="08:30-12:30", since=date(2021, 10, 1), signed_on=date(2021, 9, 30), key="a-2"
    )
    told = steps(OCTOBER, NOVEMBER, changed=(changed,))
    assert counted(told, Pattern.SAME_WEEKDAY)[-2:] == ["Oct Fr 3/5: month 1", "Nov Fr 3/4: month 2"]
    records = kept(four(OCTOBER, NOVEMBER), enrolled=[enrolment(weekdays=DAYS), changed])
    findings = assessed(records, four(OCTOBER, NOVEMBER).days).findings
    shown = [dict(one.parameters) for one in findings if one.rule == "absence.changed-in-vain"]
    assert {"month": "2021-10", "number": "2"} in shown


@pytest.mark.example("absence.changed-in-vain", "The changed agreement books no Fridays any more.")
def test_a_change_that_matches_attendance_was_not_in_vain() -> None:
    """Enrolled without Fridays from October, of which most had been missed for two months."""
    drawn = four(THURSDAYS_ALONE, THURSDAYS_ALONE_TOO)
    changed = enrolment(weekdays=["Th"], since=date(2021, 10, 1), signed_on=date(2021, 9, 30), key="a-2")
    findings = assessed(kept(drawn, enrolled=[enrolment(weekdays=DAYS), changed]), drawn.days).findings
    assert not any(one.rule == "absence.changed-in-vain" for one in findings)


# When the reconfirmation is dated: policy switch frequent.reconfirm-window (A22).

LAST_FRIDAYS = """
    .  .  .  .  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
"""
OFF_TIME = "absence.reconfirmed-off-time"


@pytest.mark.parametrize("signed", ["2021-08-31", "2021-08-02", "2022-02-09"])
@pytest.mark.example(
    "absence.reconfirmed-off-time", "Signed after the return that covers the third month was due: it answers nothing."
)
def test_signed_before_the_second_month_or_after_the_return_is_due_it_answers_nothing(signed: str) -> None:
    """What was signed in August cannot answer for September; October's return is due by 8 February."""
    steps(refused(LAST_FRIDAYS), refused(NOVEMBER), reconfirmed(signed))
    assert OFF_TIME not in rules_found(four(refused(LAST_FRIDAYS), refused(NOVEMBER)), reconfirmed(signed))


@pytest.mark.parametrize("signed", ["2021-09-30", "2021-10-01", "2021-10-07"])
def test_signed_from_the_last_day_of_the_second_month_before_a_further_absence_nobody_needs_to_look(signed: str) -> None:
    steps(LAST_FRIDAYS, refused(NOVEMBER), reconfirmed(signed))
    assert OFF_TIME not in rules_found(four(LAST_FRIDAYS, refused(NOVEMBER)), reconfirmed(signed))


@pytest.mark.parametrize("signed", ["2021-09-01", "2021-09-29"])
def test_signed_within_the_second_month_it_counts_and_a_person_should_look(signed: str) -> None:
    steps(LAST_FRIDAYS, refused(NOVEMBER), reconfirmed(signed))
    assert OFF_TIME in rules_found(four(LAST_FRIDAYS, refused(NOVEMBER)), reconfirmed(signed))


@pytest.mark.parametrize("signed", ["2021-10-09", "2021-10-31"])
def test_signed_in_the_third_month_it_answers_for_the_absences_before_it_and_a_person_should_look(signed: str) -> None:
    """The text is by the month: the whole month is funded."""
    steps(LAST_FRIDAYS, refused(NOVEMBER), reconfirmed(signed))
    assert OFF_TIME in rules_found(four(LAST_FRIDAYS, refused(NOVEMBER)), reconfirmed(signed))


@pytest.mark.parametrize("signed", ["2021-11-01", "2022-02-08"])
def test_late_reconfirmation_is_reviewed_not_lost(signed: str) -> None:
    """Trap 21: until the return that covers the third month is due."""
    steps(LAST_FRIDAYS, refused(NOVEMBER), reconfirmed(signed))
    assert OFF_TIME in rules_found(four(LAST_FRIDAYS, refused(NOVEMBER)), reconfirmed(signed))


def test_the_narrower_window_ends_with_the_third_month() -> None:
    narrow = {"frequent.reconfirm-window": "anywhere-in-month-2-or-3"}
    steps(OCTOBER, refused(NOVEMBER), reconfirmed("2021-10-31"), switches=narrow)
    told = steps(refused(OCTOBER), refused(NOVEMBER), reconfirmed("2021-11-01"), switches=narrow)
    assert {month.reconfirmed_on for month in told.months} == {None}, "the fourth month has no window of its own"


def test_the_same_agreement_signed_again_reconfirms() -> None:
    """A new version that books the same days and times: no new count begins, and the third month is funded."""
    again = enrolment(weekdays=DAYS, since=date(2021, 10, 4), signed_on=date(2021, 10, 1), key="a-2")
    told = steps(OCTOBER, refused(NOVEMBER), changed=(again,))
    assert counted(told, Pattern.SAME_WEEKDAY)[-1] == "Nov Fr 3/4: month 4"


def test_an_agreement_renewed_over_a_weekend_divides_no_month() -> None:
    """Ended on Sunday 12 September, renewed from Thursday 16: September is one month, its Fridays three of four."""
    ended = enrolment(weekdays=DAYS, last_day=date(2021, 9, 12))
    renewed = enrolment(weekdays=DAYS, since=date(2021, 9, 16), signed_on=date(2021, 9, 10), key="a-2")
    drawn = four(OCTOBER, refused(NOVEMBER))
    told = check(drawn, enrolled=[ended, renewed], more=[reconfirmed("2021-09-30")])
    assert counted(told, Pattern.SAME_WEEKDAY)[1:3] == ["Sep Fr 3/4: month 2", "Oct Fr 3/5: month 3"]


@pytest.mark.example("absence.reconfirmed-by-staff", "A teacher signed that the agreement remains valid.")
def test_staff_do_not_reconfirm_for_a_family() -> None:
    """Handbook 6-7: signed and dated by the child's parent or guardian."""
    teacher = Person(service=SERVICE, key="t1", family_name="Parata", given_names="Hēmi", role="staff")
    by_staff = reconfirmed("2021-09-30").model_copy(update={"by": "t1"})
    steps(refused(OCTOBER), refused(NOVEMBER), by_staff, teacher)
    drawn = four(refused(OCTOBER), refused(NOVEMBER))
    findings = assessed(kept(drawn, weekdays=DAYS, more=[by_staff, teacher]), drawn.days).findings
    (told,) = [one for one in findings if one.rule == "absence.reconfirmed-by-staff"]
    assert (told.days, dict(told.parameters)) == ((date(2021, 9, 30),), {"signed": "2021-09-30"})


# A change within a month: policy switch frequent.mid-month-change (A27).

MONDAYS_FROM_THE_FIFTEENTH = """
    .  .  .  ✓  A  .  .
    .  .  .  ✓  A  .  .
    a  .  .  ✓  .  .  .  | from here on Mondays and Thursdays
    ✓  .  .  ✓  .  .  .
    a  .  .  .  .  .  .
"""


def on_mondays(since: str, signed_on: str | None) -> Enrolment:
    return enrolment(
        weekdays=["Mo", "Th"],
        since=date.fromisoformat(since),
        signed_on=date.fromisoformat(signed_on) if signed_on else None,
        key="a-2",
    )


@pytest.mark.parametrize(("since", "signed_on"), [("2021-11-15", "2021-11-12"), ("2021-11-01", "2021-11-15")])
def test_a_change_within_the_fourth_month_does_not_buy_back_what_was_missed_before_it(since: str, signed_on: str) -> None:
    """Step 6. A change counts from the later of its effective day and its signing (6-1); from then on a new count runs."""
    told = steps(OCTOBER, MONDAYS_FROM_THE_FIFTEENTH, reconfirmed("2021-09-30"), changed=(on_mondays(since, signed_on),))
    assert counted(told, Pattern.SAME_WEEKDAY)[-2:] == ["Nov Fr 2/2: month 4", "Nov Mo 2/3: month 1"]


def test_a_change_nobody_signed_is_no_change() -> None:
    """Handbook 6-1."""
    steps(OCTOBER, refused(NOVEMBER), reconfirmed("2021-09-30"), changed=(on_mondays("2021-11-01", None),))


MONDAYS_FROM_THE_FOURTH = """
    .  .  .  .  a  .  .
    ✓  .  .  ✓  .  .  .  | from here on Mondays and Thursdays
    ✓  .  .  ✓  .  .  .
    ✓  .  .  ✓  .  .  .
    p  .  .  ✓  .  .  .
"""
NOVEMBER_AFTER = """
    ✓  .  .  ✓  .  .  .
    ✓  .  .  ✓  .  .  .
    ✓  .  .  ✓  .  .  .
    ✓  .  .  ✓  .  .  .
    ✓  .  .  .  .  .  .
"""


@pytest.mark.parametrize("signed_on", ["2021-09-30", "2021-10-04"])
@pytest.mark.parametrize("last_day", [None, date(2021, 10, 1)], ids=["straight on", "over a weekend"])
def test_a_change_reconfirms_the_days_of_the_third_month_before_it(signed_on: str, last_day: date | None) -> None:
    """Handbook 6-7: to reconfirm, have the agreement signed again or change it. Friday the 1st is funded."""
    drawn = four(MONDAYS_FROM_THE_FOURTH, NOVEMBER_AFTER)
    told = check(drawn, enrolled=[enrolment(weekdays=DAYS, last_day=last_day), on_mondays("2021-10-04", signed_on)])
    october = months_of(told, Pattern.SAME_WEEKDAY)[-1]
    assert (october.number, october.reconfirmed_on) == (3, date.fromisoformat(signed_on))


@pytest.mark.example("absence.short-return", "One Friday attended between absences of three Fridays each.")
def test_one_friday_a_month_is_caught_by_frequent_absence() -> None:
    """Trap 29: a Friday every four weeks ends each absence before its fourth week; the third month is refused all the same."""
    printed = {
        "2021-08": """
        .  .  .  .  .  .  .
        .  .  .  .  ✓  .  .
        .  .  .  .  a  .  .
        .  .  .  .  a  .  .
        .  .  .  .  a  .  .
        .  .  .  .  .  .  .
        """,
        "2021-09": """
        .  .  .  .  ✓  .  .
        .  .  .  .  a  .  .
        .  .  .  .  a  .  .
        .  .  .  .  a  .  .
        .  .  .  .  .  .  .
        """,
        "2021-10": """
        .  .  .  .  ✓  .  .
        .  .  .  .  A  .  .
        .  .  .  .  A  .  .
        .  .  .  .  A  .  .
        .  .  .  .  ✓  .  .
        """,
        "2021-11": """
        .  .  .  .  A  .  .
        .  .  .  .  A  .  .
        .  .  .  .  A  .  .
        .  .  .  .  ✓  .  .
        .  .  .  .  .  .  .
        """,
    }
    drawn = months(printed)
    told = check(drawn, weekdays=["Fr"])
    assert {ruling.reason for ruling in told.rulings.values()} == {
        "absence.three-weeks",
        "absence.frequent-not-reconfirmed",
        "absence.frequent-fourth-month",
    }
    alone = [
        one.days for one in assessed(kept(drawn, weekdays=["Fr"]), drawn.days).findings if one.rule == "absence.short-return"
    ]
    assert alone == [(date(2021, 9, 3),), (date(2021, 10, 1),), (date(2021, 10, 29),)]


@pytest.mark.parametrize(
    ("weeks", "told"),
    [
        pytest.param("a a a ✓✓ a a a", [], id="two days in a row"),
        pytest.param("a a a ✓a a a a", ["2021-08-26"], id="one day"),
        pytest.param("✓ ✓a aa ✓a aa ✓", [], id="one day between eight days"),
    ],
)
@pytest.mark.example("absence.short-return", "A Thursday and a Friday attended in a row between two such absences.")
@pytest.mark.example("absence.short-return", "One day between two absences of eight days.")
def test_two_days_in_a_row_between_two_long_absences_are_no_short_return(weeks: str, told: list[str]) -> None:
    """Thursdays and Fridays from 5 August 2021; a single letter stands for both days of its week."""
    marks = [week if len(week) > 1 else week * 2 for week in weeks.split()]
    days = [date(2021, 8, 5) + timedelta(weeks=n, days=d) for n in range(len(marks)) for d in (0, 1)]
    seen = [stay(day) if mark == "✓" else absence(day) for day, mark in zip(days, "".join(marks), strict=True)]
    records = [profile(), *child(born=date(2018, 1, 15)), enrolment(weekdays=DAYS), *seen]
    findings = assessed(records, DateRange(days[0], days[-1] + timedelta(days=1))).findings
    assert [dict(one.parameters)["day"] for one in findings if one.rule == "absence.short-return"] == told
