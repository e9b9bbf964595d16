"""Documents that other records note, and documents asked of families (Handbook 6-1)."""

from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.model.period import FundingPeriod
from ecegateway.model.record import Record
from tests.support.enrolments import findings, number, whole, whole_child
from tests.support.records import MONDAY, PERIOD

SIGHTED, UNVERIFIED, OVERDUE = "child.document-sighted", "child.number-unverified", "child.document-overdue"
DAY = timedelta(days=1)
UNSEEN = number(document_sighted=None, verification="unverified")


def beside(**changes: object) -> Record:
    """Another system's record of the same child."""
    said: dict[str, Any] = {"nsn": None, "document_sighted": None, **changes}
    return number(**said).model_copy(update={"key": "z"})


def asked(day: date) -> list[Record]:
    """An enrolled child with an unverified number, whose family was asked for a document on a day."""
    return [whole_child(), number(document_sighted=None, verification="unverified", document_asked_on=day), whole()]


@pytest.mark.example(
    "child.document-sighted",
    "The vendor's record has the number alone, and another record notes the passport that was sighted.",
)
def test_a_document_noted_by_any_record_is_sighted() -> None:
    bare = [whole_child(), number(document_sighted=None), whole()]
    assert findings(SIGHTED, *bare, beside(document_sighted="passport")) == []
    assert findings(SIGHTED, *bare, beside(nsn="100000001", verification="passport")) == []
    other = beside(nsn="100000002", verification="passport").model_copy(update={"key": "a"})
    assert len(findings(SIGHTED, *bare, other)) == 1


@pytest.mark.example(
    "child.number-unverified", "The family was asked for a document last week: the two weeks count from that day."
)
def test_where_the_family_was_asked_the_two_weeks_count_from_that_day_alone() -> None:
    assert findings(UNVERIFIED, *asked(MONDAY)) == []
    assert len(findings(UNVERIFIED, whole_child(), UNSEEN, whole())) == 1


@pytest.mark.example("child.document-overdue", "Fifteen days ago the family was asked for a document, and none is noted.")
@pytest.mark.example("child.document-overdue", "The family was asked fourteen days ago: today is the last day.")
def test_a_document_is_overdue_from_the_fifteenth_day_on() -> None:
    (found,) = findings(OVERDUE, *asked(MONDAY))
    assert found.days[0] == MONDAY + 15 * DAY
    assert (found.due, found.severity, found.holds) == (MONDAY + 14 * DAY, "warns", False)
    assert dict(found.parameters) == {"asked_on": "2026-02-09", "due": "2026-02-23"}
    assert findings(OVERDUE, *asked(PERIOD.days.last - 14 * DAY)) == []
    assert len(findings(OVERDUE, *asked(PERIOD.days.last - 17 * DAY))) == 1


@pytest.mark.example("child.document-overdue", "A passport was sighted on the fifteenth day.")
@pytest.mark.example("child.document-overdue", "Nobody notes when the family was asked.")
def test_a_document_that_came_or_was_asked_of_nobody_is_not_overdue() -> None:
    assert findings(OVERDUE, *asked(MONDAY), beside(document_sighted="passport")) == []
    assert findings(OVERDUE, whole_child(), UNSEEN, whole()) == []


def test_the_first_time_the_family_was_asked_counts() -> None:
    (found,) = findings(OVERDUE, *asked(MONDAY + 7 * DAY), beside(document_asked_on=MONDAY))
    assert found.due == MONDAY + 14 * DAY


def test_days_after_the_newest_evidence_are_not_judged() -> None:
    """The evidence came on 2 June; nobody can say yet what will be noted after it."""
    june = FundingPeriod(date(2026, 6, 1)).days
    assert findings(OVERDUE, *asked(date(2026, 5, 25)), days=june) == []
    (found,) = findings(OVERDUE, *asked(date(2026, 5, 4)), days=june)
    assert found.days[-1] == date(2026, 6, 2)
