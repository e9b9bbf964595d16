"""Te Kōtuku Kindergarten: what its EnrolNow drop shows, and what its office keeps on paper, before anything is planted."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final

from ecegateway.demo.agreements import agreements
from ecegateway.demo.confirming import monthly
from ecegateway.demo.identities import Place, children, filed, numberless, persons, signatories, student_number
from ecegateway.demo.kotuku_roll import NO_AGREEMENT, ROLL
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.outings import Away, Noise, Outing, live
from ecegateway.demo.people import Cast
from ecegateway.demo.season import PERIOD, instant, weekdays
from ecegateway.demo.staffing import Roster, shifts
from ecegateway.model.attendance import Absence, Attendance, Mark, Method, Verification
from ecegateway.model.child import StudentNumber
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ChildKey, RecordKey
from ecegateway.model.period import DateRange, Weekday
from ecegateway.model.service import Closure, Mode, OperatingDay, OperatingSession, ServiceProfile, ServiceType

SUMMER_BREAK: Final = DateRange(date(2025, 12, 18), date(2026, 2, 2))
TERM_BREAK: Final = DateRange(date(2026, 4, 3), date(2026, 4, 20))
NO_WATER: Final = date(2026, 5, 20)
"""An emergency nobody has approved yet."""

NO_NUMBER: Final = "70035"
MISSING_SHEETS: Final = {"70011": PERIOD.months[1], "70029": PERIOD.months[3]}
BROUGHT_BACK: Final = instant(date(2026, 6, 5), 8 * 60 + 30)

_NOISE = Noise(arrive=(-6, 6), depart=(-6, 10), latest=15 * 60 + 44)
_MORNING, _AFTERNOON = (time(8, 45), time(12, 45)), (time(13), time(15, 30))
_WITH_AFTERNOON = (Weekday.TUESDAY, Weekday.THURSDAY)
_NOT_SHOWN = Mark(method=Method.NOT_SHOWN)
_ROSTERS = (
    Roster("k-s1", certificated=True, spans=((510, 780), (785, 950))),
    Roster("k-s2", certificated=True, spans=((515, 775),)),
    Roster("k-s3", certificated=True, spans=((520, 780), (785, 945))),
    Roster("k-s4", certificated=False, spans=((510, 770),)),
)


def open_days() -> list[date]:
    """The days the kindergarten operated in the period."""
    return [day for day in weekdays(PERIOD.days.first, PERIOD.days.last) if day not in TERM_BREAK and day != NO_WATER]


def invent_drop(place: Place, cast: Cast) -> Ledger:
    """What EnrolNow holds. Bookings are there only for the session times it writes beside a stay."""
    ledger = Ledger("enrolnow-drop")
    starts = {plan.key: plan.starts for plan in ROLL}
    ledger.add(*children(place, cast, {plan.key: plan.born for plan in ROLL}, starts))
    for plan in ROLL:
        ledger.add(
            Enrolment(
                service=place.service,
                key=RecordKey(f"{plan.key}|{plan.starts}"),
                child=ChildKey(plan.key),
                agreement=RecordKey(f"{plan.key}|{plan.starts}"),
                effective_from=plan.starts,
                bookings=plan.bookings,
            )
        )
        for event in live(plan, open_days(), _NOISE, place.seed):
            if isinstance(event, Outing):
                ledger.add_stay(_stay(place, event), event.day)
            else:
                ledger.add(_absence(place, event))
    ledger.add(*(_operating_day(place, day) for day in open_days()))
    return ledger


def invent_paper(place: Place, cast: Cast) -> Ledger:
    """What the office keeps in folders and types into files; it uses EnrolNow's keys of the children."""
    ledger = Ledger("kotuku-paper")
    ledger.add(_profile(place), *_closures(place), *persons(place, cast))
    for order, plan in enumerate(ROLL, 1):
        child = cast.children[plan.key]
        guardian = child.guardians[0].key
        ledger.add(_number(place, order), *signatories(place, child, plan))
        if plan.key != NO_AGREEMENT:
            ledger.add(*agreements(place, child, plan, "paper", None))
        months = [m for m in PERIOD.months if plan.starts < m.after and (plan.last_day or m.first) >= m.first]
        ledger.add(*monthly(place, plan.key, guardian, months, MISSING_SHEETS))
    ledger.add(*shifts(place, _ROSTERS, open_days()))
    return ledger


def late_sheet(place: Place, cast: Cast) -> Verification:
    """The missing sheet of May, which a parent brings back when the return has gone."""
    child = next(key for key, month in MISSING_SHEETS.items() if month == PERIOD.months[3])
    (sheet,) = monthly(place, child, cast.children[child].guardians[0].key, (MISSING_SHEETS[child],), {})
    return sheet.model_copy(update={"recorded_at": BROUGHT_BACK, "at": BROUGHT_BACK})


def _number(place: Place, order: int) -> StudentNumber:
    plan = ROLL[order - 1]
    return numberless(place, plan, "passport") if plan.key == NO_NUMBER else student_number(place, plan, order)


def _stay(place: Place, outing: Outing) -> Attendance:
    return Attendance(
        service=place.service,
        key=RecordKey(f"{outing.child}|{outing.day}|1"),
        child=ChildKey(outing.child),
        arrived=instant(outing.day, *outing.arrives),
        departed=instant(outing.day, *outing.departs),
        sign_in=_NOT_SHOWN,
        sign_out=_NOT_SHOWN,
    )


def _absence(place: Place, away: Away) -> Absence:
    evening_before = instant(away.day - timedelta(days=1), 19 * 60 + 25, 12)
    return Absence(
        service=place.service,
        key=RecordKey(f"{away.child}|{away.day}|1"),
        child=ChildKey(away.child),
        day=away.day,
        marked_at=evening_before if away.told_before else instant(away.day, 9 * 60 + 10, 45),
    )


def _operating_day(place: Place, day: date) -> OperatingDay:
    closes = _AFTERNOON[1] if Weekday.of(day) in _WITH_AFTERNOON else _MORNING[1]
    key = RecordKey(day.isoformat())
    return OperatingDay(service=place.service, key=key, day=day, opens=_MORNING[0], closes=closes, open=True)


def _profile(place: Place) -> ServiceProfile:
    return ServiceProfile(
        service=place.service,
        key=RecordKey("licence-1"),
        recorded_at=filed(date(2025, 1, 27)),
        name="Te Kōtuku Kindergarten",
        effective_from=date(2025, 1, 1),
        service_type=ServiceType.KINDERGARTEN,
        licence_class="sessional",
        teacher_led=True,
        places=40,
        under_two_places=0,
        sessions=tuple(_sessions()),
        region="AUK",
        offers_twenty_hours=True,
    )


def _sessions() -> Iterator[OperatingSession]:
    for day in (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY):
        spans = (_MORNING, _AFTERNOON) if day in _WITH_AFTERNOON else (_MORNING,)
        for opens, closes in spans:
            yield OperatingSession(weekday=day, opens=opens, closes=closes, mode=Mode.SESSIONAL)


def _closures(place: Place) -> Iterator[Closure]:
    for key, days, reason in (("summer", SUMMER_BREAK, "Summer break"), ("april", TERM_BREAK, "Term break")):
        yield Closure(
            service=place.service,
            key=RecordKey(f"closure-{key}"),
            recorded_at=filed(date(2025, 12, 1)),
            first_day=days.first,
            last_day=days.last,
            kind="planned",
            reason=reason,
        )
    yield Closure(
        service=place.service,
        key=RecordKey("closure-water"),
        recorded_at=instant(NO_WATER, 14 * 60),
        first_day=NO_WATER,
        last_day=NO_WATER,
        kind="emergency",
        reason="Water main burst: no water in the street",
    )
