"""One item of Kōwhai's in, the fields of one canonical record out. Pure.

The host checks every field afterwards, so nothing is checked here that would merely be refused there. What is refused
here is what the host could misread: a word we do not know, a number where a day or time should stand.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ecegateway_source_reference import words
from ecegateway_source_reference.agreements import agreement
from ecegateway_source_reference.columns import COLUMNS
from ecegateway_source_reference.fields import UnreadableError, change, known_word, plain, rows, texts, texts_in
from ecegateway_source_reference.words import METHODS

Item = Mapping[str, Any]
Fields = dict[str, Any]

_PLAIN_TYPES = frozenset({str, bool, type(None)})
_SIGN_IN = ("signInMethod", "signInBy", "signInAt", "signInCredential", "signInDevice")
_SIGN_OUT = ("signOutMethod", "signOutBy", "signOutAt", "signOutCredential", "signOutDevice")
_ATTENDANCE_TEXTS = tuple(COLUMNS["attendance"].values())


def attendance(item: Item, service: str) -> Fields:
    """A stay. Written out, not driven by tables: a pull is nine tenths stays."""
    if not _PLAIN_TYPES.issuperset(map(type, item.values())):
        _refuse_other_than_text(item, _ATTENDANCE_TEXTS)
    get = item.get
    return {
        "service": service,
        "key": get("id"),
        "recorded_at": get("createdAt"),
        "change": change(item),
        "child": get("childId"),
        "day": get("date"),
        "arrived": get("timeIn"),
        "departed": get("timeOut"),
        "sign_in": _mark(get, _SIGN_IN),
        "sign_out": _mark(get, _SIGN_OUT),
        "sheet": get("sheet"),
        "circumstances": get("circumstances"),
    }


def _mark(get: Callable[[str], Any], columns: tuple[str, str, str, str, str]) -> Fields | None:
    method_column, by_column, at_column, means_column, device_column = columns
    method, by, at, means, device = (
        get(method_column),
        get(by_column),
        get(at_column),
        get(means_column),
        get(device_column),
    )
    if method is None:
        if by is None and at is None and means is None and device is None:
            return None
        return {"method": "not-shown", "by": by, "at": at, "means": means, "device": device}
    if method not in METHODS:
        raise UnreadableError(method_column, METHODS)
    return {"method": METHODS[method], "by": by, "at": at, "means": means, "device": device}


def _refuse_other_than_text(item: Item, columns: tuple[str, ...]) -> None:
    for column in columns:
        if not isinstance(item.get(column), str | None):
            raise UnreadableError(column, "text or null")


def _service(item: Item, service: str) -> Fields:
    if item.get("number") != service:
        raise UnreadableError("number", "the number of the service that was asked for")
    return {
        **plain(item, "service", "name", "effective_from", "zone", "region"),
        "service": service,
        "service_type": known_word(item, "serviceKind", words.SERVICE_KINDS),
        "licence_class": known_word(item, "licenceKind", words.LICENCE_KINDS),
        "teacher_led": item.get("teacherLed"),
        "places": item.get("maxChildren"),
        "under_two_places": item.get("maxUnderTwos"),
        "sessions": [
            {
                "weekday": known_word(hours, "day", words.WEEKDAYS, within="hours"),
                "mode": known_word(hours, "kind", words.SESSION_KINDS, within="hours"),
                **texts(hours, {"opens": "open", "closes": "close"}, within="hours"),
            }
            for hours in rows(item, "hours")
        ],
        "offers_twenty_hours": item.get("twentyHours"),
        "opens_on_holidays": texts_in(item, "openHolidays"),
    }


def _person(item: Item, service: str) -> Fields:
    return {
        **plain(item, "person", "given_names", "family_name"),
        "service": service,
        "role": known_word(item, "kind", words.ROLES),
    }


def _signature_means(item: Item, service: str) -> Fields:
    return {**plain(item, "signature_means", "person", "created_by", "created_at", "revoked_at"), "service": service}


def _child(item: Item, service: str) -> Fields:
    fields = {
        **plain(item, "child", "family_name", "preferred_name", "birth_date", "gender"),
        "service": service,
        "given_names": texts_in(item, "legalFirstNames"),
        "ethnicities": texts_in(item, "ethnicGroups"),
        "iwi": texts_in(item, "iwiCodes"),
        "home_languages": texts_in(item, "homeLanguages"),
    }
    address = item.get("homeAddress")
    if address is not None:
        if not isinstance(address, dict):
            raise UnreadableError("homeAddress", "an object or null")
        columns = {"line1": "line1", "line2": "line2", "city": "town", "postcode": "postcode"}
        fields["address"] = texts(address, columns, within="homeAddress")
    return fields


def _student_number(item: Item, service: str) -> Fields:
    return {
        **plain(item, "student_number", "child", "nsn", "document_sighted", "document_sighted_on"),
        "service": service,
        "verification": known_word(item, "nsnStatus", words.NUMBER_STATUSES, optional=True),
    }


def _authorised_signatory(item: Item, service: str) -> Fields:
    return {**plain(item, "authorised_signatory", "child", "person", "first_day", "last_day"), "service": service}


def _absence(item: Item, service: str) -> Fields:
    names = ("child", "day", "starts", "ends", "reason", "notified_by", "marked_by", "marked_at")
    return {**plain(item, "absence", *names), "service": service}


def _verification(item: Item, service: str) -> Fields:
    names = ("child", "first_day", "last_day", "by", "at", "statement", "means", "reference")
    return {
        **plain(item, "verification", *names),
        "service": service,
        "decision": known_word(item, "outcome", words.OUTCOMES),
        "medium": known_word(item, "medium", words.MEDIA),
    }


def _closure(item: Item, service: str) -> Fields:
    return {
        **plain(item, "closure", "first_day", "last_day", "reason", "approval_reference"),
        "service": service,
        "kind": known_word(item, "kind", words.CLOSURE_KINDS),
    }


def _staff_shift(item: Item, service: str) -> Fields:
    return {
        **plain(item, "staff_shift", "person", "day", "starts", "ends"),
        "service": service,
        "certificated": known_word(item, "countsAs", words.SHIFT_COUNTS),
    }


def _note(item: Item, service: str) -> Fields:
    return {
        **plain(item, "note", "day", "child", "text", "written_by", "concerns"),
        "service": service,
        "about": known_word(item, "topic", words.TOPICS),
    }


MAPPERS: Mapping[str, Callable[[Item, str], Fields]] = MappingProxyType(
    {
        "service": _service,
        "person": _person,
        "signature_means": _signature_means,
        "child": _child,
        "student_number": _student_number,
        "authorised_signatory": _authorised_signatory,
        "enrolment": agreement,
        "attendance": attendance,
        "absence": _absence,
        "verification": _verification,
        "closure": _closure,
        "staff_shift": _staff_shift,
        "note": _note,
    }
)
"""By stream: the item and the service number in, the record's fields out; raises ``UnreadableError``."""
