"""An invented centre as canonical records, and the facts they fold into."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from bench.centres import Centre, Child, Day, End, Kind, Writing

from ecegateway.contract import Fact
from ecegateway.demo.season import PERIOD, instant
from ecegateway.evidence.record import ServiceEvidence, State, Version
from ecegateway.facts.fold import fold
from ecegateway.facts.types import ServiceFacts
from ecegateway.model.attendance import Absence, Attendance, Mark, Method
from ecegateway.model.child import Child as Identity
from ecegateway.model.enrolment import Basis, Booking, Enrolment, GuardianSignature
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey, ServiceNumber, SourceName, evidence_id
from ecegateway.model.people import Person
from ecegateway.model.period import Weekday
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, Mode, OperatingSession, ServiceProfile, ServiceType

_NUMBER, _SOURCE = ServiceNumber("10001"), SourceName("bench")
_RECEIVED = datetime(2026, 6, 8, tzinfo=UTC)
_SINCE = date(2025, 12, 1)
_TYPES = {
    Kind.ALL_DAY: ServiceType.EDUCATION_AND_CARE,
    Kind.SESSIONAL: ServiceType.KINDERGARTEN,
    Kind.HOME: ServiceType.HOME_BASED,
}


def facts_of(centre: Centre) -> ServiceFacts:
    """The facts of a centre over the funding period."""
    return facts_from(centre, records_of(centre))


def facts_from(centre: Centre, records: Iterable[Record]) -> ServiceFacts:
    """The facts of a centre's records, in whatever order they arrived."""
    shown = frozenset(Fact) if centre.office.names_signers else frozenset(Fact) - {Fact.SIGNER, Fact.DEVICE}
    versions = tuple(_version(record) for record in records)
    return fold(ServiceEvidence(_NUMBER, _RECEIVED, versions, {_SOURCE: shown}), PERIOD.days)


def _version(record: Record) -> Version:
    name = evidence_id(_SOURCE, _NUMBER, record.stream, record.key, 1)
    return Version(name, _SOURCE, _SOURCE, _NUMBER, record.stream, record.key, 1, State.PRESENT, record, b"", _RECEIVED)


def records_of(centre: Centre) -> Iterator[Record]:
    """The centre's records: licence, people, agreements, attendances and absences."""
    yield _profile(centre)
    if len(centre.closure):
        first, last = centre.closure.first, centre.closure.last
        yield Closure(service=_NUMBER, key=RecordKey("closed"), first_day=first, last_day=last, kind="planned")
    for number in range(3):
        yield Person(service=_NUMBER, key=RecordKey(f"t{number}"), role="staff")
    for family in sorted({child.family for child in centre.children}):
        for parent in ("p1", "p2"):
            yield Person(service=_NUMBER, key=RecordKey(f"{parent}-{family}"), role="guardian")
    for child in centre.children:
        yield Identity(service=_NUMBER, key=RecordKey(child.key), family_name=child.family, birth_date=date(2022, 8, 1))
        yield _agreement(child)
    for day in centre.register:
        yield _absence(day) if day.absent else _attendance(centre, day)


def _profile(centre: Centre) -> ServiceProfile:
    office = centre.office
    mode = Mode.SESSIONAL if office.kind is Kind.SESSIONAL else Mode.ALL_DAY
    return ServiceProfile(
        service=_NUMBER,
        key=RecordKey("profile"),
        name=f"Centre {centre.seed}",
        effective_from=_SINCE,
        service_type=_TYPES[office.kind],
        licence_class="sessional" if mode is Mode.SESSIONAL else "all-day",
        teacher_led=True,
        places=100,
        under_two_places=25,
        sessions=tuple(
            OperatingSession(weekday=day, opens=_clock(office.opens), closes=_clock(office.closes), mode=mode)
            for day in tuple(Weekday)[:5]
        ),
        region="WGN",
    )


def _agreement(child: Child) -> Enrolment:
    return Enrolment(
        service=_NUMBER,
        key=RecordKey(f"e-{child.key}"),
        child=ChildKey(child.key),
        agreement=RecordKey(f"e-{child.key}"),
        basis=Basis.PERMANENT,
        effective_from=_SINCE,
        bookings=tuple(
            Booking(weekday=tuple(Weekday)[day], starts=_clock(child.starts), ends=_clock(child.ends)) for day in child.weekdays
        ),
        signature=GuardianSignature(by=PersonKey(f"p1-{child.family}"), signed_on=_SINCE, medium="paper"),
    )


def _absence(day: Day) -> Absence:
    key = RecordKey(f"x-{day.child.key}-{day.day}")
    return Absence(service=_NUMBER, key=key, child=ChildKey(day.child.key), day=day.day)


def _attendance(centre: Centre, day: Day) -> Attendance:
    came, left = day.came, day.left
    return Attendance(
        service=_NUMBER,
        key=RecordKey(f"a-{day.child.key}-{day.day}"),
        child=ChildKey(day.child.key),
        day=day.day if came is None else None,
        arrived=None if came is None else instant(day.day, came.minute),
        departed=None if left is None else instant(day.day, left.minute),
        sign_in=_mark(centre, day.day, came),
        sign_out=_mark(centre, day.day, left),
    )


def _mark(centre: Centre, day: date, end: End | None) -> Mark | None:
    if end is None:
        return None
    office = centre.office
    named = office.names_signers
    return Mark(
        method=Method(end.method),
        by=PersonKey(end.by) if named and end.by is not None else None,
        at=None if end.after is None else _made(office.writing, day, end, end.after),
        device="tablet" if named and end.method == "signed" else None,
    )


def _made(writing: Writing, day: date, end: End, after: float) -> datetime:
    """Of a sheet the seconds count from midnight, else from the minute recorded."""
    typed = writing in (Writing.FIVES, Writing.QUARTERS)
    at = instant(day, 0 if typed else end.minute) + timedelta(seconds=round(after))
    return at.replace(second=0) if writing is Writing.MINUTES else at


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
