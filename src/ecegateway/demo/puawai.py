"""Pūāwai Early Learning as its vendor's system knows it: everything in order, before anything is planted."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Final, Literal

from ecegateway.demo.agreements import agreements
from ecegateway.demo.identities import (
    Place,
    children,
    filed,
    means_key,
    numberless,
    persons,
    signatories,
    signature_means,
    student_number,
)
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.outings import Away, Noise, Outing, live
from ecegateway.demo.people import Cast, CastChild
from ecegateway.demo.plans import Plan
from ecegateway.demo.puawai_roll import BIRTH_DATE_OF_UNENROLLED, ROLL, UNENROLLED
from ecegateway.demo.season import FIRST_DAY, PERIOD, instant, weekdays
from ecegateway.demo.staffing import Roster, shifts
from ecegateway.model.attendance import Absence, Attendance, Mark, Method
from ecegateway.model.child import StudentNumber
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey
from ecegateway.model.people import Note
from ecegateway.model.period import Weekday, age_on
from ecegateway.model.service import Closure, Mode, OperatingSession, ServiceProfile, ServiceType

EMERGENCY: Final = date(2026, 3, 24)
TEACHERS_ONLY: Final = date(2026, 5, 15)
NO_STAFF_RECORDED: Final = date(2026, 5, 8)
DOCUMENT_ONLY: Final = "c-1044"
NO_DOCUMENT: Final = "c-1045"
DEVICE: Final = "front door tablet"

_NOISE = Noise(arrive=(-12, 6), depart=(-6, 14), latest=17 * 60 + 29)
_OPENS, _CLOSES = time(7, 30), time(17, 30)
_CHILD_IS_TWO = 2
_AFTER_TWO = 14 * 60
_ROSTERS = (
    Roster("s-01", certificated=True, spans=((450, 720), (765, 930))),
    Roster("s-02", certificated=True, spans=((480, 750), (795, 990))),
    Roster("s-03", certificated=True, spans=((510, 780), (825, 1020))),
    Roster("s-04", certificated=True, spans=((540, 810), (855, 1050))),
    Roster("s-05", certificated=True, spans=((480, 960),), weekdays=(0, 1, 2)),
    Roster("s-06", certificated=False, spans=((510, 930),)),
    Roster("s-07", certificated=False, spans=((600, 1050),)),
    Roster("s-08", certificated=True, spans=((450, 900),), weekdays=(2, 3, 4)),
    Roster("s-09", certificated=False, spans=((720, 1050),), weekdays=(1, 3)),
)


def open_days() -> list[date]:
    """The days Pūāwai operated from the first week that touches the period."""
    return [d for d in weekdays(FIRST_DAY, PERIOD.days.last) if d not in (EMERGENCY, TEACHERS_ONLY)]


def invent(place: Place, cast: Cast) -> Ledger:
    """The whole period as it would be if nothing ever went wrong. Guardians' confirmations come later."""
    ledger = Ledger("kowhai")
    ledger.add(_profile(place), *_closures(place), *persons(place, cast), *signature_means(place, cast))
    born = {plan.key: plan.born for plan in ROLL} | {UNENROLLED: BIRTH_DATE_OF_UNENROLLED}
    known = {plan.key: plan.terms[0].signed or plan.starts for plan in ROLL} | {UNENROLLED: date(2026, 2, 9)}
    ledger.add(*children(place, cast, born, known))
    for order, plan in enumerate(ROLL, 1):
        child = cast.children[plan.key]
        ledger.add(_number(place, plan, order), *signatories(place, child, plan))
        last_day = None if plan.leaving_known else plan.last_day
        ledger.add(*agreements(place, child, plan, "electronic", last_day))
        for event in live(plan, open_days(), _NOISE, place.seed):
            if isinstance(event, Outing):
                ledger.add_stay(stay(place, child, plan.born, event), event.day)
            elif plan.bookings:
                ledger.add(absence(place, child, event))
    ledger.add(*_absent_in_the_storm(place, cast))
    ledger.add(*shifts(place, _ROSTERS, (day for day in open_days() if day != NO_STAFF_RECORDED)), *_notes(place))
    return ledger


def stay(place: Place, child: CastChild, born: date, outing: Outing) -> Attendance:
    """An ordinary stay, signed in and out by a guardian with a signature of their own."""
    arrived, departed = instant(outing.day, *outing.arrives), instant(outing.day, *outing.departs)
    brought, fetched = (child.guardians[n % len(child.guardians)].key for n in (outing.brought_by, outing.fetched_by))
    return Attendance(
        service=place.service,
        key=RecordKey(f"stay-{child.key}-{outing.day}"),
        recorded_at=departed + timedelta(seconds=2),
        child=ChildKey(child.key),
        arrived=arrived,
        departed=departed,
        sign_in=Mark(method=Method.SIGNED, by=PersonKey(brought), at=arrived, means=means_key(brought), device=DEVICE),
        sign_out=Mark(method=Method.SIGNED, by=PersonKey(fetched), at=departed, means=means_key(fetched), device=DEVICE),
        sheet=sheet(born, outing.day),
    )


def sheet(born: date, day: date) -> str:
    """The register a child stands on: under 2 and 2 and over are kept apart."""
    return "Under twos" if age_on(born, day) < _CHILD_IS_TWO else "Two and over"


def absence(place: Place, child: CastChild, away: Away) -> Absence:
    """An absence a guardian gave notice of, marked by a staff member in the morning."""
    marked_at = instant(away.day, 9 * 60 + 40, 10)
    return Absence(
        service=place.service,
        key=RecordKey(f"absence-{child.key}-{away.day}"),
        recorded_at=marked_at,
        child=ChildKey(child.key),
        day=away.day,
        reason=away.reason,
        notified_by=PersonKey(child.guardians[0].key),
        marked_by=PersonKey("s-01"),
        marked_at=marked_at,
    )


def _absent_in_the_storm(place: Place, cast: Cast) -> Iterator[Absence]:
    marked_at = instant(EMERGENCY, _AFTER_TWO)
    for plan in ROLL:
        if plan.basis is Basis.PERMANENT and plan.lived(EMERGENCY):
            yield Absence(
                service=place.service,
                key=RecordKey(f"absence-{plan.key}-{EMERGENCY}"),
                recorded_at=marked_at,
                child=ChildKey(plan.key),
                day=EMERGENCY,
                reason="Emergency closure: storm",
                marked_by=PersonKey(cast.administrator.key),
                marked_at=marked_at,
            )


def _notes(place: Place) -> Iterator[Note]:
    texts: tuple[tuple[date, Literal["attendance", "staff-hours", "other"], str], ...] = (
        (date(2026, 2, 12), "other", "Fire drill at 10:15; everybody out in two minutes."),
        (EMERGENCY, "staff-hours", "Closed for the storm with approval; no teacher was counted in the ratio."),
        (date(2026, 4, 7), "attendance", "Quiet day after Easter; many families away."),
    )
    for number, (day, about, text) in enumerate(texts, 1):
        yield Note(
            service=place.service,
            key=RecordKey(f"note-{number}"),
            recorded_at=instant(day, _AFTER_TWO + 30),
            day=day,
            about=about,
            text=text,
            written_by=PersonKey("s-01"),
        )


def _number(place: Place, plan: Plan, order: int) -> StudentNumber:
    if plan.key == DOCUMENT_ONLY:
        return numberless(place, plan, "birth certificate")
    return numberless(place, plan, None) if plan.key == NO_DOCUMENT else student_number(place, plan, order)


def _profile(place: Place) -> ServiceProfile:
    return ServiceProfile(
        service=place.service,
        key=RecordKey("licence-1"),
        recorded_at=filed(date(2025, 1, 27)),
        name="Pūāwai Early Learning",
        effective_from=date(2025, 1, 1),
        service_type=ServiceType.EDUCATION_AND_CARE,
        licence_class="all-day",
        teacher_led=True,
        places=36,
        under_two_places=12,
        sessions=tuple(
            OperatingSession(weekday=Weekday(d), opens=_OPENS, closes=_CLOSES, mode=Mode.ALL_DAY)
            for d in ("Mo", "Tu", "We", "Th", "Fr")
        ),
        region="WGN",
        offers_twenty_hours=True,
    )


def _closures(place: Place) -> Iterable[Closure]:
    yield Closure(
        service=place.service,
        key=RecordKey("closure-storm"),
        recorded_at=instant(EMERGENCY, _AFTER_TWO),
        first_day=EMERGENCY,
        last_day=EMERGENCY,
        kind="emergency",
        reason="Storm: slips on the road and no power",
        approval_reference="WGN-2026-0324-07",
    )
    yield Closure(
        service=place.service,
        key=RecordKey("closure-teachers"),
        recorded_at=filed(date(2026, 2, 16)),
        first_day=TEACHERS_ONLY,
        last_day=TEACHERS_ONLY,
        kind="planned",
        reason="Teacher-only day",
    )
