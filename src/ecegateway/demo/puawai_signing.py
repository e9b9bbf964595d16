"""Plants what is wrong, or only looks wrong, about names, numbers, signatures and agreements at Pūāwai."""

import unicodedata
from datetime import UTC, date, datetime
from typing import Final

from ecegateway.demo.identities import Place, means_key, person
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.people import Cast
from ecegateway.demo.planted import Effect
from ecegateway.demo.puawai import DOCUMENT_ONLY, NO_DOCUMENT
from ecegateway.demo.season import instant
from ecegateway.model.attendance import Mark, Method
from ecegateway.model.child import Child
from ecegateway.model.ids import PersonKey
from ecegateway.model.people import SignatureMeans

DECOMPOSED: Final = "c-1013"
SINGLE_NAME: Final = "c-1024"
TURNS_SIX: Final = "c-1041"
UNSIGNED_CHANGE: Final = "c-1034"

_EARLY: Final = (date(2026, 2, 9), date(2026, 3, 20))
_LATE: Final = (date(2026, 4, 13), date(2026, 5, 29))
_UNSIGNED_FROM: Final = date(2026, 5, 11)
_MONDAY_AND_TUESDAY: Final = (0, 1)
_SIXTH_BIRTHDAY: Final = date(2026, 5, 12)
_END: Final = date(2026, 5, 31)


def plant(ledger: Ledger, place: Place, cast: Cast) -> None:
    """Plants everything, each on days of its own."""
    _somebody_else_signed(ledger, place, cast)
    _one_signature_for_two(ledger)
    _signer_missing(ledger)
    _educator_signed(ledger)
    _names(ledger)
    _without_number(ledger)
    _agreements(ledger)


def _somebody_else_signed(ledger: Ledger, place: Place, cast: Cast) -> None:
    (aunt,) = cast.visitors
    known = datetime(2026, 2, 9, 2, tzinfo=UTC)
    ledger.add(
        person(place, aunt, "guardian").model_copy(update={"recorded_at": known}),
        SignatureMeans(
            service=place.service,
            key=means_key(aunt.key),
            recorded_at=known,
            person=PersonKey(aunt.key),
            created_by=PersonKey(cast.administrator.key),
            created_at=known,
        ),
    )
    (day,) = ledger.free_days("c-1001", *_EARLY)
    left = ledger.stay("c-1001", day).sign_out
    assert left is not None
    by_aunt = left.model_copy(update={"by": PersonKey(aunt.key), "means": means_key(aunt.key)})
    ledger.alter("c-1001", day, sign_out=by_aunt)
    text = "Fetched by an aunt with a signature of her own who is not an authorised signatory."
    ledger.plant("signed by no authorised signatory", "c-1001", (day,), text, Effect.REPORTED)


def _one_signature_for_two(ledger: Ledger) -> None:
    (day,) = ledger.free_days("c-1019", *_LATE)
    came = ledger.stay("c-1019", day).sign_in
    assert came is not None
    borrowed = came.model_copy(update={"by": "g-c-1019-2", "means": means_key("g-c-1019-1")})
    ledger.alter("c-1019", day, sign_in=borrowed)
    text = "One parent signed with the electronic signature of the other."
    ledger.plant("one signature used by two", "c-1019", (day,), text, Effect.HELD)


def _signer_missing(ledger: Ledger) -> None:
    for child, span, confirmed in (("c-1029", _EARLY, False), ("c-1035", _LATE, True)):
        (day,) = ledger.free_days(child, *span)
        came = ledger.stay(child, day).sign_in
        assert came is not None
        ledger.alter(child, day, sign_in=came.model_copy(update={"by": None, "means": None}))
        text = "The sign-in names no signer" + (", and a parent confirmed the day." if confirmed else ".")
        effect = Effect.CLEAN if confirmed else Effect.HELD
        ledger.plant("missing signer", child, (day,), text, effect, confirmed=confirmed)


def _educator_signed(ledger: Ledger) -> None:
    days = ledger.free_days("c-1043", *_EARLY, count=2)
    for day in days:
        came = Mark(method=Method.STAFF_ENTRY, by=PersonKey("s-02"), at=instant(day, 9 * 60 + 31), device="office computer")
        text = "Grandfather brought her and left before signing; seen at the door by the educator."
        ledger.alter("c-1043", day, sign_in=came, circumstances=text)
    text = "An educator signed the child in and said why; the parent confirmed it that week."
    ledger.plant("educator signs in with circumstances", "c-1043", days, text, Effect.CLEAN)


def _names(ledger: Ledger) -> None:
    child = next(child for child in ledger.of(Child) if child.key == DECOMPOSED)
    apart = {
        "family_name": unicodedata.normalize("NFD", child.family_name),
        "given_names": tuple(unicodedata.normalize("NFD", name) for name in child.given_names),
    }
    ledger.put(child.model_copy(update=apart))
    text = "The macrons are sent as letters with a combining mark."
    ledger.plant("decomposed macrons", DECOMPOSED, (), text, Effect.CLEAN, trap=35)
    text = "The child has a single name, kept as family name."
    ledger.plant("single name", SINGLE_NAME, (), text, Effect.CLEAN, trap=35)


def _without_number(ledger: Ledger) -> None:
    for child, text in (
        (DOCUMENT_ONLY, "No National Student Number; a birth certificate was sighted."),
        (NO_DOCUMENT, "No National Student Number, and no document sighted: the unverified path."),
    ):
        ledger.plant("no student number", child, ledger.days_of(child), text, Effect.HELD)


def _agreements(ledger: Ledger) -> None:
    days = [d for d in ledger.days_of(UNSIGNED_CHANGE) if d >= _UNSIGNED_FROM and d.weekday() in _MONDAY_AND_TUESDAY]
    text = "Comes on days that a change added which no parent has signed."
    ledger.plant("unsigned agreement change", UNSIGNED_CHANGE, days, text, Effect.HELD)
    days = [day for day in ledger.days_of(TURNS_SIX) if _SIXTH_BIRTHDAY <= day <= _END]
    text = "Still comes on and after the sixth birthday."
    ledger.plant("sixth birthday", TURNS_SIX, days, text, Effect.REFUSED)
