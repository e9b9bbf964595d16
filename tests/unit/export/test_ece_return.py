"""The ECE Return's files: valid whatever it holds, read back as the same value, refused where they would not be valid."""

import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ecegateway.errors import ExportError
from ecegateway.export.ece_return_json import ece_return_json, read_ece_return_json
from ecegateway.export.ece_return_xml import NAMESPACE, ece_return_xml, read_ece_return_xml
from ecegateway.export.schemas import NOTICE, schema_folder
from ecegateway.handbook.code_lists import shipped
from ecegateway.model.ece_return import AgeBand, EceReturn, HomeBasedRole, LanguageUse, LeavingDestination
from tests.support.ece_returns import ANY_RETURN, MEMBER, RETURN, TEACHER, with_member, with_role


@settings(max_examples=25, deadline=None)
@given(ANY_RETURN)
def test_any_return_within_its_bounds_makes_valid_files_that_read_back_as_it(made: EceReturn) -> None:
    assert read_ece_return_xml(ece_return_xml(made)) == made
    assert read_ece_return_json(ece_return_json(made)) == made


BOUNDLESS = st.sampled_from(
    ["", "ELEVEN SIGNS", "two words", "\x00", "\ud800", "<&>", "Ā" * 10, "٣", -1, 101, 73, 50.5, None, True, "nil"]
)


@settings(max_examples=60, deadline=None)
@given(st.data(), BOUNDLESS)
def test_no_input_makes_a_file_that_is_not_valid(data: st.DataObject, value: Any) -> None:
    """Whatever stands in any field: the file is valid and means the same, or none is made."""
    field = data.draw(st.sampled_from(["gender", "hours_worked", "age_band", "min_age_taught", "leaving_destination"]))
    where = data.draw(st.sampled_from(["member", "role", "wait", "language"]))
    made: dict[str, EceReturn] = {
        "member": with_member(**{field: value}),
        "role": with_role(qualification=value, starts=value),
        "wait": replace(RETURN, wait_times=replace(RETURN.wait_times, two=value)),
        "language": replace(RETURN, languages=(LanguageUse("TST1", value),)),
    }
    with suppress(ExportError):
        assert read_ece_return_xml(ece_return_xml(made[where])) == made[where]


def element(body: bytes, name: str) -> etree._Element:
    found = etree.fromstring(body).find(f".//{{{NAMESPACE}}}{name}")
    assert found is not None
    return found


def test_what_is_not_answered_and_a_role_nobody_has_is_nil() -> None:
    body = ece_return_xml(with_member(min_age_taught=None, was_teacher=None))
    nil = "{http://www.w3.org/2001/XMLSchema-instance}nil"
    absent = ["MinAgeTaught", "PreviouslyWorkedAsTeacher", "LeavingTeacherDestination", "ManagementStaffRole", "EndDate"]
    assert [element(body, name).get(nil) for name in absent] == ["true"] * len(absent)
    assert element(body, "EducationalStaffRole").get(nil) is None
    assert NOTICE.encode() in body


def test_the_elements_are_those_of_the_transcription() -> None:
    body = ece_return_xml(RETURN)
    assert element(body, "EceReturnEntityId").text == "10842-ece-return-2026"
    assert element(body, "FourYearOldWaitTimeCode").text == "W0"
    assert [one.text for one in element(body, "ContactHoursDetail")] == ["Mo", "08:00:00", "14:00:00"]
    home = {child.tag for child in element(ece_return_xml(with_member(home_based=HOME)), "HomeBasedEducatorStaffRole")}
    assert f"{{{NAMESPACE}}}IsPaid" not in home
    assert f"{{{NAMESPACE}}}ContactHoursDetailList" not in home


HOME = HomeBasedRole(
    "HBE", "E18", registered=False, starts=TEACHER.starts, ethnicities=("211",), permanent=True, full_time=False
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<HoursWorked>34<", b"<HoursWorked>101<"),
        (b"<MaxAgeTaught>60<", b"<MaxAgeTaught>73<"),
        (b"<AgeBand>31_35<", b"<AgeBand>31-35<"),
        (b"<UsagePercentage>70<", b"<UsagePercentage>70.5<"),
        (b"<GenderCode>F<", b"<GenderCode>ELEVEN SIGN<"),
        (b"<WeekdayCode>Mo<", b"<WeekdayCode>Mon<"),
        (b"<ServiceId>10842<", b"<ServiceId>Puawai<"),
        (b"<EthnicGroup1Code>211</EthnicGroup1Code>", b"<EthnicGroup1Code>211</EthnicGroup1Code>" * 2),
    ],
)
def test_a_file_beyond_the_bounds_is_refused(old: bytes, new: bytes) -> None:
    good = ece_return_xml(RETURN)
    assert old in good
    with pytest.raises(ExportError, match=r"not valid by ece-return\.v1\.xsd"):
        read_ece_return_xml(good.replace(old, new, 1))


def test_what_the_schema_lets_pass_and_the_value_does_not_is_refused_by_place() -> None:
    good = ece_return_xml(RETURN)
    with pytest.raises(ExportError, match=r"holds no return all the same: staff\.0\.gender$"):
        read_ece_return_xml(good.replace(b"<GenderCode>F<", b"<GenderCode>a b<"))


def test_json_names_the_lists_it_was_held_against() -> None:
    codes = shipped()["iwi"]
    row = {
        "name": "iwi",
        "status": "statsnz-copy",
        "evidence": "V2",
        "source": codes.source,
        "file": None,
        "sha256": codes.digest,
    }
    assert codes.digest.encode() in ece_return_json(RETURN, [row])
    with pytest.raises(ExportError, match=r"ece-return\.v1\.json"):
        ece_return_json(RETURN, [{**row, "sha256": "?"}])


def test_enumerations_are_the_same_in_lists_schema_and_value() -> None:
    text = (schema_folder() / "ece-return.v1.xsd").read_text(encoding="utf-8")
    for name, kind, codes in (
        ("AgeBandCode", AgeBand, "age-band"),
        ("LeavingTeacherDestinationCode", LeavingDestination, "leaving-destination"),
    ):
        block = text[text.index(f'<xs:simpleType name="{name}"') :].split("</xs:simpleType>")[0]
        assert re.findall(r'enumeration value="([^"]+)"', block) == [one.value for one in kind]
        assert [one.code for one in shipped()[codes].codes] == [one.value for one in kind]


def test_a_return_of_another_year_is_another_return() -> None:
    """AST49: whatever becomes of an old return, this year's is a value of its own date."""
    old = replace(RETURN, date=RETURN.date.replace(year=2025), staff=(replace(MEMBER, hours_worked=1),))
    before = ece_return_xml(RETURN)
    assert old.entity_id != RETURN.entity_id
    assert ece_return_xml(old) != before
    assert ece_return_xml(RETURN) == before


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (with_member(gender="two words"), "holds no return all the same"),
        (with_member(gender="\x00"), "a sign XML has no way to write"),
        (with_member(hours_worked="34"), "would be another"),
        (with_role(contact_hours=()), None),
    ],
)
def test_a_value_outside_its_own_bounds_is_not_written(made: EceReturn, says: str | None) -> None:
    if says is None:
        assert ece_return_xml(made)
        return
    with pytest.raises(ExportError, match=says):
        ece_return_xml(made)
