"""Each absence planted on purpose is in the records as its story says; whether the rules see it so is the flows' test."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from typing import TypeVar

import pytest

from ecegateway.demo import kotuku, puawai
from ecegateway.demo.kotuku_roll import ROLL as MORNINGS
from ecegateway.demo.planted import Planted
from ecegateway.demo.puawai_roll import ROLL
from ecegateway.demo.season import PERIOD, instant
from ecegateway.demo.world import World
from ecegateway.model.attendance import (
    Absence,
    Cause,
    Exemption,
    LeavingNotice,
    MakeUpDay,
    Reconfirmation,
)
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.period import Weekday, first_of_month_after
from ecegateway.model.record import Record
from tests.unit.demo.worlds import day_of, everything, stays

R = TypeVar("R", bound=Record)
PLANS = {plan.key: plan for plan in (*ROLL, *MORNINGS)}


def named(world: World, name: str) -> list[Planted]:
    found = [planted for planted in world.planted if planted.name == name]
    assert found, f"nothing is planted under the name {name!r}"
    return found


def days_of(world: World, name: str) -> list[date]:
    return sorted(day for planted in named(world, name) for day in planted.days)


def of_child(world: World, model: type[R], child: str) -> list[R]:
    return [record for record in everything(world) if isinstance(record, model) and getattr(record, "child", None) == child]


def test_nobody_came_on_a_day_planted_as_an_absence(world: World) -> None:
    came = {(stay.child, day_of(stay)) for stay in stays(world)}
    for planted in world.planted:
        if planted.name in WHOLLY_ABSENT:
            assert not [day for day in planted.days if (planted.child, day) in came]


WHOLLY_ABSENT = (
    "same weekday, never reconfirmed",
    "same weekday, reconfirmed",
    "same weekday, agreement changed",
    "absent for five weeks",
    "exempt for eight weeks",
    "exemption without an end",
    "absent after notice of leaving",
    "late start, documented",
    "late start, not documented",
    "school visit, noted",
    "school visit, not noted",
    "fewer days a week, closed between",
    "same weekday, closed between",
    "absent before and after a long closure",
)


@pytest.mark.parametrize(
    ("name", "weekday", "first", "after"),
    [
        ("same weekday, never reconfirmed", Weekday.FRIDAY, PERIOD.days.first, PERIOD.days.after),
        ("same weekday, reconfirmed", Weekday.THURSDAY, PERIOD.days.first, PERIOD.days.after),
        ("same weekday, agreement changed", Weekday.MONDAY, PERIOD.days.first, date(2026, 4, 1)),
    ],
)
def test_a_weekday_is_missed_every_week_and_no_other_day(
    world: World, name: str, weekday: Weekday, first: date, after: date
) -> None:
    missed = [day for day in puawai.open_days() if first <= day < after and Weekday.of(day) is weekday]
    (child,) = {planted.child for planted in named(world, name)}
    assert child is not None
    marked = {absence.day for absence in of_child(world, Absence, child)}
    assert marked - {puawai.EMERGENCY} == set(missed)
    assert set(days_of(world, name)) == set(missed) - {puawai.NO_STAFF_RECORDED}


def test_one_reconfirmation_is_signed_at_the_end_of_month_two_and_known_later(world: World) -> None:
    (signed,) = [r for r in everything(world) if isinstance(r, Reconfirmation)]
    assert {planted.child for planted in named(world, "same weekday, reconfirmed")} == {signed.child}
    assert signed.signed_on == date(2026, 3, 31)
    assert signed not in world.puawai_paper.records[0]
    assert signed.agreement in {agreement.agreement for agreement in of_child(world, Enrolment, signed.child)}


def test_the_changed_agreement_books_the_missed_weekday_no_more(world: World) -> None:
    before, after = of_child(world, Enrolment, "c-1022")
    assert Weekday.MONDAY in {booking.weekday for booking in before.bookings}
    assert Weekday.MONDAY not in {booking.weekday for booking in after.bookings}
    assert after.signature is not None
    assert after.signature.signed_on < after.effective_from == date(2026, 4, 1)


def test_an_exemption_counts_when_it_has_an_end_both_forms_and_a_document(world: World) -> None:
    whole, endless = sorted((r for r in everything(world) if isinstance(r, Exemption)), key=lambda r: r.first_day)
    days = days_of(world, "exempt for eight weeks")
    assert (whole.first_day, whole.last_day) == (days[0], days[-1])
    assert (days[-1] - days[0]).days >= 7 * 7
    assert (whole.forms, bool(whole.document_reference)) == (("EC12", "EC13"), True)
    assert endless.last_day is None
    assert endless.first_day == days_of(world, "exemption without an end")[0]


def test_five_weeks_are_missed_without_a_day_between(world: World) -> None:
    days = {*days_of(world, "absent for five weeks"), *days_of(world, "absent child whose place is filled")}
    open_days = [day for day in puawai.open_days() if min(days) <= day <= max(days)]
    assert days == set(open_days)
    assert (max(days) - min(days)).days >= 4 * 7


def test_the_notice_comes_before_the_absences_and_the_agreement_runs_on(world: World) -> None:
    (notice,) = [r for r in everything(world) if isinstance(r, LeavingNotice)]
    days = days_of(world, "absent after notice of leaving")
    assert notice.given_on < days[0]
    assert notice.last_day == days[-1] == PLANS[notice.child].last_day
    assert {planted.child for planted in named(world, "absent after notice of leaving")} == {notice.child}


def test_of_two_late_starters_one_has_a_certificate(world: World) -> None:
    for name, documented in (("late start, documented", True), ("late start, not documented", False)):
        (child,) = {planted.child for planted in named(world, name)}
        assert child is not None
        days = days_of(world, name)
        assert days[0] == PLANS[child].starts
        told = [a for a in of_child(world, Absence, child) if a.cause is Cause.ILLNESS and a.document_reference]
        assert {a.day for a in told} == ({*days, date(2026, 3, 4)} if documented else set())


def test_of_two_school_visitors_one_has_the_visits_on_the_agreement(world: World) -> None:
    for name, noted in (("school visit, noted", True), ("school visit, not noted", False)):
        (child,) = {planted.child for planted in named(world, name)}
        assert child is not None
        visits = {day for agreement in of_child(world, Enrolment, child) for day in agreement.school_visits}
        assert visits == (set(days_of(world, name)) if noted else set())


def test_a_booked_day_is_made_up_in_its_week_on_a_day_that_is_not_booked(world: World) -> None:
    (made_up,) = [r for r in everything(world) if isinstance(r, MakeUpDay)]
    plan = PLANS[made_up.child]
    assert plan.lived(made_up.missed_day)
    assert not plan.lived(made_up.made_up_on)
    assert made_up.made_up_on.isocalendar().week == made_up.missed_day.isocalendar().week
    assert made_up.made_up_on in {day_of(stay) for stay in stays(world) if stay.child == made_up.child}


def test_the_child_fetched_early_is_always_fetched_early(world: World) -> None:
    early = [day for one in named(world, "fewer hours a day") for day in one.days]
    left = {day_of(stay): stay.departed for stay in stays(world) if stay.child == "c-1023"}
    for day in early:
        departed = left[day]
        assert departed is not None
        assert departed <= instant(day, 11 * 60 + 49)


def test_weeks_fall_short_and_no_weekday_stands_out(world: World) -> None:
    days = days_of(world, "fewer days a week, closed between")
    by_month: dict[date, list[date]] = defaultdict(list)
    for day in days:
        by_month[day.replace(day=1)].append(day)
    for month, missed in by_month.items():
        after = first_of_month_after(month, 1)
        open_days = [day for day in kotuku.open_days() if month <= day < after]
        enrolled, absent = (Counter(Weekday.of(day) for day in some) for some in (open_days, missed))
        assert all(count * 2 <= enrolled[weekday] for weekday, count in absent.items())
        weeks = {day.isocalendar().week for day in open_days}
        assert len({day.isocalendar().week for day in missed}) * 2 > len(weeks)


def test_an_absence_goes_on_over_a_closure_of_more_than_two_weeks(world: World) -> None:
    days = days_of(world, "absent before and after a long closure")
    gap = max((after - before).days for before, after in pairwise(days))
    assert gap > 14
    assert days == [day for day in kotuku.open_days() if days[0] <= day <= days[-1]]
