"""Values on a child's record against the code lists of their day: what is wrong, what is offered, what nobody can check."""

from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.code_lists import shipped
from ecegateway.handbook.codes import Code, CodeLists
from ecegateway.handbook.ethnicity import level_three
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.record import Record
from ecegateway.rules.assess import RULES
from ecegateway.rules.registry import question
from tests.support.codes import loaded, with_loaded
from tests.support.enrolments import number, whole, whole_child
from tests.support.records import MONDAY, PERIOD, evidence, facts_of, profile, staffed, stay, versions

OUTSIDE, LEVEL, UNCHECKED, NAME = "codes.outside-list", "codes.ethnicity-level", "codes.cannot-check", "child.name-characters"
LAST = PERIOD.days.last


def findings(rule: str, *records: Record, codes: CodeLists | None = None) -> list[Finding]:
    (asked,) = [one for one in RULES if one.text.rule == rule]
    facts = facts_of(profile(), *records)
    return list(asked.findings(question(facts, PERIOD.days, policy({}, codes), handbook())))


def enrolled(key: str = "c1", **said: Any) -> list[Record]:
    return [whole_child(key, **said), number(key), whole(key)]


def said(finding: Finding) -> str:
    (words,) = [rule.text.say(finding.parameters) for rule in RULES if rule.text.rule == finding.rule]
    return words


LANGUAGES = with_loaded(loaded("language", "TST1", "TST2"))


@pytest.mark.parametrize(
    ("child", "codes", "words"),
    [
        pytest.param(
            {"ethnicities": ("211", "112")},
            None,
            "112 is not in the list",
            marks=pytest.mark.example("codes.outside-list", "An ethnicity is in no list."),
        ),
        pytest.param(
            {"iwi": ("01",)},
            None,
            "01 is not in the list",
            marks=pytest.mark.example("codes.outside-list", "An iwi is given by the number of its region alone."),
        ),
        pytest.param(
            {"home_languages": ("TST1", "TST3")},
            LANGUAGES,
            "TST3 is not in the list. The list: Languages (your list language.toml, sha256 abababababababab)",
            marks=pytest.mark.example("codes.outside-list", "A language is not in the list of languages that was loaded."),
        ),
        ({"gender": "X"}, None, "X is not in the list. The list: Gender (National Student Numbers"),
    ],
)
def test_a_value_outside_its_list_warns_and_holds_nothing(child: dict[str, Any], codes: CodeLists | None, words: str) -> None:
    (finding,) = findings(OUTSIDE, *enrolled(**child), codes=codes)
    assert words in said(finding)
    assert (finding.severity, finding.holds, finding.child) == (Severity.WARNS, False, "kowhai:c1")
    assert finding.days == tuple(PERIOD.days)


@pytest.mark.example("codes.outside-list", "A code of a loaded list ended within the period.")
def test_a_code_that_ended_is_wrong_from_the_day_after() -> None:
    codes = with_loaded(loaded("language", Code("TST1", "invented", None, MONDAY)))
    (finding,) = findings(OUTSIDE, *enrolled(home_languages=("TST1",)), codes=codes)
    assert (finding.days[0], finding.days[-1]) == (MONDAY + timedelta(days=1), LAST)
    assert "TST1 is not in force on that day" in said(finding)


@pytest.mark.parametrize(
    ("records", "codes"),
    [
        pytest.param(
            enrolled(ethnicities=("211", "111"), iwi=("0104",), home_languages=("TST2",)),
            LANGUAGES,
            marks=pytest.mark.example("codes.outside-list", "Every code is in its list."),
        ),
        pytest.param(
            enrolled(home_languages=("ANY",)),
            None,
            marks=pytest.mark.example("codes.outside-list", "A language is given and no list of languages was loaded."),
        ),
        pytest.param(
            [whole_child(ethnicities=("112",)), number(), whole(last_day=date(2025, 12, 31))],
            None,
            marks=pytest.mark.example(
                "codes.outside-list", "A child with a code that is in no list has left before the period."
            ),
        ),
        (enrolled(home_languages=("ANY",)), with_loaded(loaded("language", "TST1", complete=False))),
        ([whole()], None),
    ],
)
def test_what_is_in_its_list_or_cannot_be_told_is_left_alone(records: list[Record], codes: CodeLists | None) -> None:
    assert findings(OUTSIDE, *records, codes=codes) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(
            "43112",
            "43112 Fijian Indian / Indo-Fijian, offered in its place 431 Indian",
            marks=pytest.mark.example("codes.ethnicity-level", "An ethnicity of level 4 has its code of level 3 offered."),
        ),
        pytest.param(
            "10000",
            "10000 European NFD, which has no code of level 3 in the list: ask the family",
            marks=pytest.mark.example("codes.ethnicity-level", "An ethnicity that is not further defined has nothing offered."),
        ),
        pytest.param(
            "99999",
            "99999 Not stated, which has no code of level 3 in the list: ask the family",
            marks=pytest.mark.example(
                "codes.ethnicity-level", "An ethnicity that was not stated, at level 4, has nothing offered."
            ),
        ),
    ],
)
def test_an_ethnicity_of_level_four_is_named_with_what_is_offered_and_by_one_rule_only(value: str, words: str) -> None:
    records = enrolled(ethnicities=(value, "211"))
    (finding,) = findings(LEVEL, *records)
    assert said(finding) == f"Of level 4: {words}."
    assert (finding.severity, finding.days[0]) == (Severity.WARNS, PERIOD.first)
    assert findings(OUTSIDE, *records) == []


@pytest.mark.example("codes.ethnicity-level", "An ethnicity is of level 3.")
def test_an_ethnicity_of_level_three_is_in_order() -> None:
    assert findings(LEVEL, *enrolled(ethnicities=("431",))) == []


def test_every_code_of_level_four_leads_to_its_first_three_digits_or_nowhere() -> None:
    """All 186: never to a code the Ministry's list does not hold, and from no residual code to any."""
    lists, nowhere = shipped(), set()
    for one in lists["ethnicity-level-4"].codes:
        found = level_three(one.code, lists, MONDAY)
        assert found in {None, one.code[:3]}
        assert found is None or found in lists["ethnicity"]
        if found is None:
            nowhere.add(one.code)
    residual = {one.code for one in lists["ethnicity-level-4"].codes if one.code.startswith("9")}
    assert nowhere == residual | {"10000", "30000", "40000", "41000"}


@pytest.mark.example("codes.cannot-check", "Two children have home languages and no list of languages was loaded: one finding.")
def test_a_list_nobody_has_is_said_once_and_not_for_each_child() -> None:
    records = [*enrolled(home_languages=("ANY", "TOO")), *enrolled("c2", home_languages=("ANY",))]
    (finding,) = findings(UNCHECKED, *records)
    assert (finding.severity, finding.child, finding.days) == (Severity.INFORMS, None, ())
    assert said(finding).startswith("Languages: codes of 2 enrolled child(ren) cannot be checked")
    assert "Education Counts" in said(finding)


@pytest.mark.parametrize(
    ("records", "codes"),
    [
        pytest.param(
            enrolled(home_languages=("TST1",)),
            LANGUAGES,
            marks=pytest.mark.example("codes.cannot-check", "The list of languages was loaded and holds the code."),
        ),
        pytest.param(
            enrolled(),
            None,
            marks=pytest.mark.example("codes.cannot-check", "No child has a home language on record."),
        ),
        pytest.param(
            [whole_child(home_languages=("ANY",)), number(), whole(last_day=date(2025, 12, 31))],
            None,
            marks=pytest.mark.example("codes.cannot-check", "A child with a home language has left before the period."),
        ),
    ],
)
def test_nothing_is_said_of_a_list_that_is_not_needed(records: list[Record], codes: CodeLists | None) -> None:
    assert findings(UNCHECKED, *records, codes=codes) == []


@pytest.mark.parametrize(
    ("names", "characters"),
    [
        pytest.param(
            {"given_names": ("Ngāio (Ngā)",)},
            "“(”, “)”",
            marks=pytest.mark.example("child.name-characters", "A given name is followed by a nickname in brackets."),
        ),
        pytest.param(
            {"family_name": "Tūmanako2"},
            "“2”",
            marks=pytest.mark.example("child.name-characters", "A family name ends in a digit."),
        ),
        ({"family_name": "Tū\u200bmanako\t"}, "U+0009, ZERO WIDTH SPACE"),
    ],
)
def test_a_character_that_names_are_not_made_of_is_named_and_the_name_is_not(names: dict[str, Any], characters: str) -> None:
    (finding,) = findings(NAME, *enrolled(**names))
    assert said(finding) == f"The official name holds {characters}."
    assert "manako" not in said(finding)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(
            {"family_name": "O'Hārae-Tūmanako", "given_names": ("Te Ao",)},
            marks=pytest.mark.example("child.name-characters", "A name has macrons, a hyphen and an apostrophe."),
        ),
        pytest.param(
            {"given_names": ("~",)},
            marks=pytest.mark.example("child.name-characters", "A given name is ~ because there is none."),
        ),
    ],
)
def test_names_as_on_documents_are_left_alone(names: dict[str, Any]) -> None:
    assert findings(NAME, *enrolled(**names)) == []


def test_lists_change_no_figure_and_no_byte_but_those_of_their_findings() -> None:
    records = [profile(), *enrolled(ethnicities=("211",)), *staffed(), stay(MONDAY)]
    found = evidence(versions(records))
    plain = from_evidence(found, PERIOD, policy()).claim
    same = from_evidence(found, PERIOD, policy({}, with_loaded(loaded("ethnicity", "211")))).claim
    other = from_evidence(found, PERIOD, policy({}, with_loaded(loaded("ethnicity", "111")))).claim
    assert same == plain
    assert other != plain
    assert (other.cells, other.input_digest) == (plain.cells, plain.input_digest)
    assert {one.rule for one in other.findings} - {one.rule for one in plain.findings} == {OUTSIDE}
