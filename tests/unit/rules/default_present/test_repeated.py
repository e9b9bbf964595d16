"""Weeks that stand in the register again, and children whose days are another's."""

from datetime import timedelta
from itertools import chain, cycle, repeat

import pytest

from ecegateway.model.people import AuthorisedSignatory
from ecegateway.model.record import Record
from ecegateway.rules.attendance.default_present.repeated import repeated_week, repeated_week_service
from ecegateway.rules.attendance.default_present.same_as_another import same_as_another
from tests.support.records import C1, C2, SERVICE
from tests.support.registers import DAYS, EXACT, attended, enrolled, found, kept, others, scattered, told

WEEK = [(3, -7), (11, -2), (-4, 6), (8, -13), (1, 9)]
BY_WEEKDAY = {day: WEEK[day.weekday()] for day in DAYS}


@pytest.mark.example("register.repeated-week", "One week of a child stands in the register ten times over, to the minute.")
def test_a_week_that_stands_ten_times_over_is_found() -> None:
    days = [day for day in DAYS if day <= DAYS[0] + timedelta(weeks=10)]
    (finding,) = found(repeated_week, *others(), *kept("c1", (BY_WEEKDAY[day] for day in days), days))
    assert finding.child == C1
    assert set(finding.days) == {day for day in days if day - timedelta(weeks=1) in days}
    assert told(finding)["hits"] == told(finding)["of"] == str(len(finding.days))


def test_nine_repeated_days_are_found_and_eight_may_be_chance() -> None:
    """0.2 to the ninth is just under one in a million; only days with a stay a week before count."""
    mondays = [day for day in DAYS if day.weekday() == 0]
    in_a_row = [day for day in mondays if day.month < 4]
    assert len(in_a_row) == 9
    offs = repeat((7, -3))
    assert found(repeated_week, *others(), *kept("c1", offs, in_a_row)) == []
    tuesday = in_a_row[0] + timedelta(days=1), in_a_row[1] + timedelta(days=1)
    assert len(found(repeated_week, *others(), *kept("c1", offs, [*in_a_row, *tuesday]))) == 1


@pytest.mark.example("register.repeated-week", "A child comes at the same minute on two Mondays.")
def test_two_mondays_alike_are_no_suspicion() -> None:
    offs = dict(zip(DAYS, scattered(), strict=False))
    first, second = (day for day in DAYS[:9] if day.weekday() == 0)
    offs[second] = offs[first]
    assert found(repeated_week, *others(), *kept("c1", offs.values())) == []


@pytest.mark.example("register.repeated-week", "Times rounded to five minutes are the same from week to week.")
def test_rounded_times_repeat_by_themselves() -> None:
    assert found(repeated_week, *others(step=5), *kept("c1", repeat((5, -10)))) == []


@pytest.mark.example("register.repeated-week", "Every week is the booked times to the minute, which has a rule of its own.")
def test_weeks_of_booked_times_are_another_rules_business() -> None:
    assert found(repeated_week, *others(), *kept("c1", repeat(EXACT))) == []


def test_one_end_that_repeats_is_no_suspicion() -> None:
    assert found(repeated_week, *others(), *kept("c1", ((6, left) for _, left in scattered()))) == []


@pytest.mark.example("register.repeated-week-service", "Of ten children two weeks each are copies of the week before.")
def test_copied_weeks_of_many_children_add_up() -> None:
    records: list[Record] = []
    for n in range(10):
        offs = dict(zip(DAYS, scattered(n), strict=False))
        first = DAYS.index(next(day for day in DAYS if day.weekday() == 0))
        for place in range(first, first + 10):
            day = DAYS[place]
            before = day - timedelta(weeks=1)
            if before in offs:
                offs[day] = offs[before]
        records += kept(f"c{n}", offs.values())
    assert found(repeated_week, *records) == []
    (finding,) = found(repeated_week_service, *records)
    assert finding.child is None


@pytest.mark.example(
    "register.repeated-week-service", "At a service of forty children a stay of a hundred is that of the week before by chance."
)
def test_a_large_service_repeats_a_stay_now_and_then() -> None:
    records: list[Record] = []
    for n in range(40):
        offs = dict(zip(DAYS, scattered(n), strict=False))
        day = DAYS[20 + n % 5]
        offs[day] = offs.get(day - timedelta(weeks=1), offs[day])
        records += kept(f"c{n}", offs.values())
    assert found(repeated_week_service, *records) == []


@pytest.mark.example(
    "register.same-as-another",
    "Two children of different families have the same arrivals and departures to the minute on forty days.",
)
def test_two_unrelated_children_with_the_same_days_are_both_named() -> None:
    records = [*kept("c1", scattered(), DAYS[:40]), *kept("c2", scattered(), DAYS[:40]), *others()]
    one, two = found(same_as_another, *records)
    assert (one.child, told(one)["other"]) == (C1, C2)
    assert (two.child, told(two)["other"]) == (C2, C1)
    assert one.days == two.days == DAYS[:40]
    assert told(one)["hits"] == told(one)["of"] == "40"


def test_twenty_three_days_alike_are_found_and_twenty_two_may_be_chance() -> None:
    """0.4 to the twenty-third is under one in a thousand million."""
    for count, suspected in ((22, 0), (23, 2)):
        days = DAYS[:count]
        records = [*kept("c1", scattered(), days), *kept("c2", scattered(), days), *others()]
        assert len(found(same_as_another, *records)) == suspected


def test_days_on_which_one_of_the_two_was_away_do_not_count() -> None:
    other_days = list(scattered(9))[30:]
    records = [*kept("c1", scattered(), DAYS[:30]), *kept("c2", chain(list(scattered())[:30], other_days)), *others()]
    assert {told(finding)["of"] for finding in found(same_as_another, *records)} == {"30"}


@pytest.mark.example("register.same-as-another", "Siblings signed in and out by the same guardian share every minute.")
def test_siblings_come_and_leave_together() -> None:
    signed = [attended(key, day, off, by="g-both") for key in ("c1", "c2") for day, off in zip(DAYS, scattered(), strict=False)]
    assert found(same_as_another, *enrolled("c1"), *enrolled("c2"), *signed, *others()) == []


@pytest.mark.parametrize("tie", ["agreement", "authorised"])
def test_children_who_share_a_guardian_on_paper_are_siblings(tie: str) -> None:
    """Each parent signs one of the two."""
    second = enrolled("c2", "g-c1" if tie == "agreement" else None)
    may = AuthorisedSignatory(service=SERVICE, key="y1", child="c2", person="g-c1", first_day=DAYS[0])
    signed = [attended(key, day, off) for key in ("c1", "c2") for day, off in zip(DAYS, scattered(), strict=False)]
    records = [*enrolled("c1"), *second, *signed, *others(), *([may] if tie == "authorised" else [])]
    assert found(same_as_another, *records) == []


@pytest.mark.example(
    "register.same-as-another", "Children who come by the same van share their arrival, and are fetched by their parents."
)
def test_a_van_brings_children_at_one_minute_and_their_parents_fetch_them_at_others() -> None:
    records = [
        *kept("c1", scattered()),
        *kept("c2", ((came, left - 1 - n % 7) for n, (came, left) in enumerate(scattered()))),
        *others(),
    ]
    assert found(same_as_another, *records) == []


@pytest.mark.example(
    "register.same-as-another", "A teacher ticks a roll, and the same two children are always ticked in the same minute."
)
@pytest.mark.example("register.same-as-another", "Nothing says who signed.")
@pytest.mark.parametrize("by", ["t1", None], ids=["a teacher", "nobody"])
def test_what_one_person_ticks_together_happened_together_and_nobodys_marks_tell_nothing(by: str | None) -> None:
    records = [*kept("c1", scattered(), by=by), *kept("c2", scattered(), by=by), *others()]
    assert found(same_as_another, *records) == []


def test_a_third_child_between_two_takes_nothing_from_either() -> None:
    """Who shares a minute is set beside the next by key: c1 with c2, c2 with c3."""
    records = [*chain.from_iterable(kept(key, scattered(), DAYS[:40]) for key in ("c1", "c2", "c3")), *others()]
    pairs = [(finding.child, told(finding)["other"]) for finding in found(same_as_another, *records)]
    assert pairs == [(C1, C2), (C2, C1), (C2, "kowhai:c3"), ("kowhai:c3", C2)]


def test_booked_times_are_shared_by_many_and_tell_nothing() -> None:
    records = [*kept("c1", cycle([EXACT])), *kept("c2", cycle([EXACT])), *others()]
    assert found(same_as_another, *records) == []
