"""The booked times to the minute: how often people may meet them, by child and over the service."""

from datetime import date
from itertools import chain, cycle, repeat

import pytest

from ecegateway.model.attendance import Method
from ecegateway.model.finding import Severity
from ecegateway.rules.attendance.default_present.booked_times import booked_times, booked_times_service
from ecegateway.rules.attendance.default_present.suspicion import SWITCH
from tests.support.records import C1, absence, prepared, profile, staffed
from tests.support.registers import DAYS, EXACT, attended, enrolled, found, kept, others, scattered, told

OFF = (47, -61)


@pytest.mark.example(
    "register.booked-times",
    "Thirty stays in a row are the booked times to the minute, while the other children's times are of all minutes.",
)
def test_thirty_stays_at_the_booked_times_are_found_with_their_numbers() -> None:
    (finding,) = found(booked_times, *others(), *kept("c1", repeat(EXACT, 30)))
    assert finding.child == C1
    assert finding.severity is Severity.WARNS
    assert finding.days == DAYS[:30]
    assert len(finding.evidence) == 30
    assert told(finding) == {"hits": "30", "of": "30", "at_most": "12", "chance": "less than 1 in 100,000,000,000"}


@pytest.mark.example(
    "register.booked-times",
    "Every third stay of a child is the booked times to the minute, and the others are hours off them.",
)
def test_every_third_stay_at_the_booked_times_is_found_if_the_others_are_far_from_them() -> None:
    (finding,) = found(booked_times, *others(), *kept("c1", cycle([EXACT, OFF, OFF])))
    assert set(finding.days) == set(DAYS[::3])


@pytest.mark.example(
    "register.booked-times", "Fifteen stays are the booked times to the minute, one less than chance can be ruled out for."
)
def test_fifteen_stays_at_the_booked_times_may_be_chance_and_sixteen_may_not() -> None:
    assert found(booked_times, *others(), *kept("c1", repeat(EXACT, 15))) == []
    assert len(found(booked_times, *others(), *kept("c1", repeat(EXACT, 16)))) == 1


@pytest.mark.example(
    "register.booked-times",
    "A punctual child comes and leaves within two minutes of the booked times and meets them exactly now and then.",
)
def test_a_punctual_child_is_not_suspected() -> None:
    near = [(came, left) for came in (-2, -1, 0, 1, 2) for left in (-2, -1, 0, 1, 2)]
    assert found(booked_times, *others(), *kept("c1", cycle(near))) == []


@pytest.mark.parametrize(("near", "of"), [((1, -1), "33"), ((-1, 1), "33"), ((0, -2), "30"), ((2, 0), "30")], ids=str)
def test_stays_within_a_minute_at_both_ends_are_counted_and_only_exact_ones_are_named(near: tuple[int, int], of: str) -> None:
    (finding,) = found(booked_times, *others(), *kept("c1", chain(repeat(EXACT, 30), repeat(near, 3))))
    assert (told(finding)["hits"], told(finding)["of"]) == ("30", of)
    assert finding.days == DAYS[:30]


def test_one_end_alone_proves_nothing() -> None:
    """A bus brings the child at half past eight sharp, and the parents fetch it when they can."""
    assert found(booked_times, *others(), *kept("c1", ((0, left) for _, left in scattered()))) == []


@pytest.mark.example(
    "register.booked-times",
    "Paper sheets are rounded to a quarter of an hour, and a punctual child's times are mostly the booked ones.",
)
def test_times_rounded_to_the_quarter_are_often_the_booked_ones() -> None:
    offs = chain(repeat(EXACT, 40), repeat((15, 0), 5))
    assert found(booked_times, *others(step=15), *kept("c1", offs)) == []
    assert len(found(booked_times, *others(), *kept("c1", chain(repeat(EXACT, 40), repeat((14, 1), 5))))) == 1


def test_a_child_whose_own_other_times_are_rounded_is_taken_for_rounded_among_children_timed_by_the_minute() -> None:
    offs = list(chain(repeat(EXACT, 40), repeat((15, -15), 4)))
    assert found(booked_times, *others(), *kept("c1", offs)) == []
    assert len(found(booked_times, *others(), *kept("c1", offs[:-1]))) == 1


def test_a_child_whose_own_other_times_are_of_all_minutes_is_judged_by_the_minute_among_rounded_sheets() -> None:
    """Twenty times show it, two of each of ten stays; of eighteen the others' quarters of an hour are assumed."""
    for stays, suspicions in ((9, 0), (10, 1)):
        offs = [*repeat(EXACT, 30), *list(scattered())[:stays]]
        assert len(found(booked_times, *others(step=15), *kept("c1", offs))) == suspicions


def test_times_rounded_to_five_minutes_meet_the_booking_more_often_than_times_by_the_minute() -> None:
    fives = list(chain(repeat(EXACT, 40), repeat((5, -5), 20), repeat((20, -10), 10)))
    assert found(booked_times, *others(step=5), *kept("c1", fives)) == []
    assert len(found(booked_times, *others(step=5), *kept("c1", repeat(EXACT, 60)))) == 1


def test_without_other_times_nothing_tells_a_sheet_rounded_to_the_quarter_from_a_copy() -> None:
    assert found(booked_times, *kept("c1", repeat(EXACT, 70))) == []


@pytest.mark.example(
    "register.booked-times", "The system says that it copied the times from the booking, which has a rule of its own."
)
@pytest.mark.parametrize("method", [Method.BOOKING, Method.DEFAULT, Method.BULK, Method.SYSTEM])
def test_declared_defaults_are_another_rules_business(method: Method) -> None:
    stays = [attended("c1", day, method=method) for day in DAYS[:30]]
    assert found(booked_times, *others(), *enrolled("c1"), *stays) == []


def test_stays_on_days_without_a_booking_do_not_count() -> None:
    saturday = [attended("c1", date(2026, 2, 7)), attended("c1", date(2026, 2, 14))]
    assert found(booked_times, *others(), *kept("c1", repeat(EXACT, 15)), *saturday) == []


def test_the_switch_lets_a_suspicion_hold_the_days_it_names() -> None:
    records = [*others(), *kept("c1", chain(repeat(EXACT, 30), repeat(OFF, 10)))]
    (finding,) = found(booked_times, *records, switches={SWITCH: "hold"})
    assert finding.severity is Severity.HOLDS
    assert finding.days == DAYS[:30]
    assert finding.switch == SWITCH


@pytest.mark.example(
    "register.booked-times-service",
    "Ten children have ten days each on which their times are the booked ones, and many others which are not.",
)
def test_a_few_days_of_each_child_add_up() -> None:
    records = list(chain.from_iterable(kept(f"c{n}", chain(repeat(EXACT, 10), list(scattered(n))[10:])) for n in range(10)))
    assert found(booked_times, *records) == []
    (finding,) = found(booked_times_service, *records)
    assert finding.child is None
    assert not finding.holds
    assert told(finding)["hits"] == "100"
    assert len(finding.evidence) == 20


@pytest.mark.example(
    "register.booked-times-service", "One month of the register is copied from the bookings, the others are not."
)
def test_one_copied_month_is_found_though_three_honest_months_surround_it() -> None:
    """With the honest near misses of the other months the whole period would be no surprise."""
    near = cycle([(1, 0), (0, 1), (1, 1), (-1, 0), (0, -1)])
    records = list(
        chain.from_iterable(
            kept(f"c{n}", (EXACT if day.month == 5 else off for day, off in zip(DAYS, near, strict=False))) for n in range(3)
        )
    )
    (finding,) = found(booked_times_service, *others(), *records)
    assert {day.month for day in finding.days} == {5}


@pytest.mark.example("register.booked-times-service", "A service of five families keeps to the clock.")
@pytest.mark.parametrize(("families", "expected"), [(5, 0), (6, 1)])
def test_a_service_is_judged_as_a_whole_from_six_families_on(families: int, expected: int) -> None:
    mixed = [EXACT if n % 2 else far for n, far in enumerate(scattered())]
    records = list(chain.from_iterable(kept(f"c{n}", mixed) for n in range(families)))
    assert len(found(booked_times_service, *records)) == expected


@pytest.mark.example(
    "register.booked-times-service",
    "A service of forty children is within a minute of the booking every third day, and exact on one of eight of those.",
)
def test_a_large_punctual_service_is_not_suspected() -> None:
    near = cycle([EXACT, (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1)])
    pattern = [off for far in scattered() for off in (next(near), far, (far[0] + 1, far[1]))][: len(DAYS)]
    records = list(chain.from_iterable(kept(f"c{n}", pattern) for n in range(40)))
    assert found(booked_times_service, *records) == []


@pytest.mark.example(
    "register.booked-times-service",
    "A sessional service rounds its sheets to the quarter of an hour, and 19 of 20 stays are the booked times.",
)
def test_a_service_that_rounds_to_the_quarter_is_not_suspected() -> None:
    pattern = [*repeat(EXACT, 19), (15, 0)] * 4
    records = list(chain.from_iterable(kept(f"c{n}", pattern) for n in range(20)))
    assert found(booked_times_service, *records) == []


def test_absences_are_no_stays() -> None:
    records = [*kept("c1", repeat(EXACT, 15)), *(absence(day) for day in DAYS[15:])]
    assert found(booked_times, *others(), *records) == []


@pytest.mark.parametrize(("reading", "held"), [("warn", False), ("hold", True)])
def test_held_suspicions_hold_the_hours_of_the_days_they_name_and_no_others(reading: str, *, held: bool) -> None:
    records = [*staffed(), profile(), *others(), *kept("c1", chain(repeat(EXACT, 30), repeat(OFF, 10)))]
    claim = prepared(*records, switches={SWITCH: reading}).claim
    reasons = {
        day.day for day in claim.child_days if day.child == C1 and "register.booked-times" in {p.reason for p in day.portions}
    }
    assert reasons == (set(DAYS[:30]) if held else set())
