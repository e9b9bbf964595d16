"""The rows of the frequent-absence report: what a month looked like, what is at risk, and who may sign."""

from datetime import date, timedelta

import pytest

from ecegateway.claim.absence_report import absence_report
from ecegateway.model.absence import (
    ChildAbsences,
    ChildMonth,
    DayMark,
    Duty,
    EnrolledDay,
    GridDay,
    Pattern,
    PatternMonth,
    Standing,
)
from ecegateway.model.claim import ChildDay, Portion, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import RuleId, evidence_id
from ecegateway.model.people import AuthorisedSignatory, Person
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from tests.support.absences import shown
from tests.support.claims import claim
from tests.support.records import C1, MONDAY, SERVICE, agreement, changed, child, facts_of, profile

FEBRUARY = DateRange(date(2026, 2, 1), date(2026, 3, 1))
LAST = date(2026, 2, 28)
TUESDAY, WEDNESDAY = (MONDAY + timedelta(days=n) for n in (1, 2))
AGREEMENT = evidence_id("kowhai", SERVICE, "enrolment", "a-c1", 1)


def enrolled(day: date, mark: DayMark, attended: int | None, booked: int = 360) -> EnrolledDay:
    return EnrolledDay(day, mark, booked, attended, sessional=False, exempt=False, agreement=AGREEMENT, evidence=())


DAYS = (
    enrolled(MONDAY, DayMark.ABSENT, 0),
    enrolled(TUESDAY, DayMark.SHORT, 200),
    enrolled(WEDNESDAY, DayMark.PRESENT, 400),
)


def row(*months: PatternMonth, refused: dict[date, str] | None = None, known: tuple[Record, ...] = ()) -> ChildMonth:
    """The child's row for February; ``refused`` gives the reason for which a day's six hours are refused."""
    facts = facts_of(profile(), *child(), agreement(), *known)
    lines = [
        ChildDay(C1, day, Basis.PERMANENT, (), (), (Portion(360, 510, Verdict.REFUSED, None, RuleId(reason), None, ()),))
        for day, reason in (refused or {}).items()
    ]
    made = claim(child_days=lines, findings=())
    report = absence_report(facts, [ChildAbsences(C1, DAYS, months, {})], made)
    (found,) = dict(report.months)[FEBRUARY]
    return found


def test_each_enrolled_day_has_a_cell_with_what_became_of_it() -> None:
    found = row(refused={MONDAY: "absence.thirteenth-week"})
    assert found.grid == (
        GridDay(MONDAY, DayMark.ABSENT, 360, 0, 360),
        GridDay(TUESDAY, DayMark.SHORT, 360, 200, 0),
        GridDay(WEDNESDAY, DayMark.PRESENT, 360, 400, 0),
    )
    assert (found.child, found.refused, found.standing) == (C1, 360, Standing.STOPPED)


def test_what_a_day_loses_is_the_sum_of_its_parts() -> None:
    parts = [Portion(n, 510, Verdict.REFUSED, None, RuleId("absence.thirteenth-week"), None, ()) for n in (90, 120)]
    line = ChildDay(C1, MONDAY, Basis.PERMANENT, (), (), tuple(parts))
    facts = facts_of(profile(), *child(), agreement())
    report = absence_report(facts, [ChildAbsences(C1, DAYS, (), {})], claim(child_days=[line], findings=()))
    assert [row.refused for _, rows in report.months for row in rows] == [210]


def test_hours_refused_for_another_reason_are_no_matter_of_the_absence_rules() -> None:
    found = row(refused={MONDAY: "funding.daily-limit"})
    assert (found.refused, found.standing) == (0, Standing.CLEAR)


@pytest.mark.parametrize(
    ("months", "standing"),
    [
        ((), Standing.CLEAR),
        ((shown(Pattern.HALF_THE_MONTH, FEBRUARY),), Standing.CLEAR),
        ((shown(Pattern.FEWER_DAYS, FEBRUARY),), Standing.WARNING),
    ],
)
def test_a_situation_warns_and_the_general_sentence_alone_does_not(
    months: tuple[PatternMonth, ...], standing: Standing
) -> None:
    found = row(*months)
    assert (found.months, found.standing) == (months, standing)


@pytest.mark.parametrize(
    ("duty", "days", "at_risk"),
    [
        (Duty.RECONFIRM, (MONDAY, TUESDAY), 520),
        (Duty.CHANGE, (TUESDAY,), 160),
        (Duty.MONITOR, (MONDAY, TUESDAY), 0),
        (Duty.RECONFIRM, (WEDNESDAY,), 0),
        (Duty.RECONFIRM, (MONDAY - timedelta(days=1),), 0),
    ],
)
def test_the_minutes_missed_on_the_days_of_a_pattern_are_at_risk_once_a_duty_is_due(
    duty: Duty, days: tuple[date, ...], at_risk: int
) -> None:
    """Six hours on Monday, two hours and forty minutes on Tuesday; on Wednesday the child stayed longer than enrolled."""
    assert row(shown(Pattern.FEWER_DAYS, FEBRUARY, days, duty=duty)).at_risk == at_risk


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [(LAST, None, True), (LAST, LAST, True), (LAST + timedelta(days=1), None, False), (MONDAY, TUESDAY, False)],
)
def test_those_who_may_sign_on_the_last_day_of_the_month_are_named(first: date, last: date | None, *, may: bool) -> None:
    listed = AuthorisedSignatory(service=SERVICE, key="y1", child="c1", person="g1", first_day=first, last_day=last)
    parent = Person(service=SERVICE, key="g1", role="guardian", given_names="Hēmi", family_name="O'Hārae")
    assert row(known=(listed, parent)).signatories == (("Hēmi O'Hārae",) if may else ())


def test_a_signatory_without_a_name_is_called_by_the_key() -> None:
    listed = AuthorisedSignatory(service=SERVICE, key="y1", child="c1", person="g1", first_day=MONDAY)
    assert row(known=(listed, Person(service=SERVICE, key="g1", role="guardian"))).signatories == ("g1",)
    one_name = Person(service=SERVICE, key="g1", role="guardian", family_name="Tūmanako")
    assert row(known=(listed, one_name)).signatories == ("Tūmanako",)


def test_the_agreement_to_reconfirm_is_the_one_in_force_on_the_last_enrolled_day() -> None:
    assert row().agreement == "a-c1"
    ended = agreement(last_day=TUESDAY, change=changed(on=MONDAY))
    followed = agreement(key="b-1", since=WEDNESDAY).model_copy(update={"agreement": "b-c1"})
    assert row(known=(ended, followed)).agreement == "b-c1"


def test_a_month_without_an_enrolled_day_has_no_row() -> None:
    facts = facts_of(profile(), *child(), agreement())
    report = absence_report(facts, [ChildAbsences(C1, DAYS, (), {})], claim(child_days=[], findings=()))
    assert [len(rows) for _, rows in report.months] == [1, 0, 0, 0]


def test_the_months_in_a_row_are_those_up_to_the_month_of_the_row() -> None:
    january = DateRange(date(2026, 1, 1), date(2026, 2, 1))
    found = row(shown(Pattern.FEWER_DAYS, january), shown(Pattern.FEWER_DAYS, FEBRUARY, number=2))
    assert (found.in_a_row, [month.number for month in found.months]) == (2, [2])


def test_a_child_without_a_pattern_has_no_month_in_a_row() -> None:
    found = row()
    assert (found.in_a_row, found.months) == (0, ())
