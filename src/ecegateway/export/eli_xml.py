"""An ELI-shaped event as XML, and back.

Elements stand in the order of the form; what is absent is sent as nil. Equal events give equal bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from ecegateway.errors import ExportError
from ecegateway.export.schemas import NOTICE, check_xml
from ecegateway.export.words import instant_text
from ecegateway.model.eli import ADDRESS_FIELDS, ROOTS, TIMESPAN_FIELDS, Content, Field, Kind, fields_of
from ecegateway.model.ids import ServiceNumber

NAMESPACE = "urn:ecegateway:eli-shaped:eli-events:1"
VERSION = "1"
"""The version of the form."""
SCHEMA = "eli-events.v1.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NIL = f"{{{_XSI}}}nil"
_TIMESPAN = "DayTimespan"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every event begins with: the service, the system that says it, when it was put into the outbox, and its own id."""

    service: ServiceNumber
    source: str
    at: datetime
    event: str


def event_xml(envelope: Envelope, content: Content) -> bytes:
    """The bytes of one event, valid by ``eli-events.v1.xsd``.

    Raises:
        ExportError: it cannot be made valid.
    """
    root = _element(content["event"], eventId=envelope.event)
    root.append(etree.Comment(f" {NOTICE} "))
    try:
        _add(root, "ServiceId", envelope.service)
        _add(root, "EventSource", envelope.source)
        _add(root, "EventDateTime", instant_text(envelope.at))
        for field in fields_of(*ROOTS[content["event"]]):
            _add_field(root, field, content.get(field.name))
    except ValueError:  # lxml's word for a character that XML has not
        raise ExportError(f"event {envelope.event} holds a character that XML does not take; it was not written") from None
    return check_xml(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True), SCHEMA)


def read_event(document: bytes) -> tuple[Envelope, Content]:
    """The event a document holds.

    Raises:
        ExportError: it is not valid by ``eli-events.v1.xsd``.
    """
    root = etree.fromstring(check_xml(document, SCHEMA), etree.XMLParser(resolve_entities=False, no_network=True))
    name = etree.QName(root).localname
    texts = {etree.QName(one).localname: one.text or "" for one in root if isinstance(one.tag, str)}
    at = datetime.fromisoformat(texts["EventDateTime"])
    envelope = Envelope(ServiceNumber(texts["ServiceId"]), texts["EventSource"], at, root.get("eventId", ""))
    values = {field.name: value for field in fields_of(*ROOTS[name]) if (value := _read_field(root, field)) is not None}
    return envelope, {"event": name, **values}


def _add_field(parent: etree._Element, field: Field, value: Any) -> None:
    if value is None:
        _add(parent, field.name).set(_NIL, "true")
    elif field.kind is Kind.ADDRESS:
        address = _add(parent, field.name)
        for part in ADDRESS_FIELDS:
            _add_field(address, part, value.get(part.name))
    elif field.kind is Kind.TIMESPANS:
        listed = _add(parent, field.name)
        for times in value:
            timespan = _add(listed, _TIMESPAN)
            for name in TIMESPAN_FIELDS:
                _add(timespan, name, times[name])
    elif field.kind is Kind.FLAG:
        _add(parent, field.name, "true" if value else "false")
    else:
        _add(parent, field.name, value)


def _read_field(parent: etree._Element, field: Field) -> Any:
    found = parent.find(f"{{{NAMESPACE}}}{field.name}")
    if found is None or found.get(_NIL) == "true":
        return None
    if field.kind is Kind.ADDRESS:
        return {part.name: value for part in ADDRESS_FIELDS if (value := _read_field(found, part)) is not None}
    if field.kind is Kind.TIMESPANS:
        return [dict(_texts(one)) for one in found]
    if field.kind is Kind.FLAG:
        return found.text == "true"
    return found.text


def _texts(parent: etree._Element) -> Iterator[tuple[str, str]]:
    for one in parent:
        yield etree.QName(one).localname, one.text or ""


def _element(name: str, **attributes: str) -> etree._Element:
    spaces: Mapping[str | None, str] = {None: NAMESPACE, "xsi": _XSI}
    return etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap=dict(spaces))  # type: ignore[arg-type]  # the stubs know no default namespace beside others


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text
    return element
