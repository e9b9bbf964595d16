"""The RS7 return as ELI-shaped XML.

Source: the public transcription of the RS7Return event; noughts, and what is not attested, are sent as nil. The event's time
is the moment of the declaration, in a draft the moment the evidence was known at, so equal returns give equal bytes.
"""

from typing import Final

from lxml import etree

from ecegateway.export.schemas import NOTICE, check_xml
from ecegateway.export.words import instant_text
from ecegateway.model.claim import AdvanceMonth, Category, StaffColumn
from ecegateway.model.rs7 import COLUMNS, Attestation, Column, Declaration, Rs7Return

NAMESPACE = "urn:ecegateway:eli-shaped:rs7:2"
SCHEMA: Final = "rs7.v2.xsd"
COUNTS: Final[dict[Column, str]] = {
    Category.UNDER_TWO: "SubsidyFundedChildUnderTwoCount",
    Category.TWO_AND_OVER: "SubsidyFundedChildTwoAndOverCount",
    Category.TWENTY_HOURS: "TwentyHoursFundedChildCount",
    Category.PLUS_TEN: "TwentyHoursFundedChildPlusTenCount",
    StaffColumn.CERTIFICATED: "StaffHourQualifiedCount",
    StaffColumn.OTHER: "StaffHourNotQualifiedCount",
}
"""The element of each column."""
_ATTESTED = (
    "RegisteredTeachersSalariesAttestation",
    "RegisteredTeachersParityAttestation",
    "RegisteredTeachersParityAttestationCode",
)
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NIL = f"{{{_XSI}}}nil"
_EVENT_SOURCE = "ecegateway"


def rs7_xml(made: Rs7Return) -> bytes:
    """The bytes of ``rs7.xml``, valid by ``rs7.v2.xsd``.

    Raises:
        ExportError: a figure lies outside the bounds of the schema.
    """
    declared = made.declaration
    root = etree.fromstring(f'<RS7Return xmlns="{NAMESPACE}" xmlns:xsi="{_XSI}"/>')
    root.set("status", "draft" if declared is None else "declared")
    root.set("kind", made.kind.value)
    root.set("revision", str(made.revision))
    root.set("firstDay", made.days.first.isoformat())
    root.set("lastDay", made.days.last.isoformat())
    root.append(etree.Comment(f" {NOTICE}.{' A draft: nobody has declared it.' if declared is None else ''} "))
    _say(root, "ServiceId", made.service)
    _say(root, "EventSource", _EVENT_SOURCE)
    _say(root, "EventDateTime", instant_text(made.known_at if declared is None else declared.at))
    _say(root, "RS7ReturnEntityId", made.entity_id)
    _say(root, "PeriodStartDate", made.period.first.isoformat())
    _add_days(_add(root, "DailyData"), made)
    for number, month in enumerate(made.advance, start=1):
        _add_advance(_add(root, f"AdvanceMonth{number}"), month)
    if declared is not None:
        _add_declaration(_add(root, "Declaration"), made.attestation, declared)
    return check_xml(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True), SCHEMA)


def _add_days(parent: etree._Element, made: Rs7Return) -> None:
    for one in made.counts:
        counts = _add(parent, "DayCounts")
        _say(counts, "CountsDate", one.day.isoformat())
        for column, hours in zip(COLUMNS, one.figures, strict=True):
            _say(counts, COUNTS[column], str(hours) if hours else None)


def _add_advance(parent: etree._Element, month: AdvanceMonth) -> None:
    for name, days in (
        ("AllDayDaysCount", month.all_day),
        ("SessionalDaysCount", month.sessional),
        ("ParentLedDaysCount", month.parent_led),
    ):
        _say(parent, name, str(days) if days else None)


def _add_declaration(parent: etree._Element, attested: Attestation | None, declared: Declaration) -> None:
    said: tuple[str | bool | None, ...] = (None, None, None)
    if attested is not None:
        said = (attested.salaries, attested.parity, attested.parity_code)
    for name, text in zip(_ATTESTED, said, strict=True):
        _say(parent, name, str(text).lower() if isinstance(text, bool) else text)
    _say(parent, "SubmitterName", declared.name)
    _say(parent, "ContactNumber", declared.phone)
    _say(parent, "Designation", declared.designation)


def _say(parent: etree._Element, name: str, text: str | None) -> None:
    """Add a child element with a text, or one that is nil."""
    element = _add(parent, name)
    element.text = text
    if text is None:
        element.set(_NIL, "true")


def _add(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
