"""A centre that changes its student management system in the middle of a funding period."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ecegateway.evidence.record import Version
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.policy import policy
from ecegateway.model.claim import Category, Claim
from ecegateway.model.ids import SourceName
from ecegateway.model.record import Record
from tests.support.records import (
    PERIOD,
    SOURCE,
    absence,
    agreement,
    child,
    evidence,
    facts_of,
    prepared,
    profile,
    staffed,
    stay,
    versions,
)

NEW = SourceName("new-system")
FIRST_ABSENT, LAST_ABSENT = date(2026, 3, 23), date(2026, 4, 24)
"""An absence of five weeks, over every change of system tried here."""
Fates = dict[date, list[tuple[int, str, str, Category | None]]]


def attendance() -> dict[date, Record]:
    """What was recorded of the child on the weekdays of the period that are no public holidays."""
    holidays = facts_of(profile(), *child()).holidays
    days = [day for day in PERIOD.days if day.weekday() < 5 and day not in holidays]
    return {day: absence(day) if FIRST_ABSENT <= day <= LAST_ABSENT else stay(day) for day in days}


def of_the_new_system(records: Iterable[Record]) -> list[Version]:
    """Records of the new system, about children under the keys of the old one, as the settings of a source may say."""
    return [replace(version, key_space=SOURCE) for version in versions(records, source=NEW)]


def claim_of_two(changed_on: date, carried_over: int) -> Claim:
    """The claim after a change of system; so many days before it were carried over into the new one as well."""
    ends = agreement().model_copy(update={"last_day": changed_on - timedelta(days=1)})
    begins = agreement().model_copy(update={"effective_from": changed_on})
    before = [record for day, record in attendance().items() if day < changed_on]
    after = [record for day, record in attendance().items() if day >= changed_on - timedelta(days=carried_over)]
    old = versions([*staffed(), profile(), *child(), ends, *before])
    return from_evidence(evidence([*old, *of_the_new_system([*child(), begins, *after])]), PERIOD, policy()).claim


def fates(made: Claim) -> Fates:
    """What became of every minute of every day of the one child."""
    return {one.day: [(p.minutes, str(p.verdict), str(p.reason), p.category) for p in one.portions] for one in made.child_days}


@pytest.mark.parametrize("carried_over", [0, 4, 14])
@pytest.mark.parametrize("changed_on", [date(2026, 3, 11), date(2026, 4, 1), date(2026, 4, 22)])
def test_split_period_has_no_gap_and_no_overlap(changed_on: date, carried_over: int) -> None:
    """Trap 25: no day is claimed twice, none is lost, and an absence goes on: as if one system had held it all."""
    of_one = prepared(*staffed(), profile(), *child(), agreement(), *attendance().values()).claim
    of_two = claim_of_two(changed_on, carried_over)
    assert fates(of_two) == fates(of_one)
    assert of_two.cells == of_one.cells
    assert {reason for found in fates(of_two).values() for _, _, reason, _ in found} >= {
        "absence.three-weeks",
        "absence.fourth-week",
    }


def test_a_day_that_neither_system_holds_is_no_record_and_never_claimed() -> None:
    """Trap 25: the old system was shut a day before the new one began."""
    lost = date(2026, 3, 11)
    held = {day: record for day, record in attendance().items() if day != lost}
    found = fates(prepared(*staffed(), profile(), *child(), agreement(), *held.values()).claim)
    assert found[lost] == [(360, "held", "attendance.no-record", None)]
