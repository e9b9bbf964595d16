"""Child details, enrolment and operational hours."""

from typing import Any

import pytest

from ecegateway.contract import Answer, Draft, Feed, Item, ReadFile, Refusal
from ecegateway.model.child import Child
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.service import OperatingDay
from ecegateway.model.streams import STREAMS
from ecegateway_source_enrolnow.source import EnrolNow

CHILDREN = (
    "Preschool\u2019s NQAITS Service ID,Unique Child Identifier,Child\u2019s First Name,Child's Last Name,Date of Birth,"
    "Child's sex"
)
ENROLMENTS = "Transaction Date,Unique Child Identifier,Unique Service Identifier,Enrolment Start Date,Enrolment End Date"
HOURS = (
    "Unique Service Identifier,Date of Operation,Start Time of Service Operation,Close Time of Service Operation,"
    "Open Status Indicator"
)


def _read(feed: str, header: str, *rows: str, **settings: Any) -> tuple[Item, ...]:
    source = EnrolNow().create({"service_ids": {"SE-00012345": "20517"}, **settings})
    body = "\n".join((header, *rows)).encode()
    answer = Answer(ReadFile("*.csv"), body, "file.csv", "text/csv")
    return tuple(source.read(Feed(feed, ServiceNumber("20517"), frozenset(STREAMS), snapshot=True), answer).items)


def _child(row: str, **settings: Any) -> Child | Refusal:
    (item,) = _read("child-details", CHILDREN, f"SE-00012345,{row}", **settings)
    return Child.model_validate(item.fields) if isinstance(item, Draft) else _refusal(item)


def _enrolments(*rows: str) -> list[Enrolment | Refusal]:
    items = _read("enrolment", ENROLMENTS, *rows)
    return [Enrolment.model_validate(item.fields) if isinstance(item, Draft) else _refusal(item) for item in items]


def _operating_day(row: str) -> OperatingDay | Refusal:
    (item,) = _read("operational-hours", HOURS, f"SE-00012345,2026-02-02,{row}")
    return OperatingDay.model_validate(item.fields) if isinstance(item, Draft) else _refusal(item)


def _refusal(item: Item) -> Refusal:
    assert isinstance(item, Refusal)
    return item


def test_a_child_by_name_birth_date_and_code() -> None:
    child = _child("EN-7,Tāne,Tūhoe-Marsh,14/06/2022,Male")
    assert isinstance(child, Child)
    assert (child.key, child.given_names, child.family_name, str(child.birth_date), child.gender) == (
        "EN-7",
        ("Tāne",),
        "Tūhoe-Marsh",
        "2022-06-14",
        "M",
    )


@pytest.mark.parametrize("row", ["EN-8,Mererangi,,2022-11-02,", "EN-8,,Mererangi,2022-11-02,"])
def test_a_single_name_is_the_family_name(row: str) -> None:
    child = _child(row)
    assert isinstance(child, Child)
    assert (child.family_name, child.given_names, child.gender) == ("Mererangi", (), None)


def test_an_australian_crn_is_no_student_number() -> None:
    source = EnrolNow().create({"service_ids": {"SE-00012345": "20517"}})
    body = f"{CHILDREN},CRN Number\nSE-00012345,EN-7,Tāne,Tūhoe-Marsh,14/06/2022,Male,201234567A".encode()
    feed = Feed("child-details", ServiceNumber("20517"), frozenset({"child"}), snapshot=True)
    page = source.read(feed, Answer(ReadFile("*.csv"), body, "file.csv", "text/csv"))
    assert page.unread == {"CRN Number"}
    assert "201234567A" not in str(page.items)
    assert "student_number" not in EnrolNow.description.streams


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("EN-7,,,14/06/2022,Male", "Child's Last Name"),
        ("EN-7,Tāne,Tūhoe-Marsh,,Male", "Date of Birth"),
        ("EN-7,Tāne,Tūhoe-Marsh,06/14/2022,Male", "Date of Birth"),
        ("EN-7,Tāne,Tūhoe-Marsh,14/06/2022,Tama", "Child's sex"),
        (",Tāne,Tūhoe-Marsh,14/06/2022,Male", "Unique Child Identifier"),
    ],
)
def test_a_child_that_cannot_be_told_is_refused_by_column(row: str, column: str) -> None:
    refusal = _child(row)
    assert isinstance(refusal, Refusal)
    assert refusal.column == column
    assert "Tāne" not in refusal.reason


def test_words_for_a_childs_sex_are_a_setting() -> None:
    child = _child("EN-7,Tāne,Tūhoe-Marsh,14/06/2022,Tama", genders={"Tama": "M"})
    assert isinstance(child, Child)
    assert child.gender == "M"


def test_an_enrolment_shows_its_span_and_nothing_more() -> None:
    (enrolment,) = _enrolments("31/05/2026,EN-8,SE-00012345,02/02/2026,29/05/2026")
    assert isinstance(enrolment, Enrolment)
    assert (str(enrolment.effective_from), str(enrolment.last_day)) == ("2026-02-02", "2026-05-29")
    assert (enrolment.basis, enrolment.bookings, enrolment.signature) == (None, (), None)
    assert enrolment.key == enrolment.agreement == "EN-8|2026-02-02"


def test_a_span_repeated_for_every_date_is_one_enrolment() -> None:
    rows = [f"{day:02}/05/2026,EN-7,SE-00012345,02/02/2026," for day in range(1, 32)]
    assert len(_enrolments(*rows)) == 1


def test_a_child_who_left_and_came_back_has_two_enrolments() -> None:
    enrolments = _enrolments("31/05/2026,EN-7,SE-00012345,02/02/2026,13/03/2026", "31/05/2026,EN-7,SE-00012345,04/05/2026,")
    assert len({enrolment.key for enrolment in enrolments if isinstance(enrolment, Enrolment)}) == 2


def test_an_end_before_the_start_is_refused() -> None:
    (refusal,) = _enrolments("31/05/2026,EN-7,SE-00012345,02/02/2026,01/02/2026")
    assert isinstance(refusal, Refusal)
    assert refusal.column == "Enrolment End Date"


@pytest.mark.parametrize("status", ["Y", "N", ""])
def test_blank_operating_hours_are_unknown(status: str) -> None:
    day = _operating_day(f"00:00,00:00,{status}")
    assert isinstance(day, OperatingDay)
    assert (day.opens, day.closes) == (None, None)
    assert day.open is {"Y": True, "N": False, "": None}[status]


def test_one_blank_hour_leaves_the_other_as_given() -> None:
    day = _operating_day("00:00,14:30,Y")
    assert isinstance(day, OperatingDay)
    assert (day.opens, str(day.closes)) == (None, "14:30:00")


def test_operating_hours_as_given() -> None:
    day = _operating_day("8:30 AM,2:30 PM,Open")
    assert isinstance(day, OperatingDay)
    assert (str(day.opens), str(day.closes), day.open, day.key) == ("08:30:00", "14:30:00", True, "2026-02-02")


def test_an_unknown_status_word_is_refused() -> None:
    refusal = _operating_day("08:30,14:30,maybe")
    assert isinstance(refusal, Refusal)
    assert refusal.column == "Open Status Indicator"
