"""Short ways to say what happened at an invented service, as records and as the evidence of them."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zlib import crc32
from zoneinfo import ZoneInfo

from ecegateway.contract import Fact
from ecegateway.evidence.record import ServiceEvidence, State, Version
from ecegateway.facts.fold import fold
from ecegateway.facts.types import ServiceFacts
from ecegateway.flows.claim import Prepared, from_evidence
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Absence, Attendance, Mark, Method, Verification
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.enrolment import Basis, Booking, Enrolment, GuardianSignature, TwentyHours
from ecegateway.model.ids import ChildKey, ServiceNumber, SourceName, evidence_id
from ecegateway.model.people import StaffShift
from ecegateway.model.period import DateRange, FundingPeriod, Weekday
from ecegateway.model.record import Change, Record
from ecegateway.model.service import Mode, OperatingSession, ServiceProfile, ServiceType

SERVICE = ServiceNumber("10842")
SOURCE = SourceName("kowhai")
C1, C2 = ChildKey("kowhai:c1"), ChildKey("kowhai:c2")
PERIOD = FundingPeriod(date(2026, 2, 1))
ZONE = ZoneInfo("Pacific/Auckland")
WEEK = ("Mo", "Tu", "We", "Th", "Fr")
MONDAY = date(2026, 2, 9)
"""A Monday without a public holiday in its week."""
Facts = frozenset[Fact]
EVERY_FACT: Facts = frozenset(Fact)
Switches = Mapping[str, str]
NO_SWITCHES: Switches = MappingProxyType({})
RECEIVED = datetime(2026, 6, 2, tzinfo=UTC)


def at(day: date, clock: str) -> datetime:
    """A local time of a day as an instant."""
    hour, minute = clock.split(":")
    return datetime.combine(day, time(int(hour), int(minute)), ZONE)


def clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def profile(
    sessions: str = "07:30-17:30",
    *,
    mode: Mode = Mode.ALL_DAY,
    places: int = 40,
    under_two_places: int = 10,
    service_type: ServiceType = ServiceType.EDUCATION_AND_CARE,
    opens_on_holidays: tuple[date, ...] = (),
    weekdays: tuple[str, ...] = WEEK,
) -> ServiceProfile:
    """The service's licence; ``sessions`` as ``08:45-12:45 13:00-15:30``, the same on each weekday."""
    spans = [part.split("-") for part in sessions.split()]
    return ServiceProfile(
        service=SERVICE,
        key=str(SERVICE),
        name="Pūāwai Early Learning",
        effective_from=date(2025, 1, 1),
        service_type=service_type,
        licence_class="all-day" if mode is Mode.ALL_DAY else "sessional",
        teacher_led=True,
        places=places,
        under_two_places=under_two_places,
        sessions=tuple(
            OperatingSession(weekday=Weekday(day), opens=clock(opens), closes=clock(closes), mode=mode)
            for day in weekdays
            for opens, closes in spans
        ),
        region="WGN",
        offers_twenty_hours=True,
        opens_on_holidays=opens_on_holidays,
    )


def child(key: str = "c1", born: date = date(2023, 8, 1)) -> list[Record]:
    """A child with a number of its own."""
    number = "100000001" if key == "c1" else f"1{crc32(key.encode()) % 10**8:08}"
    return [
        Child(service=SERVICE, key=key, family_name="Tūmanako", given_names=("Ngāio",), birth_date=born, gender="F"),
        StudentNumber(service=SERVICE, key=f"n-{key}", child=key, nsn=number),
    ]


def bookings(times: str, weekdays: Iterable[str] = WEEK) -> tuple[Booking, ...]:
    starts, ends = times.split("-")
    return tuple(Booking(weekday=Weekday(day), starts=clock(starts), ends=clock(ends)) for day in weekdays)


def agreement(
    child_key: str = "c1",
    times: str = "08:30-14:30",
    *,
    weekdays: Iterable[str] = WEEK,
    basis: Basis = Basis.PERMANENT,
    since: date = date(2026, 1, 1),
    signed_on: date | None = date(2025, 12, 1),
    twenty_hours: str | None = None,
    attested_on: date = date(2025, 12, 1),
    last_day: date | None = None,
    key: str | None = None,
    **more: object,
) -> Enrolment:
    """A signed agreement; ``twenty_hours`` as minutes by weekday from Monday, ``240 240 240 240 240``."""
    allocated = tuple(int(part) for part in (twenty_hours or "").split())
    return Enrolment(
        service=SERVICE,
        key=key or f"a-{child_key}",
        child=child_key,
        agreement=f"a-{child_key}",
        basis=basis,
        effective_from=since,
        last_day=last_day,
        bookings=bookings(times, weekdays),
        twenty_hours=TwentyHours(signed_on=attested_on, minutes=allocated + (0,) * (7 - len(allocated))) if allocated else None,
        signature=GuardianSignature(by="g1", signed_on=signed_on, medium="paper") if signed_on else None,
        **more,
    )


def stay(
    day: date,
    times: str = "08:25-14:35",
    child_key: str = "c1",
    *,
    method: Method = Method.SIGNED,
    out_method: Method | None = None,
    by: str | None = "g1",
    key: str | None = None,
    **more: object,
) -> Attendance:
    """A stay signed in and out by a guardian, unless said otherwise."""
    came, left = times.split("-")
    arrived, departed = at(day, came), at(day, left) if left else None
    return Attendance(
        service=SERVICE,
        key=key or f"s-{child_key}-{day}",
        child=child_key,
        arrived=arrived,
        departed=departed,
        sign_in=Mark(method=method, by=by, at=arrived),
        sign_out=Mark(method=out_method or method, by=by, at=departed) if departed else None,
        recorded_at=departed or arrived,
        **more,
    )


def absence(day: date, child_key: str = "c1") -> Absence:
    return Absence(service=SERVICE, key=f"x-{child_key}-{day}", child=child_key, day=day, reason="unwell")


def confirmed(first: date, last: date, child_key: str = "c1", *, on: date | None = None) -> Verification:
    return Verification(
        service=SERVICE,
        key=f"v-{child_key}-{first}",
        child=child_key,
        first_day=first,
        last_day=last,
        by="g1",
        at=at(on or last + timedelta(days=1), "17:00"),
        decision="confirmed",
        medium="electronic",
    )


def shift(day: date, times: str = "08:00-16:00", person: str = "t1", *, certificated: bool = True, key: str = "") -> StaffShift:
    starts, ends = times.split("-")
    return StaffShift(
        service=SERVICE,
        key=f"w-{person}-{day}{key}",
        person=person,
        day=day,
        starts=clock(starts),
        ends=clock(ends),
        certificated=certificated,
    )


def staffed(days: Iterable[date] = PERIOD.days) -> list[Record]:
    """A certificated teacher on every day."""
    return [shift(day) for day in days]


def changed(by: str | None = "t1", on: date | None = MONDAY + timedelta(days=3), why: str | None = "wrong day") -> Change:
    return Change(by=by, at=at(on, "10:00") if on else None, why=why)


def versions(records: Iterable[Record], *, source: SourceName = SOURCE, received: datetime = RECEIVED) -> list[Version]:
    """Stored versions: records with the same stream and key are later versions of one another."""
    counts: dict[tuple[str, str], int] = {}
    found = []
    for record in records:
        place = (record.stream, record.key)
        counts[place] = number = counts.get(place, 0) + 1
        digest = hashlib.sha256(record.model_dump_json().encode()).digest()
        name = evidence_id(source, SERVICE, record.stream, record.key, number)
        when = received + timedelta(days=number - 1)
        version = Version(name, source, source, SERVICE, record.stream, record.key, number, State.PRESENT, record, digest, when)
        found.append(version)
    return found


def gone(version: Version, state: State) -> Version:
    """The version that says a record is deleted or missing."""
    name = evidence_id(version.source, version.service, version.stream, version.key, version.version + 1)
    later = version.received_at + timedelta(days=7)
    return Version(
        name,
        version.source,
        version.key_space,
        version.service,
        version.stream,
        version.key,
        version.version + 1,
        state,
        None,
        b"",
        later,
    )


def evidence(found: Iterable[Version], facts: Facts = EVERY_FACT) -> ServiceEvidence:
    stored = tuple(found)
    known_at = max(version.received_at for version in stored)
    return ServiceEvidence(SERVICE, known_at, stored, {version.source: facts for version in stored})


def facts_of(*records: Record, facts: Facts = EVERY_FACT, days: DateRange = PERIOD.days) -> ServiceFacts:
    return fold(evidence(versions(records), facts), days)


def prepared(*records: Record, facts: Facts = EVERY_FACT, switches: Switches = NO_SWITCHES) -> Prepared:
    """The claim of the records."""
    return from_evidence(evidence(versions(records), facts), PERIOD, policy(switches))
