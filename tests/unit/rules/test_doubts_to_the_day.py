"""The rules that ask a person to look, to the day: where a run is long, an exemption covers, and a record begins."""

from datetime import date, timedelta
from types import MappingProxyType

import pytest

from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.absence import ChildAbsences, DayMark, Duty, EnrolledDay, Pattern, PatternMonth
from ecegateway.model.attendance import Exemption
from ecegateway.model.finding import Finding
from ecegateway.model.ids import EvidenceId
from ecegateway.model.period import DateRange, Weekday, first_of_month_after
from ecegateway.model.record import Record
from ecegateway.model.service import Closure
from ecegateway.rules.absence.another_reading import another_reading
from ecegateway.rules.absence.doubts import (
    changed_in_vain,
    exemption_ends,
    exemption_not_documented,
    older_than_record,
    short_return,
    two_weeks_by_weekends,
)
from ecegateway.rules.absence.judge import judge_absences
from ecegateway.rules.registry import Question, Rule, question
from tests.support.records import MONDAY, SERVICE, absence, agreement, child, facts_of, profile, stay

FRIDAY = MONDAY + timedelta(days=4)
SPAN = DateRange(MONDAY - timedelta(days=60), MONDAY + timedelta(days=90))
AGREED = EvidenceId("kowhai/10842/enrolment/a-c1@1")


def asked_of(*records: Record, days: DateRange = SPAN) -> Question:
    return question(facts_of(profile(), *child(), agreement(), *records), days, policy(), handbook())


def told(rule: Rule, asked: Question, *days: EnrolledDay, months: tuple[PatternMonth, ...] = ()) -> list[Finding]:
    (one,) = asked.facts.children
    return list(rule.findings(asked, (ChildAbsences(one.key, days, months, MappingProxyType({})),)))


def judged(rule: Rule, asked: Question) -> list[Finding]:
    return list(rule.findings(asked, judge_absences(asked, {})))


def marked(mark: DayMark, *days: date) -> list[EnrolledDay]:
    attended = 360 if mark is DayMark.PRESENT else 0
    return [EnrolledDay(day, mark, 360, attended, sessional=False, exempt=False, agreement=AGREED, evidence=()) for day in days]


@pytest.mark.parametrize(("before", "after", "long"), [(14, 14, True), (13, 14, False), (14, 13, False), (15, 20, True)])
def test_two_weeks_from_first_to_last_day_make_an_absence_long(before: int, after: int, *, long: bool) -> None:
    came = stay(MONDAY)
    first, last = MONDAY - timedelta(days=before), MONDAY + timedelta(days=after)
    days = [
        *marked(DayMark.ABSENT, first, MONDAY - timedelta(days=1)),
        *marked(DayMark.PRESENT, MONDAY),
        *marked(DayMark.ABSENT, MONDAY + timedelta(days=1), last),
    ]
    found = told(short_return, asked_of(came), *days)
    assert [(one.days, one.evidence) for one in found] == ([((MONDAY,), ("kowhai/10842/attendance/s-c1-2026-02-09@1",))] * long)


def test_a_short_day_between_two_long_absences_is_a_short_return_whose_stay_nobody_kept() -> None:
    weeks = [MONDAY + timedelta(weeks=n) for n in range(-3, 4)]
    days = [*marked(DayMark.ABSENT, *weeks[:3]), *marked(DayMark.SHORT, weeks[3]), *marked(DayMark.ABSENT, *weeks[4:])]
    (one,) = told(short_return, asked_of(), *days)
    assert one.evidence == ()


def exemption(**more: object) -> Exemption:
    said = {"first_day": MONDAY, "last_day": FRIDAY, "forms": ("EC12",), "document_reference": "folder 3", **more}
    return Exemption.model_validate({"service": SERVICE, "key": "x1", "child": "c1", **said})


def test_an_exemption_without_its_form_waits_with_the_absences_from_its_first_to_its_last_day() -> None:
    away = [MONDAY + timedelta(days=n) for n in range(-1, 6)]
    (one,) = told(exemption_not_documented, asked_of(exemption(forms=())), *marked(DayMark.ABSENT, *away))
    assert one.days == tuple(away[1:6])
    assert dict(one.parameters) == {"since": str(MONDAY), "missing": "form EC12", "count": "5"}


def test_an_exemption_is_told_of_on_its_last_day_which_is_the_day_to_act_by() -> None:
    (one,) = told(exemption_ends, asked_of(exemption()))
    assert (one.days, one.due) == ((FRIDAY,), FRIDAY)


def older(*records: Record) -> list[tuple[tuple[date, ...], tuple[str, ...]]]:
    days = DateRange(MONDAY, MONDAY + timedelta(days=14))
    return [(one.days, one.evidence) for one in judged(older_than_record, asked_of(*records, days=days))]


def test_an_absence_is_older_than_the_record_until_the_child_comes_and_names_its_marks() -> None:
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    away = absence(MONDAY), absence(tuesday)
    names = tuple(f"kowhai/10842/absence/{one.key}@1" for one in away)
    assert older(*away, stay(wednesday), absence(MONDAY + timedelta(days=3))) == [((MONDAY, tuesday), names)]
    assert older(stay(MONDAY), absence(tuesday)) == []


def test_an_absence_on_the_very_day_of_the_first_stay_is_not_older_than_the_record() -> None:
    """The child came that day, whatever else the record says of it."""
    asked = asked_of(stay(MONDAY), absence(MONDAY + timedelta(days=1)), days=DateRange(MONDAY, MONDAY + timedelta(days=14)))
    days = marked(DayMark.ABSENT, MONDAY, MONDAY + timedelta(days=1))
    assert told(older_than_record, asked, *days) == []


def test_only_absences_on_days_asked_about_are_told_of() -> None:
    asked = asked_of(absence(MONDAY), days=DateRange(MONDAY, FRIDAY))
    days = [*marked(DayMark.CLOSED, MONDAY), *marked(DayMark.ABSENT, MONDAY + timedelta(days=1), FRIDAY)]
    (one,) = told(older_than_record, asked, *days)
    assert one.days == (MONDAY + timedelta(days=1),)


def month(first: date, number: int, pattern: Pattern = Pattern.SAME_WEEKDAY, **more: object) -> PatternMonth:
    said: dict[str, object] = {
        "pattern": pattern,
        "weekday": Weekday.FRIDAY if pattern is Pattern.SAME_WEEKDAY else None,
        "days": DateRange(first, first_of_month_after(first, 1)),
        "missed": 3,
        "of": 4,
        "caused_by": (first,),
        "number": number,
        "skipped": False,
        "reconfirmed_on": None,
        "refuses": False,
        "duty": Duty.NONE,
        "due": None,
    }
    return PatternMonth(**{**said, **more})  # type: ignore[arg-type]  # made of names, for brevity


JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
A_WEEK_ON = DateRange(date(2026, 3, 8), date(2026, 4, 1))
SIX_DAYS_ON = DateRange(date(2026, 3, 7), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("months", "number"),
    [
        pytest.param([month(JANUARY, 1), month(FEBRUARY, 2), month(MARCH, 1)], "2", id="the month after"),
        pytest.param([month(JANUARY, 1), month(FEBRUARY, 2), month(MARCH, 1, days=SIX_DAYS_ON)], "2", id="six days later"),
        pytest.param([month(JANUARY, 1), month(FEBRUARY, 2), month(MARCH, 1, days=A_WEEK_ON)], None, id="a week later"),
        pytest.param([month(FEBRUARY, 1), month(MARCH, 1)], None, id="after a single month"),
        pytest.param([month(MARCH, 1)], None, id="after none"),
        pytest.param([month(FEBRUARY, 2, weekday=Weekday.MONDAY), month(MARCH, 1)], None, id="another weekday"),
        pytest.param([month(FEBRUARY, 2, Pattern.FEWER_DAYS), month(MARCH, 1)], None, id="another situation"),
        pytest.param(
            [month(FEBRUARY, 2, Pattern.HALF_THE_MONTH), month(MARCH, 1, Pattern.HALF_THE_MONTH)], None, id="an advice"
        ),
    ],
)
def test_a_pattern_outlives_a_change_that_comes_within_a_week_of_it(months: list[PatternMonth], number: str | None) -> None:
    found = told(changed_in_vain, asked_of(), months=tuple(months))
    assert [dict(one.parameters)["number"] for one in found] == ([] if number is None else [number])


def test_another_reading_says_which_month_in_a_row_it_would_judge_otherwise() -> None:
    """Fridays alone were missed: read as days a week too, the second month shows it as well, so nothing else decides."""
    fridays = [FRIDAY + timedelta(weeks=n) for n in range(-1, 8)]
    records = [absence(day) for day in fridays] + [
        stay(day) for n in range(70) if (day := MONDAY + timedelta(days=n - 14)).weekday() < 4
    ]
    asked = asked_of(*records, days=DateRange(date(2026, 2, 1), date(2026, 4, 1)))
    said = [dict(one.parameters) for one in judged(another_reading, asked)]
    assert [(one["month"], one["number"]) for one in said] == [("2026-03", "2")]


@pytest.mark.parametrize(("last", "by_weekends"), [(12, True), (13, False)])
def test_thirteen_licensed_days_are_two_weeks_by_the_sunday_alone_and_fourteen_by_themselves(
    last: int, *, by_weekends: bool
) -> None:
    """Licensed from Monday to Saturday, or every day; closed from a Monday on for thirteen or fourteen licensed days."""
    week = ("Mo", "Tu", "We", "Th", "Fr", "Sa", *(() if by_weekends else ("Su",)))
    away = Closure(
        service=SERVICE, key="z1", first_day=MONDAY, last_day=MONDAY + timedelta(days=last), kind="planned", reason="holidays"
    )
    facts = facts_of(profile(weekdays=week), *child(), agreement(), away, stay(MONDAY - timedelta(days=3)))
    found = list(two_weeks_by_weekends.findings(question(facts, SPAN, policy(), handbook())))
    assert [one.days[0] for one in found] == ([MONDAY - timedelta(days=1)] if by_weekends else [])
