"""Where a rule changes its mind: exactly half, the fourteenth day, the birthday, the last day of a window, and one beyond.

Source: ECE Funding Handbook 3-A-1, 3-A-2, 4-2, 6-1, 6-4 to 6-7. The numbers of doubtful points are those of the policy
switches.
"""

from collections.abc import Iterable
from datetime import UTC, date, timedelta

import pytest

from ecegateway.handbook.policy import switches
from ecegateway.model.attendance import Attendance, Cause, LeavingNotice, Method, Reconfirmation
from ecegateway.model.claim import Category, Claim
from ecegateway.model.enrolment import Basis
from ecegateway.model.period import DateRange, FundingPeriod
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, Mode
from ecegateway.rules.assess import Assessment
from tests.handbook.claimed import claim_of, fates, on
from tests.handbook.grids import SEVEN, assessed, check, grid
from tests.handbook.lines import asked, line, shown, written
from tests.support.records import (
    PERIOD,
    SERVICE,
    WEEK,
    absence,
    agreement,
    bookings,
    child,
    profile,
    stay,
)

SESSIONAL = profile(weekdays=SEVEN, mode=Mode.SESSIONAL)
"""Fewer hours a day do not count here, so that an absence shows the other situations alone."""
DUTIES = {"absence.monitor", "absence.reconfirm", "absence.change-agreement"}
HALF = {"frequent.threshold": "half-or-more"}


def rules_of(found: Assessment) -> set[str]:
    return {str(finding.rule) for finding in found.findings}


def closed(first: date, days: int) -> Closure:
    last = first + timedelta(days=days - 1)
    return Closure(service=SERVICE, key=f"z-{first}", first_day=first, last_day=last, kind="planned")


# Exactly half (A10)


@pytest.mark.parametrize(
    ("text", "by_default", "at_half"),
    [
        ("aa✓✓", [], ["2026-02 same-weekday We 2/4: 1"]),
        ("aaa✓", ["2026-02 same-weekday We 3/4: 1"], ["2026-02 same-weekday We 3/4: 1"]),
        ("a✓✓✓", [], []),
        ("✓✓✓✓", [], []),
    ],
    ids=["half", "one more", "one fewer", "none"],
)
@pytest.mark.example("absence.monitor", "Exactly half of the Wednesdays of the month are missed.")
def test_half_of_the_days_of_a_weekday_is_not_more_than_half(text: str, by_default: list[str], at_half: list[str]) -> None:
    drawn = line("2026-02", "We", text)
    assert shown(asked(drawn, service=SESSIONAL)) == by_default
    assert shown(asked(drawn, service=SESSIONAL, switches=HALF)) == at_half


@pytest.mark.parametrize(
    ("text", "by_default", "at_half"),
    [
        ("a✓✓✓#/✓a✓✓✓/✓✓✓✓✓/✓✓✓✓✓", [], ["2026-02 fewer-days 2/4: 1"]),
        ("a✓✓✓#/✓a✓✓✓/✓✓a✓✓/✓✓✓✓✓", ["2026-02 fewer-days 3/4: 1"], ["2026-02 fewer-days 3/4: 1"]),
        ("a✓✓✓#/✓✓✓✓✓/✓✓✓✓✓/✓✓✓✓✓", [], []),
    ],
    ids=["half", "one more", "one fewer"],
)
def test_half_of_the_weeks_is_not_more_than_half(text: str, by_default: list[str], at_half: list[str]) -> None:
    drawn = line("2026-02", "Mo Tu We Th Fr", text)
    assert shown(asked(drawn, service=SESSIONAL)) == by_default
    assert shown(asked(drawn, service=SESSIONAL, switches=HALF)) == at_half


@pytest.mark.parametrize(
    ("text", "by_default", "at_half"),
    [
        ("33✓✓", [], ["2026-02 fewer-hours 2/4: 1"]),
        ("333✓", ["2026-02 fewer-hours 3/4: 1"], ["2026-02 fewer-hours 3/4: 1"]),
        ("3✓✓✓", [], []),
    ],
    ids=["half", "one more", "one fewer"],
)
def test_half_of_the_days_short_is_not_more_than_half(text: str, by_default: list[str], at_half: list[str]) -> None:
    drawn = line("2026-02", "We", text)
    assert shown(asked(drawn)) == by_default
    assert shown(asked(drawn, switches=HALF)) == at_half


@pytest.mark.parametrize(("text", "warns"), [("33✓✓", False), ("333✓", True)], ids=["half", "less than half"])
@pytest.mark.example("absence.half-the-month", "On three of four Wednesdays the child stays for three of six hours.")
@pytest.mark.example("absence.half-the-month", "On two of four Wednesdays the child stays for three of six hours.")
def test_matching_the_agreement_on_half_of_the_month_is_enough(text: str, *, warns: bool) -> None:
    """The general sentence (A30): attendance must match for at least half of each calendar month."""
    assert ("absence.half-the-month" in rules_of(asked(line("2026-02", "We", text)))) is warns


# Two weeks (A3)


@pytest.mark.parametrize(
    ("days", "text"),
    [(13, "a#aAA A✓✓✓"), (14, "a##aa A✓✓✓"), (15, "a##aa A✓✓✓")],
)
@pytest.mark.example("absence.long-closure", "The closure lasts thirteen days and suspends nothing.")
@pytest.mark.example("closure.two-weeks-by-weekends", "Closed for fourteen days, each with a licensed session.")
def test_a_closure_of_two_weeks_suspends_the_three_weeks_and_one_day_less_does_not(days: int, text: str) -> None:
    """The service is open all week, so that every day of the closure counts by itself. It closes after Tuesday 1 July 2025."""
    drawn = line("2025-07", "Tu", text)
    found = asked(drawn, service=SESSIONAL, more=[closed(date(2025, 7, 2), days)])
    assert written(drawn, found) == text
    assert "closure.two-weeks-by-weekends" not in rules_of(found)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (13, ["2025-06 same-weekday Tu 3/4: 1", "2025-07 same-weekday Tu 2/3: 2"]),
        (14, ["2025-06 same-weekday Tu 3/4: 1", "2025-07 same-weekday Tu passed over: 1"]),
        (15, ["2025-06 same-weekday Tu 3/4: 1", "2025-07 same-weekday Tu passed over: 1"]),
    ],
)
def test_a_closure_of_two_weeks_is_passed_over_and_one_day_less_is_not(days: int, expected: list[str]) -> None:
    """Frequent absence goes on from the next full month of operation only after two weeks or more (A26)."""
    found = asked(line("2025-06", "Tu", "aaa✓ ✓##aa"), service=SESSIONAL, more=[closed(date(2025, 7, 3), days)])
    assert shown(found) == expected


def test_fourteen_days_only_by_the_weekend_beside_them_suspend_and_are_put_before_a_person() -> None:
    """Twelve days from Monday 7 July to Friday, and the weekend before them; from the Saturday after, the service is open."""
    saturdays = profile(weekdays=(*WEEK, "Sa")).model_copy(update={"key": "later", "effective_from": date(2025, 7, 19)})
    drawn = line("2025-07", "Fr", "a##a")  # on the 25th the fourth week has begun, were it not for the closure
    found = asked(drawn, service=profile(), more=[saturdays, closed(date(2025, 7, 7), 12)])
    assert written(drawn, found) == "a##a"
    (finding,) = [one for one in found.findings if one.rule == "closure.two-weeks-by-weekends"]
    assert finding.parameters == (("first", "2025-07-05"), ("last", "2025-07-18"))
    assert finding.days == tuple(DateRange(date(2025, 7, 5), date(2025, 7, 19)))
    assert finding.switch == "closure.long-threshold"


@pytest.mark.example("closure.two-weeks-by-weekends", "Closed for eleven days, thirteen with the weekend before them.")
def test_thirteen_days_with_the_weekend_beside_them_suspend_nothing() -> None:
    """Eleven days from Monday to Thursday, and the weekend before them."""
    drawn = line("2025-07", "Fr", "a#aA")
    found = asked(drawn, service=profile(), more=[closed(date(2025, 7, 7), 11)])
    assert written(drawn, found) == "a#aA"
    assert "closure.two-weeks-by-weekends" not in rules_of(found)


# The twenty-first day


@pytest.mark.example("absence.fourth-week", "The twenty-second day of an absence, the first being day one.")
@pytest.mark.example("absence.fourth-week", "The twenty-first day of an absence.")
def test_the_twenty_first_day_of_an_absence_is_funded_and_the_twenty_second_is_not() -> None:
    """Days 0 to 20 from the first day of absence are the three weeks."""
    check(
        grid(
            "2025-07-14",
            """
            M  T  W  Th F  S  S
            ✓  ✓  a  a  a  a  a
            a  a  a  a  a  a  a
            a  a  a  a  a  a  a
            a  a  A  A  A  A  A
            """,
        ),
        weekdays=SEVEN,
    )


def test_an_absence_goes_on_over_the_end_of_the_year() -> None:
    """The public holidays, on which the service is shut, lie inside the three weeks: they are too few to suspend them."""
    check(
        grid(
            "2025-12-15",
            """
            M  T  W  Th F  S  S
            a  a  a  a  a  a  a
            a  a  a  #  #  a  a  | Christmas
            a  a  a  #  #  a  a  | New Year
            A  A  A  A  ✓  a  a
            """,
        ),
        weekdays=SEVEN,
    )


def test_the_leap_day_is_a_day_of_the_three_weeks() -> None:
    """Absent from Friday 9 February 2024, the day of the leap year's February that lies twenty days before 29 February."""
    check(
        grid(
            "2024-02-05",
            """
            M  T  W  Th F  S  S
            ✓  #  ✓  ✓  a  a  a
            a  a  a  a  a  a  a
            a  a  a  a  a  a  a
            a  a  a  a  A  A  A  | Thursday is 29 February, the twenty-first day; Friday 1 March the twenty-second
            """,
        ),
        weekdays=SEVEN,
    )


def test_the_leap_day_is_one_of_its_weekdays() -> None:
    """February 2024 has five Thursdays, the last of them the leap day."""
    assert shown(asked(line("2024-02", "Th", "✓a✓aa"), service=SESSIONAL)) == ["2024-02 same-weekday Th 3/5: 1"]
    assert shown(asked(line("2024-02", "Th", "✓a✓a✓"), service=SESSIONAL)) == []


# Five weeks, and parts of weeks (A11, A12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aa✓✓✓", []),
        ("aaa✓✓", ["2026-04 same-weekday We 3/5: 1"]),
    ],
    ids=["two of five", "three of five"],
)
def test_a_weekday_that_comes_five_times_in_a_month(text: str, expected: list[str]) -> None:
    assert shown(asked(line("2026-04", "We", text), service=SESSIONAL)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a✓✓✓✓/✓a✓✓✓/✓✓✓✓✓/✓✓✓✓✓/✓", []),
        ("a✓✓✓✓/✓a✓✓✓/✓✓✓✓✓/✓✓✓✓✓/a", ["2026-08 fewer-days 3/5: 1"]),
    ],
    ids=["the last Monday attended", "the last Monday missed"],
)
def test_one_day_at_the_end_of_a_month_is_a_week_of_that_month(text: str, expected: list[str]) -> None:
    """31 August 2026 is a Monday; the rest of its week lies in September."""
    found = asked(line("2026-08", "Mo Tu We Th Fr", text), service=SESSIONAL)
    assert shown(found) == expected


def test_a_part_of_a_week_in_which_nothing_could_be_attended_is_no_week() -> None:
    """1 January 2026 is a Thursday; with the Friday after it, both public holidays, it is all of January's first week.

    Monday 19 January is Wellington's anniversary day.
    """
    text = "##/a✓✓✓✓/✓a✓✓✓/#✓a✓✓/✓✓✓✓✓"
    found = asked(line("2026-01", "Mo Tu We Th Fr", text), service=SESSIONAL)
    assert shown(found) == ["2026-01 fewer-days 3/4: 1"]


# A month in which nothing could be attended (A13)


@pytest.mark.parametrize("reading", ["skip-touched-months", "strict-no-extension"])
def test_a_month_without_operation_neither_adds_to_a_run_nor_ends_it(reading: str) -> None:
    found = asked(
        line("2025-06", "Tu", "aaa✓ ##### aaa✓ aaa✓✓"),
        service=SESSIONAL,
        more=[closed(date(2025, 7, 1), 31)],
        switches={"frequent.long-closure": reading},
    )
    numbers = {entry.split()[0]: int(entry[-1]) for entry in shown(found) if "passed over" not in entry}
    assert numbers == {"2025-06": 1, "2025-08": 2, "2025-09": 3}


def test_a_month_in_which_a_childs_days_were_all_shut_neither_adds_to_a_run_nor_ends_it() -> None:
    """Only the Tuesdays were shut, each by itself: no long closure, and still nothing the child could attend."""
    shut = [closed(date(2025, 7, day), 1) for day in (1, 8, 15, 22, 29)]
    drawn = line("2025-06", "Tu", "aaa✓ ##### aaa✓ AAA✓A")
    found = asked(drawn, service=SESSIONAL, more=shut)
    assert [entry[-1] for entry in shown(found)] == ["1", "2", "3"]
    assert written(drawn, found) == str(drawn)


# An agreement changed within a month (A27)


def changed(day: date, weekdays: Iterable[str], *, signed_on: date | None = None) -> list[Record]:
    """An agreement for mornings that is changed to longer days on a day."""
    return [
        agreement(times="08:30-12:30", weekdays=weekdays, since=date(2020, 1, 6), signed_on=date(2020, 1, 2)),
        agreement(times="08:30-14:30", weekdays=weekdays, since=day, signed_on=signed_on or day, key="a-later"),
    ]


def test_a_change_on_the_last_day_of_a_month_begins_a_run_with_that_day() -> None:
    """The thirty days before it go on with the old run, the one day from it on is the first month of a new one."""
    drawn = line("2026-02", "Tu", "aaa✓ aa✓aa a✓aa")
    found = asked(drawn, service=SESSIONAL, enrolled=changed(date(2026, 3, 31), ["Tu"]))
    assert shown(found) == [
        "2026-02 same-weekday Tu 3/4: 1",
        "2026-03 same-weekday Tu 3/4: 2",
        "2026-03 same-weekday Tu 1/1: 1",
        "2026-04 same-weekday Tu 3/4: 2",
    ]
    assert written(drawn, found) == str(drawn)


@pytest.mark.parametrize("reading", switches()["frequent.mid-month-change"].values)
def test_a_change_on_the_first_day_of_a_month_leaves_the_month_before_whole(reading: str) -> None:
    """Each month is judged by its own agreement, by every reading."""
    drawn = line("2026-02", "Tu", "aaa✓ aa✓aa a✓aa")
    read = {"frequent.mid-month-change": reading}
    found = asked(drawn, service=SESSIONAL, enrolled=changed(date(2026, 4, 1), ["Tu"]), switches=read)
    assert shown(found) == [
        "2026-02 same-weekday Tu 3/4: 1",
        "2026-03 same-weekday Tu 4/5: 2",
        "2026-04 same-weekday Tu 3/4: 1",
    ]


@pytest.mark.example(
    "absence.monitor", "The third month shows the situation, and the agreement is changed from the first of the fourth."
)
@pytest.mark.example("absence.reconfirm", "A parent reconfirmed the agreement on the last day of the second month.")
@pytest.mark.example(
    "absence.change-agreement", "The third month shows the situation, and the agreement was reconfirmed unchanged."
)
@pytest.mark.example("absence.change-agreement", "The agreement is changed from the day after the third month.")
def test_an_agreement_changed_right_after_a_month_need_not_be_changed_also_when_that_month_is_asked_about_alone() -> None:
    """April is the third month, and the agreement is changed from 1 May on."""
    drawn = line("2026-02", "Tu", "aaa✓ aa✓a✓ aaa✓")
    april = DateRange(date(2026, 4, 1), date(2026, 5, 1))
    found = asked(drawn, service=SESSIONAL, enrolled=changed(date(2026, 5, 1), ["Tu"]), on=april)
    assert rules_of(found) & DUTIES == {"absence.monitor"}
    unchanged = asked(drawn, service=SESSIONAL, more=[reconfirmed(date(2026, 3, 31))], on=april)
    assert rules_of(unchanged) & DUTIES == {"absence.change-agreement"}
    a_day_late = asked(drawn, service=SESSIONAL, enrolled=changed(date(2026, 5, 2), ["Tu"]), on=april)
    assert rules_of(a_day_late) & DUTIES == {"absence.change-agreement"}


def test_a_change_in_the_fourth_month_buys_back_none_of_the_absences_before_it() -> None:
    """Signed late in May, on the 26th: the absences of the 5th and 12th stay refused, the one of the 26th is of a new run."""
    signed = Reconfirmation(
        service=SERVICE, key="r", child="c1", agreement="a-c1", by="g1", signed_on=date(2026, 4, 1), medium="paper"
    )
    drawn = line("2026-02", "Tu", "aaa✓ aa✓aa a✓aa AA✓a")
    enrolled = changed(date(2026, 5, 26), ["Tu"])
    assert written(drawn, asked(drawn, service=SESSIONAL, enrolled=enrolled, more=[signed])) == str(drawn)


def test_an_agreement_that_lapsed_over_a_weekend_leaves_the_month_one_month() -> None:
    """It ended on Friday 13 March; the one from Monday 16 March books the same days and times. March is counted once."""
    enrolled = [
        agreement(weekdays=["Tu"], since=date(2020, 1, 6), signed_on=date(2020, 1, 2), last_day=date(2026, 3, 13)),
        agreement(weekdays=["Tu"], since=date(2026, 3, 16), signed_on=date(2026, 3, 12), key="a-later"),
    ]
    drawn = line("2026-02", "Tu", "aaa✓ aa✓aa")
    assert shown(asked(drawn, service=SESSIONAL, enrolled=enrolled)) == [
        "2026-02 same-weekday Tu 3/4: 1",
        "2026-03 same-weekday Tu 4/5: 2",
    ]


# When the agreement was reconfirmed (A22)

RETURN_DUE = date(2026, 6, 8)
"""The fifth working day of June 2026, by when the return of April is due; Monday 1 June is the King's Birthday."""


@pytest.mark.parametrize(
    ("signed_on", "reading", "funded", "warns"),
    [
        (date(2026, 2, 28), "month2-end-to-rs7", False, False),
        (date(2026, 3, 1), "month2-end-to-rs7", True, True),
        (date(2026, 3, 30), "month2-end-to-rs7", True, True),
        (date(2026, 3, 31), "month2-end-to-rs7", True, False),
        (date(2026, 4, 30), "month2-end-to-rs7", True, True),
        (date(2026, 5, 1), "month2-end-to-rs7", True, True),
        (RETURN_DUE, "month2-end-to-rs7", True, True),
        (RETURN_DUE + timedelta(days=1), "month2-end-to-rs7", False, False),
        (date(2026, 2, 28), "anywhere-in-month-2-or-3", False, False),
        (date(2026, 3, 1), "anywhere-in-month-2-or-3", True, True),
        (date(2026, 4, 30), "anywhere-in-month-2-or-3", True, True),
        (date(2026, 5, 1), "anywhere-in-month-2-or-3", False, False),
    ],
)
def test_a_reconfirmation_answers_from_the_second_month_until_the_return_of_the_third_is_due(
    signed_on: date, reading: str, *, funded: bool, warns: bool
) -> None:
    """February and March are months one and two. One day outside the window answers nothing; near its edges a person looks."""
    drawn = line("2026-02", "We", "aaa✓ aaa✓ aaa✓✓" if funded else "aaa✓ aaa✓ AAA✓✓")
    signed = [reconfirmed(signed_on)]
    found = asked(drawn, service=SESSIONAL, more=signed, switches={"frequent.reconfirm-window": reading})
    assert written(drawn, found) == str(drawn)
    assert ("absence.reconfirmed-off-time" in rules_of(found)) is warns


def reconfirmed(signed_on: date) -> Record:
    return Reconfirmation(
        service=SERVICE, key=f"r-{signed_on}", child="c1", agreement="a-c1", by="g1", signed_on=signed_on, medium="paper"
    )


# Notice that a child will not return (A8)


@pytest.mark.parametrize(
    ("reading", "text"),
    [("refuse-on-and-after", "aaAA✓"), ("refuse-after", "aaaA✓")],
)
def test_an_absence_on_the_very_day_of_notice(reading: str, text: str) -> None:
    """Notice was given on Wednesday, the third day; on Friday the child came once more, which stays funded."""
    week = line("2026-02", "Mo Tu We Th Fr", f"✓✓✓✓#/{text}/✓✓✓✓✓/✓✓✓✓✓")
    notice = LeavingNotice(service=SERVICE, key="n", child="c1", given_on=date(2026, 2, 11))
    found = asked(week, more=[notice], switches={"leaving.notice-day": reading})
    assert written(week, found) == str(week)


# A planned start after an earlier enrolment (A7)


def test_an_absence_under_an_earlier_enrolment_is_no_part_of_a_later_planned_start() -> None:
    """Enrolled until 13 February and absent from the 9th; enrolled again from 2 March, and ill from that day, with a letter."""
    enrolled = [
        agreement(weekdays=WEEK, since=date(2025, 1, 6), signed_on=date(2025, 1, 2), last_day=date(2026, 2, 13)),
        agreement(weekdays=WEEK, since=date(2026, 3, 2), signed_on=date(2026, 2, 25), key="a-again"),
    ]
    before = [stay(date(2026, 2, 5)), *(absence(date(2026, 2, day)) for day in range(9, 14))]
    letter = {"cause": Cause.ILLNESS, "document_reference": "letter of 2 March"}
    after = [absence(date(2026, 3, day)).model_copy(update=letter) for day in (2, 3, 4, 5, 6, 9, 10)]
    found = assessed([profile(), *child(), *enrolled, *before, *after], DateRange(date(2026, 2, 2), date(2026, 3, 11)))
    rulings = found.absences[0].rulings
    assert {str(rulings[date(2026, 2, day)].reason) for day in range(9, 14)} == {"absence.three-weeks"}
    assert {str(rulings[date(2026, 3, day)].reason) for day in range(2, 7)} == {"absence.first-week"}
    assert {str(rulings[date(2026, 3, day)].reason) for day in (9, 10)} == {"absence.never-attended"}


@pytest.mark.parametrize("unknown", ["a presence marked in bulk", "no record"])
@pytest.mark.example(
    "absence.hangs-on-unknown", "Nobody knows whether the child came on the first day; the next absences hang on it."
)
def test_a_child_who_may_have_come_on_the_first_day_has_perhaps_come_since_the_planned_start(unknown: str) -> None:
    """What hangs on that day is held: had the child come, three weeks would be funded, and else one, of documented illness."""
    enrolled = agreement(weekdays=WEEK, since=date(2026, 3, 2), signed_on=date(2026, 2, 25))
    another = [*child("c2"), stay(date(2026, 3, 2), child_key="c2")]
    first = [] if unknown == "no record" else [stay(date(2026, 3, 2), method=Method.BULK)]
    away = [absence(date(2026, 3, day)) for day in (3, 4, 5, 6, 9, 10)]
    found = assessed([profile(), *child(), enrolled, *first, *away, *another], DateRange(date(2026, 3, 1), date(2026, 3, 11)))
    rulings = found.absences[0].rulings
    assert {str(ruling.reason) for ruling in rulings.values()} == {"absence.hangs-on-unknown"}
    assert len(rulings) == len(away)


# Birthdays in the middle of a week (A35)

BEFORE, AFTER = [date(2026, 2, 9), date(2026, 2, 10)], [date(2026, 2, 11), date(2026, 2, 12), date(2026, 2, 13)]
"""Monday and Tuesday; and, from Wednesday's birthday on, the rest of the week."""


def week_of_birthday(years: int, *, away: bool, twenty_hours: str | None = None) -> Claim:
    """A child's week of five days of six hours who turns so many years old on Wednesday 11 February 2026; come, or away."""
    days = [*BEFORE, *AFTER]
    seen: list[Record] = [absence(day) if away else stay(day) for day in days]
    born = date(2026 - years, 2, 11)
    return claim_of([*child(born=born), agreement(twenty_hours=twenty_hours), stay(date(2026, 2, 3)), *seen])


@pytest.mark.parametrize("away", [False, True], ids=["there", "absent"])
def test_a_child_is_two_and_over_from_the_second_birthday_on(*, away: bool) -> None:
    made = week_of_birthday(2, away=away)
    assert [fates(made, day) for day in BEFORE] == [{"under-two": 360}] * 2
    assert [fates(made, day) for day in AFTER] == [{"two-and-over": 360}] * 3


@pytest.mark.parametrize("away", [False, True], ids=["there", "absent"])
def test_twenty_hours_begin_on_the_third_birthday(*, away: bool) -> None:
    """Four hours a day are attested; before the birthday the day is subsidy, from it on 20 Hours and Plus 10."""
    made = week_of_birthday(3, away=away, twenty_hours="240 240 240 240 240")
    assert [fates(made, day) for day in BEFORE] == [{"two-and-over": 360}] * 2
    assert [fates(made, day) for day in AFTER] == [{"twenty-hours": 240, "plus-ten": 120}] * 3


@pytest.mark.parametrize("away", [False, True], ids=["there", "absent"])
def test_nothing_is_claimed_from_the_sixth_birthday_on(*, away: bool) -> None:
    made = week_of_birthday(6, away=away)
    assert [fates(made, day) for day in BEFORE] == [{"two-and-over": 360}] * 2
    assert [fates(made, day) for day in AFTER] == [{"refused funding.age-limit": 360}] * 3


def test_a_week_with_a_birthday_in_it_has_thirty_hours_across_categories() -> None:
    """Six days of six hours: the latest, Saturday's, is above thirty hours, though each category has far fewer."""
    days = [*BEFORE, *AFTER, date(2026, 2, 14)]
    six_days = agreement(weekdays=[*WEEK, "Sa"])
    made = claim_of([*child(born=date(2024, 2, 11)), six_days, *(stay(day) for day in days)])
    assert fates(made, days[-1]) == {"refused funding.weekly-limit": 360}
    assert sum(cell.minutes for cell in made.cells) == 30 * 60


def test_a_child_born_on_the_leap_day_is_two_from_the_first_of_march() -> None:
    days = [date(2026, 2, 28), date(2026, 3, 1)]
    made = claim_of([*child(born=date(2024, 2, 29)), agreement(weekdays=SEVEN), *(stay(day) for day in days)])
    assert [fates(made, day) for day in days] == [{"under-two": 360}, {"two-and-over": 360}]


# Both changes of the clock

SPRING, AUTUMN = date(2025, 9, 28), date(2025, 4, 6)
"""The last Sunday of September, when 2:00 became 3:00, and the first Sunday of April, when 3:00 became 2:00."""


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
@pytest.mark.parametrize("zone", ["local time", "UTC"])
def test_a_stay_over_the_change_of_the_clock_keeps_its_day_and_the_minutes_of_the_wall_clock(sunday: date, zone: str) -> None:
    """From 1:00 to 6:00 on the wall: five hours are funded, though four or six went by. In UTC the child came on Saturday."""
    period = FundingPeriod.holding(sunday)
    night = stay(sunday, "01:00-06:00")
    if zone == "UTC":
        night = in_utc(night)
    early = profile("00:30-23:30", weekdays=SEVEN)
    since, signed_on = date(2025, 1, 6), date(2025, 1, 2)
    casual = agreement(times="01:00-06:00", weekdays=SEVEN, basis=Basis.CASUAL, since=since, signed_on=signed_on)
    made = claim_of([early, *child(born=date(2022, 1, 1)), casual, night], period)
    assert fates(made, sunday) == {"two-and-over": 300}
    assert on(made, sunday).attended_minutes == 300
    assert [cell.day for cell in made.cells if cell.minutes] == [sunday]


def in_utc(record: Attendance) -> Attendance:
    """The stay as a vendor states it who keeps every instant in UTC."""
    assert record.arrived is not None
    assert record.departed is not None
    times = {"arrived": record.arrived.astimezone(UTC), "departed": record.departed.astimezone(UTC)}
    return record.model_copy(update=times)


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
@pytest.mark.parametrize("after", [0, 1], ids=["on the Sunday", "on the Monday after"])
def test_a_full_day_at_the_change_of_the_clock_is_neither_short_nor_moved(sunday: date, after: int) -> None:
    """Enrolled and attended from 8:30 to 14:30, on the day itself and on the Monday after, as the vendor states it in UTC."""
    day = sunday + timedelta(days=after)
    enrolled = agreement(weekdays=SEVEN, since=date(2025, 1, 6), signed_on=date(2025, 1, 2))
    records = [*child(born=date(2022, 1, 1)), enrolled, in_utc(stay(day, "08:30-14:30"))]
    assert fates(claim_of(records, FundingPeriod.holding(day)), day) == {"two-and-over": 360}
    marks = assessed([profile(weekdays=SEVEN), *records], DateRange(day, day + timedelta(days=1))).absences[0].days
    assert [(one.day, str(one.mark), one.attended) for one in marks] == [(day, "present", 360)]


# Two sessions in a day (A9)

TWO_SESSIONS = profile("08:45-11:45 12:45-15:45", weekdays=SEVEN, mode=Mode.SESSIONAL)


def two_sessions(*, seen: Iterable[Record]) -> Claim:
    """A child enrolled for both sessions of each day."""
    both = bookings("08:45-11:45", WEEK) + bookings("12:45-15:45", WEEK)
    enrolled = agreement().model_copy(update={"bookings": both})
    return claim_of([TWO_SESSIONS, *child(born=date(2022, 1, 1)), enrolled, *seen])


def test_a_child_who_came_to_one_of_two_sessions_is_present_and_both_are_claimed() -> None:
    day = date(2026, 2, 11)
    assert fates(two_sessions(seen=[stay(day, "08:45-11:45")]), day) == {"two-and-over": 360}


def test_one_session_attended_ends_an_absence_of_three_weeks() -> None:
    """Absent from Monday 9 February; on Monday 2 March, the first day of week four, the child came to the afternoon session."""
    away = [date(2026, 2, 9) + timedelta(days=n) for n in (*range(5), *range(7, 12), *range(14, 19))]
    back, next_day = date(2026, 3, 2), date(2026, 3, 3)
    first = stay(date(2026, 2, 2), "08:45-15:45")
    made = two_sessions(seen=[first, *(absence(day) for day in away), stay(back, "12:45-15:45"), absence(next_day)])
    assert fates(made, back) == {"two-and-over": 360}
    assert fates(made, next_day) == {"two-and-over": 360}
    stayed_away = two_sessions(seen=[first, *(absence(day) for day in (*away, back, next_day))])
    assert fates(stayed_away, back) == fates(stayed_away, next_day) == {"refused absence.fourth-week": 360}


# More than six hours (A17)

NINE_HOURS = "08:00-17:00"


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(7, []), (6, []), (5, ["2026-02 fewer-hours 4/4: 1"])],
)
def test_a_child_enrolled_for_nine_hours_falls_short_only_below_six(hours: int, expected: list[str]) -> None:
    """A child enrolled for nine hours who attends seven loses nothing that is funded."""
    assert shown(asked(line("2026-02", "We", str(hours) * 4), times=NINE_HOURS)) == expected


def test_of_nine_hours_enrolled_a_refused_month_funds_what_was_attended_up_to_six() -> None:
    """Five hours each Wednesday of February and March, not reconfirmed; April is the third month."""
    nine = agreement(times=NINE_HOURS, weekdays=["We"])
    days = [day for day in PERIOD.days if day.weekday() == 2 and day < date(2026, 4, 22)]
    seen: list[Record] = [stay(day, "08:00-13:00") for day in days]
    seen += [stay(date(2026, 4, 22), "08:00-15:00"), absence(date(2026, 4, 29))]
    made = claim_of([*child(), nine, *seen])
    assert fates(made, date(2026, 3, 25)) == {"two-and-over": 360, "refused funding.daily-limit": 180}
    refused = "refused absence.frequent-not-reconfirmed"
    assert fates(made, date(2026, 4, 15)) == {"two-and-over": 300, refused: 240}
    assert fates(made, date(2026, 4, 22)) == {"two-and-over": 360, "refused funding.daily-limit": 180}
    assert fates(made, date(2026, 4, 29)) == {refused: 540}


# What began before the period


@pytest.mark.parametrize(
    ("first", "last_funded"),
    [(date(2026, 1, 12), None), (date(2026, 1, 13), date(2026, 2, 2)), (date(2026, 1, 14), date(2026, 2, 3))],
)
def test_an_absence_that_began_before_the_period_goes_on_in_it(first: date, last_funded: date | None) -> None:
    """The period begins on 1 February; the three weeks do not."""
    days = [day for day in DateRange(date(2026, 1, 5), date(2026, 2, 6)) if day.weekday() < 5]
    made = claim_of([*child(), agreement(), *(stay(day) if day < first else absence(day) for day in days)])
    funded = [one.day for one in made.child_days if one.day in days and one.claimed(Category.TWO_AND_OVER)]
    assert (funded[-1] if funded else None) == last_funded
    assert fates(made, date(2026, 2, 5)) == {"refused absence.fourth-week": 360}


def test_the_week_before_the_period_is_no_absence_where_the_record_begins_with_the_period() -> None:
    """Days before the first stay or absence on record are neither present nor absent: nothing is held for them.

    Weekly limits make a claim ask also of the days of its first week that lie in the month before.
    """
    days = [day for day in DateRange(date(2026, 2, 2), date(2026, 2, 21)) if day.weekday() < 5 and day != date(2026, 2, 6)]
    made = claim_of([*child(), agreement(), *(absence(day) for day in days)])
    assert [fates(made, day) for day in days] == [{"two-and-over": 360}] * len(days)
    (finding,) = [one for one in made.findings if one.rule == "absence.older-than-record"]
    assert finding.parameters == (("begins", "2026-02-02"),)


def test_months_in_a_row_that_began_before_the_period_go_on_in_it() -> None:
    """November to January were months one to three, never reconfirmed; February, the first of the period, is the fourth."""
    drawn = line("2025-11", "We", "aaa✓ aa✓a✓ aa✓a ✓AAA")
    found = asked(drawn, service=SESSIONAL, on=DateRange(date(2026, 2, 1), date(2026, 3, 1)))
    assert written(drawn, found) == str(drawn)
    assert shown(found)[-1] == "2026-02 same-weekday We 3/4: 4"


def test_a_closure_that_begins_in_the_period_and_ends_after_it_is_as_long_as_it_is() -> None:
    """Closed from 21 September to 9 October: September is passed over also by who asks of September alone."""
    drawn = line("2025-08", "We", "aaa✓ aaa#")
    away = [closed(date(2025, 9, 21), 19)]
    september = DateRange(date(2025, 9, 1), date(2025, 10, 1))
    assert shown(asked(drawn, service=SESSIONAL, more=away, on=september)) == [
        "2025-08 same-weekday We 3/4: 1",
        "2025-09 same-weekday We passed over: 1",
    ]


def test_an_agreement_without_an_end_may_say_so_by_the_last_day_there_is() -> None:
    """Some systems write 9999-12-31 for "no end"."""
    drawn = grid("2025-07-07", "✓ . . . . . .\na . . . . . .")
    endless = agreement(weekdays=["Mo"], since=date(2020, 1, 6), signed_on=date(2020, 1, 2), last_day=date.max)
    check(drawn, weekdays=["Mo"], enrolled=[endless])
