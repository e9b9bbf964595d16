"""Plants what is wrong in the kindergarten's drop and in its paper, and what changed between the two drops."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ecegateway.demo import absences
from ecegateway.demo.identities import Place
from ecegateway.demo.kotuku import MISSING_SHEETS, NO_NUMBER, NO_WATER, open_days
from ecegateway.demo.kotuku_roll import NO_AGREEMENT, ROLL
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.people import Cast
from ecegateway.demo.plans import Plan
from ecegateway.demo.planted import Effect
from ecegateway.model.attendance import Absence
from ecegateway.model.enrolment import Basis, Enrolment
from ecegateway.model.ids import PersonKey, RecordKey
from ecegateway.model.people import Note, StaffShift
from ecegateway.model.period import local_day
from ecegateway.model.record import Change, Record
from ecegateway.model.service import OperatingDay

BLANK_HOURS: Final = date(2026, 3, 11)
POISON_SHIFT: Final = RecordKey("shift-k-s2-poison")
POISON_NOTE: Final = RecordKey("note-poison")
LEAVER: Final = "70016"
VANISHED: Final = ("70003", "70009", "70013")

_ZONE = "Pacific/Auckland"
_EARLY: Final = (date(2026, 2, 9), date(2026, 3, 27))


@dataclass(frozen=True, slots=True)
class DropChanges:
    """What the second drop says otherwise than the first: rows that are gone, and rows that are new versions."""

    vanished: frozenset[str]
    versions: tuple[Record, ...]


def plant_drop(ledger: Ledger, place: Place) -> DropChanges:
    """Plants everything in the drop, each on days of its own."""
    _blank_hours(ledger, place)
    absences.plant(ledger, ROLL)
    _absences(ledger)
    _held_by_paper(ledger)
    (day,) = ledger.free_days("70014", *_EARLY)
    text = "Booked, and the file has no row."
    ledger.plant("no record", "70014", (day,), text, Effect.HELD, trap=8)
    ledger.take_stay("70014", day)
    return DropChanges(vanished=_vanishing(ledger), versions=(_rewritten(ledger), _ended(ledger)))


def _blank_hours(ledger: Ledger, place: Place) -> None:
    assert BLANK_HOURS in open_days()
    key = RecordKey(BLANK_HOURS.isoformat())
    ledger.put(OperatingDay(service=place.service, key=key, day=BLANK_HOURS))
    text = "The file gives 00:00 to 00:00: hours left blank, on a day children came."
    ledger.plant("blank operating hours", None, (BLANK_HOURS,), text, Effect.REPORTED, trap=4)


def _absences(ledger: Ledger) -> None:
    casual = {plan.key for plan in ROLL if plan.basis is Basis.CASUAL}
    for absence in ledger.of(Absence):
        assert absence.marked_at is not None
        if ledger.is_planted(absence.child, absence.day):
            continue
        if local_day(absence.marked_at, _ZONE) == absence.day:
            text = "A login on the day and no logout: absent, or never signed out. The file cannot tell."
            effect = Effect.QUARANTINED
        else:
            text = "The login time is the moment, a day early, at which the child was marked absent."
            effect = Effect.REFUSED if absence.child in casual else Effect.CLEAN
        ledger.plant("absent child with a login time", absence.child, (absence.day,), text, effect, trap=3)


def _held_by_paper(ledger: Ledger) -> None:
    for child, month in MISSING_SHEETS.items():
        days = [day for day in ledger.days_of(child) if day in month]
        text = "The file cannot show who signed, and the parent's sheet of the month never came back."
        ledger.plant("missing paper verification", child, days, text, Effect.HELD)
    text = "No National Student Number; a passport was sighted."
    ledger.plant("no student number", NO_NUMBER, ledger.days_of(NO_NUMBER), text, Effect.HELD)
    text = "Comes since 18 May, and the enrolment form never came back."
    ledger.plant("attendance without enrolment", NO_AGREEMENT, ledger.days_of(NO_AGREEMENT), text, Effect.HELD)


def _vanishing(ledger: Ledger) -> frozenset[str]:
    keys = set()
    for child in VANISHED:
        (day,) = ledger.free_days(child, *_EARLY)
        keys.add(ledger.stay(child, day).key)
        text = "In the file of 29 March and not in that of 31 May; nobody said it was deleted."
        ledger.plant("vanished row", child, (day,), text, Effect.HELD, trap=13)
    return frozenset(keys)


def _rewritten(ledger: Ledger) -> Record:
    (day,) = ledger.free_days("70006", *_EARLY)
    stay = ledger.stay("70006", day)
    assert stay.departed is not None
    text = "Another logout time than in the file before, from a source that cannot show who changed it."
    ledger.plant("silent rewrite", "70006", (day,), text, Effect.HELD)
    return stay.model_copy(update={"departed": stay.departed - timedelta(minutes=50)})


def _leaver() -> Plan:
    return next(plan for plan in ROLL if plan.key == LEAVER)


def _ended(ledger: Ledger) -> Record:
    span = next(enrolment for enrolment in ledger.of(Enrolment) if enrolment.child == LEAVER)
    return span.model_copy(update={"last_day": _leaver().last_day})


def plant_paper(ledger: Ledger, place: Place, cast: Cast) -> tuple[Record, ...]:
    """Plants the poison rows; gives the new versions of records in the later folder."""
    shift = next(s for s in ledger.of(StaffShift) if s.person == "k-s2")
    ledger.add(
        shift.model_copy(update={"key": POISON_SHIFT}),
        Note(
            service=place.service,
            key=POISON_NOTE,
            recorded_at=datetime(2026, 2, 19, 20, tzinfo=UTC),
            day=date(2026, 2, 19),
            about="other",
            text="Visit of the public health nurse.",
            written_by=PersonKey(cast.staff[0].key),
        ),
        Note(
            service=place.service,
            key=RecordKey("note-trip"),
            recorded_at=datetime(2026, 3, 5, 20, tzinfo=UTC),
            day=date(2026, 3, 5),
            about="other",
            text="Morning at the beach; everybody signed out from there.",
            written_by=PersonKey(cast.staff[1].key),
        ),
    )
    text = "Closed without water; the regional office has been asked and has not answered."
    ledger.plant("emergency closure not approved", None, (NO_WATER,), text, Effect.HELD)
    for what in ("A shift on 31 February.", "A note that ends in the character U+0000."):
        ledger.plant("poison row", None, (), what, Effect.QUARANTINED)
    agreement = next(enrolment for enrolment in ledger.of(Enrolment) if enrolment.child == LEAVER)
    at = datetime(2026, 4, 22, 21, 30, tzinfo=UTC)
    change = Change(by=PersonKey(cast.administrator.key), at=at, why="Leaving for school after the April break.")
    ledger.plant("declared leaving", LEAVER, (), "The agreement was given an end, with who, when and why.", Effect.CLEAN)
    return (agreement.model_copy(update={"last_day": _leaver().last_day, "change": change}),)
