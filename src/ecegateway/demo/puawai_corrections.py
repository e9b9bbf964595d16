"""What happened to Pūāwai's records after the first pull: corrections said and unsaid, and deletions."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from ecegateway.demo.confirming import weekly
from ecegateway.demo.identities import Place, filed
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.people import Cast
from ecegateway.demo.planted import Effect
from ecegateway.demo.season import instant
from ecegateway.demo.vendor_life import Gone, RawItem, Told
from ecegateway.model.attendance import Absence, Mark
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey
from ecegateway.model.record import Change

_LAST_DAYS_OF_MARCH: Final = (date(2026, 3, 30), date(2026, 3, 31))
_FIRST_OF_APRIL: Final = datetime(2026, 3, 31, 20, 15, tzinfo=UTC)
_DECLARED: Final = (
    ("c-1018", "Father rang: they left half an hour later than the tablet shows."),
    ("c-1033", "Signed out twice; the second time is the true one."),
    ("c-1040", "Clock of the tablet was slow; checked against the door camera."),
)


@dataclass(slots=True)
class Corrections:
    """New versions of records the vendor had shown before, each with the instant it came about, and what was deleted."""

    versions: list[Told] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    raw: list[RawItem] = field(default_factory=list)

    def stay(self, ledger: Ledger, child: str, day: date, at: datetime, change: Change | None) -> None:
        """The departure of a child's day, moved half an hour later."""
        before = ledger.stay(child, day)
        assert before.departed is not None
        departed = before.departed + timedelta(minutes=30, seconds=14)
        left = before.sign_out.model_copy(update={"at": departed}) if isinstance(before.sign_out, Mark) else None
        update: dict[str, Any] = {"departed": departed, "sign_out": left, "change": change}
        self.versions.append(Told(at, before.model_copy(update=update)))


def plant(ledger: Ledger, place: Place, cast: Cast) -> Corrections:
    """Everything that was changed later, planted on days of its own. The ledger keeps the records as they first were."""
    found = Corrections()
    _declared(found, ledger)
    _after_confirmation(found, ledger, cast)
    _of_a_leaver(found, ledger, place)
    _nameless(found, ledger)
    _silent(found, ledger)
    _leaving(found, ledger, cast)
    _deleted(found, ledger, place)
    _unknown_word(found, ledger, place)
    return found


def _declared(found: Corrections, ledger: Ledger) -> None:
    for child, why in _DECLARED:
        (day,) = ledger.free_days(child, *_LAST_DAYS_OF_MARCH)
        at = _FIRST_OF_APRIL
        found.stay(ledger, child, day, at, Change(by=PersonKey("s-01"), at=at, why=why))
        text = "Corrected with who, when and why, before the parent confirmed the week."
        ledger.plant("declared alteration", child, (day,), text, Effect.CLEAN)


def _after_confirmation(found: Corrections, ledger: Ledger, cast: Cast) -> None:
    child, at = "c-1010", datetime(2026, 4, 2, 1, 40, tzinfo=UTC)
    (day,) = ledger.free_days(child, date(2026, 3, 16), date(2026, 3, 20))
    why = "Sign-out moved to match the invoice."
    found.stay(ledger, child, day, at, Change(by=PersonKey(cast.administrator.key), at=at, why=why))
    text = "Changed by the office two weeks after the parent had confirmed it."
    ledger.plant("edit after verification", child, (day,), text, Effect.REPORTED, trap=7)


def _of_a_leaver(found: Corrections, ledger: Ledger, place: Place) -> None:
    child, at = "c-1031", datetime(2026, 4, 19, 21, 5, tzinfo=UTC)
    (day,) = ledger.free_days(child, date(2026, 3, 9), date(2026, 3, 13))
    why = "Grandmother's note found: she fetched the child later."
    found.stay(ledger, child, day, at, Change(by=PersonKey("s-03"), at=at, why=why))
    (confirmed,) = weekly(place, child, "g-c-1031-1", (day,), frozenset())
    at = datetime(2026, 4, 22, 7, 12, 9, tzinfo=UTC)
    again = {"key": f"{confirmed.key}-again", "at": at, "recorded_at": at, "first_day": day, "last_day": day}
    found.versions.append(Told(at, confirmed.model_copy(update=again)))
    text = "Left on 13 March; corrected on 20 April and confirmed again by the parent."
    ledger.plant("late correction to a leaver", child, (day,), text, Effect.CLEAN, trap=14)


def _nameless(found: Corrections, ledger: Ledger) -> None:
    (day,) = ledger.free_days("c-1024", *_LAST_DAYS_OF_MARCH)
    at = _FIRST_OF_APRIL + timedelta(minutes=20)
    found.stay(ledger, "c-1024", day, at, Change(at=at, why="Corrected."))
    text = "The change says when and why, and not who."
    ledger.plant("change without who", "c-1024", (day,), text, Effect.HELD)


def _silent(found: Corrections, ledger: Ledger) -> None:
    at = datetime(2026, 4, 8, 22, 30, tzinfo=UTC)
    for child, first in (("c-1027", date(2026, 3, 2)), ("c-1013", date(2026, 3, 9))):
        (day,) = ledger.free_days(child, first, first + timedelta(days=4))
        found.stay(ledger, child, day, at, None)
        text = "The departure is another than at the first pull, and nothing says that it was changed."
        ledger.plant("silent rewrite", child, (day,), text, Effect.HELD)


def _leaving(found: Corrections, ledger: Ledger, cast: Cast) -> None:
    agreement = next(enrolment for enrolment in ledger.of(Enrolment) if enrolment.child == "c-1032")
    at = filed(date(2026, 4, 16))
    change = Change(by=PersonKey(cast.administrator.key), at=at, why="Parents gave notice: moving to Nelson.")
    found.versions.append(Told(at, agreement.model_copy(update={"last_day": date(2026, 4, 30), "change": change})))
    text = "The agreement was given an end in April, with who, when and why."
    ledger.plant("declared leaving", "c-1032", (), text, Effect.CLEAN)


def _deleted(found: Corrections, ledger: Ledger, place: Place) -> None:
    (day,) = ledger.free_days("c-1032", *_LAST_DAYS_OF_MARCH)
    at = _FIRST_OF_APRIL + timedelta(minutes=45)
    found.gone.append(Gone(at, ledger.stay("c-1032", day), named=True))
    absence = Absence(
        service=place.service,
        key=RecordKey(f"absence-c-1032-{day}"),
        recorded_at=at,
        child=ChildKey("c-1032"),
        day=day,
        reason="Unwell; another child's stay had been entered here",
        notified_by=PersonKey("g-c-1032-1"),
        marked_by=PersonKey("s-02"),
        marked_at=at,
    )
    found.versions.append(Told(at, absence))
    text = "The stay was deleted by its key, and an absence entered instead."
    ledger.plant("delete with key", "c-1032", (day,), text, Effect.REPORTED)
    (day,) = ledger.free_days("c-1004", *_LAST_DAYS_OF_MARCH)
    found.gone.append(Gone(at + timedelta(days=6), ledger.stay("c-1004", day), named=False))
    text = "The deletion names only the server's own id: nothing may be removed by guess."
    ledger.plant("delete without key", "c-1004", (day,), text, Effect.REPORTED, trap=15)


def _unknown_word(found: Corrections, ledger: Ledger, place: Place) -> None:
    child, guardian = "c-1029", "g-c-1029-1"
    told = instant(date(2026, 5, 19), 9 * 60 + 30)
    item = {
        "id": f"agreement-{child}-v2",
        "createdAt": told.isoformat(),
        "childId": child,
        "agreementNumber": f"agreement-{child}",
        "enrolmentType": "permanent",
        "conditionalPart": None,
        "startsOn": "2026-05-25",
        "endsOn": None,
        "bookingPattern": "term-time",
        "patternFrom": None,
        "bookings": [{"day": day, "from": "08:15", "to": "16:00"} for day in ("mon", "tue", "wed", "thu")],
        "minutesElsewhere": 0,
        "twentyHoursAttestation": None,
        "signature": {"by": guardian, "on": "2026-05-18", "medium": "online", "credentialId": f"sig-{guardian}"},
    }
    found.raw.append(RawItem(told, place.service, "enrolment", item))
    text = "A new version of the agreement repeats 'term-time': a word nobody has explained."
    ledger.plant("unknown booking pattern word", child, (), text, Effect.QUARANTINED, trap=11)
