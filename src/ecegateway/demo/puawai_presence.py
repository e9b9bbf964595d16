"""Plants stays at Pūāwai that never were what they say: made by the system, in bulk, twice, or by nobody at all."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from ecegateway.demo.identities import Place, means_key
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.planted import Effect
from ecegateway.demo.puawai import DEVICE
from ecegateway.demo.puawai_roll import ROLL, UNENROLLED
from ecegateway.demo.season import instant
from ecegateway.model.attendance import Attendance, Mark, Method
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey
from ecegateway.model.spans import minute_of

_FEBRUARY: Final = (date(2026, 2, 9), date(2026, 2, 27))
_MARCH: Final = (date(2026, 3, 2), date(2026, 3, 20))
_APRIL: Final = (date(2026, 4, 13), date(2026, 4, 30))
_MAY: Final = (date(2026, 5, 11), date(2026, 5, 29))

_RUNS: Final = (
    ("21:00", 21 * 60, Method.NOT_SHOWN, ("c-1004", "c-1014", "c-1026"), _MARCH),
    ("midnight", 24 * 60, Method.SYSTEM, ("c-1003", "c-1022", "c-1025"), _APRIL),
    ("the configured close", 17 * 60 + 45, None, ("c-1005", "c-1009", "c-1020", "c-1028"), _MAY),
)
_BULK: Final = ("c-1002", "c-1010", "c-1023", "c-1027", "c-1033")


def plant(ledger: Ledger, place: Place) -> None:
    """Plants everything, each on days of its own."""
    _sign_outs_at_20_utc(ledger)
    _sign_outs_at_closing(ledger)
    _copied_bookings(ledger)
    _bulk_marks(ledger)
    _days_without_record(ledger)
    _two_sheets(ledger)
    _two_sessions(ledger)
    _no_times(ledger)
    _nobody_enrolled(ledger, place)


def _sign_outs_at_20_utc(ledger: Ledger) -> None:
    for child, span, method in (("c-1007", _FEBRUARY, Method.NOT_SHOWN), ("c-1030", _APRIL, Method.SYSTEM)):
        (day,) = ledger.free_days(child, *span)
        _depart(ledger, child, day, datetime(day.year, day.month, day.day, 20, tzinfo=UTC), method)
        text = "Signed out by the system at 20:00 UTC, which is the next morning in New Zealand."
        ledger.plant("auto sign-out at 20:00 UTC", child, (day,), text, Effect.HELD, trap=1, confirmed=False)


def _sign_outs_at_closing(ledger: Ledger) -> None:
    for name, minute, method, children, span in _RUNS:
        day = ledger.shared_day(children, *span)
        for child in children:
            _depart(ledger, child, day, instant(day, minute), method)
            text = f"Signed out by nobody at the same instant as {len(children) - 1} others."
            ledger.plant(f"auto sign-out at {name}", child, (day,), text, Effect.HELD, trap=2, confirmed=False)


def _depart(ledger: Ledger, child: str, day: date, departed: datetime, method: Method | None) -> None:
    mark = Mark(method=method, at=departed) if method is not None else None
    ledger.alter(child, day, departed=departed, sign_out=mark, recorded_at=departed + timedelta(seconds=2))


def _copied_bookings(ledger: Ledger) -> None:
    child, copied = "c-1015", Mark(method=Method.BOOKING)
    days = ledger.free_days(child, *_APRIL, count=2)
    for day in days:
        arrives, departs = _booked(child, day)
        ledger.alter(child, day, arrived=arrives, departed=departs, sign_in=copied, sign_out=copied)
    text = "The booked times stand as a stay that nobody recorded."
    ledger.plant("booking rows as attendance", child, days, text, Effect.HELD, trap=5, confirmed=False)


def _bulk_marks(ledger: Ledger) -> None:
    day = ledger.shared_day(_BULK, *_FEBRUARY)
    for second, child in enumerate(_BULK):
        arrives, departs = _booked(child, day)
        marked, ended = (
            Mark(method=Method.BULK, by=PersonKey("s-06"), at=instant(day, minute, second), device="office computer")
            for minute in (17 * 60 + 20, 17 * 60 + 21)
        )
        ledger.alter(
            child,
            day,
            arrived=arrives,
            departed=departs,
            sign_in=marked,
            sign_out=ended,
            recorded_at=instant(day, 17 * 60 + 22, second),
        )
        text = "One educator marked five children present within seconds, at exactly the booked times."
        ledger.plant("bulk mark present", child, (day,), text, Effect.HELD, trap=6, confirmed=False)


def _booked(child: str, day: date) -> tuple[datetime, datetime]:
    plan = next(plan for plan in ROLL if plan.key == child)
    (booking,) = plan.lived(day)
    return instant(day, minute_of(booking.starts)), instant(day, minute_of(booking.ends))


def _days_without_record(ledger: Ledger) -> None:
    for child, span in (("c-1016", _MARCH), ("c-1006", _APRIL), ("c-1012", _MAY)):
        (day,) = ledger.free_days(child, *span)
        text = "Booked, and the record says neither present nor absent."
        ledger.plant("no record", child, (day,), text, Effect.HELD, trap=8, confirmed=False)
        ledger.take_stay(child, day)


def _two_sheets(ledger: Ledger) -> None:
    days = ledger.free_days("c-1008", date(2026, 3, 18), date(2026, 3, 23), count=2)
    for day in days:
        stay = ledger.stay("c-1008", day)
        ledger.add(stay.model_copy(update={"key": f"{stay.key}-b", "sheet": "Under twos"}))
    text = "Turned two: still on the sheet for under twos as well, with the same stay on both."
    ledger.plant("one child on two sheets", "c-1008", days, text, Effect.ONCE, trap=10)


def _two_sessions(ledger: Ledger) -> None:
    (day,) = ledger.free_days("c-1021", *_MARCH)
    stay = ledger.stay("c-1021", day)
    over, again = instant(day, 13 * 60 + 5, 20), instant(day, 12 * 60 + 10, 41)
    ledger.alter("c-1021", day, departed=over, sign_out=_moved(stay.sign_out, over))
    second = {"key": f"{stay.key}-b", "arrived": again, "sign_in": _moved(stay.sign_in, again)}
    ledger.add(stay.model_copy(update=second))
    text = "Two sessions of one day overlap by most of an hour."
    ledger.plant("overlapping sessions", "c-1021", (day,), text, Effect.ONCE, trap=12)


def _moved(mark: Mark | None, at: datetime) -> Mark | None:
    return mark.model_copy(update={"at": at}) if mark is not None else None


def _no_times(ledger: Ledger) -> None:
    (day,) = ledger.free_days("c-1012", *_FEBRUARY)
    nothing = {"arrived": None, "departed": None, "sign_in": None, "sign_out": None}
    ledger.alter("c-1012", day, day=day, **nothing)
    text = "The record gives the day and no times."
    ledger.plant("session without times", "c-1012", (day,), text, Effect.HELD, trap=12, confirmed=False)


def _nobody_enrolled(ledger: Ledger, place: Place) -> None:
    days = (date(2026, 3, 5), date(2026, 4, 16))
    guardian = f"g-{UNENROLLED}-1"
    for day in days:
        arrived, departed = instant(day, 9 * 60 + 12, 33), instant(day, 12 * 60 + 4, 51)
        came, left = (
            Mark(method=Method.SIGNED, by=PersonKey(guardian), at=at, means=means_key(guardian), device=DEVICE)
            for at in (arrived, departed)
        )
        stay = Attendance(
            service=place.service,
            key=RecordKey(f"stay-{UNENROLLED}-{day}"),
            recorded_at=departed + timedelta(seconds=2),
            child=ChildKey(UNENROLLED),
            arrived=arrived,
            departed=departed,
            sign_in=came,
            sign_out=left,
            sheet="Two and over",
        )
        ledger.add_stay(stay, day)
    text = "Signed in and out by her mother, though there is no agreement."
    ledger.plant("attendance without enrolment", UNENROLLED, days, text, Effect.HELD, confirmed=False)
