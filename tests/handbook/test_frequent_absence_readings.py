"""The policy switches of the Frequent Absence Rule as grids: what each reading makes of the same record.

Where the Handbook's own examples decide between readings, they stand with those examples.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.model.absence import ChildAbsences, Pattern
from ecegateway.model.attendance import Attendance
from ecegateway.model.finding import Severity
from ecegateway.model.period import DateRange, Weekday
from ecegateway.model.record import Record
from ecegateway.model.service import Mode, ServiceProfile
from tests.handbook.grids import (
    absences_of,
    assessed,
    check,
    claimed_minutes,
    counted,
    enrolment,
    kept,
    months,
    months_of,
    reconfirmed,
)
from tests.support.records import Switches, profile

# The Frequent Absence Rule: what is counted.


def month(text: str, switches: dict[str, str], **on_record: Any) -> ChildAbsences:
    """A grid of August 2021, whose Fridays are the 6th to the 27th and whose last week is Monday 30 and Tuesday 31."""
    return check(months({"2021-08": f". . . . . . .\n{text}"}), switches=switches, **on_record)


def shows(text: str, switch: str, reading: str, **on_record: Any) -> list[str]:
    """The three situations as a reading finds them in August."""
    told = month(text, {switch: reading}, **on_record)
    three = (Pattern.SAME_WEEKDAY, Pattern.FEWER_DAYS, Pattern.FEWER_HOURS)
    return [f"{pattern}: {line}" for pattern in three for line in counted(told, pattern)]


def test_frequent_week() -> None:
    """A11: a part of a week at the month's end is a week of its own, or none."""
    text = """
    a  ✓  ✓  ✓  ✓  .  .
    ✓  a  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  ✓  .  .
    ✓  a  .  .  .  .  .
    """
    assert shows(text, "frequent.week", "clipped-monday-weeks") == ["fewer-days: Aug 3/5: month 1"]
    assert shows(text, "frequent.week", "ignore-part-weeks") == []


def test_frequent_rule1_unit() -> None:
    """A14: each weekday by itself, or the enrolled days taken together."""
    text = """
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  .  .  .  .
    """
    days = {"weekdays": ["Th", "Fr"]}
    assert shows(text, "frequent.rule1-unit", "per-weekday", **days) == ["same-weekday: Aug Fr 3/4: month 1"]
    assert shows(text, "frequent.rule1-unit", "pooled", **days) == ["fewer-days: Aug 3/4: month 1"]
    most = text.replace("✓", "a", 2)
    assert "same-weekday: Aug 5/8: month 1" in shows(most, "frequent.rule1-unit", "pooled", **days)


SHORT_OR_ABSENT = """
    3  ✓  3  .  .  .  .
    3  ✓  3  .  .  .  .
    a  ✓  3  .  .  .  .
    ✓  ✓  a  .  .  .  .
    a  ✓  .  .  .  .  .
"""
THREE_DAYS = ("Mo", "Tu", "We")


def test_frequent_rule3_absent_days() -> None:
    """A16: a day not attended at all is a day of fewer hours, or it is no such day."""
    switch = "frequent.rule3-absent-days"
    found = shows(SHORT_OR_ABSENT, switch, "absent-counts-as-zero-hours", weekdays=THREE_DAYS)
    assert found == ["fewer-days: Aug 3/5: month 1", "fewer-hours: Aug 8/14: month 1"]
    assert shows(SHORT_OR_ABSENT, switch, "attended-short-days-only", weekdays=THREE_DAYS) == ["fewer-days: Aug 3/5: month 1"]


NINE_HOURS = {"weekdays": THREE_DAYS, "times": "08:00-17:00"}
SEVEN_OF_NINE = SHORT_OR_ABSENT.replace("a", "7").replace("3", "7").replace("✓", "7")
FIVE_OF_NINE = SEVEN_OF_NINE.replace("7", "5")


def test_frequent_rule3_cap() -> None:
    """A17: hours above six are not funded; to miss those is to miss nothing, or something, and never is for long days."""
    switch = "frequent.rule3-cap"
    assert shows(SEVEN_OF_NINE, switch, "min-enrolled-6", **NINE_HOURS) == []
    assert shows(FIVE_OF_NINE, switch, "min-enrolled-6", **NINE_HOURS) == ["fewer-hours: Aug 14/14: month 1"]
    assert shows(SEVEN_OF_NINE, switch, "all-enrolled-hours", **NINE_HOURS) == ["fewer-hours: Aug 14/14: month 1"]
    assert shows(FIVE_OF_NINE, switch, "never-above-6", **NINE_HOURS) == []


@pytest.mark.parametrize(("grace", "hours", "found"), [("0", "5.75", True), ("15", "5.75", False), ("15", "5.5", True)])
def test_frequent_rule3_grace_minutes(*, grace: str, hours: str, found: bool) -> None:
    """A18."""
    text = SHORT_OR_ABSENT.replace("a", hours).replace("3", hours)
    told = shows(text, "frequent.rule3-grace-minutes", grace, weekdays=THREE_DAYS)
    assert told == (["fewer-hours: Aug 8/14: month 1"] if found else [])


LATE = timedelta(minutes=5)


@pytest.mark.parametrize(("reading", "found"), [("nearest-15", False), ("exact", True)])
def test_five_minutes_late_every_day_is_no_pattern_by_the_nearest_quarter_of_an_hour(*, reading: str, found: bool) -> None:
    """Switch attendance.rounding (A18)."""
    drawn = months({"2021-08": ". . . . . . .\n" + "✓ ✓ ✓ . . . .\n" * 4 + "✓ ✓ . . . . ."})
    records = [
        one.model_copy(update={"arrived": one.arrived + LATE}) if isinstance(one, Attendance) and one.arrived else one
        for one in kept(drawn, weekdays=THREE_DAYS)
    ]
    told = absences_of(records, drawn.days, {"attendance.rounding": reading})
    assert counted(told, Pattern.FEWER_HOURS) == (["Aug 14/14: month 1"] if found else [])


def mixed() -> ServiceProfile:
    """All-day on Mondays and Wednesdays, sessional on Tuesdays, and licensed as both."""
    whole = profile()
    modes = {Weekday.MONDAY: Mode.ALL_DAY, Weekday.TUESDAY: Mode.SESSIONAL, Weekday.WEDNESDAY: Mode.ALL_DAY}
    sessions = tuple(one.model_copy(update={"mode": modes[one.weekday]}) for one in whole.sessions if one.weekday in modes)
    return whole.model_copy(update={"licence_class": "mixed", "sessions": sessions})


@pytest.mark.parametrize(
    ("reading", "found"),
    [
        ("by-mode-of-the-day", ["fewer-hours: Aug 5/9: month 1"]),
        ("never", []),
        ("always", ["fewer-hours: Aug 10/14: month 1"]),
    ],
)
def test_frequent_rule3_mixed_services(reading: str, found: list[str]) -> None:
    """A19: fewer hours a day count on days that are not sessional; never; or always."""
    text = """
    3  3  3  .  .  .  .
    3  3  3  .  .  .  .
    3  3  ✓  .  .  .  .
    ✓  3  ✓  .  .  .  .
    ✓  3  .  .  .  .  .
    """
    assert shows(text, "frequent.rule3-mixed-services", reading, weekdays=THREE_DAYS, service=mixed()) == found


@pytest.mark.parametrize(
    ("reading", "found"),
    [
        ("exclude", ["same-weekday: Aug Fr 2/3: month 1"]),
        ("count-as-present", []),
        ("count-as-absent", ["same-weekday: Aug Fr 3/4: month 1"]),
    ],
)
def test_frequent_no_opportunity_days(reading: str, found: list[str]) -> None:
    """A13: a Friday on which the service was closed."""
    text = """
    .  .  .  ✓  a  .  .
    .  .  .  ✓  #  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  .  .  .  .
    """
    assert shows(text, "frequent.no-opportunity-days", reading, weekdays=["Th", "Fr"]) == found


# The Frequent Absence Rule: months in a row, and what they lose.

AUGUST = """
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
    .  .  .  .  A  .  .
    .  .  .  ✓  A  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  A  .  .
    .  .  .  ✓  ✓  .  .
"""
NOVEMBER = """
    .  .  .  ✓  A  .  .
    .  .  .  ✓  A  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  A  .  .
    .  .  .  .  .  .  .
"""
DAYS = ("Th", "Fr")


def funded(text: str) -> str:
    return text.replace("A", "a")


def four(
    switch: str,
    reading: str,
    *more: Record,
    august: str = AUGUST,
    september: str = SEPTEMBER,
    october: str = OCTOBER,
    november: str = NOVEMBER,
    **on_record: Any,
) -> ChildAbsences:
    """August to November 2021 by a reading."""
    drawn = months({"2021-08": august, "2021-09": september, "2021-10": october, "2021-11": november})
    return check(drawn, switches={switch: reading}, more=more, **{"weekdays": DAYS, **on_record})


@pytest.mark.parametrize(("reading", "lost"), [("yes", funded), ("no", str)])
def test_frequent_month3_needs_pattern(reading: str, lost: Callable[[str], str]) -> None:
    """A21: one Friday of five is missed in October, and nobody reconfirmed."""
    october = lost(OCTOBER.replace("A", "✓", 2))
    four("frequent.month3-needs-pattern", reading, october=october, november=funded(NOVEMBER))


def test_frequent_month3_refused_whatever_its_pattern_is_funded_once_reconfirmed() -> None:
    october = funded(OCTOBER.replace("A", "✓", 2))
    switch = "frequent.month3-needs-pattern"
    four(switch, "no", reconfirmed("2021-09-30"), october=october, november=funded(NOVEMBER))


def test_frequent_after_reconfirmation() -> None:
    """A23: some vendors ask for a reconfirmation for month two, and for another for month three."""
    switch, vendor = "frequent.after-reconfirmation", "vendor-second-reconfirmation"
    refused = SEPTEMBER.replace("a", "A")
    four(switch, vendor, september=refused)
    four(switch, vendor, reconfirmed("2021-09-30"))
    four(switch, vendor, reconfirmed("2021-09-30"), reconfirmed("2021-10-29"), october=funded(OCTOBER))
    four(switch, "handbook", reconfirmed("2021-09-30"), october=funded(OCTOBER))


ON_THURSDAYS_TOO = """
    .  .  .  .  ✓  .  .
    .  .  .  {0}  ✓  .  .
    .  .  .  {0}  ✓  .  .
    .  .  .  {0}  ✓  .  .
    .  .  .  ✓  {1}  .  .
"""


@pytest.mark.parametrize(
    ("reading", "october"),
    [
        ("per-rule-and-weekday", ON_THURSDAYS_TOO.format("a", "a")),
        ("per-rule", ON_THURSDAYS_TOO.format("A", "a")),
        ("any-rule", ON_THURSDAYS_TOO.format("A", "a")),
    ],
)
def test_frequent_run_identity_by_weekday(reading: str, october: str) -> None:
    """A24: Fridays in August and September, Thursdays in October."""
    four("frequent.run-identity", reading, october=october, november=funded(NOVEMBER.replace("A", "✓")))


FEWER_HOURS = """
    .  .  .  .  3{0}  .  .
    .  .  .  3{0}  ✓  .  .
    .  .  .  3{0}  ✓  .  .
    .  .  .  3{0}  3{0}  .  .
    .  .  .  3{0}  ✓  .  .
"""


@pytest.mark.parametrize(("reading", "lost"), [("per-rule-and-weekday", ""), ("per-rule", ""), ("any-rule", "!")])
def test_frequent_run_identity_by_situation(reading: str, lost: str) -> None:
    """A24: fewer days in August and September, fewer hours in October."""
    quiet = funded(NOVEMBER.replace("A", "✓"))
    four("frequent.run-identity", reading, october=FEWER_HOURS.format(lost), november=quiet)


def readings_shown(printed: Mapping[str, str], **on_record: Any) -> set[str]:
    """The readings a person is told of because a month would be judged otherwise by them."""
    drawn = months(printed)
    findings = assessed(kept(drawn, **on_record), drawn.days).findings
    return {dict(one.parameters)["reading"] for one in findings if one.rule == "absence.another-reading"}


@pytest.mark.example(
    "absence.another-reading",
    "Fridays were missed for two months and Thursdays too in the third: by any situation, a third month.",
)
def test_a_run_longer_by_another_count_is_shown_to_a_person() -> None:
    """A24: by any situation this is the third month in a row."""
    printed = {"2021-08": AUGUST, "2021-09": SEPTEMBER, "2021-10": ON_THURSDAYS_TOO.format("a", "a")}
    assert "frequent.run-identity=any-rule" in readings_shown(printed, weekdays=DAYS)
    assert "frequent.run-identity=any-rule" not in readings_shown({"2021-08": AUGUST, "2021-09": SEPTEMBER}, weekdays=DAYS)


@pytest.mark.example("absence.another-reading", "Two months are short only by the weeks that the months' ends cut.")
def test_months_short_only_by_weeks_cut_at_their_end_are_shown_to_a_person() -> None:
    """A11: Monday 30 and Tuesday 31 August, Wednesday 1 to Friday 3 September."""
    printed = {
        "2021-08": """
        .  .  .  .  .  .  .
        a  ✓  ✓  ✓  ✓  .  .
        ✓  a  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  ✓  ✓  .  .
        ✓  a  .  .  .  .  .
        """,
        "2021-09": """
        .  .  ✓  a  ✓  .  .
        a  ✓  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  ✓  ✓  .  .
        ✓  a  ✓  ✓  .  .  .
        """,
    }
    assert readings_shown(printed) == {"frequent.week=ignore-part-weeks"}


def test_months_short_only_by_days_not_attended_at_all_are_shown_to_a_person() -> None:
    """A16."""
    september = """
    .  .  3  .  .  .  .
    3  ✓  3  .  .  .  .
    3  ✓  a  .  .  .  .
    ✓  a  ✓  .  .  .  .
    a  ✓  3  .  .  .  .
    """
    printed = {"2021-08": f". . . . . . .\n{SHORT_OR_ABSENT}", "2021-09": september}
    assert "frequent.rule3-absent-days=attended-short-days-only" in readings_shown(printed, weekdays=THREE_DAYS)


@pytest.mark.example(
    "absence.another-reading", "The Fridays missed were made up in their weeks: by no reading is a week short."
)
def test_weeks_short_with_the_first_situations_weekdays_are_shown_to_a_person() -> None:
    """A15. Where the missed days were made up in their week, no week is short by either reading."""
    printed = {"2021-08": AUGUST, "2021-09": SEPTEMBER}
    union = "frequent.rule1-rule2=union"
    assert union in readings_shown(printed, weekdays=DAYS)
    made_up = {month: text.replace("a  .  .", "a  +  .") for month, text in printed.items()}
    assert union not in readings_shown(made_up, weekdays=DAYS)


FRIDAYS_ALONE = {
    "2021-08": """
    .  .  .  .  .  .  .
    ✓  a  ✓  ✓  a  .  .
    ✓  ✓  ✓  ✓  a  .  .
    ✓  ✓  ✓  ✓  a  .  .
    ✓  ✓  a  ✓  ✓  .  .
    ✓  ✓  .  .  .  .  .
    """,
    "2021-09": """
    .  .  ✓  {0}  a  .  .
    ✓  ✓  ✓  ✓  a  .  .
    ✓  a  ✓  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  a  .  .
    ✓  ✓  a  ✓  .  .  .
    """,
}


@pytest.mark.parametrize(("thursday", "told"), [("✓", True), ("a", False)])
def test_weeks_short_only_with_the_fridays_are_shown_and_weeks_short_without_them_are_judged_already(
    thursday: str, *, told: bool
) -> None:
    """A15: with Thursday 2 September, three of September's five weeks are short by other days; of August's two are."""
    printed = {month: text.format(thursday) for month, text in FRIDAYS_ALONE.items()}
    assert ("frequent.rule1-rule2=union" in readings_shown(printed)) is told


def test_a_second_month_is_shown_also_to_who_asks_of_it_alone() -> None:
    """The first month lies before the days asked about, and counts."""
    drawn = months({"2021-08": AUGUST, "2021-09": SEPTEMBER})
    findings = assessed(kept(drawn, weekdays=DAYS), DateRange(date(2021, 9, 1), date(2021, 10, 1))).findings
    (one,) = [one for one in findings if one.rule == "absence.another-reading"]
    assert dict(one.parameters) == {"month": "2021-09", "number": "2", "reading": "frequent.rule1-rule2=union"}


def kristen(october: str, switches: Switches) -> ChildAbsences:
    """Fridays are missed in August and September 2021, and other days in some weeks of each month."""
    printed = {
        "2021-08": """
        .  .  .  .  .  .  .
        ✓  a  ✓  ✓  a  .  .
        ✓  ✓  ✓  ✓  a  .  .
        ✓  ✓  ✓  ✓  a  .  .
        ✓  ✓  a  ✓  ✓  .  .
        ✓  ✓  .  .  .  .  .
        """,
        "2021-09": """
        .  .  ✓  ✓  a  .  .
        ✓  ✓  ✓  ✓  a  .  .
        ✓  a  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  ✓  a  .  .
        ✓  ✓  a  ✓  .  .  .
        """,
        "2021-10": october,
    }
    return check(months(printed), switches=switches)


FRIDAYS_LOST = """
    .  .  .  .  A  .  .
    ✓  a  ✓  ✓  A  .  .
    ✓  ✓  a  ✓  ✓  .  .
    ✓  ✓  ✓  ✓  A  .  .
    p  ✓  ✓  ✓  ✓  .  .
"""


def test_frequent_rule1_rule2() -> None:
    """A15: the weekdays of the first situation are left out before weeks are counted, or they are not.

    In October four of five weeks are short, without Fridays two of five.
    """
    told = kristen(FRIDAYS_LOST, {"frequent.rule1-rule2": "rule1-then-residual"})
    assert counted(told, Pattern.FEWER_DAYS) == []
    told = kristen(FRIDAYS_LOST.replace("a", "A"), {"frequent.rule1-rule2": "union"})
    assert counted(told, Pattern.FEWER_DAYS) == ["Aug 4/5: month 1", "Sep 5/5: month 2", "Oct 4/5: month 3"]


def test_weeks_that_are_short_without_the_fridays_too_lose_every_absence() -> None:
    """A15: the residual test, in all three months; in each, other days make three weeks of four or five short."""
    printed = {
        "2021-08": """
        .  .  .  .  .  .  .
        ✓  a  ✓  ✓  a  .  .
        ✓  ✓  ✓  a  a  .  .
        ✓  ✓  ✓  ✓  a  .  .
        ✓  ✓  a  ✓  ✓  .  .
        ✓  ✓  .  .  .  .  .
        """,
        "2021-09": """
        .  .  ✓  a  a  .  .
        ✓  ✓  ✓  ✓  a  .  .
        ✓  a  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  ✓  a  .  .
        ✓  ✓  a  ✓  .  .  .
        """,
        "2021-10": """
        .  .  .  .  A  .  .
        ✓  A  ✓  ✓  A  .  .
        ✓  ✓  A  ✓  ✓  .  .
        ✓  ✓  ✓  ✓  A  .  .
        p  ✓  A  ✓  ✓  .  .
        """,
    }
    told = check(months(printed))
    assert counted(told, Pattern.FEWER_DAYS) == ["Aug 3/5: month 1", "Sep 3/5: month 2", "Oct 3/4: month 3"]


@pytest.mark.parametrize(("reading", "minutes"), [("absent-hours-only", 180), ("whole-days", 0)])
def test_frequent_refusal_extent(reading: str, minutes: int) -> None:
    """A20: on a short day of a third month the hours missed are lost, or the day."""
    short = [text.replace("✓", "3").replace("a", "3") for text in (AUGUST, SEPTEMBER)]
    refused = OCTOBER.replace("✓", "3!").replace("A", "3!")
    drawn = months({"2021-08": short[0], "2021-09": short[1], "2021-10": refused})
    switches = {"frequent.refusal-extent": reading}
    check(drawn, weekdays=DAYS, switches=switches)
    october = claimed_minutes(kept(drawn, weekdays=DAYS), DateRange(date(2021, 10, 1), date(2021, 11, 1)), switches)
    assert set(october.values()) == {minutes}


ON_MONDAYS_FROM_THE_FIFTEENTH = """
    {0}  .  .  ✓  {1}  .  .
    {2}  .  .  ✓  {1}  .  .
    {3}  .  .  ✓  {4}  .  .
    ✓  .  .  ✓  {5}  .  .
    ✓  .  .  .  .  .  .
"""


@pytest.mark.parametrize(
    ("reading", "cells", "expected"),
    [
        ("split-month", (".", "A", ".", "✓", ".", "."), ["Oct Fr 3/5: month 3", "Nov Fr 2/2: month 4"]),
        ("judge-from-effective-date", (".", "a", ".", "✓", ".", "."), ["Oct Fr 3/5: month 3"]),
    ],
)
def test_frequent_mid_month_change(reading: str, cells: tuple[str, ...], expected: list[str]) -> None:
    """A27: the days before a change are judged by what was in force on them, or are not judged."""
    changed = enrolment(weekdays=["Mo", "Th"], since=date(2021, 11, 15), key="a-2")
    told = four(
        "frequent.mid-month-change",
        reading,
        reconfirmed("2021-09-30"),
        october=funded(OCTOBER),
        november=ON_MONDAYS_FROM_THE_FIFTEENTH.format(*cells),
        enrolled=[enrolment(weekdays=DAYS), changed],
    )
    assert counted(told, Pattern.SAME_WEEKDAY)[2:] == expected


def test_frequent_mid_month_change_judged_as_a_whole() -> None:
    """A27: all of November by the old agreement, or all by the new. Of days only the other one books nothing is on record."""
    changed = enrolment(weekdays=["Mo", "Th"], since=date(2021, 11, 15), key="a-2")
    by_old = """
    .  .  .  ✓  h  .  .
    .  .  .  ✓  h  .  .
    +  .  .  ✓  ?  .  .
    +  .  .  ✓  ?  .  .
    +  .  .  .  .  .  .
    """
    by_new = """
    ?  .  .  ✓  .  .  .
    ?  .  .  ✓  .  .  .
    ✓  .  .  ✓  .  .  .
    ✓  .  .  ✓  .  .  .
    ✓  .  .  .  .  .  .
    """
    for reading, november in (("judge-whole-month-on-old", by_old), ("judge-whole-month-on-new", by_new)):
        four(
            "frequent.mid-month-change",
            reading,
            reconfirmed("2021-09-30"),
            october=funded(OCTOBER),
            november=november,
            enrolled=[enrolment(weekdays=DAYS), changed],
        )


@pytest.mark.example("absence.half-the-month", "Every day of the month is short, and the switch says off.")
def test_frequent_general_half_test() -> None:
    """A30: at a sessional service fewer hours a day are no situation, and every day is short."""
    switch, rule = "frequent.general-half-test", "absence.half-the-month"
    printed = [text.replace("✓", "3").replace("a", "3").replace("A", "3") for text in (AUGUST, SEPTEMBER, OCTOBER)]
    quiet: dict[str, Any] = {"august": printed[0], "september": printed[1], "november": funded(NOVEMBER.replace("A", "✓"))}
    sessional: dict[str, Any] = {"service": profile("08:30-14:30", mode=Mode.SESSIONAL), "times": "08:30-14:30"}
    drawn = months({"2021-08": printed[0], "2021-09": printed[1], "2021-10": printed[2]})
    for reading, findings, october in (
        ("advisory", 3, printed[2]),
        ("off", 0, printed[2]),
        ("refuse", 0, printed[2].replace("3", "3!")),
    ):
        told = four(switch, reading, october=october, **quiet, **sessional)
        assert len(months_of(told, Pattern.HALF_THE_MONTH)) == (0 if reading == "off" else 3)
        found = assessed(kept(drawn, weekdays=DAYS, **sessional), drawn.days, {switch: reading}).findings
        assert len([one for one in found if one.rule == rule]) == findings


@pytest.mark.example("absence.mixed-licence", "The service is licensed for both.")
@pytest.mark.example("absence.mixed-licence", "The service is licensed for all-day operation.")
def test_a_service_licensed_for_both_is_told_by_what_reading_fewer_hours_are_looked_for() -> None:
    """A19; a service licensed for one of them is not."""
    drawn = months({"2021-08": AUGUST})
    records = kept(drawn, weekdays=DAYS)
    both = [r.model_copy(update={"licence_class": "mixed"}) if isinstance(r, ServiceProfile) else r for r in records]
    shown = {str(one.rule): dict(one.parameters) for one in assessed(both, drawn.days).findings}
    assert shown["absence.mixed-licence"] == {"reading": "by-mode-of-the-day"}
    assert "absence.mixed-licence" not in {one.rule for one in assessed(records, drawn.days).findings}


def test_a_reading_that_would_refuse_more_warns_and_one_that_would_refuse_less_informs() -> None:
    """A15, A24."""
    printed = {"2021-08": AUGUST, "2021-09": SEPTEMBER, "2021-10": ON_THURSDAYS_TOO.format("a", "a")}
    drawn = months(printed)
    findings = assessed(kept(drawn, weekdays=DAYS), drawn.days).findings
    told = {dict(one.parameters).get("reading"): one.severity for one in findings if one.rule == "absence.another-reading"}
    assert told["frequent.run-identity=any-rule"] is Severity.WARNS
