"""Which of Kōwhai's columns each canonical field comes from: one table, read by the mapping and shown to people.

A canonical field inside another is written with a dot (``sign_in.by``).
"""

from collections.abc import Mapping

_EVERYWHERE = {
    "key": "id",
    "recorded_at": "createdAt",
    "change.by": "lastEditedBy",
    "change.at": "lastEditedAt",
    "change.why": "lastEditedReason",
}

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "service": {
        **_EVERYWHERE,
        "service": "number",
        "name": "name",
        "effective_from": "validFrom",
        "service_type": "serviceKind",
        "licence_class": "licenceKind",
        "teacher_led": "teacherLed",
        "places": "maxChildren",
        "under_two_places": "maxUnderTwos",
        "sessions": "hours",
        "zone": "timeZone",
        "region": "region",
        "offers_twenty_hours": "twentyHours",
        "opens_on_holidays": "openHolidays",
    },
    "person": {**_EVERYWHERE, "role": "kind", "given_names": "firstName", "family_name": "lastName"},
    "signature_means": {
        **_EVERYWHERE,
        "person": "ownerId",
        "created_by": "issuedBy",
        "created_at": "issuedAt",
        "revoked_at": "revokedAt",
    },
    "child": {
        **_EVERYWHERE,
        "family_name": "legalLastName",
        "given_names": "legalFirstNames",
        "preferred_name": "knownAs",
        "birth_date": "dateOfBirth",
        "gender": "genderCode",
        "address": "homeAddress",
        "ethnicities": "ethnicGroups",
        "iwi": "iwiCodes",
        "home_languages": "homeLanguages",
    },
    "student_number": {
        **_EVERYWHERE,
        "child": "childId",
        "nsn": "nsn",
        "verification": "nsnStatus",
        "document_sighted": "documentSeen",
        "document_sighted_on": "documentSeenOn",
    },
    "authorised_signatory": {
        **_EVERYWHERE,
        "child": "childId",
        "person": "personId",
        "first_day": "from",
        "last_day": "until",
    },
    "enrolment": {
        **_EVERYWHERE,
        "child": "childId",
        "agreement": "agreementNumber",
        "basis": "enrolmentType",
        "conditional_part": "conditionalPart",
        "effective_from": "startsOn",
        "last_day": "endsOn",
        "bookings": "bookings",
        "bookings.every_weeks": "bookingPattern",
        "bookings.counted_from": "patternFrom",
        "holidays": "holidayDates",
        "other_service_minutes": "minutesElsewhere",
        "twenty_hours": "twentyHoursAttestation",
        "signature": "signature",
    },
    "attendance": {
        **_EVERYWHERE,
        "child": "childId",
        "day": "date",
        "arrived": "timeIn",
        "departed": "timeOut",
        "sign_in.method": "signInMethod",
        "sign_in.by": "signInBy",
        "sign_in.at": "signInAt",
        "sign_in.means": "signInCredential",
        "sign_in.device": "signInDevice",
        "sign_out.method": "signOutMethod",
        "sign_out.by": "signOutBy",
        "sign_out.at": "signOutAt",
        "sign_out.means": "signOutCredential",
        "sign_out.device": "signOutDevice",
        "sheet": "sheet",
        "circumstances": "circumstances",
    },
    "absence": {
        **_EVERYWHERE,
        "child": "childId",
        "day": "date",
        "starts": "from",
        "ends": "to",
        "reason": "reason",
        "notified_by": "reportedBy",
        "marked_by": "markedBy",
        "marked_at": "markedAt",
    },
    "verification": {
        **_EVERYWHERE,
        "child": "childId",
        "first_day": "periodStart",
        "last_day": "periodEnd",
        "by": "verifiedBy",
        "at": "verifiedAt",
        "decision": "outcome",
        "statement": "statement",
        "medium": "medium",
        "means": "credentialId",
        "reference": "documentReference",
    },
    "closure": {
        **_EVERYWHERE,
        "first_day": "from",
        "last_day": "until",
        "kind": "kind",
        "reason": "reason",
        "approval_reference": "approvalReference",
    },
    "staff_shift": {
        **_EVERYWHERE,
        "person": "personId",
        "day": "date",
        "starts": "from",
        "ends": "to",
        "certificated": "countsAs",
    },
    "note": {
        **_EVERYWHERE,
        "day": "date",
        "child": "childId",
        "about": "topic",
        "text": "text",
        "written_by": "authorId",
        "concerns": "aboutId",
    },
}

NESTED: Mapping[str, frozenset[str]] = {
    "hours": frozenset({"day", "open", "close", "kind"}),
    "homeAddress": frozenset({"line1", "line2", "town", "postcode"}),
    "bookings": frozenset({"day", "from", "to", "week", "conditional"}),
    "twentyHoursAttestation": frozenset({"signedOn", "minutes"}),
    "signature": frozenset({"by", "on", "medium", "credentialId"}),
}
"""The fields inside the columns that hold objects."""

_BOOKKEEPING = frozenset({"updatedAt", "edited"})
"""Known, though no canonical field carries them: when the listing changed, and whether ``lastEdited...`` count."""

KNOWN: Mapping[str, frozenset[str]] = {
    stream: frozenset(columns.values()) | _BOOKKEEPING for stream, columns in COLUMNS.items()
}
"""By stream, every field the mapping reads or knows about."""
