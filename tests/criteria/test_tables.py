"""The tables as a whole: twenty cases a criterion and more, of every grade, each a sentence of its own."""

from importlib import import_module
from pathlib import Path

import pytest

from ecegateway.model.conformance import Grade
from ecegateway.rules.attendance.default_present.catalogue import DEFAULT_PRESENT_RULES
from ecegateway.rules.criteria.catalogue import CRITERIA, CRITERIA_WARNINGS
from ecegateway.rules.criteria.grading import criterion_cite
from tests.support.criteria import Case

TABLES: dict[int, tuple[Case, ...]] = {
    int(path.stem.split("_")[2]): import_module(f"tests.criteria.{path.stem}").CASES
    for path in sorted(Path(__file__).parent.glob("test_criterion_*.py"))
}
NOTHING_TO_SHOW = {5, 10, 11, 12}
"""Criteria that every source's records show something of: a change, a loss, a name, a row."""


def test_there_is_a_table_for_each_of_the_twelve_criteria() -> None:
    assert sorted(TABLES) == [criterion.number for criterion in CRITERIA] == list(range(1, 13))


@pytest.mark.parametrize("number", TABLES)
def test_every_table_has_twenty_cases_and_every_grade(number: int) -> None:
    cases = TABLES[number]
    assert len({one.says for one in cases}) == len(cases) >= 20
    wanted = set(Grade) - ({Grade.CANNOT_SHOW} if number in NOTHING_TO_SHOW else set())
    assert {grade for one in cases for grade in one.grades} == {grade.value for grade in wanted}


@pytest.mark.parametrize("number", TABLES)
def test_every_rule_of_a_criterion_is_found_in_its_table(number: int) -> None:
    """A rule of several criteria is found in one of their tables; the patterns of criterion 7 have tests of their own."""
    found = {rule for one in TABLES[number] for rule in one.finds}
    elsewhere = {rule for other, cases in TABLES.items() if other != number for one in cases for rule in one.finds}
    rules = {rule.text.rule for rule in CRITERIA[number - 1].rules if rule not in DEFAULT_PRESENT_RULES}
    assert rules <= found | elsewhere


def test_a_case_that_is_found_is_never_graded_as_met_throughout() -> None:
    """Rules and grades rest on the same predicates. Only what criterion 8 recommends is found without breaking it."""
    for number, cases in TABLES.items():
        for one in cases:
            own = set(one.finds) & {str(rule.text.rule) for rule in CRITERIA[number - 1].rules} - {"signature.authorised"}
            if own and one.grades:
                assert set(one.grades) != {"met"}, one.says


def test_the_criteria_say_what_they_ask_and_what_to_hold_on_paper() -> None:
    for criterion in CRITERIA:
        text = criterion.text
        assert min(len(text.asks), len(text.on_paper), len(text.title)) > 10
        assert text.cites.endswith(f"criterion {criterion.number}")
        assert text.rules


def test_what_bears_on_several_criteria_cites_them_all() -> None:
    assert str(criterion_cite(8, 9)).endswith("electronic attendance records, criteria 8 and 9")


def test_no_new_rule_of_the_criteria_holds_hours() -> None:
    assert {rule.severity.value for rule in CRITERIA_WARNINGS} == {"warns"}
