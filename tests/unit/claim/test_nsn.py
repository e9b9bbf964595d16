"""Requests for National Student Numbers: Handbook 6-1."""

from datetime import date, timedelta

import pytest

from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.claim import Verdict
from ecegateway.model.nsn_request import NsnRequest
from ecegateway.model.record import Record
from tests.support.records import MONDAY, SERVICE, agreement, prepared, profile, staffed, stay


def requests(*records: Record) -> tuple[NsnRequest, ...]:
    return prepared(*staffed(), profile(), agreement(), stay(MONDAY), *records).exportable.nsn_requests


def child(**more: object) -> Child:
    known = {"family_name": "Te Aho", "given_names": ("Mārama",), "birth_date": date(2023, 8, 1), "gender": "F"}
    return Child(service=SERVICE, key="c1", **{**known, **more})


def test_a_child_with_a_document_is_searched_for() -> None:
    sighted = StudentNumber(
        service=SERVICE, key="n1", child="c1", document_sighted="birth certificate", document_sighted_on=date(2026, 1, 20)
    )
    (request,) = requests(child(), sighted)
    assert (request.path, request.document_sighted, request.document_sighted_on) == (
        "search",
        "birth certificate",
        date(2026, 1, 20),
    )
    assert request.problems == ()


def test_a_request_says_how_many_hours_wait_for_the_number_over_all_days() -> None:
    tuesday = stay(MONDAY + timedelta(days=1))
    (request,) = requests(child(), tuesday)
    made = prepared(*staffed(), profile(), agreement(), stay(MONDAY), child(), tuesday).claim
    held = [one.minutes_with(Verdict.HELD) for one in made.child_days]
    assert len([minutes for minutes in held if minutes]) > 1
    assert request.hours_held_minutes == sum(held)


def test_a_request_says_all_that_identifies_the_child_and_what_it_rests_on() -> None:
    sighted = StudentNumber(service=SERVICE, key="n1", child="c1", document_sighted="passport")
    (request,) = requests(child(), sighted)
    assert (request.service, request.child) == (SERVICE, "kowhai:c1")
    assert (request.family_name, request.given_names) == ("Te Aho", ("Mārama",))
    assert (request.birth_date, request.gender) == (date(2023, 8, 1), "F")
    assert request.evidence == ("kowhai/10842/child/c1@1", "kowhai/10842/student_number/n1@1")


def test_a_child_without_a_document_takes_the_unverified_path() -> None:
    (request,) = requests(child())
    assert (request.path, request.document_sighted) == ("unverified", None)


def test_a_child_without_given_names_is_asked_for_with_a_tilde() -> None:
    (request,) = requests(child(given_names=()))
    assert request.given_names == ("~",)


def test_a_child_with_a_number_or_without_an_agreement_needs_none() -> None:
    assert requests(child(), StudentNumber(service=SERVICE, key="n1", child="c1", nsn="123456789")) == ()
    assert requests(child(), child().model_copy(update={"key": "c2"}))[0].child == "kowhai:c1"
    assert len(requests(child(), child().model_copy(update={"key": "c2"}))) == 1


@pytest.mark.parametrize("name", ["Ngāio", "O'Brien", "Fa\u2019aleava", "Mary-Jane", "Te Rangi Hīroa", "Šárka"])
def test_a_name_with_marks_hyphen_or_apostrophe_is_an_official_name(name: str) -> None:
    (request,) = requests(child(family_name=name))
    assert request.family_name == name
    assert request.problems == ()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"family_name": "R2D2"}, "a name holds a character other than letters, hyphen, apostrophe or ~"),
        ({"gender": None}, "the gender is not given; the request needs it as on the identity document"),
        ({"given_names": ("A",) * 4}, "there are more than 3 given names; the request has room for 3"),
    ],
)
def test_what_must_be_put_right_first_is_said(more: dict[str, object], says: str) -> None:
    (request,) = requests(child(**more))
    assert request.problems == (says,)


def test_three_given_names_are_not_too_many() -> None:
    (request,) = requests(child(given_names=("Mārama", "Aroha", "Ngāio")))
    assert request.problems == ()
