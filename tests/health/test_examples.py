"""Each rule says in examples what it finds and what it does not, and a test of the same words plays each of them."""

import pytest

from ecegateway.claim.catalogue import CATALOGUE
from tests.health.examples import played, played_in

DECLARED = [(str(rule), example.text) for rule, text in CATALOGUE.items() for example in text.examples]


def test_every_example_is_played_by_a_test() -> None:
    """Mark the test that plays it: ``@pytest.mark.example("the.rule", "The very words of the example.")``."""
    assert sorted(set(DECLARED) - set(played())) == []


def test_every_test_that_plays_an_example_plays_one_of_the_catalogue() -> None:
    assert sorted(set(played()) - set(DECLARED)) == []


def test_every_rule_says_when_exactly_what_hours_and_in_examples_what_it_finds_and_what_not() -> None:
    lacking = {
        str(rule)
        for rule, text in CATALOGUE.items()
        if not (text.condition and text.holds and {one.found for one in text.examples} == {True, False})
    }
    assert lacking == set()


def test_every_example_is_a_sentence_and_no_rule_says_one_twice() -> None:
    assert [words for _, words in DECLARED if not words.endswith(".") or "\n" in words] == []
    assert len(DECLARED) == len(set(DECLARED))


def test_a_marker_must_spell_out_what_it_plays() -> None:
    source = '@pytest.mark.example("a.rule", "One " "sentence.")\ndef test_it() -> None: ...'
    assert list(played_in(source, "test_it.py")) == [("a.rule", "One sentence.")]
    with pytest.raises(ValueError, match=r"test_it\.py:1"):
        list(played_in('@pytest.mark.example("a.rule", WORDS)\ndef test_it() -> None: ...', "test_it.py"))
