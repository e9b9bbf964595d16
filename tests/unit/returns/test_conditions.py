"""What must hold before a step of a return is taken."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ecegateway.model.ids import ChildKey, RuleId, ServiceNumber
from ecegateway.model.period import DateRange, FundingPeriod
from ecegateway.model.rs7 import Attestation, DayCounts, Declaration, ReturnKind, Rs7Return
from ecegateway.returns.conditions import (
    AbsenceMark,
    figures_are_the_same,
    period_over,
    same_person,
    two_people,
    unchecked_months,
)

PERIOD = FundingPeriod(date(2026, 2, 1))
NOON = datetime(2026, 6, 3, tzinfo=UTC)
MADE = Rs7Return(
    service=ServiceNumber("10842"),
    service_name="Pūāwai Early Learning",
    period=PERIOD,
    revision=1,
    kind=ReturnKind.FIRST,
    days=PERIOD.days,
    counts=tuple(DayCounts(day, 0, 6, 0, 0, 8, 0) for day in PERIOD.days),
    advance=(),
    attestation=Attestation(salaries=True, parity=None, parity_code=None, by="Aroha", at=NOON),
    declaration=None,
    known_at=NOON,
    handbook_edition="2026-06",
    switches=(),
    input_digest="ab",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ngāio Tūmanako", "ngāio  tūmanako "),
        ("Ngāio Tūmanako", "Nga\u0304io Tu\u0304manako"),
        ("Ngāio Tūmanako", "Ngaio Tumanako"),
        ("Aroha Parata", "AROHA\u00a0PARATA"),
    ],
)
def test_capitals_blanks_and_macrons_make_nobody_a_second_person(one: str, other: str) -> None:
    assert same_person(one, other)
    assert two_people(3, one, other) is not None


def test_two_people_are_two() -> None:
    assert not same_person("Aroha Parata", "Aroha Paratene")
    assert two_people(3, "Aroha Parata", "Rāwiri Parata") is None


def test_a_return_waits_for_the_end_of_its_period() -> None:
    assert period_over(PERIOD, date(2026, 5, 31)) is not None
    assert period_over(PERIOD, date(2026, 6, 1)) is None


def mark(day: date | None, rule: str = "absence.three-week") -> AbsenceMark:
    return RuleId(rule), ChildKey("c1"), day


MARCH, APRIL = mark(date(2026, 3, 9)), mark(date(2026, 4, 9))


@pytest.mark.parametrize(
    ("checked_on", "then", "now", "months"),
    [
        (None, [], [], "2 3 4 5"),
        (date(2026, 6, 1), [], [], ""),
        (date(2026, 5, 31), [], [], "5"),
        (date(2026, 4, 1), [MARCH], [MARCH], "4 5"),
        (date(2026, 6, 2), [MARCH], [MARCH, APRIL], "4"),
        (date(2026, 6, 2), [MARCH, APRIL], [APRIL], "3"),
        (date(2026, 6, 2), [MARCH], [mark(date(2026, 3, 9), "absence.frequent")], "3"),
        (date(2026, 6, 2), [], [mark(None)], "2 3 4 5"),
    ],
)
def test_a_month_is_checked_once_looked_at_after_it_ended_as_it_stands(
    checked_on: date | None, then: list[AbsenceMark], now: list[AbsenceMark], months: str
) -> None:
    found = unchecked_months(PERIOD, checked_on, then, now)
    assert " ".join(str(month.first.month) for month in found) == months


def test_what_is_claimed_is_days_and_figures_whoever_says_it_and_from_what_evidence() -> None:
    again = replace(
        MADE,
        revision=2,
        kind=ReturnKind.REVISED,
        known_at=NOON.replace(day=4),
        input_digest="cd",
        declaration=Declaration("Rāwiri", "04 555 0101", "manager", NOON),
        attestation=None,
    )
    assert figures_are_the_same(MADE, again)
    assert not figures_are_the_same(MADE, replace(MADE, counts=(replace(MADE.counts[0], under_two=1), *MADE.counts[1:])))
    assert not figures_are_the_same(MADE, replace(MADE, days=DateRange(date(2026, 3, 1), PERIOD.days.after)))
