"""A child's enrolment record with every item section 6-1 asks for, and what one rule says of some records."""

from datetime import date
from typing import Any

from ecegateway.facts.types import ServiceFacts
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.child import Address, Child, StudentNumber
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.finding import Finding
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.rules.assess import RULES
from ecegateway.rules.registry import question
from tests.support.records import (
    EVERY_FACT,
    NO_SWITCHES,
    PERIOD,
    SERVICE,
    Facts,
    Switches,
    agreement,
    facts_of,
    profile,
)

HOME = Address(line1="12 Kauri Street", city="Te Awakairangi")
THREE = date(2022, 6, 1)
"""Born so that the child is three all period long."""


def whole_child(key: str = "c1", born: date = THREE, **changes: object) -> Child:
    """A child with a name, a birth date and an address."""
    said = {"family_name": "Tūmanako", "given_names": ("Ngāio",), "gender": "F", "address": HOME, **changes}
    return Child.model_validate({"service": SERVICE, "key": key, "birth_date": born, **said})


def number(key: str = "c1", **changes: object) -> StudentNumber:
    """A number with the document that was sighted."""
    said = {"nsn": "100000001", "document_sighted": "birth certificate", **changes}
    return StudentNumber.model_validate({"service": SERVICE, "key": f"n-{key}", "child": key, **said})


def whole(child: str = "c1", **changes: Any) -> Enrolment:
    """An agreement that lacks nothing, but for what ``changes`` say."""
    said = {"commenced_on": date(2026, 1, 5), "other_service_minutes": 0, **changes}
    return agreement(child, **said)


def findings(
    rule_id: str,
    *records: Record,
    facts: Facts = EVERY_FACT,
    switches: Switches = NO_SWITCHES,
    days: DateRange = PERIOD.days,
) -> list[Finding]:
    """What one rule finds in a service's records; an all-day centre, unless the records hold another profile."""
    profiles = [] if any(record.stream == "service" for record in records) else [profile()]
    return findings_in(rule_id, facts_of(*profiles, *records, facts=facts, days=days), switches, days)


def findings_in(
    rule_id: str, facts: ServiceFacts, switches: Switches = NO_SWITCHES, days: DateRange = PERIOD.days
) -> list[Finding]:
    """What one rule finds in facts."""
    (rule,) = [rule for rule in RULES if rule.text.rule == rule_id]
    return list(rule.findings(question(facts, days, policy(switches), handbook())))
