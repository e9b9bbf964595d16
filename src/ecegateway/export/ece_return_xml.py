"""The annual ECE Return as ELI-shaped XML, written and read back.

Source: the public transcription of the EceReturn event; what is not answered, and a role nobody has, is sent as nil.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from lxml import etree
from pydantic import TypeAdapter, ValidationError

from ecegateway.errors import ExportError
from ecegateway.export.schemas import NOTICE, check_xml
from ecegateway.export.words import instant_text
from ecegateway.model.ece_return import EceReturn, EducationalRole, HomeBasedRole, OtherRole, StaffMember

NAMESPACE = "urn:ecegateway:eli-shaped:ece-return:1"
SCHEMA = "ece-return.v1.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NIL = f"{{{_XSI}}}nil"
_WAIT_TIMES = {
    "under_one": "UnderOneYearOldWaitTimeCode",
    "one": "OneYearOldWaitTimeCode",
    "two": "TwoYearOldWaitTimeCode",
    "three": "ThreeYearOldWaitTimeCode",
    "four": "FourYearOldWaitTimeCode",
}
_MEMBER = {
    "gender": "GenderCode",
    "hours_worked": "HoursWorked",
    "age_band": "AgeBand",
    "min_age_taught": "MinAgeTaught",
    "max_age_taught": "MaxAgeTaught",
    "was_teacher": "PreviouslyWorkedAsTeacher",
    "from_other_service": "ArrivedFromAnotherService",
    "leaving_destination": "LeavingTeacherDestination",
    "iwi": "Iwi{}Code",
}
_ROLES = {
    "educational": "EducationalStaffRole",
    "home_based": "HomeBasedEducatorStaffRole",
    "management": "ManagementStaffRole",
    "support": "SupportStaffRole",
    "specialist": "SpecialistStaffRole",
}
_ROLE = {
    "code": "StaffRoleCode",
    "qualification": "HighestQualificationCode",
    "registered": "IsRegistered",
    "playcentre_qualification": "HighestPlaycentreQualificationCode",
    "starts": "StartDate",
    "ends": "EndDate",
    "ethnicities": "EthnicGroup{}Code",
    "paid": "IsPaid",
    "permanent": "IsPermanent",
    "full_time": "IsFullTime",
}
_HOURS = {"weekday": "WeekdayCode", "starts": "StartTime", "ends": "EndTime"}
"""Fields of the value by the elements that carry them, in the order of the schema; ``{}`` where there are several, from 1."""
_SEVERAL = 3


def ece_return_xml(made: EceReturn) -> bytes:
    """The bytes of a return's XML, valid by ``ece-return.v1.xsd``, which read back as the very same return.

    Raises:
        ExportError: the return does not fit the schema, or its own bounds; nothing personal is named.
    """
    root = etree.fromstring(f'<EceReturn xmlns="{NAMESPACE}" xmlns:xsi="{_XSI}"/>')
    root.append(etree.Comment(f" {NOTICE}. "))
    try:
        _fill(root, made)
    except ValueError:  # a sign that XML cannot hold
        raise ExportError(
            f"a return is not valid by {SCHEMA} and was not written: a text holds a sign XML has no way to write"
        ) from None
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    if read_ece_return_xml(body) != made:
        raise ExportError(
            "a return was not written: read back from its XML it would be another; a field lies outside its bounds"
        )
    return body


def _fill(root: etree._Element, made: EceReturn) -> None:
    _add(root, "ServiceId", made.service)
    _add(root, "EventSource", made.made_by)
    _add(root, "EventDateTime", instant_text(made.made_at))
    _add(root, "EceReturnEntityId", made.entity_id)
    _add(root, "ReturnDate", made.date)
    details = _add(root, "ServiceDetails")
    _add_fields(details, made.wait_times, _WAIT_TIMES)
    languages = _add(details, "ServiceLanguageList")
    for language in made.languages:
        _add_fields(_add(languages, "ServiceLanguage"), language, {"code": "LanguageCode", "percent": "UsagePercentage"})
    staff = _add(root, "StaffInformationList")
    for member in made.staff:
        _add_member(_add(staff, "StaffInformation"), member)


def _add_member(element: etree._Element, member: StaffMember) -> None:
    _add_fields(element, member, _MEMBER)
    roles = _add(element, "StaffRoles")
    for field, name in _ROLES.items():
        role: EducationalRole | HomeBasedRole | OtherRole | None = getattr(member, field)
        if role is None:
            _add(roles, name).set(_NIL, "true")
            continue
        found = _add(roles, name)
        _add_fields(found, role, _ROLE)
        if isinstance(role, EducationalRole):
            hours = _add(found, "ContactHoursDetailList")
            for span in role.contact_hours:
                _add_fields(_add(hours, "ContactHoursDetail"), span, _HOURS)


def _add_fields(element: etree._Element, of: object, names: dict[str, str]) -> None:
    """An element for each field that the value has, and for each of several: nil for nothing."""
    for field, name in names.items():
        if not hasattr(of, field):
            continue
        value = getattr(of, field)
        values = (*value, *[None] * (_SEVERAL - len(value))) if isinstance(value, tuple) else (value,)
        for number, one in enumerate(values, 1):
            _add(element, name.format(number), one)
            if one is None:
                element[-1].set(_NIL, "true")


def _add(parent: etree._Element, name: str, value: object = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = _text(value)
    return element


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case time():
            return f"{value:%H:%M:%S}"
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
    return str(value)


def read_ece_return_xml(body: bytes) -> EceReturn:
    """The return that some XML holds, valid by ``ece-return.v1.xsd``.

    Raises:
        ExportError: it is not valid; the message names lines and kinds of fault, never values.
    """
    root = etree.fromstring(check_xml(body, SCHEMA))
    details = _one(root, "ServiceDetails")
    read = {
        "service": _value(_one(root, "ServiceId")),
        "made_by": _value(_one(root, "EventSource")),
        "made_at": datetime.fromisoformat(str(_value(_one(root, "EventDateTime")))),
        "date": _value(_one(root, "ReturnDate")),
        "wait_times": _fields(details, _WAIT_TIMES),
        "languages": [
            _fields(language, {"code": "LanguageCode", "percent": "UsagePercentage"})
            for language in _one(details, "ServiceLanguageList")
        ],
        "staff": [_member(member) for member in _one(root, "StaffInformationList")],
    }
    try:
        return TypeAdapter(EceReturn).validate_python(read)
    except ValidationError as error:
        places = sorted({".".join(map(str, fault["loc"])) for fault in error.errors(include_input=False)})
        raise ExportError(f"the XML is valid by {SCHEMA} and holds no return all the same: {', '.join(places)}") from None


def _member(element: etree._Element) -> dict[str, Any]:
    roles = _one(element, "StaffRoles")
    held = {field: _one(roles, name) for field, name in _ROLES.items()}
    return _fields(element, _MEMBER) | {field: _role(role) for field, role in held.items() if role.get(_NIL) != "true"}


def _role(element: etree._Element) -> dict[str, Any]:
    hours = element.find(f"{{{NAMESPACE}}}ContactHoursDetailList")
    contact = {} if hours is None else {"contact_hours": [_fields(span, _HOURS) for span in hours]}
    return _fields(element, _ROLE) | contact


def _fields(element: etree._Element, names: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, name in names.items():
        numbered = dict.fromkeys(name.format(number) for number in range(1, _SEVERAL + 1))
        values = [_value(one) for each in numbered for one in _all(element, each)]
        if values:
            found[field] = [one for one in values if one is not None] if "{}" in name else values[0]
    return found


def _all(element: etree._Element, name: str) -> Iterable[etree._Element]:
    return element.findall(f"{{{NAMESPACE}}}{name}")


def _one(element: etree._Element, name: str) -> etree._Element:
    (found,) = _all(element, name)
    return found


def _value(element: etree._Element) -> str | None:
    return None if element.get(_NIL) == "true" else element.text or ""
