"""One number for two children of a service, and two numbers for one child (Handbook 6-1)."""

from datetime import timedelta
from typing import Any

import pytest

from ecegateway.model.finding import Finding
from ecegateway.model.record import Record
from tests.support.enrolments import findings, number
from tests.support.records import MONDAY, agreement, child, stay

RULE = "child.number-twice"
NEXT_DAY = MONDAY + timedelta(days=1)


def one(key: str, nsn: str | None = "100000007", **agreed: Any) -> list[Record]:
    """A child with a number, enrolled from January on."""
    identity, _ = child(key)
    return [identity, number(key, nsn=nsn), agreement(key, **agreed)]


def shared(*records: Record) -> list[Finding]:
    return findings(RULE, *records)


@pytest.mark.example(
    "child.number-twice",
    "A centre changed its system: both systems know the child, each under its own key, and both have it enrolled.",
)
@pytest.mark.example("child.number-twice", "Two children of one system have one number.")
def test_two_children_with_one_number_are_found_on_both_with_both_numbers_as_evidence() -> None:
    first, second = shared(*one("c1"), *one("c2"))
    assert (first.child, second.child) == ("kowhai:c1", "kowhai:c2")
    assert first.days == second.days
    assert dict(first.parameters) == {"count": str(len(first.days))}
    assert set(first.evidence) == set(second.evidence) == {f"kowhai/10842/student_number/n-{key}@1" for key in ("c1", "c2")}


@pytest.mark.example(
    "child.number-twice", "The child left the old system's roll on the day before it was enrolled in the new one's."
)
def test_days_on_which_only_one_of_them_is_enrolled_are_not_found() -> None:
    assert shared(*one("c1", last_day=MONDAY), *one("c2", since=NEXT_DAY)) == []
    found = shared(*one("c1", last_day=NEXT_DAY), *one("c2", since=NEXT_DAY))
    assert [one.days for one in found] == [(NEXT_DAY,), (NEXT_DAY,)]


def test_a_stay_without_an_agreement_counts_as_well() -> None:
    found = shared(*one("c1", last_day=MONDAY), *one("c2", since=NEXT_DAY), stay(NEXT_DAY, child_key="c1"))
    assert [one.days for one in found] == [(NEXT_DAY,), (NEXT_DAY,)]


@pytest.mark.example("child.number-twice", "Two children have a number each.")
@pytest.mark.example("child.number-twice", "Two children have no number.")
def test_numbers_of_their_own_and_none_are_not_found() -> None:
    assert shared(*one("c1"), *one("c2", "100000008")) == []
    assert shared(*one("c1", None), *one("c2", None)) == []


REPLACED, DIFFERS = "child.number-replaced", "child.number-differs"
OLD, NEW = "100000007", "100000015"


def beside(nsn: str | None, replaces: str | None = None) -> Record:
    """Another record of the child's number, as the student index's stands beside the vendor's."""
    return number(nsn=nsn, replaces=replaces).model_copy(update={"key": "z"})


@pytest.mark.example(
    "child.number-replaced",
    "The student index merged a child's number into another, and the vendor's record still has the old one.",
)
def test_a_system_that_still_has_a_merged_number_is_told() -> None:
    (found,) = findings(REPLACED, *one("c1", OLD), beside(NEW, OLD))
    assert (found.severity, found.holds) == ("warns", False)
    assert found.evidence == ("kowhai/10842/student_number/z@1", "kowhai/10842/student_number/n-c1@1")
    assert findings(DIFFERS, *one("c1", OLD), beside(NEW, OLD)) == []


@pytest.mark.example("child.number-replaced", "The vendor's record has the master's number.")
@pytest.mark.example("child.number-replaced", "No record says that a number was replaced.")
def test_a_system_that_has_the_number_that_stands_is_left_alone() -> None:
    assert findings(REPLACED, *one("c1", NEW), beside(NEW, OLD)) == []
    assert findings(REPLACED, *one("c1", OLD), beside(NEW)) == []


@pytest.mark.example(
    "child.number-differs", "The vendor's system has one number, and the one chosen from the student index is another."
)
def test_two_numbers_of_which_none_replaces_the_other_are_told() -> None:
    (found,) = findings(DIFFERS, *one("c1", OLD), beside(NEW))
    assert (found.severity, len(found.evidence)) == ("warns", 2)


@pytest.mark.example("child.number-differs", "Both have the same number.")
@pytest.mark.example("child.number-differs", "The vendor's system has no number.")
def test_one_number_in_two_systems_or_in_one_is_left_alone() -> None:
    assert findings(DIFFERS, *one("c1", OLD), beside(OLD)) == []
    assert findings(DIFFERS, *one("c1", None), beside(OLD)) == []
