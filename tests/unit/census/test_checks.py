"""What is wrong with an ECE Return, what is only doubted, and what nobody can check."""

from dataclasses import replace
from datetime import date, time

import pytest

from ecegateway.census.checks import Checked, check
from ecegateway.census.remark import Weight
from ecegateway.handbook.census import CensusWeek, census_weeks
from ecegateway.handbook.code_lists import shipped
from ecegateway.handbook.codes import CodeLists
from ecegateway.model.ece_return import ContactHours, EceReturn, HomeBasedRole, LanguageUse, LeavingDestination, OtherRole
from ecegateway.model.period import Weekday
from tests.support.codes import loaded, with_loaded
from tests.support.ece_returns import MEMBER, MONDAY, RETURN, TEACHER, with_member, with_role

KNOWN = with_loaded(
    loaded("language", "TST1", "TST2"), loaded("wait-time", "W0", "W1", "W2"), loaded("staff-qualification", "E17", "P12")
)
GIVEN = CensusWeek(MONDAY, date(2026, 6, 21))
TODAY = date(2026, 6, 30)


def checked(
    made: EceReturn = RETURN, lists: CodeLists = KNOWN, week: CensusWeek | None = GIVEN, today: date = TODAY
) -> Checked:
    return check(made, lists, week, today)


def remarks(found: Checked) -> dict[str, Weight]:
    return {remark.check: remark.weight for remark in found.remarks}


def test_a_return_in_order_has_nothing_to_remark() -> None:
    found = checked()
    assert found.remarks == ()
    assert found.made == RETURN
    assert set(found.lists) == {"ethnicity", "gender", "iwi", "language", "staff-qualification", "staff-role", "wait-time"}


@pytest.mark.parametrize(
    ("day", "today", "week", "expected"),
    [
        (date(2022, 6, 13), TODAY, census_weeks()[2022], {"date.overdue": Weight.NOTE}),
        (date(2022, 6, 13), date(2022, 7, 7), census_weeks()[2022], {}),
        (date(2022, 6, 20), date(2022, 7, 1), census_weeks()[2022], {"date.census-week": Weight.ERROR}),
        (date(2022, 6, 14), date(2022, 7, 1), census_weeks()[2022], {"date.monday": Weight.WARNING}),
        (date(2026, 6, 22), TODAY, GIVEN, {"date.census-week": Weight.WARNING}),
        (MONDAY, TODAY, None, {"date.week-unknown": Weight.UNCHECKED}),
        (MONDAY, date(2026, 6, 21), GIVEN, {"date.week-running": Weight.WARNING}),
        (MONDAY, MONDAY, GIVEN, {"date.week-running": Weight.WARNING}),
        (MONDAY, date(2026, 6, 22), GIVEN, {}),
        (MONDAY, date(2026, 6, 14), GIVEN, {"date.future": Weight.WARNING}),
    ],
)
def test_the_date_is_the_monday_of_the_census_week(
    day: date, today: date, week: CensusWeek | None, expected: dict[str, Weight]
) -> None:
    found = checked(replace(RETURN, date=day), week=week, today=today)
    assert {check: weight for check, weight in remarks(found).items() if check.startswith("date.")} == expected


def test_known_weeks_are_whole_weeks_from_monday_with_their_citation() -> None:
    assert sorted(census_weeks()) == [2019, 2020, 2021, 2022]
    for year, week in census_weeks().items():
        assert week.first.weekday() == 0
        assert (week.last - week.first).days == 6
        assert week.first.year == year
        assert week.due is not None
        assert week.due > week.last
        assert week.citation is not None


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ((("TST1", 70), ("TST2", 29)), "languages.sum"),
        ((("TST1", 70), ("TST2", 31)), "languages.sum"),
        ((("TST1", 100), ("TST2", 0)), "languages.none"),
        ((("TST1", 50), ("TST1", 50)), "languages.twice"),
        ((("TST1", 50), ("TST3", 50)), "codes.language"),
    ],
)
def test_languages_make_a_hundred_and_each_is_one(languages: tuple[tuple[str, int], ...], expected: str) -> None:
    found = checked(replace(RETURN, languages=tuple(LanguageUse(*one) for one in languages)))
    assert remarks(found) == {expected: Weight.WARNING}


@pytest.mark.parametrize(
    ("made", "check", "weight"),
    [
        (with_role(ethnicities=("112",)), "codes.ethnicity", Weight.ERROR),
        (with_member(iwi=("01",)), "codes.iwi", Weight.WARNING),
        (with_member(gender="X"), "codes.gender", Weight.WARNING),
        (with_role(code="HEAD"), "codes.staff-role", Weight.UNCHECKED),
        (replace(RETURN, wait_times=replace(RETURN.wait_times, two="W9")), "codes.wait-time", Weight.WARNING),
    ],
)
def test_a_code_outside_a_page_of_the_ministrys_bars_and_outside_another_list_warns(
    made: EceReturn, check: str, weight: Weight
) -> None:
    assert remarks(checked(made)) == {check: weight}


def test_a_qualification_counts_by_the_date_of_the_return() -> None:
    """E16 ended before 1 June 2019: what a page of the Ministry says of a day is an error on that day alone."""
    old, then = with_role(qualification="E16"), date(2019, 5, 31)
    assert remarks(checked(old, shipped()))["codes.staff-qualification"] is Weight.ERROR
    assert "codes.staff-qualification" not in remarks(checked(replace(old, date=then), shipped()))
    assert remarks(checked(with_role(qualification="E01"), shipped()))["codes.staff-qualification"] is Weight.UNCHECKED


def test_an_ethnicity_of_level_four_is_refused_with_what_is_offered_and_never_changed() -> None:
    found = checked(with_role(ethnicities=("43112",)))
    assert remarks(found) == {"codes.ethnicity": Weight.ERROR, "codes.ethnicity-level": Weight.NOTE}
    assert "offered in its place 431 Indian" in found.of(Weight.NOTE)[0].says
    assert found.made.staff[0].dated_roles[0].ethnicities == ("43112",)


def test_a_list_nobody_has_is_said_once_with_where_to_get_it() -> None:
    unsure = [remark for remark in checked(lists=shipped()).remarks if remark.weight is Weight.UNCHECKED]
    assert [(remark.check, remark.where) for remark in unsure] == [
        ("codes.language", "languages"),
        ("codes.wait-time", "wait_times"),
    ]
    assert "ELI.Queries@education.govt.nz" in unsure[1].says


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (with_member(educational=None), "staff.no-role"),
        (with_member(min_age_taught=None), "staff.ages"),
        (with_member(min_age_taught=61), "staff.ages"),
        (with_member(was_teacher=None), "staff.permanent"),
        (with_member(educational=replace(TEACHER, permanent=False)), "staff.not-permanent"),
        (
            with_member(hours_worked=24, educational=replace(TEACHER, contact_hours=TEACHER.contact_hours[:2])),
            "staff.full-time",
        ),
        (with_member(educational=replace(TEACHER, full_time=False)), "staff.full-time"),
        (with_role(ends=date(2024, 1, 31), starts=date(2026, 6, 20)), None),
        (with_role(ends=date(2026, 12, 31), starts=date(2027, 1, 1)), None),
        (with_role(playcentre_qualification="P12"), "staff.playcentre"),
        (with_role(ethnicities=("211", "211")), "staff.ethnicity-twice"),
        (with_role(contact_hours=()), "staff.no-contact-hours"),
        (with_role(contact_hours=(ContactHours(Weekday.MONDAY, time(9), time(9)),)), "staff.contact-hours"),
        (
            with_role(
                contact_hours=(
                    ContactHours(Weekday.MONDAY, time(8), time(12)),
                    ContactHours(Weekday.MONDAY, time(11), time(15)),
                )
            ),
            "staff.contact-overlap",
        ),
        (with_member(hours_worked=28), "staff.contact-more"),
        (with_member(hours_worked=29), None),
    ],
)
def test_what_vendors_systems_have_checked_of_a_person_warns(made: EceReturn, expected: str | None) -> None:
    found = {check: weight for check, weight in remarks(checked(made)).items() if check != "staff.left-out"}
    assert found == ({} if expected is None else {expected: Weight.WARNING})


def test_a_role_that_ends_before_it_starts_warns() -> None:
    both = replace(
        MEMBER,
        educational=replace(TEACHER, ends=date(2023, 1, 1)),
        support=OtherRole("SUPS", paid=True, permanent=True, full_time=True),
    )
    found = checked(replace(RETURN, staff=(both,)))
    assert remarks(found) == {"staff.role-dates": Weight.WARNING}


@pytest.mark.parametrize(
    ("starts", "ends", "stays"),
    [
        (date(2024, 2, 1), MONDAY, True),
        (date(2024, 2, 1), date(2026, 6, 14), False),
        (date(2026, 6, 22), None, True),
        (date(2026, 6, 23), None, False),
    ],
)
def test_who_left_before_or_starts_long_after_is_left_out_and_it_is_said(
    starts: date, ends: date | None, *, stays: bool
) -> None:
    found = checked(with_role(starts=starts, ends=ends))
    assert len(found.made.staff) == (1 if stays else 0)
    assert ("staff.left-out" in remarks(found)) is not stays


def test_someone_with_a_role_that_has_no_dates_stays() -> None:
    left = replace(
        MEMBER,
        educational=replace(TEACHER, ends=date(2026, 1, 1)),
        management=OtherRole("SNRMS", paid=True, permanent=True, full_time=True),
    )
    assert checked(replace(RETURN, staff=(left,))).made.staff == (left,)


def test_an_educator_at_home_needs_no_contact_hours() -> None:
    role = HomeBasedRole(
        "HBE", "E17", registered=False, starts=date(2024, 2, 1), ethnicities=("211",), permanent=True, full_time=True
    )
    assert remarks(checked(with_member(educational=None, home_based=role))) == {}


def test_remarks_name_a_person_as_the_answers_do() -> None:
    made = with_member(leaving_destination=LeavingDestination.UNKNOWN, was_teacher=None)
    (remark,) = check(made, KNOWN, GIVEN, TODAY, lambda number: f"kowhai:s-{number}").remarks
    assert remark.where == "staff kowhai:s-0"
