"""Canonical record -> Kōwhai's JSON (written by the simulator) -> our mapping -> the same canonical record."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecegateway.model.attendance import Absence, Attendance, Mark, Method, Verification
from ecegateway.model.child import Address, Child, StudentNumber
from ecegateway.model.enrolment import Basis, Booking, Enrolment, GuardianSignature, TwentyHours
from ecegateway.model.people import AuthorisedSignatory, Note, Person, SignatureMeans, StaffShift
from ecegateway.model.period import Weekday
from ecegateway.model.record import Change, Record
from ecegateway.model.service import Closure, Mode, OperatingSession, ServiceProfile, ServiceType
from ecegateway.model.streams import STREAMS
from ecegateway.testing.vendor_payloads import to_item
from ecegateway_source_reference.mapping import MAPPERS

KEYS = st.from_regex(r"[A-Za-z0-9āēīōū_-]{1,20}", fullmatch=True)
WORDS = st.sampled_from(("Ngāio", "Kōwhai Lane", "Te Kōrari", "it rained; a “wet” day", '"quoted": yes'))
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
TIMES = st.times().map(lambda at: at.replace(fold=0))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PLACES = st.integers(0, 1000)
MEDIA = st.sampled_from(("electronic", "paper"))


def maybe(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.none() | strategy


def few(strategy: SearchStrategy[Any], most: int = 3) -> SearchStrategy[Any]:
    return st.lists(strategy, max_size=most).map(tuple)


CHANGES = maybe(st.builds(Change, by=maybe(KEYS), at=maybe(MOMENTS), why=maybe(WORDS)))
COMMON = {"service": st.just("10842"), "key": KEYS, "recorded_at": maybe(MOMENTS), "change": CHANGES}
MARKS = st.builds(
    Mark, method=st.sampled_from(Method), by=maybe(KEYS), at=maybe(MOMENTS), means=maybe(KEYS), device=maybe(WORDS)
)
CODES = few(st.sampled_from(("111", "211", "TEO")))


@st.composite
def bookings(draw: st.DrawFn) -> tuple[Booking, ...]:
    """Bookings as Kōwhai can repeat them: every week, every second week, or in two alternating weeks."""
    first = draw(DAYS)
    repeats = draw(st.sampled_from(((None,), (first,), (None, first), (first, first + timedelta(days=7)))))
    made = []
    for _ in range(draw(st.integers(0, 4))):
        starts, ends = sorted(draw(st.lists(st.integers(0, 1439), min_size=2, max_size=2, unique=True)))
        counted_from = draw(st.sampled_from(repeats))
        made.append(
            Booking(
                weekday=draw(st.sampled_from(Weekday)),
                starts=time(starts // 60, starts % 60),
                ends=time(ends // 60, ends % 60),
                every_weeks=2 if counted_from else 1,
                counted_from=counted_from,
                conditional=draw(st.booleans()),
            )
        )
    return tuple(made)


RECORDS: dict[str, SearchStrategy[Record]] = {
    "service": st.builds(
        ServiceProfile,
        **COMMON,
        name=WORDS,
        effective_from=DAYS,
        service_type=st.sampled_from(ServiceType),
        licence_class=st.sampled_from(("all-day", "sessional", "mixed")),
        teacher_led=st.booleans(),
        places=PLACES,
        under_two_places=PLACES,
        sessions=few(
            st.builds(
                OperatingSession,
                weekday=st.sampled_from(Weekday),
                opens=TIMES,
                closes=TIMES,
                mode=st.sampled_from(Mode),
            )
        ),
        zone=st.sampled_from(("Pacific/Auckland", "Pacific/Chatham")),
        region=maybe(st.sampled_from(("WGN", "AUK"))),
        offers_twenty_hours=st.booleans(),
        opens_on_holidays=few(DAYS),
    ),
    "person": st.builds(
        Person,
        **COMMON,
        role=st.sampled_from(("guardian", "staff", "administrator")),
        given_names=maybe(WORDS),
        family_name=maybe(WORDS),
    ),
    "signature_means": st.builds(
        SignatureMeans,
        **COMMON,
        person=KEYS,
        created_by=maybe(KEYS),
        created_at=maybe(MOMENTS),
        revoked_at=maybe(MOMENTS),
    ),
    "child": st.builds(
        Child,
        **COMMON,
        family_name=WORDS,
        given_names=few(WORDS),
        preferred_name=maybe(WORDS),
        birth_date=DAYS,
        gender=maybe(st.sampled_from(("F", "M", "U"))),
        address=maybe(st.builds(Address, line1=WORDS, line2=maybe(WORDS), city=WORDS, postcode=maybe(st.just("6011")))),
        ethnicities=CODES,
        iwi=CODES,
        home_languages=CODES,
    ),
    "student_number": st.builds(
        StudentNumber,
        **COMMON,
        child=KEYS,
        nsn=maybe(st.from_regex(r"[0-9]{1,18}", fullmatch=True).filter(str.isascii)),
        verification=maybe(st.sampled_from(("unverified", "passport", "birth certificate", "other"))),
        document_sighted=maybe(WORDS),
        document_sighted_on=maybe(DAYS),
    ),
    "authorised_signatory": st.builds(
        AuthorisedSignatory, **COMMON, child=KEYS, person=KEYS, first_day=DAYS, last_day=maybe(DAYS)
    ),
    "enrolment": st.builds(
        Enrolment,
        **COMMON,
        child=KEYS,
        agreement=KEYS,
        basis=maybe(st.sampled_from(Basis)),
        conditional_part=maybe(st.sampled_from(("whole", "bookings"))),
        effective_from=DAYS,
        last_day=maybe(DAYS),
        bookings=bookings(),
        holidays=few(DAYS),
        other_service_minutes=maybe(st.integers(0, 3000)),
        twenty_hours=maybe(
            st.builds(
                TwentyHours,
                signed_on=DAYS,
                minutes=st.lists(st.integers(0, 1440), min_size=7, max_size=7).map(tuple),
            )
        ),
        signature=maybe(st.builds(GuardianSignature, by=KEYS, signed_on=DAYS, medium=MEDIA, means=maybe(KEYS))),
    ),
    "attendance": st.builds(
        Attendance,
        **COMMON,
        child=KEYS,
        day=maybe(DAYS),
        arrived=maybe(MOMENTS),
        departed=maybe(MOMENTS),
        sign_in=maybe(MARKS),
        sign_out=maybe(MARKS),
        sheet=maybe(WORDS),
        circumstances=maybe(WORDS),
    ),
    "absence": st.builds(
        Absence,
        **COMMON,
        child=KEYS,
        day=DAYS,
        starts=maybe(TIMES),
        ends=maybe(TIMES),
        reason=maybe(WORDS),
        notified_by=maybe(KEYS),
        marked_by=maybe(KEYS),
        marked_at=maybe(MOMENTS),
    ),
    "verification": st.builds(
        Verification,
        **COMMON,
        child=KEYS,
        first_day=DAYS,
        last_day=DAYS,
        by=KEYS,
        at=MOMENTS,
        decision=st.sampled_from(("confirmed", "disputed")),
        statement=maybe(WORDS),
        medium=MEDIA,
        means=maybe(KEYS),
        reference=maybe(WORDS),
    ),
    "closure": st.builds(
        Closure,
        **COMMON,
        first_day=DAYS,
        last_day=DAYS,
        kind=st.sampled_from(("planned", "emergency")),
        reason=maybe(WORDS),
        approval_reference=maybe(WORDS),
    ),
    "staff_shift": st.builds(StaffShift, **COMMON, person=KEYS, day=DAYS, starts=TIMES, ends=TIMES, certificated=st.booleans()),
    "note": st.builds(
        Note,
        **COMMON,
        day=DAYS,
        child=maybe(KEYS),
        about=st.sampled_from(("attendance", "staff-hours", "other")),
        text=WORDS,
        written_by=maybe(KEYS),
        concerns=maybe(KEYS),
    ),
}


def test_every_stream_takes_the_trip() -> None:
    assert RECORDS.keys() == MAPPERS.keys()


@pytest.mark.parametrize("stream", sorted(RECORDS))
@given(data=st.data())
@settings(deadline=None)
def test_there_and_back_again(stream: str, data: st.DataObject) -> None:
    record = data.draw(RECORDS[stream])
    sent = orjson.loads(orjson.dumps(to_item(record)))
    assert STREAMS[stream].model_validate(MAPPERS[stream](sent, "10842")) == record


def test_a_pattern_kowhai_does_not_have_is_not_published_as_another() -> None:
    booking = Booking(weekday=Weekday.MONDAY, starts=time(9), ends=time(12), every_weeks=3, counted_from=date(2026, 2, 9))
    record = Enrolment(
        service="10842", key="e-1", child="c-1", agreement="e-1", effective_from=date(2026, 2, 9), bookings=(booking,)
    )
    with pytest.raises(ValueError, match="no booking pattern"):
        to_item(record)
