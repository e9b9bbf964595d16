"""Canonical records as the JSON items of Kōwhai SMS, the invented vendor: what the simulator serves.

Written from Kōwhai's API reference (the README of the reference plugin), apart from the plugin's own mapping, so that a
round trip through both proves something.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ecegateway.model.attendance import Absence, Attendance, Mark, Verification
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.people import AuthorisedSignatory, Note, Person, SignatureMeans, StaffShift
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, Mode, ServiceProfile
from ecegateway.testing.vendor_agreements import agreement
from ecegateway.testing.vendor_words import DAYS, METHODS, moment_text, text, word

Item = dict[str, Any]


def to_item(record: Record) -> Item:
    """The vendor's item for a record, every field present, nothing said as null.

    Raises:
        ValueError: Kōwhai has no collection for the stream, or no word for what the record says.
    """
    if type(record) not in _ITEMS:
        raise ValueError(f"Kōwhai does not carry the stream {record.stream!r}")
    item = {
        "id": record.key,
        **_ITEMS[type(record)](record),
        "createdAt": moment_text(record.recorded_at),
        "edited": record.change is not None,
        "lastEditedBy": None,
        "lastEditedAt": None,
        "lastEditedReason": None,
    }
    if record.change is not None:
        change = record.change
        item |= {"lastEditedBy": change.by, "lastEditedAt": moment_text(change.at), "lastEditedReason": change.why}
    return item


def without_trace(item: Item) -> Item:
    """The item as a vendor shows it who rewrites content and keeps no word of it."""
    return {**item, "edited": False, "lastEditedBy": None, "lastEditedAt": None, "lastEditedReason": None}


def _profile(record: ServiceProfile) -> Item:
    return {
        "number": record.service,
        "name": record.name,
        "validFrom": text(record.effective_from),
        "serviceKind": word("service_type", record.service_type),
        "licenceKind": word("licence_class", record.licence_class),
        "teacherLed": record.teacher_led,
        "maxChildren": record.places,
        "maxUnderTwos": record.under_two_places,
        "hours": [
            {
                "day": DAYS[session.weekday],
                "open": text(session.opens),
                "close": text(session.closes),
                "kind": "session" if session.mode is Mode.SESSIONAL else "day",
            }
            for session in record.sessions
        ],
        "timeZone": record.zone,
        "region": record.region,
        "twentyHours": record.offers_twenty_hours,
        "openHolidays": [text(day) for day in record.opens_on_holidays],
    }


def _person(record: Person) -> Item:
    return {"kind": word("role", record.role), "firstName": record.given_names, "lastName": record.family_name}


def _signature_means(record: SignatureMeans) -> Item:
    return {
        "ownerId": record.person,
        "issuedBy": record.created_by,
        "issuedAt": moment_text(record.created_at),
        "revokedAt": moment_text(record.revoked_at),
    }


def _child(record: Child) -> Item:
    address = record.address
    return {
        "legalLastName": record.family_name,
        "legalFirstNames": list(record.given_names),
        "knownAs": record.preferred_name,
        "dateOfBirth": text(record.birth_date),
        "genderCode": record.gender,
        "homeAddress": address
        and {"line1": address.line1, "line2": address.line2, "town": address.city, "postcode": address.postcode},
        "ethnicGroups": list(record.ethnicities),
        "iwiCodes": list(record.iwi),
        "homeLanguages": list(record.home_languages),
    }


def _student_number(record: StudentNumber) -> Item:
    return {
        "childId": record.child,
        "nsn": record.nsn,
        "nsnStatus": word("verification", record.verification),
        "documentSeen": record.document_sighted,
        "documentSeenOn": text(record.document_sighted_on),
    }


def _signatory(record: AuthorisedSignatory) -> Item:
    return {
        "childId": record.child,
        "personId": record.person,
        "from": text(record.first_day),
        "until": text(record.last_day),
    }


def _attendance(record: Attendance) -> Item:
    return {
        "childId": record.child,
        "date": text(record.day),
        "timeIn": moment_text(record.arrived),
        "timeOut": moment_text(record.departed),
        **_mark("signIn", record.sign_in),
        **_mark("signOut", record.sign_out),
        "sheet": record.sheet,
        "circumstances": record.circumstances,
    }


def _mark(prefix: str, mark: Mark | None) -> Item:
    return {
        f"{prefix}Method": mark and METHODS[mark.method],
        f"{prefix}By": mark and mark.by,
        f"{prefix}At": mark and moment_text(mark.at),
        f"{prefix}Credential": mark and mark.means,
        f"{prefix}Device": mark and mark.device,
    }


def _absence(record: Absence) -> Item:
    return {
        "childId": record.child,
        "date": text(record.day),
        "from": text(record.starts),
        "to": text(record.ends),
        "reason": record.reason,
        "reportedBy": record.notified_by,
        "markedBy": record.marked_by,
        "markedAt": moment_text(record.marked_at),
    }


def _verification(record: Verification) -> Item:
    return {
        "childId": record.child,
        "periodStart": text(record.first_day),
        "periodEnd": text(record.last_day),
        "verifiedBy": record.by,
        "verifiedAt": moment_text(record.at),
        "outcome": word("decision", record.decision),
        "statement": record.statement,
        "medium": word("medium", record.medium),
        "credentialId": record.means,
        "documentReference": record.reference,
    }


def _closure(record: Closure) -> Item:
    return {
        "from": text(record.first_day),
        "until": text(record.last_day),
        "kind": word("kind", record.kind),
        "reason": record.reason,
        "approvalReference": record.approval_reference,
    }


def _shift(record: StaffShift) -> Item:
    return {
        "personId": record.person,
        "date": text(record.day),
        "from": text(record.starts),
        "to": text(record.ends),
        "countsAs": word("certificated", record.certificated),
    }


def _note(record: Note) -> Item:
    return {
        "date": text(record.day),
        "childId": record.child,
        "topic": word("about", record.about),
        "text": record.text,
        "authorId": record.written_by,
        "aboutId": record.concerns,
    }


_ITEMS: Mapping[type[Record], Callable[[Any], Item]] = MappingProxyType(
    {
        ServiceProfile: _profile,
        Person: _person,
        SignatureMeans: _signature_means,
        Child: _child,
        StudentNumber: _student_number,
        AuthorisedSignatory: _signatory,
        Enrolment: agreement,
        Attendance: _attendance,
        Absence: _absence,
        Verification: _verification,
        Closure: _closure,
        StaffShift: _shift,
        Note: _note,
    }
)
