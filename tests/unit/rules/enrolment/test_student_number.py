"""One number for two children of a service (Handbook 6-1)."""

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
