"""Which of several records of a child's number stands, in whatever order they came."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from ecegateway.facts.fold import fold
from ecegateway.model.child import StudentNumber
from tests.support.records import PERIOD, SERVICE, agreement, evidence, profile, versions

EARLY = datetime(2026, 3, 1, tzinfo=UTC)
A, B, C = "100000007", "100000015", "100000023"


def said(key: str, day: int, **changes: object) -> StudentNumber:
    at = EARLY + timedelta(days=day)
    return StudentNumber.model_validate({"service": SERVICE, "key": key, "child": "c1", "recorded_at": at, **changes})


def stands(*records: StudentNumber) -> tuple[str | None, str | None]:
    """The number that stands and the document of its record, alike for every order in which the records came."""
    found = set()
    for order in permutations(records):
        (child,) = fold(evidence(versions([profile(), agreement(), *order])), PERIOD.days).children
        assert child.number is not None
        assert len(child.other_numbers) == len({one.key for one in records}) - 1
        found.add((child.number.record.nsn, child.number.record.document_sighted))
    (alike,) = found
    return alike


@pytest.mark.parametrize(
    ("records", "number"),
    [
        pytest.param([said("vendor", 9), said("index", 1, nsn=A)], A, id="a later record without a number hides none"),
        pytest.param([said("vendor", 1, nsn=A), said("index", 2, nsn=B)], B, id="the newest word counts"),
        pytest.param([said("vendor", 9, nsn=A), said("index", 2, nsn=B, replaces=A)], B, id="a merged one does not come back"),
        pytest.param(
            [said("vendor", 9, nsn=A), said("index", 2, nsn=B, replaces=A), said("other", 3, nsn=C, replaces=B)],
            C,
            id="nor does any of a chain",
        ),
        pytest.param(
            [said("vendor", 9, nsn=A), said("index", 2, nsn=C, replaces=B)], A, id="another number merged is no matter"
        ),
    ],
)
def test_the_number_that_stands(records: list[StudentNumber], number: str) -> None:
    assert stands(*records)[0] == number


def test_of_records_without_a_number_one_with_a_document_stands() -> None:
    assert stands(said("index", 1, document_sighted="passport"), said("vendor", 9)) == (None, "passport")


def test_what_an_earlier_version_replaced_stays_replaced() -> None:
    index = [said("index", 1, nsn=B, replaces=A), said("index", 2, nsn=C, replaces=B)]
    records = [profile(), agreement(), *index, said("vendor", 9, nsn=A)]
    (child,) = fold(evidence(versions(records)), PERIOD.days).children
    assert child.number is not None
    assert (child.number.record.nsn, child.replaced_numbers) == (C, frozenset({A, B}))
