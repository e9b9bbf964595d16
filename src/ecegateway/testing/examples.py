"""One small invented service in canonical records: every stream the reference vendor carries, and every fact it can show."""

from datetime import UTC, date, datetime, time, timedelta

from ecegateway.model.attendance import Absence, Attendance, Mark, Method, Verification
from ecegateway.model.child import Address, Child, StudentNumber
from ecegateway.model.enrolment import Basis, Booking, Enrolment, GuardianSignature, TwentyHours
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey, ServiceNumber
from ecegateway.model.people import AuthorisedSignatory, Note, Person, SignatureMeans, StaffShift
from ecegateway.model.period import Weekday
from ecegateway.model.record import Change, Record
from ecegateway.model.service import Closure, Mode, OperatingSession, ServiceProfile, ServiceType

SERVICE = ServiceNumber("10842")
CHILD = ChildKey("c-1001")
GUARDIAN = PersonKey("p-2001")
TEACHER = PersonKey("p-3001")
MEANS = RecordKey("m-4001")
MONDAY = date(2026, 2, 9)
_ENROLLED_AT = datetime(2026, 1, 12, 21, 0, tzinfo=UTC)
_SIX_HOURS = 360


def example_records() -> tuple[Record, ...]:
    """The service, its people, one child and a week of February 2026."""
    return (*_service(), *_people(), *_child(), *stays(5), *_of_the_week())


def stays(count: int) -> tuple[Attendance, ...]:
    """Signed stays of the child on consecutive days from :data:`MONDAY`; every third was corrected, openly."""
    return tuple(_stay(number) for number in range(count))


def _stay(number: int) -> Attendance:
    # 08:30 to 14:30 by the wall clock of February in Wellington is 19:30 to 01:30 in UTC.
    arrived = datetime(2026, 2, 8, 19, 30, tzinfo=UTC) + timedelta(days=number)
    departed = arrived + timedelta(hours=6)
    corrected = number % 3 == 2  # noqa: PLR2004 - the third of three
    return Attendance(
        service=SERVICE,
        key=RecordKey(f"a-{number + 1:05}"),
        recorded_at=arrived,
        change=Change(by=TEACHER, at=departed + timedelta(hours=1), why="typed 3 for 2") if corrected else None,
        child=CHILD,
        arrived=arrived,
        departed=departed,
        sign_in=Mark(method=Method.SIGNED, by=GUARDIAN, at=arrived, means=MEANS, device="front-door"),
        sign_out=Mark(method=Method.SIGNED, by=GUARDIAN, at=departed, means=MEANS, device="front-door"),
        sheet="Tūī room",
        circumstances="The tablet was charging; signed at the office." if corrected else None,
    )


def _service() -> tuple[Record, ...]:
    return (
        ServiceProfile(
            service=SERVICE,
            key=RecordKey("profile-2025"),
            name="Pūāwai Early Learning",
            effective_from=date(2025, 1, 1),
            service_type=ServiceType.EDUCATION_AND_CARE,
            licence_class="all-day",
            teacher_led=True,
            places=50,
            under_two_places=12,
            sessions=tuple(
                OperatingSession(weekday=day, opens=time(7, 30), closes=time(17, 30), mode=Mode.ALL_DAY)
                for day in tuple(Weekday)[:5]
            ),
            region="WGN",
            offers_twenty_hours=True,
        ),
        Closure(
            service=SERVICE,
            key=RecordKey("z-1"),
            first_day=date(2026, 4, 7),
            last_day=date(2026, 4, 7),
            kind="planned",
            reason="Teachers' day",
        ),
    )


def _people() -> tuple[Record, ...]:
    return (
        Person(service=SERVICE, key=RecordKey(GUARDIAN), role="guardian", given_names="Mererangi", family_name="Ngāio"),
        Person(service=SERVICE, key=RecordKey(TEACHER), role="staff", given_names="Hōri", family_name="Ngāio"),
        SignatureMeans(service=SERVICE, key=MEANS, person=GUARDIAN, created_by=TEACHER, created_at=_ENROLLED_AT),
        AuthorisedSignatory(service=SERVICE, key=RecordKey("g-1"), child=CHILD, person=GUARDIAN, first_day=date(2026, 1, 13)),
    )


def _child() -> tuple[Record, ...]:
    days = tuple(Weekday)[:5]
    return (
        Child(
            service=SERVICE,
            key=RecordKey(CHILD),
            recorded_at=_ENROLLED_AT,
            family_name="Ngāio",
            given_names=("Tāne Kahurangi",),
            preferred_name="Tāne",
            birth_date=date(2022, 8, 14),
            gender="M",
            address=Address(line1="3 Kōwhai Lane", city="Wellington", postcode="6011"),
        ),
        StudentNumber(
            service=SERVICE,
            key=RecordKey("n-1001"),
            child=CHILD,
            nsn="100000001",
            verification="birth certificate",
            document_sighted="birth certificate",
            document_sighted_on=date(2026, 1, 13),
        ),
        Enrolment(
            service=SERVICE,
            key=RecordKey("e-1001-1"),
            recorded_at=_ENROLLED_AT,
            child=CHILD,
            agreement=RecordKey("e-1001"),
            basis=Basis.PERMANENT,
            effective_from=date(2026, 2, 2),
            bookings=tuple(Booking(weekday=day, starts=time(8, 30), ends=time(14, 30)) for day in days),
            other_service_minutes=0,
            twenty_hours=TwentyHours(signed_on=date(2026, 1, 13), minutes=(_SIX_HOURS, _SIX_HOURS, _SIX_HOURS, 120, 0, 0, 0)),
            signature=GuardianSignature(by=GUARDIAN, signed_on=date(2026, 1, 13), medium="electronic", means=MEANS),
        ),
    )


def _of_the_week() -> tuple[Record, ...]:
    return (
        Absence(
            service=SERVICE,
            key=RecordKey("x-1"),
            child=CHILD,
            day=MONDAY + timedelta(days=7),
            reason="unwell",
            notified_by=GUARDIAN,
            marked_by=TEACHER,
            marked_at=datetime(2026, 2, 15, 20, 5, tzinfo=UTC),
        ),
        Verification(
            service=SERVICE,
            key=RecordKey("v-1"),
            child=CHILD,
            first_day=MONDAY,
            last_day=MONDAY + timedelta(days=6),
            by=GUARDIAN,
            at=datetime(2026, 2, 16, 5, 0, tzinfo=UTC),
            decision="confirmed",
            statement="These are the days and times my child attended.",
            medium="electronic",
            means=MEANS,
        ),
        StaffShift(
            service=SERVICE,
            key=RecordKey("w-1"),
            person=TEACHER,
            day=MONDAY,
            starts=time(8, 0),
            ends=time(16, 0),
            certificated=True,
        ),
        Note(
            service=SERVICE,
            key=RecordKey("o-1"),
            day=MONDAY,
            about="staff-hours",
            text="A relieving teacher covered the afternoon.",
            written_by=TEACHER,
        ),
    )
