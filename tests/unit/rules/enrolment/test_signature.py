"""Handbook 6-1: signed and dated by a parent or guardian of this child, by their own means, never backwards."""

from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.model.enrolment import Basis, GuardianSignature
from ecegateway.model.people import AuthorisedSignatory, Person, SignatureMeans
from ecegateway.model.record import Record
from tests.support.enrolments import findings, number, whole, whole_child
from tests.support.records import MONDAY, SERVICE, at, bookings, prepared, profile, staffed, stay

NGAIO = [whole_child(), number()]
SIGNED = date(2025, 12, 1)
DAY = timedelta(days=1)
BY, OWN = "enrolment.signed-by-guardian", "enrolment.signed-own-means"


def person(key: str, role: str) -> Person:
    return Person.model_validate({"service": SERVICE, "key": key, "role": role})


def listed(key: str, first_day: date = SIGNED) -> AuthorisedSignatory:
    return AuthorisedSignatory(service=SERVICE, key=f"may-{key}", child="c1", person=key, first_day=first_day)


def signed_by(key: str, medium: str = "paper", means: str | None = None) -> Record:
    signature = GuardianSignature.model_validate({"by": key, "signed_on": SIGNED, "medium": medium, "means": means})
    return whole().model_copy(update={"signature": signature})


def means(of: str = "g1", **changes: object) -> SignatureMeans:
    return SignatureMeans.model_validate({"service": SERVICE, "key": "sig-1", "person": of, **changes})


@pytest.mark.parametrize(
    ("records", "whom", "holds"),
    [
        pytest.param(
            [signed_by("t1"), person("t1", "staff")],
            "a staff member",
            True,
            marks=pytest.mark.example("enrolment.signed-by-guardian", "A staff member signed the agreement."),
        ),
        pytest.param(
            [signed_by("a1"), person("a1", "administrator")],
            "an administrator",
            True,
            marks=pytest.mark.example("enrolment.signed-by-guardian", "An administrator signed the agreement."),
        ),
        pytest.param([signed_by("t1"), person("t1", "staff"), person("g1", "guardian"), listed("g1")], "a staff member", True),
        pytest.param(
            [signed_by("t1"), person("t1", "staff"), listed("t1")],
            "a staff member, whom the child's list",
            False,
            marks=pytest.mark.example(
                "enrolment.signed-by-guardian",
                "A staff member who is an authorised signatory of the child signed: only a warning.",
            ),
        ),
        pytest.param(
            [signed_by("g2"), person("g2", "guardian"), listed("g1")],
            "a guardian who is not among",
            False,
            marks=pytest.mark.example(
                "enrolment.signed-by-guardian",
                "The guardian who signed is not among the child's authorised signatories: only a warning.",
            ),
        ),
    ],
)
def test_a_signature_that_is_no_guardians_of_this_child_is_found(records: list[Record], whom: str, holds: bool) -> None:  # noqa: FBT001 - a column of the table
    (finding,) = findings(BY, *NGAIO, *records)
    assert dict(finding.parameters)["whom"].startswith(whom)
    assert finding.holds is holds
    assert len(finding.days) == 120


@pytest.mark.parametrize(
    "records",
    [
        pytest.param(
            [signed_by("g1"), person("g1", "guardian"), listed("g1")],
            marks=pytest.mark.example("enrolment.signed-by-guardian", "A guardian on the child's list signed."),
        ),
        pytest.param(
            [signed_by("g1"), person("g1", "guardian")],
            marks=pytest.mark.example("enrolment.signed-by-guardian", "A guardian signed and no list is on record."),
        ),
        pytest.param(
            [signed_by("g1"), person("g1", "guardian"), listed("g1", SIGNED + DAY)],
            marks=pytest.mark.example(
                "enrolment.signed-by-guardian", "The list names the guardian from a day after the signature."
            ),
        ),
        pytest.param(
            [signed_by("g9"), listed("g1")],
            marks=pytest.mark.example(
                "enrolment.signed-by-guardian", "The person who signed is not on record: nothing is known against them."
            ),
        ),
    ],
)
def test_a_guardians_signature_is_left_alone(records: list[Record]) -> None:
    assert findings(BY, *NGAIO, *records) == []


@pytest.mark.parametrize(
    ("record", "what", "holds"),
    [
        pytest.param(
            means(of="g2"),
            "is another person's",
            True,
            marks=pytest.mark.example("enrolment.signed-own-means", "The electronic signature is another person's."),
        ),
        pytest.param(
            means(revoked_at=at(SIGNED - DAY, "23:59")),
            "had been revoked",
            True,
            marks=pytest.mark.example("enrolment.signed-own-means", "The electronic signature was revoked the day before."),
        ),
        pytest.param(
            means(created_at=at(SIGNED + DAY, "00:00")),
            "was made on a later day",
            False,
            marks=pytest.mark.example(
                "enrolment.signed-own-means", "The electronic signature was made the day after: only a warning."
            ),
        ),
    ],
)
def test_a_signature_made_with_means_that_cannot_be_is_found(record: Record, what: str, holds: bool) -> None:  # noqa: FBT001 - a column of the table
    (finding,) = findings(OWN, *NGAIO, signed_by("g1", "electronic", "sig-1"), record)
    assert (dict(finding.parameters)["what"], finding.holds) == (what, holds)
    assert finding.evidence[1] == "kowhai/10842/signature_means/sig-1@1"


@pytest.mark.parametrize(
    "records",
    [
        pytest.param(
            [signed_by("g1", "electronic", "sig-1"), means(created_at=at(SIGNED, "23:59"))],
            marks=pytest.mark.example("enrolment.signed-own-means", "The guardian signed with their own electronic signature."),
        ),
        pytest.param(
            [signed_by("g1", "electronic", "sig-1"), means(revoked_at=at(SIGNED, "00:00"))],
            marks=pytest.mark.example(
                "enrolment.signed-own-means", "The electronic signature was revoked on the day of signing."
            ),
        ),
        pytest.param(
            [signed_by("g1", "paper", "sig-1"), means(of="g2")],
            marks=pytest.mark.example("enrolment.signed-own-means", "The agreement was signed on paper."),
        ),
        pytest.param(
            [signed_by("g1", "electronic", "sig-9"), means(of="g2")],
            marks=pytest.mark.example("enrolment.signed-own-means", "The electronic signature is not on record."),
        ),
    ],
)
def test_own_means_are_left_alone(records: list[Record]) -> None:
    assert findings(OWN, *NGAIO, *records) == []


UNSIGNED = "enrolment.signed"
PERMANENT, CASUAL, CONDITIONAL = Basis.PERMANENT, Basis.CASUAL, Basis.CONDITIONAL


@pytest.mark.example("enrolment.signed", "A permanent agreement has no signature.")
@pytest.mark.example("enrolment.signed", "A casual child attends before the parent has signed the casual basis.")
@pytest.mark.example("enrolment.signed", "A conditional child attends before the parent has signed.")
@pytest.mark.parametrize(
    "how",
    [
        {"basis": PERMANENT},
        {"basis": CASUAL, "not_elsewhere": True},
        {"basis": CONDITIONAL, "conditional_part": "whole", "not_elsewhere": True},
    ],
    ids=["permanent", "casual", "conditional"],
)
def test_nothing_is_claimed_before_a_parent_signed(how: dict[str, Any]) -> None:
    signed = whole(signed_on=MONDAY + DAY, **how)
    unsigned = whole(signed_on=None, **how)
    stays = [stay(MONDAY), stay(MONDAY + DAY)]
    for agreement, claimed in ((signed, [MONDAY + DAY]), (unsigned, [])):
        made = prepared(*staffed(), profile(), *NGAIO, agreement, *stays).claim
        assert [one.day for one in made.child_days if any(p.verdict == "claimed" for p in one.portions)] == claimed
        held = {day for finding in made.findings if finding.rule == UNSIGNED and finding.holds for day in finding.days}
        assert MONDAY in held


@pytest.mark.example("enrolment.signed", "An agreement is signed a week after it took effect: that week waits.")
def test_nothing_is_signed_backwards() -> None:
    (finding,) = findings(UNSIGNED, *NGAIO, whole(since=MONDAY, signed_on=MONDAY + 7 * DAY))
    assert finding.days == tuple(MONDAY + n * DAY for n in range(5))
    assert finding.holds


@pytest.mark.example("enrolment.signed", "A change of the booked times has no signature: the signed times go on.")
def test_an_unsigned_change_is_no_change_for_funding() -> None:
    change = whole(key="a2", since=MONDAY, signed_on=None, times="08:30-11:30")
    (finding,) = findings(UNSIGNED, *NGAIO, whole(), change)
    assert (finding.days[0], finding.holds, dict(finding.parameters)["change"]) == (MONDAY, False, " change")


@pytest.mark.example("enrolment.signed", "A change is signed before it takes effect.")
@pytest.mark.example("enrolment.signed", "An agreement is signed on the day it takes effect.")
def test_what_is_signed_in_time_is_left_alone() -> None:
    change = whole(key="a2", since=MONDAY, signed_on=MONDAY - DAY).model_copy(update={"bookings": bookings("09:00-12:00")})
    assert findings(UNSIGNED, *NGAIO, whole(), change) == []
    assert findings(UNSIGNED, *NGAIO, whole(since=MONDAY, signed_on=MONDAY)) == []
