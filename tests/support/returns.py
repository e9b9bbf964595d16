"""A return against which nothing stands, ways to change one thing about it, and how an example of a check is played."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from ecegateway.claim.advance_days import advance_days
from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.claim.return_checks import checks
from ecegateway.facts.types import ServiceFacts
from ecegateway.handbook.policy import policy
from ecegateway.model.claim import AdvanceMonth, Claim
from ecegateway.model.ids import RuleId
from ecegateway.model.period import DateRange
from ecegateway.model.return_check import ReturnCheck, Weight
from ecegateway.model.rs7 import Attestation, DayCounts, Declaration, OtherPart, ReturnKind, Rs7Return
from ecegateway.model.service import Mode, ServiceProfile, ServiceType
from tests.support.records import MONDAY, PERIOD, RECEIVED, SERVICE, facts_of, profile, shift

AT = datetime(2026, 6, 3, 22, 30, tzinfo=UTC)
IN_TIME = date(2026, 6, 4)
SALARIES = Attestation(salaries=True, parity=True, parity_code="STEP1-6", by="Ngāio Parata-Ngārimu", at=AT)
DECLARED = Declaration("Āwhina O'Hārae", "04 000 0000", "Centre manager", AT)
SINCE_APRIL = DateRange(date(2026, 4, 1), PERIOD.days.after)
TO_MARCH = OtherPart(DateRange(PERIOD.first, date(2026, 4, 1)), "the system used before")


@cache
def facts() -> ServiceFacts:
    """An all-day education and care service with a teacher on one Monday."""
    return facts_of(profile(), shift(MONDAY))


def facts_with(**changes: Any) -> ServiceFacts:
    """The same service with another licence."""
    changed: ServiceProfile = profile().model_copy(update=changes)
    return facts_of(changed, shift(MONDAY))


def of_type(service_type: ServiceType, licence_class: str = "all-day") -> ServiceFacts:
    """A service of another type and licence class; one with a sessional licence runs in the morning."""
    mode = Mode.SESSIONAL if licence_class == "sessional" else Mode.ALL_DAY
    changed = profile("08:45-12:45" if mode is Mode.SESSIONAL else "07:30-17:30", mode=mode, service_type=service_type)
    return facts_of(changed, shift(MONDAY))


@cache
def clean() -> Rs7Return:
    """Six hours of a child and eight of a teacher on one Monday, attested, not declared: nothing stands against it."""
    counts = tuple(DayCounts(day, *((0, 6, 0, 0, 8, 0) if day == MONDAY else (0,) * 6)) for day in PERIOD.days)
    return Rs7Return(
        service=SERVICE,
        service_name="Pūāwai Early Learning",
        period=PERIOD,
        revision=1,
        kind=ReturnKind.FIRST,
        days=PERIOD.days,
        counts=counts,
        advance=advance_days(facts(), PERIOD),
        attestation=SALARIES,
        declaration=None,
        known_at=RECEIVED,
        handbook_edition="ECE Funding Handbook, as read on 22 November 2026",
        switches=policy({}).settings,
        input_digest="b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184",
    )


def with_hours(day: date = MONDAY, made: Rs7Return | None = None, **hours: Any) -> Rs7Return:
    """Other figures on a day: ``with_hours(two_and_over=7)``."""
    made = made or clean()
    return replace(made, counts=tuple(replace(one, **hours) if one.day == day else one for one in made.counts))


def with_advance(number: int = 0, made: Rs7Return | None = None, **days: Any) -> Rs7Return:
    """Other advance days of one of the four months."""
    made = made or clean()
    months = [AdvanceMonth(one.month, 0, 0, 0) if days and n != number else one for n, one in enumerate(made.advance)]
    months[number] = replace(AdvanceMonth(months[number].month, 0, 0, 0), **days)
    return replace(made, advance=tuple(months))


def part_of_period(made: Rs7Return | None = None, days: DateRange = SINCE_APRIL, *elsewhere: OtherPart) -> Rs7Return:
    """A return of a part of the period, with six hours on a Monday of April."""
    counts = with_hours(made=with_hours(made=made, two_and_over=0, certificated=0), day=date(2026, 4, 20), two_and_over=6)
    return replace(counts, days=days, elsewhere=elsewhere)


def revised(**changes: Any) -> Rs7Return:
    """The second return of the period."""
    return replace(clean(), **{"revision": 2, "kind": ReturnKind.REVISED, **changes})


@dataclass(frozen=True)
class Case:
    """A return and what a check is given beside it; what is left out is the clean one's."""

    made: Rs7Return | None = None
    facts: ServiceFacts | None = None
    others: Sequence[Rs7Return] = ()
    on: date | None = IN_TIME
    claim: Claim | None = None

    def checks(self) -> tuple[ReturnCheck, ...]:
        """Every objection."""
        return checks(self.made or clean(), self.facts or facts(), self.others, on=self.on, claim=self.claim)


def play(request: pytest.FixtureRequest, case: Callable[[], Case]) -> tuple[ReturnCheck, ...]:
    """See that the example the test is marked with is found, or not, and weighs what its words say; gives the objections."""
    rule, words = request.node.get_closest_marker("example").args
    text = CATALOGUE[RuleId(rule)]
    example = next(one for one in text.examples if one.text == words)
    found = tuple(check for check in case().checks() if check.rule == rule)
    assert bool(found) is example.found
    weight = text.severity
    if words.endswith("somebody should look."):
        weight = Weight.WARNING
    elif words.endswith("it cannot be signed."):
        weight = Weight.ERROR
    assert {check.weight for check in found} <= {weight}
    assert all(check.reason == text.why and check.fix == text.fix and check.cites == text.cites for check in found)
    return found
