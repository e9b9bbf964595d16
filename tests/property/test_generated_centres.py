"""Forty generated centres of fixed seeds: no honest one is accused, and most false ones of some size are caught.

``python bench/false_registers.py`` gives the figures over hundreds; these few keep them from slipping unseen.
"""

import pytest
from bench.centres import honest
from bench.false_registers import FIRST_TEST_SEED, LAST_TUNING_SEED, Outcome, examine, interval
from bench.falsify import Falsehood, Flavour, Scope, falsify

SEEDS = range(3_000_000, 3_000_040)
LARGE = 300
"""Child-days made up from which a false register shows."""


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [examine(seed) for seed in SEEDS]


def test_no_honest_centre_is_accused(outcomes: list[Outcome]) -> None:
    assert [one for one in outcomes if one.what is None and one.suspected] == []


def test_most_false_registers_of_some_size_are_caught(outcomes: list[Outcome]) -> None:
    large = [one for one in outcomes if one.what is not None and one.false_days >= LARGE]
    caught = [one for one in large if one.suspected]
    assert len(large) >= 8
    assert len(caught) >= 0.8 * len(large)


def test_equal_seeds_give_equal_centres_and_findings(outcomes: list[Outcome]) -> None:
    assert examine(SEEDS[1]) == outcomes[1]


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("share", [0.1, 1.0])
def test_a_tenth_and_the_whole_of_a_register_are_made_up_as_asked(scope: Scope, share: float) -> None:
    centre = honest(SEEDS[0])
    before = list(centre.register)
    falsify(centre, Falsehood(Flavour.COPIED, scope, share, hidden=True))
    changed = sum(old != new for old, new in zip(before, centre.register, strict=True))
    assert 0 < changed <= 0.3 * len(before) if share < 1 else changed == len(before)
    assert not any(day.absent for day in centre.register if share == 1)


def test_filling_in_absent_days_leaves_the_others_as_they_were() -> None:
    centre = honest(SEEDS[0])
    before = list(centre.register)
    falsify(centre, Falsehood(Flavour.ABSENT_DAYS, Scope.DAYS, 1.0, hidden=True))
    assert {old.absent for old, new in zip(before, centre.register, strict=True) if old != new} == {True}


def test_the_test_seeds_lie_apart_from_those_the_thresholds_were_set_on() -> None:
    assert LAST_TUNING_SEED < SEEDS[0] < SEEDS[-1] < FIRST_TEST_SEED


def test_no_alarm_in_a_hundred_does_not_mean_that_there_never_is_one() -> None:
    low, high = interval(0, 100)
    assert low == 0
    assert 0.03 < high < 0.04
