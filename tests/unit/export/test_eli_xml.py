"""Events as XML and back, by the published schema; and the JSON schema of what they say."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from ecegateway.eli.delta import canonical_text
from ecegateway.errors import ExportError
from ecegateway.export.eli_xml import event_xml, read_event
from ecegateway.export.schemas import check_json
from ecegateway.model.eli import FIELDS, Action, Family, Kind, flaw, only_id
from tests.support.events import ENVELOPE

SCHEMA = "eli-events.v1.json"
ADDRESS = {"Address1Line": "4 Kōwhai <Lane> & Co", "AddressCity": "Ōtaki"}
VALUES: Mapping[Kind, Any] = {
    Kind.ENTITY: "kowhai:c-1",
    Kind.NUMBER: "0100000001",
    Kind.NAME: "Ngāio",
    Kind.TEXT: "Ōtaki",
    Kind.CODE: "M",
    Kind.DAY: "2026-02-09",
    Kind.INSTANT: "2026-02-09T08:30:00+13:00",
    Kind.FLAG: False,
    Kind.HOURS: "6.6666",
    Kind.ADDRESS: ADDRESS,
    Kind.TIMESPANS: [{"WeekdayCode": "Mo", "StartTime": "08:30:00", "EndTime": "14:30:00"}],
}


def example(family: Family, *, whole: bool) -> dict[str, Any]:
    fields = (field for field in FIELDS[family] if field.required or whole)
    return {"event": str(family), **{field.name: VALUES[field.kind] for field in fields}}


EVENTS = [
    *(example(family, whole=whole) for family in Family for whole in (True, False)),
    *(only_id(family, action, "kowhai:c-1") for family in Family for action in (Action.DELETE, Action.UNDELETE)),
]


@pytest.mark.parametrize("content", EVENTS, ids=lambda content: f"{content['event']}-{len(content)}")
def test_every_event_is_valid_and_reads_back_as_it_was(content: dict[str, Any]) -> None:
    made = event_xml(ENVELOPE, content)

    assert flaw(content) is None
    assert read_event(made) == (ENVELOPE, content)
    assert event_xml(*read_event(made)) == made
    assert check_json(canonical_text(content).encode(), SCHEMA)
    assert b"ELI-shaped, from public evidence, not Ministry-approved" in made


def test_what_is_absent_is_sent_as_nil_and_left_out_of_json() -> None:
    made = event_xml(ENVELOPE, example(Family.ENROLMENT, whole=False)).decode()
    assert '<EnrolmentEndDate xsi:nil="true"/>' in made
    assert '<AddressPostCode xsi:nil="true"/>' in made
    assert "EnrolmentEndDate" not in canonical_text(example(Family.ENROLMENT, whole=False))


@pytest.mark.parametrize(
    ("family", "field", "value"),
    [
        (Family.IDENTITY, "OfficialFamilyName", "R2D2"),
        (Family.IDENTITY, "OfficialGiven1Name", None),
        (Family.IDENTITY, "NationalStudentNumber", "1234567890123456789"),
        (Family.IDENTITY, "GenderCode", "a code too long"),
        (Family.IDENTITY, "ChildEntityId", "x" * 256),
        (Family.TWENTY_HOURS, "MondayHours", "24.5"),
        (Family.ATTENDANCE, "AttendanceTimeStart", "2026-02-09T08:30:00"),
        (Family.BOOKINGS, "EffectiveDate", "9 February"),
    ],
)
def test_what_does_not_have_its_form_is_refused_by_all_three(family: Family, field: str, value: str | None) -> None:
    content = {**example(family, whole=True), field: value}
    if value is None:
        del content[field]
    assert flaw(content) == field
    with pytest.raises(ExportError, match=r"not valid by eli-events\.v1\.xsd"):
        event_xml(ENVELOPE, content)
    with pytest.raises(ExportError, match=r"not valid by eli-events\.v1\.json"):
        check_json(orjson.dumps(content), SCHEMA)


def test_a_character_that_xml_does_not_take_is_an_error_and_no_crash() -> None:
    with pytest.raises(ExportError, match="holds a character that XML does not take"):
        event_xml(ENVELOPE, {**example(Family.IDENTITY, whole=True), "OfficialFamilyName": "A\x0bB"})
