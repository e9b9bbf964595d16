"""The code lists that are shipped: dated, cited, and empty where nothing is public."""

from datetime import date, timedelta

import pytest
from lxml import etree

from ecegateway.errors import HandbookError
from ecegateway.export.schemas import schema_folder
from ecegateway.handbook.code_lists import shipped
from ecegateway.handbook.codes import Code, CodeList, Standing, Status
from ecegateway.handbook.policy import policy
from ecegateway.model.period import Weekday
from ecegateway.model.service import ServiceType

DAY = date(2026, 3, 4)
UNKNOWN = {"closure-reason", "identity-document", "language", "residential-status", "wait-time"}


def codes_of(name: str) -> dict[str, str]:
    return {one.code: one.label for one in shipped()[name].codes}


@pytest.mark.parametrize("codes", shipped().lists, ids=lambda codes: codes.name)
def test_every_list_says_where_it_is_from_and_how_far_it_is_believed(codes: CodeList) -> None:
    assert codes.citation is not None
    assert codes.source
    assert codes.read_on == date(2026, 11, 22)
    assert codes.evidence in {"V1", "V2", "V3", "U"}
    assert (codes.status is Status.MINISTRY) == (codes.evidence == "V1") == codes.binding
    assert (codes.status is Status.UNKNOWN) == (codes.evidence == "U") == (not codes.known)
    assert len(codes.digest) == 64
    assert codes.loaded_from == ""


def test_a_list_that_is_not_public_is_there_by_name_empty_and_says_where_to_get_it() -> None:
    empty = {codes.name for codes in shipped().lists if not codes.known}
    assert empty == UNKNOWN
    assert all(shipped()[name].where for name in empty)
    assert shipped()["wait-time"].standing("A", DAY) is Standing.CANNOT_TELL


def test_the_list_of_iwi_is_whole_and_keeps_its_macrons() -> None:
    """210 concepts: 21 headings of two digits, 189 codes of four."""
    iwi = shipped()["iwi"]
    assert (len(iwi.headings), len(iwi.codes), len(codes_of("iwi"))) == (21, 189, 189)
    assert all(len(one.code) == 4 and one.code.isdigit() for one in iwi.codes)
    assert {one.code[:2] for one in iwi.codes} == {one.code for one in iwi.headings}
    assert codes_of("iwi")["0208"] == "Ngāti Rāhiri Tumutumu"
    assert codes_of("iwi")["0101"] == "Te Aupōuri"
    assert codes_of("iwi")["1109"] == "Ngāi Tahu / Kāi Tahu"
    assert codes_of("iwi")["2312"] == "Rēkohu/Wharekauri Region, Imi/Iwi not named"
    assert sum("ā" in one.label or "ī" in one.label or "ō" in one.label or "ū" in one.label for one in iwi.codes) > 100


def test_ethnicities_are_those_of_the_ministrys_page() -> None:
    ethnicity = codes_of("ethnicity")
    assert len(ethnicity) == 33
    assert (ethnicity["111"], ethnicity["211"], ethnicity["999"]) == ("New Zealand European/Pākehā", "Māori", "Not stated")
    assert "100" not in ethnicity
    assert len(codes_of("ethnicity-level-4")) == 186


def test_what_is_enumerated_elsewhere_in_the_gateway_is_the_same_there() -> None:
    assert set(codes_of("weekday")) == {day.value for day in Weekday}
    assert set(codes_of("service-type")) == {kind.value for kind in ServiceType}
    schema = etree.parse(str(schema_folder() / "rs7.v2.xsd"))
    found = schema.xpath("//*[@name='ParityAttestationCode']//*[local-name()='enumeration']/@value")
    assert set(codes_of("parity-code")) == set(map(str, found))  # type: ignore[arg-type]  # the stubs do not know the query


@pytest.mark.parametrize(
    ("code", "last_before", "first_after"),
    [("E16", date(2019, 5, 31), None), ("H01", date(2022, 6, 1), None), ("E17", None, date(2019, 6, 1))],
)
def test_a_code_stands_on_its_days_and_on_no_other(code: str, last_before: date | None, first_after: date | None) -> None:
    qualifications, day = shipped()["staff-qualification"], timedelta(days=1)
    edge, beyond = (last_before, day) if last_before is not None else (first_after, -day)
    assert edge is not None
    assert qualifications.standing(code, edge) is Standing.STANDS
    assert qualifications.standing(code, edge + beyond) is Standing.NOT_THAT_DAY
    assert code in shipped().at(edge)["staff-qualification"]
    assert code not in shipped().at(edge + beyond)["staff-qualification"]


def test_a_list_known_in_part_rules_nothing_out_that_it_does_not_name() -> None:
    assert shipped()["staff-qualification"].standing("E01", DAY) is Standing.CANNOT_TELL
    assert shipped()["gender"].standing("D", DAY) is Standing.OUTSIDE


def test_a_heading_is_no_code() -> None:
    assert shipped()["iwi"].standing("01", DAY) is Standing.OUTSIDE


def test_a_code_may_change_its_meaning_and_has_one_on_each_day() -> None:
    first, then = Code("A", "old", None, date(2025, 12, 31)), Code("A", "new", date(2026, 1, 1), None)
    codes = CodeList("x", "X", Status.UNCONFIRMED, "V2", "", "", DAY, complete=True, codes=(first, then), digest="")
    assert (codes.label("A", date(2025, 12, 31)), codes.label("A", date(2026, 1, 1))) == ("old", "new")
    assert codes.at(DAY).codes == (then,)
    assert not codes.always("A")


def test_a_list_nobody_knows_is_an_error_and_not_an_empty_list() -> None:
    with pytest.raises(HandbookError, match="no code list 'hair-colour'"):
        shipped()["hair-colour"]


def test_another_reading_of_the_law_keeps_the_lists() -> None:
    codes = shipped().with_loaded(())
    assert policy({}, codes).reading("rs7.rounding", "bankers").codes is codes
    assert policy().codes is shipped()
