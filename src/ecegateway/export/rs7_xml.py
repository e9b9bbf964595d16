"""The RS7 return as ELI-shaped XML.

Source: the public transcription of the RS7Return event; noughts are sent as nil, and the event's time is the moment the
evidence was known at, so equal claims give equal bytes.
"""

from datetime import date

from lxml import etree

from ecegateway.contract import Exportable
from ecegateway.export.schemas import NOTICE, check_xml
from ecegateway.export.words import instant_text
from ecegateway.model.claim import AdvanceMonth, Category, Claim, StaffColumn

NAMESPACE = "urn:ecegateway:eli-shaped:rs7:1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NIL = f"{{{_XSI}}}nil"
_EVENT_SOURCE = "ecegateway"
_COUNTS: dict[Category | StaffColumn, str] = {
    Category.UNDER_TWO: "SubsidyFundedChildUnderTwoCount",
    Category.TWO_AND_OVER: "SubsidyFundedChildTwoAndOverCount",
    Category.TWENTY_HOURS: "TwentyHoursFundedChildCount",
    Category.PLUS_TEN: "TwentyHoursFundedChildPlusTenCount",
    StaffColumn.CERTIFICATED: "StaffHourQualifiedCount",
    StaffColumn.OTHER: "StaffHourNotQualifiedCount",
}


def return_id(claim: Claim) -> str:
    """The return's own id: one per service and period, for life; a correction is the same return again."""
    return f"{claim.service}-{claim.period}"


def rs7_xml(exportable: Exportable) -> bytes:
    """The bytes of ``rs7.xml``, valid by ``rs7.v1.xsd``.

    Raises:
        ExportError: a figure lies outside the bounds of the schema.
    """
    claim = exportable.claim
    root = etree.fromstring(f'<RS7Return xmlns="{NAMESPACE}" xmlns:xsi="{_XSI}" status="draft"/>')
    root.append(etree.Comment(f" {NOTICE}. A draft: nobody has declared it. "))
    _add(root, "ServiceId", claim.service)
    _add(root, "EventSource", _EVENT_SOURCE)
    _add(root, "EventDateTime", instant_text(claim.known_at))
    _add(root, "RS7ReturnEntityId", return_id(claim))
    _add(root, "PeriodStartDate", claim.period.first.isoformat())
    _add_days(_add(root, "DailyData"), claim)
    for number, month in enumerate(claim.advance, start=1):
        _add_advance(_add(root, f"AdvanceMonth{number}"), month)
    return check_xml(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True), "rs7.v1.xsd")


def _add_days(parent: etree._Element, claim: Claim) -> None:
    hours: dict[tuple[date, Category | StaffColumn], int] = {(cell.day, cell.category): cell.hours for cell in claim.cells}
    hours.update({(line.day, line.column): line.hours for line in claim.staff})
    for day in claim.period.days:
        counts = _add(parent, "DayCounts")
        _add(counts, "CountsDate", day.isoformat())
        for column, name in _COUNTS.items():
            _add_count(counts, name, hours.get((day, column), 0))


def _add_advance(parent: etree._Element, month: AdvanceMonth) -> None:
    _add_count(parent, "AllDayDaysCount", month.all_day)
    _add_count(parent, "SessionalDaysCount", month.sessional)
    _add_count(parent, "ParentLedDaysCount", month.parent_led)


def _add_count(parent: etree._Element, name: str, number: int) -> None:
    if number:
        _add(parent, name, str(number))
    else:
        _add(parent, name).set(_NIL, "true")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text
    return element
