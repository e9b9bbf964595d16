import json

import jsonschema
import pytest
from lxml import etree

from ecegateway.claim.rs7_return import rs7_return
from ecegateway.errors import ExportError
from ecegateway.export.record_schemas import record_schemas, write_record_schemas
from ecegateway.export.rs7_json import rs7_json
from ecegateway.export.rs7_xml import NAMESPACE, rs7_xml
from ecegateway.export.schemas import NOTICE, check_json, check_xml, schema_folder
from tests.support.claims import claim

JSON_SCHEMAS = sorted(path.relative_to(schema_folder()).as_posix() for path in schema_folder().rglob("*.json"))


@pytest.mark.parametrize("name", JSON_SCHEMAS)
def test_every_json_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads((schema_folder() / name).read_bytes()))


def test_every_schema_is_named_in_the_readme_and_says_what_it_is_not() -> None:
    readme = (schema_folder() / "README.md").read_text(encoding="utf-8")

    assert NOTICE in readme
    for path in schema_folder().glob("*.v*"):
        assert f"`{path.name}`" in readme
        assert "not Ministry-approved" in path.read_text(encoding="utf-8")


def test_checked_in_record_schemas_are_the_generated_ones() -> None:
    stored = {path.name: path.read_text(encoding="utf-8") for path in (schema_folder() / "records").iterdir()}

    assert stored == record_schemas(), "run python -m ecegateway.export.record_schemas"


def test_regenerating_removes_the_schema_of_a_stream_that_is_no_more(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("records")
    (folder / "gone.v1.json").write_text("{}", encoding="utf-8")

    write_record_schemas(folder)

    assert {path.name for path in folder.iterdir()} == record_schemas().keys()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"under_two": 0', b'"under_two": -1'),
        (b'"under_two": 0', b'"under_two": 0.5'),
        (b'"under_two": 0', b'"under_two": 10000'),
        (b'"2026-02-01"', b'"2026-02-30"'),
        (b'"first_day": "2026-02-01"', b'"first_day": "2026-03-01"'),
        (b'"status": "draft"', b'"status": "sent"'),
        (b'"status": "draft"', b'"status": "declared"'),
        (b'"kind": "first"', b'"kind": "second"'),
        (b'"revision": 1', b'"revision": 0'),
        (b'"reason": ""', b'"reason": "\\u0000"'),
        (b'"declaration"', b'"declared"'),
    ],
)
def test_the_rs7_json_schema_refuses_what_is_wrong(old: bytes, new: bytes) -> None:
    good = rs7_json(rs7_return(claim(child_days=())))
    assert old in good

    with pytest.raises(ExportError, match=r"not valid by rs7\.v2\.json"):
        check_json(good.replace(old, new, 1), "rs7.v2.json")


_NIL = b'<SubsidyFundedChildUnderTwoCount xsi:nil="true"/>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_NIL, b"<SubsidyFundedChildUnderTwoCount>10000</SubsidyFundedChildUnderTwoCount>"),
        (_NIL, b"<SubsidyFundedChildUnderTwoCount>-1</SubsidyFundedChildUnderTwoCount>"),
        (_NIL, b"<SubsidyFundedChildUnderTwoCount>1.5</SubsidyFundedChildUnderTwoCount>"),
        (_NIL, b"<SubsidyFundedChildUnderTwoCount/>"),
        (_NIL, b""),
        (b"<CountsDate>2026-02-02</CountsDate>", b"<CountsDate>2026-02-01</CountsDate>"),
        (b"<PeriodStartDate>2026-02-01", b"<PeriodStartDate>2026-03-01"),
        (b"<AllDayDaysCount>21</AllDayDaysCount>", b"<AllDayDaysCount>100</AllDayDaysCount>"),
        (b'status="draft"', b'status="sent"'),
        (b"<ServiceId>10842<", b"<ServiceId>ten<"),
    ],
)
def test_the_rs7_xsd_refuses_what_is_wrong(old: bytes, new: bytes) -> None:
    good = rs7_xml(rs7_return(claim(child_days=())))
    assert old in good

    with pytest.raises(ExportError, match=r"not valid by rs7\.v2\.xsd"):
        check_xml(good.replace(old, new, 1), "rs7.v2.xsd")


def test_the_rs7_xsd_takes_a_declaration() -> None:
    root = etree.fromstring(rs7_xml(rs7_return(claim(child_days=()))))
    root.set("status", "declared")
    declaration = etree.SubElement(root, f"{{{NAMESPACE}}}Declaration")
    for name, text in (
        ("RegisteredTeachersSalariesAttestation", "true"),
        ("RegisteredTeachersParityAttestation", "false"),
        ("RegisteredTeachersParityAttestationCode", "NOSTEP"),
        ("SubmitterName", "Hinemoa Tūhura"),
        ("ContactNumber", "04 000 0000"),
        ("Designation", "Centre manager"),
    ):
        etree.SubElement(declaration, f"{{{NAMESPACE}}}{name}").text = text

    assert check_xml(etree.tostring(root), "rs7.v2.xsd")


def test_a_refusal_names_fields_and_never_values() -> None:
    with pytest.raises(ExportError) as refusal:
        check_json(b'{"service_name": "Mererangi", "status": "Mererangi"}', "findings.v2.json")

    assert "status" in str(refusal.value)
    assert "Mererangi" not in str(refusal.value)


def test_an_entity_in_xml_is_not_opened(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("host") / "secret"
    secret.write_text("2026-02-01", encoding="utf-8")
    document = rs7_xml(rs7_return(claim(child_days=()))).replace(b"<PeriodStartDate>2026-02-01", b"<PeriodStartDate>&host;")
    head, rest = document.split(b"\n", 1)
    doctype = f'<!DOCTYPE RS7Return [<!ENTITY host SYSTEM "{secret.as_uri()}">]>'.encode()

    with pytest.raises(ExportError):
        check_xml(b"\n".join((head, doctype, rest)), "rs7.v2.xsd")
