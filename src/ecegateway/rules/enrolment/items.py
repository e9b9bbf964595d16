"""What every enrolment record must hold: one rule for each item, asked of the record of each child.

An item is missing where every signed agreement in force comes from a source that can show it and none does. What a source
cannot show is named once for the source (``cannot_show.py``). Name, birth date and basis have rules of their own
(``identity.py``, ``agreement.py``), the signature too.

Source: ECE Funding Handbook 6-1 (all records must include; casual and conditional children; 20 Hours ECE; home-based).
"""

from collections.abc import Callable, Iterator
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import Citation, cite
from ecegateway.model.enrolment import Basis, Enrolment
from ecegateway.model.finding import Example, Severity
from ecegateway.model.ids import EvidenceId
from ecegateway.model.service import ServiceType
from ecegateway.rules.enrolment.stretches import stretches
from ecegateway.rules.registry import Breach, ChildCheck, Question, Rule, found, passes, rule

ITEM_MISSING = "enrolment.item-missing"
ON_ATTENDANCE = frozenset({Basis.CASUAL, Basis.CONDITIONAL})
_ALL_RECORDS = cite("6-1", "all records must include")
_HOLDS = "Nothing; with the switch `enrolment.item-missing` at `hold`, the days in force of this child."


def item_severity(asked: Question) -> Severity | None:
    """How much a missing item weighs, where the text does not bar the claim for it."""
    return Severity.HOLDS if asked.policy[ITEM_MISSING] == "hold" else None


def _item(
    rule_id: str,
    title: str,
    *,
    message: str,
    why: str,
    fix: str,
    check: ChildCheck,
    condition: str,
    examples: tuple[Example, ...],
    cites: Citation = _ALL_RECORDS,
) -> Rule:
    declared = rule(
        rule_id,
        title,
        message=message,
        why=why,
        fix=fix,
        cites=cites,
        severity=Severity.WARNS,
        switch=ITEM_MISSING,
        holds=_HOLDS,
        condition=condition,
        examples=examples,
    )
    return declared.of_each_child(check)


def _every(record: Enrolment) -> bool:
    del record
    return True


def _lacking(
    says: Callable[[Enrolment], bool],
    fact: Fact | None = None,
    wanted: Callable[[Enrolment], bool] = _every,
) -> ChildCheck:
    """The days on which agreements that must say something are in force, all could, and none does."""

    def check(child: ChildFacts, asked: Question) -> Iterator[Breach]:
        days: list[date] = []
        lacking: dict[EvidenceId, None] = {}
        for stretch, agreements in stretches(child, asked.days):
            bearing = [known for known in agreements if wanted(known.record)]
            if not bearing or any(says(known.record) for known in bearing):
                continue
            if fact is None or all(asked.facts.can_show(known.source, fact) for known in bearing):
                days += stretch
                lacking.update(dict.fromkeys(known.id for known in bearing))
        if days:
            yield Breach(tuple(days), tuple(lacking), severity=item_severity(asked))

    return check


def _no_address(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The enrolled days of a child on record without a home address."""
    known = child.identity
    if known is None or known.record.address is not None or not asked.facts.can_show(known.source, Fact.ADDRESS):
        return
    days = tuple(day for stretch, _ in stretches(child, asked.days) for day in stretch)
    if days:
        yield Breach(days, (known.id,), severity=item_severity(asked))


home_address = _item(
    "enrolment.home-address",
    "No home address",
    message="The child's record holds no home address.",
    why="The enrolment record must include the child's home address.",
    fix="Ask the family for the address and enter it.",
    check=_no_address,
    condition="The child is on record without a residential address, from a source that can show one, and a signed agreement "
    "is in force.",
    examples=(
        found("An enrolled child's record has no address."),
        passes("An enrolled child's record has an address."),
        passes("The source cannot show addresses."),
        passes("A child without an address has left before the period."),
    ),
)

commenced_on = _item(
    "enrolment.commenced-on",
    "No date on which the child commenced",
    message="The enrolment record does not say on which date the child commenced attendance.",
    why="The enrolment record must include the date the child commenced attendance at the service.",
    fix="Enter the date of the child's first attendance under this enrolment.",
    check=_lacking(lambda record: record.commenced_on is not None, Fact.COMMENCED),
    condition="No signed agreement in force says when the child commenced, and the sources of all of them can show it.",
    examples=(
        found("No signed agreement in force says when the child commenced."),
        passes("The agreement says when the child commenced."),
        passes("The date was entered later, under the same signature."),
        passes("The source cannot show when children commenced."),
    ),
)

expected_times = _item(
    "enrolment.expected-times",
    "No days and times expected",
    message="The enrolment record does not say on which days and at which times the child is expected.",
    why="The record must include the days and times each child is expected; for a casual child, of each intended attendance.",
    fix="Enter the days and times, and have a parent sign and date them.",
    check=_lacking(lambda record: bool(record.bookings)),
    condition="No signed agreement in force books any day and time.",
    examples=(
        found("A permanent agreement books no times."),
        found("A casual agreement names no day or time of intended attendance."),
        passes("A casual agreement names the mornings on which the child may come."),
        passes("One of two agreements in force books times."),
    ),
)

other_service = _item(
    "enrolment.other-service",
    "No attestation of hours at another service",
    message="The enrolment record has no attestation of the hours the child is enrolled at another service, or of none.",
    why="A parent or guardian must attest the hours the child is enrolled elsewhere, including none: two services may not "
    "claim the same hours.",
    fix="Ask the parent, have the attestation signed, and enter it: 0 where there are none.",
    check=_lacking(lambda record: record.other_service_minutes is not None, Fact.OTHER_SERVICE),
    condition="No signed agreement in force states the weekly hours at another service, not even none, and the sources of all "
    "of them can show it.",
    examples=(
        found("The agreement says nothing of another service."),
        passes("The parent attests no hours at another service."),
        passes("The parent attests four hours a week at another service."),
        passes("The source cannot show what was attested of another service."),
    ),
)

not_elsewhere = _item(
    "enrolment.not-elsewhere",
    "Casual or conditional: no attestation of not being enrolled elsewhere",
    message="No parent attests that the child is enrolled at no other service for the time of this casual or conditional "
    "attendance.",
    why="The record of a casual or conditional child must include this attestation.",
    fix="Ask the parent. If it is so, have the attestation signed and enter it; if not, do not claim these hours.",
    check=_lacking(
        lambda record: record.not_elsewhere is True, Fact.NOT_ELSEWHERE, lambda record: record.basis in ON_ATTENDANCE
    ),
    cites=cite("6-1", "additional requirements for casual and conditional children's records"),
    condition="A casual or conditional agreement in force does not hold the attestation, or holds that it was not given, and "
    "its source can show it.",
    examples=(
        found("A casual agreement has no attestation of not being enrolled elsewhere."),
        found("A conditional agreement has no attestation of not being enrolled elsewhere."),
        found("The parent of a casual child does not attest that the child is enrolled nowhere else."),
        passes("The parent of a casual child attests that the child is enrolled nowhere else."),
        passes("A permanent agreement needs no attestation of not being enrolled elsewhere."),
    ),
)

optional_charges = _item(
    "twenty-hours.optional-charges",
    "20 Hours ECE: no optional charges section",
    message="The child receives 20 Hours ECE and the record does not say what the optional charges section says.",
    why="The record of a child who receives 20 Hours ECE must include the Optional Charges Agreement, completed by a parent.",
    fix="Have the parent complete the section, and enter what it says: agreed, declined, or that no charge is asked for.",
    check=_lacking(
        lambda record: record.optional_charges is not None,
        Fact.OPTIONAL_CHARGES,
        lambda record: record.twenty_hours is not None,
    ),
    cites=cite("6-1", "records for children receiving 20 Hours ECE"),
    condition="An agreement in force holds a 20 Hours ECE attestation and nothing of the optional charges section, and its "
    "source can show it.",
    examples=(
        found("An attested agreement says nothing of optional charges."),
        passes("The parent declined the optional charges."),
        passes("The service asks for no optional charge and the record says so."),
        passes("An agreement without 20 Hours ECE needs no optional charges section."),
    ),
)


def _family_educator(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Home-based only: the declaration is asked for nowhere else."""
    if asked.facts.profile(asked.days.last).service_type is ServiceType.HOME_BASED:
        yield from _undeclared(child, asked)


_undeclared = _lacking(lambda record: record.educator_is_family is not None, Fact.FAMILY_EDUCATOR)

family_educator = _item(
    "enrolment.family-educator",
    "Home-based: no declaration about the educator",
    message="The record has no declaration whether the educator is a member of the child's family.",
    why="For a home-based service the form must include a signed declaration whether the educator is of the child's family.",
    fix="Have the declaration on the form signed, and enter what it says.",
    check=_family_educator,
    cites=cite("6-1", "declaration of a home-based educator"),
    condition="The service is home-based, no signed agreement in force holds the declaration, and the sources of all of them "
    "can show it.",
    examples=(
        found("A home-based agreement has no declaration about the educator."),
        passes("The educator is declared to be of the child's family."),
        passes("The educator is declared not to be of the child's family."),
        passes("A centre-based agreement needs no declaration about the educator."),
    ),
)

ITEM_RULES = (
    home_address,
    commenced_on,
    expected_times,
    other_service,
    not_elsewhere,
    optional_charges,
    family_educator,
)
