"""Handbook 6-1, item by item: what each enrolment record must hold. Read the tables beside the section."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.contract import Fact
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import RuleId
from ecegateway.model.record import Record
from ecegateway.model.service import ServiceType
from ecegateway.rules.enrolment import ENROLMENT_RULES
from ecegateway.rules.enrolment.items import ITEM_RULES
from tests.support.enrolments import findings, number, whole, whole_child
from tests.support.records import EVERY_FACT, MONDAY, PERIOD, bookings, child, facts_of, profile

HOME_BASED = profile(service_type=ServiceType.HOME_BASED)
CASUAL, CONDITIONAL = Basis.CASUAL, Basis.CONDITIONAL
ATTESTED = "240 240 240 240 240"
NGAIO = [whole_child(), number()]

COMPLETE = {
    "permanent": [*NGAIO, whole()],
    "casual": [*NGAIO, whole(basis=CASUAL, not_elsewhere=True)],
    "conditional, the whole of it": [*NGAIO, whole(basis=CONDITIONAL, conditional_part="whole", not_elsewhere=True)],
    "20 Hours ECE": [*NGAIO, whole(twenty_hours=ATTESTED, optional_charges="declined")],
    "home-based": [HOME_BASED, *NGAIO, whole(educator_is_family=False)],
    "a single name": [whole_child(given_names=()), number(), whole()],
}

MISSING = [
    # the item                                 of whom         the record without it                                  the rule
    ("home/residential address", "every child", [whole_child(address=None), number(), whole()], "enrolment.home-address"),
    ("date commenced", "every child", [*NGAIO, whole(commenced_on=None)], "enrolment.commenced-on"),
    ("days and times expected", "every child", [*NGAIO, whole(weekdays=())], "enrolment.expected-times"),
    ("hours at another service", "every child", [*NGAIO, whole(other_service_minutes=None)], "enrolment.other-service"),
    ("dated signature", "every child", [*NGAIO, whole(signed_on=None)], "enrolment.signed"),
    ("basis told apart", "every child", [*NGAIO, whole(basis=None)], "enrolment.basis"),
    ("number", "every child", [whole_child(), number(nsn=None), whole()], "child.student-number"),
    ("document sighted", "every child", [whole_child(), number(document_sighted=None), whole()], "child.document-sighted"),
    ("optional charges", "20 Hours ECE", [*NGAIO, whole(twenty_hours=ATTESTED)], "twenty-hours.optional-charges"),
    (
        "intended days and times",
        "casual",
        [*NGAIO, whole(basis=CASUAL, weekdays=(), not_elsewhere=True)],
        "enrolment.expected-times",
    ),
    ("not enrolled elsewhere", "casual", [*NGAIO, whole(basis=CASUAL)], "enrolment.not-elsewhere"),
    (
        "signed casual basis",
        "casual",
        [*NGAIO, whole(basis=CASUAL, not_elsewhere=True, signed_on=None)],
        "enrolment.signed",
    ),
    (
        "not enrolled elsewhere",
        "conditional",
        [*NGAIO, whole(basis=CONDITIONAL, conditional_part="whole")],
        "enrolment.not-elsewhere",
    ),
    (
        "which part is conditional",
        "conditional",
        [*NGAIO, whole(basis=CONDITIONAL, not_elsewhere=True)],
        "enrolment.conditional-part",
    ),
    (
        "signed conditional basis",
        "conditional",
        [*NGAIO, whole(basis=CONDITIONAL, conditional_part="whole", not_elsewhere=True, signed_on=None)],
        "enrolment.signed",
    ),
    ("educator declaration", "home-based", [HOME_BASED, *NGAIO, whole()], "enrolment.family-educator"),
]

BARS = {"enrolment.signed", "enrolment.basis", "enrolment.conditional-part", "child.student-number"}
"""The text says of these that nothing may be claimed without them."""


def said(records: Sequence[Record], **how: object) -> list[str]:
    """The rules that find something in some records."""
    return [rule.text.rule for rule in ENROLMENT_RULES if findings(rule.text.rule, *records, **how)]  # type: ignore[arg-type]


@pytest.mark.parametrize("records", COMPLETE.values(), ids=COMPLETE)
def test_a_record_that_lacks_nothing_is_left_alone(records: list[Record]) -> None:
    assert said(records) == []


@pytest.mark.parametrize(("item", "of_whom", "records", "rule"), MISSING)
def test_a_missing_item_is_one_finding_of_one_rule_on_every_day_in_force(
    item: str, of_whom: str, records: list[Record], rule: str
) -> None:
    assert said(records) == [rule], (item, of_whom)
    (finding,) = findings(rule, *records)
    assert finding.holds is (rule in BARS)
    if rule != "enrolment.signed":
        assert finding.days == tuple(PERIOD.days)


@pytest.mark.parametrize(("item", "of_whom", "records", "rule"), [row for row in MISSING if row[3] not in BARS])
def test_a_missing_item_holds_where_the_switch_says_so(item: str, of_whom: str, records: list[Record], rule: str) -> None:
    del item, of_whom
    (finding,) = findings(rule, *records, switches={"enrolment.item-missing": "hold"})
    assert finding.holds is (rule in {one.text.rule for one in ITEM_RULES})


def test_three_missing_items_are_three_findings_however_many_days() -> None:
    records = [*NGAIO, whole(commenced_on=None, other_service_minutes=None, weekdays=())]
    assert said(records) == ["enrolment.commenced-on", "enrolment.expected-times", "enrolment.other-service"]
    assert [len(findings(rule, *records)) for rule in said(records)] == [1, 1, 1]


def test_an_item_is_missing_only_while_a_version_that_lacks_it_is_in_force() -> None:
    later = whole(key="a2", since=MONDAY, signed_on=MONDAY)
    (finding,) = findings("enrolment.commenced-on", *NGAIO, whole(commenced_on=None), later)
    assert (finding.days[0], finding.days[-1]) == (PERIOD.days.first, MONDAY - timedelta(days=1))
    assert finding.evidence == ("kowhai/10842/enrolment/a-c1@1",)


def test_days_of_two_versions_that_both_lack_an_item_are_one_finding() -> None:
    later = whole(key="a2", since=MONDAY, signed_on=MONDAY, commenced_on=None)
    (finding,) = findings("enrolment.commenced-on", *NGAIO, whole(commenced_on=None), later)
    assert finding.days == tuple(PERIOD.days)
    assert len(finding.evidence) == 2


def test_what_another_source_may_hold_is_not_missing() -> None:
    """The item stands in one of two agreements in force: the child's record has it."""
    other = whole(key="b1", weekdays=["Sa"]).model_copy(update={"agreement": "b-c1"})
    assert findings("enrolment.commenced-on", *NGAIO, whole(commenced_on=None), other) == []


FACTS = {
    "enrolment.home-address": Fact.ADDRESS,
    "enrolment.commenced-on": Fact.COMMENCED,
    "enrolment.other-service": Fact.OTHER_SERVICE,
    "enrolment.not-elsewhere": Fact.NOT_ELSEWHERE,
    "twenty-hours.optional-charges": Fact.OPTIONAL_CHARGES,
    "enrolment.family-educator": Fact.FAMILY_EDUCATOR,
    "child.document-sighted": Fact.DOCUMENT_SIGHTED,
}


@pytest.mark.parametrize(("item", "of_whom", "records", "rule"), [row for row in MISSING if row[3] in FACTS])
def test_what_a_source_cannot_show_is_said_once_for_the_source(
    item: str, of_whom: str, records: list[Record], rule: str
) -> None:
    del item, of_whom
    shown = EVERY_FACT - {FACTS[rule]}
    assert said(records, facts=shown) == ["enrolment.cannot-show"]
    siblings = [whole_child("c2"), number("c2"), whole("c2")]
    (finding,) = findings("enrolment.cannot-show", *records, *siblings, facts=shown)
    assert (finding.severity, finding.child, finding.days) == ("informs", None, ())
    assert dict(finding.parameters) == {"source": "kowhai", "what": FACTS[rule]}
    assert FACTS[rule] in CATALOGUE[RuleId("enrolment.cannot-show")].say(finding.parameters)


FOUND = [
    pytest.param(
        [whole_child(address=None), number(), whole()],
        marks=pytest.mark.example("enrolment.home-address", "An enrolled child's record has no address."),
    ),
    pytest.param(
        [*NGAIO, whole(commenced_on=None)],
        marks=pytest.mark.example("enrolment.commenced-on", "No signed agreement in force says when the child commenced."),
    ),
    pytest.param(
        [*NGAIO, whole(weekdays=())],
        marks=pytest.mark.example("enrolment.expected-times", "A permanent agreement books no times."),
    ),
    pytest.param(
        [*NGAIO, whole(weekdays=(), basis=CASUAL)],
        marks=pytest.mark.example(
            "enrolment.expected-times", "A casual agreement names no day or time of intended attendance."
        ),
    ),
    pytest.param(
        [*NGAIO, whole(other_service_minutes=None)],
        marks=pytest.mark.example("enrolment.other-service", "The agreement says nothing of another service."),
    ),
    pytest.param(
        [*NGAIO, whole(basis=CASUAL)],
        marks=pytest.mark.example(
            "enrolment.not-elsewhere", "A casual agreement has no attestation of not being enrolled elsewhere."
        ),
    ),
    pytest.param(
        [*NGAIO, whole(basis=CONDITIONAL, conditional_part="whole")],
        marks=pytest.mark.example(
            "enrolment.not-elsewhere", "A conditional agreement has no attestation of not being enrolled elsewhere."
        ),
    ),
    pytest.param(
        [*NGAIO, whole(basis=CASUAL, not_elsewhere=False)],
        marks=pytest.mark.example(
            "enrolment.not-elsewhere", "The parent of a casual child does not attest that the child is enrolled nowhere else."
        ),
    ),
    pytest.param(
        [*NGAIO, whole(twenty_hours=ATTESTED)],
        marks=pytest.mark.example("twenty-hours.optional-charges", "An attested agreement says nothing of optional charges."),
    ),
    pytest.param(
        [HOME_BASED, *NGAIO, whole()],
        marks=pytest.mark.example("enrolment.family-educator", "A home-based agreement has no declaration about the educator."),
    ),
    pytest.param(
        [number(), whole()],
        marks=pytest.mark.example("child.identity", "An agreement names a child of whom there is no record."),
    ),
    pytest.param(
        [whole_child(), whole()], marks=pytest.mark.example("child.student-number", "An enrolled child has no number.")
    ),
    pytest.param(
        [whole_child(), number(nsn=None), whole()],
        marks=pytest.mark.example(
            "child.student-number", "An enrolled child's document was sighted, and there is no number yet."
        ),
    ),
    pytest.param([*NGAIO, whole(basis=None)], marks=pytest.mark.example("enrolment.basis", "A signed agreement has no basis.")),
    pytest.param(
        [*NGAIO, whole(basis=CONDITIONAL)],
        marks=pytest.mark.example(
            "enrolment.conditional-part", "A conditional agreement does not say which part is conditional."
        ),
    ),
    pytest.param(
        [*NGAIO, whole(basis=CONDITIONAL, conditional_part="bookings")],
        marks=pytest.mark.example(
            "enrolment.conditional-part", "A conditional agreement says that some bookings are conditional and marks none."
        ),
    ),
]


@pytest.mark.parametrize("records", FOUND)
def test_it_finds(records: list[Record], request: pytest.FixtureRequest) -> None:
    (finding,) = findings(request.node.get_closest_marker("example").args[0], *records)
    assert finding.days == tuple(PERIOD.days)
    assert finding.evidence


def _entered_later() -> list[Record]:
    return [*NGAIO, whole(commenced_on=None), whole()]


def _second_agreement() -> Record:
    return whole(key="b1", weekdays=["Mo"]).model_copy(update={"agreement": "b-c1"})


def _friday_conditional() -> Record:
    friday = bookings("08:30-12:30", ["Fr"])[0].model_copy(update={"conditional": True})
    firm = whole(basis=CONDITIONAL, conditional_part="bookings", weekdays=["Mo", "Tu"])
    return firm.model_copy(update={"bookings": (*firm.bookings, friday)})


LEFT = whole(last_day=date(2026, 1, 30))

PASSES = [
    pytest.param(
        [*NGAIO, whole()],
        marks=pytest.mark.example("enrolment.home-address", "An enrolled child's record has an address."),
    ),
    pytest.param(
        [whole_child(address=None), number(), LEFT],
        marks=pytest.mark.example("enrolment.home-address", "A child without an address has left before the period."),
    ),
    pytest.param(
        [*NGAIO, whole()],
        marks=pytest.mark.example("enrolment.commenced-on", "The agreement says when the child commenced."),
    ),
    pytest.param(
        _entered_later(),
        marks=pytest.mark.example("enrolment.commenced-on", "The date was entered later, under the same signature."),
    ),
    pytest.param(
        [*NGAIO, whole(basis=CASUAL, times="08:30-12:30")],
        marks=pytest.mark.example(
            "enrolment.expected-times", "A casual agreement names the mornings on which the child may come."
        ),
    ),
    pytest.param(
        [*NGAIO, whole(weekdays=()), _second_agreement()],
        marks=pytest.mark.example("enrolment.expected-times", "One of two agreements in force books times."),
    ),
    pytest.param(
        [*NGAIO, whole(other_service_minutes=0)],
        marks=pytest.mark.example("enrolment.other-service", "The parent attests no hours at another service."),
    ),
    pytest.param(
        [*NGAIO, whole(other_service_minutes=240)],
        marks=pytest.mark.example("enrolment.other-service", "The parent attests four hours a week at another service."),
    ),
    pytest.param(
        [*NGAIO, whole(basis=CASUAL, not_elsewhere=True)],
        marks=pytest.mark.example(
            "enrolment.not-elsewhere", "The parent of a casual child attests that the child is enrolled nowhere else."
        ),
    ),
    pytest.param(
        [*NGAIO, whole()],
        marks=pytest.mark.example(
            "enrolment.not-elsewhere", "A permanent agreement needs no attestation of not being enrolled elsewhere."
        ),
    ),
    pytest.param(
        [*NGAIO, whole(twenty_hours=ATTESTED, optional_charges="declined")],
        marks=pytest.mark.example("twenty-hours.optional-charges", "The parent declined the optional charges."),
    ),
    pytest.param(
        [*NGAIO, whole(twenty_hours=ATTESTED, optional_charges="none")],
        marks=pytest.mark.example(
            "twenty-hours.optional-charges", "The service asks for no optional charge and the record says so."
        ),
    ),
    pytest.param(
        [*NGAIO, whole()],
        marks=pytest.mark.example(
            "twenty-hours.optional-charges", "An agreement without 20 Hours ECE needs no optional charges section."
        ),
    ),
    pytest.param(
        [HOME_BASED, *NGAIO, whole(educator_is_family=True)],
        marks=pytest.mark.example("enrolment.family-educator", "The educator is declared to be of the child's family."),
    ),
    pytest.param(
        [HOME_BASED, *NGAIO, whole(educator_is_family=False)],
        marks=pytest.mark.example("enrolment.family-educator", "The educator is declared not to be of the child's family."),
    ),
    pytest.param(
        [*NGAIO, whole()],
        marks=pytest.mark.example(
            "enrolment.family-educator", "A centre-based agreement needs no declaration about the educator."
        ),
    ),
    pytest.param(
        [*child(), whole()], marks=pytest.mark.example("child.identity", "The child's record has the key of the agreement.")
    ),
    pytest.param(
        [whole_child(), number(verification="unverified", document_sighted=None), whole()],
        marks=pytest.mark.example("child.student-number", "An enrolled child has an unverified number."),
    ),
    pytest.param(
        [whole_child()], marks=pytest.mark.example("child.student-number", "A child without a number is not enrolled.")
    ),
    pytest.param([*NGAIO, whole(basis=CASUAL)], marks=pytest.mark.example("enrolment.basis", "A signed agreement is casual.")),
    pytest.param(
        [*NGAIO, whole(basis=CONDITIONAL, conditional_part="whole")],
        marks=pytest.mark.example(
            "enrolment.conditional-part", "A conditional agreement says that the whole of it is conditional."
        ),
    ),
    pytest.param(
        [*NGAIO, _friday_conditional()],
        marks=pytest.mark.example(
            "enrolment.conditional-part", "A conditional agreement marks the Friday as its conditional part."
        ),
    ),
    pytest.param(
        [*NGAIO, whole(weekdays=["Tu"]), _second_agreement()],
        marks=pytest.mark.example("enrolment.two-agreements", "Two permanent agreements book different weekdays."),
    ),
    pytest.param(
        [*NGAIO, whole(), _second_agreement().model_copy(update={"basis": CASUAL})],
        marks=pytest.mark.example("enrolment.two-agreements", "A casual agreement stands beside a permanent one."),
    ),
    pytest.param(
        [*NGAIO, whole(), whole(key="a2", since=MONDAY, signed_on=MONDAY, times="09:00-12:00")],
        marks=pytest.mark.example("enrolment.two-agreements", "A new version of the agreement replaces the old one."),
    ),
    pytest.param(
        [*NGAIO, whole()],
        marks=pytest.mark.example("enrolment.cannot-show", "Every source shows every item its records need."),
    ),
]


@pytest.mark.parametrize("records", PASSES)
def test_it_passes(records: list[Record], request: pytest.FixtureRequest) -> None:
    assert findings(request.node.get_closest_marker("example").args[0], *records) == []


@pytest.mark.example("enrolment.two-agreements", "Two permanent agreements book the same Monday.")
def test_two_agreements_hold_the_days_both_book() -> None:
    (finding,) = findings("enrolment.two-agreements", *NGAIO, whole(), _second_agreement())
    assert finding.holds
    assert {day.weekday() for day in finding.days} == {0}


@pytest.mark.example("enrolment.home-address", "The source cannot show addresses.")
@pytest.mark.example("enrolment.commenced-on", "The source cannot show when children commenced.")
@pytest.mark.example("enrolment.other-service", "The source cannot show what was attested of another service.")
def test_a_source_that_cannot_show_an_item_breaks_no_rule_of_it() -> None:
    records = [whole_child(address=None), number(), whole(commenced_on=None, other_service_minutes=None)]
    shown = EVERY_FACT - {Fact.ADDRESS, Fact.COMMENCED, Fact.OTHER_SERVICE}
    assert said(records, facts=shown) == ["enrolment.cannot-show"]


@pytest.mark.example("enrolment.cannot-show", "A source of agreements cannot show when children commenced.")
@pytest.mark.example(
    "enrolment.cannot-show", "A source of casual agreements cannot show whether children are enrolled elsewhere."
)
def test_all_a_source_cannot_show_is_one_line() -> None:
    shown = EVERY_FACT - {Fact.COMMENCED, Fact.NOT_ELSEWHERE, Fact.FAMILY_EDUCATOR}
    (finding,) = findings("enrolment.cannot-show", *NGAIO, whole(basis=CASUAL), facts=shown)
    assert dict(finding.parameters)["what"] == "when the child commenced; the attestation of a casual or conditional child"


@pytest.mark.example("enrolment.cannot-show", "A source cannot show an item that none of its agreements needs.")
def test_a_source_need_not_show_what_no_record_of_it_needs() -> None:
    shown = EVERY_FACT - {Fact.NOT_ELSEWHERE, Fact.OPTIONAL_CHARGES, Fact.FAMILY_EDUCATOR}
    assert findings("enrolment.cannot-show", *NGAIO, whole(), facts=shown) == []


def test_what_was_attested_and_entered_later_stands_and_what_was_attested_first_is_not_overwritten() -> None:
    first, later = whole(other_service_minutes=None, not_elsewhere=True), whole(other_service_minutes=60, not_elsewhere=False)
    (known,) = facts_of(profile(), *NGAIO, first, later).children[0].agreed[0].agreements
    assert (known.record.other_service_minutes, known.record.not_elsewhere) == (60, True)
