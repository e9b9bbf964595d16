"""What the simulated Ministry looks at before it takes a submission.

Only that it must be XML and valid by a schema is public. The other checks were seen second-hand or are ours, to have
something that rejects: they say nothing of what the Ministry checks.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from ecegateway.errors import ExportError
from ecegateway.export.schemas import check_xml, schema_folder
from ecegateway.model.period import local_day
from ecegateway.outbound import Reason

CheckSchema = Callable[[str, bytes], None]
"""Checks the bytes of a family; raises ``ExportError`` with the faults, values left out."""

RETURN = "RS7Return"
_NAMESPACE = re.compile(r"urn:ecegateway:eli-shaped:([a-z0-9-]+):([0-9]+)")
_NOT_AHEAD = ("EventDateTime", "AttendanceTimeStart", "AttendanceTimeEnd")


@dataclass(frozen=True, slots=True)
class TakenVersion:
    """From which day to which a version of a family's payload is taken, both included."""

    family: str
    version: str
    first_day: date = date.min
    last_day: date = date.max


@dataclass(frozen=True, slots=True)
class Letter:
    """A submission as it is read: ``content`` is what it says apart from when it was made and which revision it is."""

    family: str
    version: str
    service: str
    entity: str
    period: str
    first: bool
    content: bytes
    root: etree._Element


def by_published_schemas(family: str, body: bytes) -> None:
    """Check by the schema the namespace names: ``urn:ecegateway:eli-shaped:rs7:2`` is ``rs7.v2.xsd``.

    Raises:
        ExportError: it is not valid, or there is no such schema.
    """
    named = _NAMESPACE.fullmatch(etree.QName(_root(body)).namespace or "")
    schema = f"{named[1]}.v{named[2]}.xsd" if named else ""
    if not schema or not (schema_folder() / schema).is_file():
        raise ExportError(f"no schema of {family} is known by this namespace")
    check_xml(body, schema)


def read_letter(body: bytes) -> Letter:
    """What a submission is about.

    Raises:
        ExportError: it is not XML.
    """
    root = _root(body)
    name = etree.QName(root)
    content = etree.fromstring(etree.tostring(root))
    for element in content.findall("{*}EventDateTime"):
        content.remove(element)
    content.attrib.pop("revision", "")
    version = _NAMESPACE.fullmatch(name.namespace or "")
    return Letter(
        family=name.localname,
        version=version[2] if version else "",
        service=_text(root, "ServiceId"),
        entity=next(
            (element.text or "" for element in root.iterchildren("*") if etree.QName(element).localname.endswith("EntityId")),
            "",
        ),
        period=_text(root, "PeriodStartDate"),
        first=root.get("kind") == "first" or root.get("revision") == "1",
        content=etree.tostring(content, method="c14n", with_comments=False),
        root=root,
    )


def faults_of(
    letter: Letter,
    body: bytes,
    *,
    services: Collection[str] | None,
    versions: Collection[TakenVersion],
    schema: CheckSchema,
    now: datetime,
) -> Iterator[Reason]:
    """Everything wrong with a submission by itself."""
    try:
        schema(letter.family, body)
    except ExportError as error:
        yield Reason("schema", str(error))
    if services is not None and letter.service not in services:
        yield Reason("service", "no service of this number is known", "ServiceId")
    of_family = [one for one in versions if one.family == letter.family]
    today = local_day(now, "Pacific/Auckland")
    if of_family and not any(one.version == letter.version and one.first_day <= today <= one.last_day for one in of_family):
        yield Reason("version", "this version of the payload is not taken today")
    for element in letter.root.iter(*(f"{{*}}{name}" for name in _NOT_AHEAD)):
        if _instant(element.text or "", now) > now:
            yield Reason("future", "it has not happened yet", etree.QName(element).localname)


def _root(body: bytes) -> etree._Element:
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise ExportError(f"line {error.lineno} is not XML") from None


def _text(root: etree._Element, name: str) -> str:
    return root.findtext(f"{{*}}{name}") or ""


def _instant(text: str, now: datetime) -> datetime:
    """An instant; what is none is left to the schema."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return now
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
