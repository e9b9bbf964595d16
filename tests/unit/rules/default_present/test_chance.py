"""How unlikely a count is: the exact binomial tail, checked against sums written out."""

from fractions import Fraction
from math import comb

import pytest

from ecegateway.rules.attendance.default_present.chance import LEVEL, in_words, surprising, tail


@pytest.mark.parametrize(("hits", "of"), [(0, 5), (1, 5), (3, 5), (5, 5), (12, 40), (40, 40), (180, 400)])
@pytest.mark.parametrize("percent", [5, 40, 98])
def test_the_tail_is_the_sum_of_its_terms(hits: int, of: int, percent: int) -> None:
    p = Fraction(percent, 100)
    exact = sum(comb(of, n) * p**n * (1 - p) ** (of - n) for n in range(hits, of + 1))
    assert tail(hits, of, percent / 100) == pytest.approx(float(exact), rel=1e-9)


def test_a_count_is_surprising_from_the_level_on_and_not_before() -> None:
    """0.4 to the fifteenth is just over one in a million, to the sixteenth just under."""
    assert 0.4**16 < LEVEL < 0.4**15
    assert surprising(15, 15, 0.4) is None
    assert surprising(16, 16, 0.4) == pytest.approx(0.4**16)


def test_what_is_to_be_expected_is_no_surprise_in_any_number() -> None:
    assert surprising(0, 0, 0.5) is None
    assert surprising(50_000, 100_000, 0.5) is None


def test_counts_too_large_for_floating_point_are_surprising_all_the_same() -> None:
    assert surprising(9_000, 9_000, 0.25) == 0.0


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (9.9e-7, "less than 1 in 1,000,000"),
        (1.01e-7, "less than 1 in 1,000,000"),
        (0.9e-7, "less than 1 in 10,000,000"),
        (0.0, "less than 1 in 1,000,000,000,000"),
    ],
)
def test_a_chance_is_told_in_whole_zeros_and_never_made_smaller_than_it_is(chance: float, words: str) -> None:
    assert in_words(chance) == words
