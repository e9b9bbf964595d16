"""The canonical text agrees with an independent RFC 8785 implementation, and poison is refused."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.errors import IntakeError
from ecegateway.evidence.canonical import MAX_TEXT_BYTES, canonical, refuse_poison
from ecegateway.model.attendance import Attendance, Mark, Method
from ecegateway.model.child import Address, Child
from ecegateway.model.enrolment import Booking, Enrolment, TwentyHours
from ecegateway.model.ids import ChildKey, RecordKey, ServiceNumber
from ecegateway.model.period import Weekday
from ecegateway.model.record import Change, Record, Text
from tests.storage.filling import note

SERVICE = ServiceNumber("10842")
KEY = RecordKey("k-1")
CHILD = ChildKey("c-1")

any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60)
instants = st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=12, minutes=45)), timezone(timedelta(hours=-3))]),
)
marks = st.builds(Mark, method=st.sampled_from(Method), at=st.none() | instants, device=st.none() | any_text)
records: st.SearchStrategy[Record] = st.one_of(
    st.builds(
        Attendance,
        service=st.just(SERVICE),
        key=st.just(KEY),
        child=st.just(CHILD),
        arrived=st.none() | instants,
        sign_in=st.none() | marks,
        circumstances=st.none() | any_text,
        change=st.none() | st.builds(Change, by=st.none(), at=st.none() | instants, why=st.none() | any_text),
    ),
    st.builds(
        Child,
        service=st.just(SERVICE),
        key=st.just(KEY),
        family_name=any_text,
        given_names=st.lists(any_text, max_size=3).map(tuple),
        birth_date=st.dates(),
        address=st.none() | st.builds(Address, line1=any_text, city=any_text, line2=st.none(), postcode=st.none()),
    ),
    st.builds(
        Enrolment,
        service=st.just(SERVICE),
        key=st.just(KEY),
        child=st.just(CHILD),
        agreement=st.just(KEY),
        effective_from=st.dates(),
        other_service_minutes=st.none() | st.integers(0, 2**53 - 1),
        twenty_hours=st.none() | st.builds(TwentyHours, signed_on=st.dates(), minutes=st.just((0, 360, 0, 360, 0, 0, 0))),
        bookings=st.just((Booking(weekday=Weekday.MONDAY, starts=time(8, 30), ends=time(15)),)),
    ),
)


@given(records)
def test_the_bytes_are_those_of_rfc_8785(record: Record) -> None:
    content, digest = canonical(record)
    plain: Any = type(record).model_validate_json(content).model_dump(mode="json", exclude_none=True)
    assert rfc8785.dumps(plain) == content.encode()
    assert digest == sha256(content.encode()).digest()


@given(records)
def test_a_record_is_read_back_as_it_was(record: Record) -> None:
    assert type(record).model_validate_json(canonical(record).content) == record


def test_the_text_is_pinned() -> None:
    record = Attendance(
        service=SERVICE,
        key=KEY,
        child=CHILD,
        arrived=datetime(2026, 2, 2, 20, 30, 15, 250_000, tzinfo=UTC),
        day=date(2026, 2, 3),
        sign_in=Mark(method=Method.STAFF_ENTRY),
        circumstances='Pūāwai "east" room',
    )
    assert canonical(record).content == (
        '{"arrived":"2026-02-02T20:30:15.250000Z","child":"c-1","circumstances":"Pūāwai \\"east\\" room",'
        '"day":"2026-02-03","key":"k-1","service":"10842","sign_in":{"method":"staff-entry"}}'
    )


def test_texts_that_only_look_like_poison_are_taken() -> None:
    canonical(note("k", "a \\u0000 in words"))


@pytest.mark.parametrize("text", ["nul \0", "\\\\ and \0"])
def test_a_nul_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(IntakeError, match=r"U\+0000") as caught:
        canonical(note("k", text))
    assert "\0" not in str(caught.value)


def test_a_lone_surrogate_is_refused() -> None:
    record = note("k").model_copy(update={"text": "half \ud83d a face"})
    with pytest.raises(IntakeError, match="lone surrogate"):
        canonical(record)


def test_a_number_no_reader_agrees_on_is_refused() -> None:
    record = Enrolment(
        service=SERVICE, key=KEY, child=CHILD, agreement=KEY, effective_from=date(2026, 2, 2), other_service_minutes=2**53
    )
    with pytest.raises(IntakeError, match=r"2\^53"):
        canonical(record)


class Long(Record):
    stream = "long"

    text: tuple[Text, ...]


def test_a_record_of_more_than_64_kib_is_refused() -> None:
    rest = len(canonical(Long(service=SERVICE, key=KEY, text=("x",))).content) - 1
    fits = Long.model_construct(service=SERVICE, key=KEY, text=("x" * (MAX_TEXT_BYTES - rest),))
    assert len(canonical(fits).content) == MAX_TEXT_BYTES
    too_long = Long.model_construct(service=SERVICE, key=KEY, text=("x" * (MAX_TEXT_BYTES - rest + 1),))
    with pytest.raises(IntakeError, match="65537 bytes"):
        canonical(too_long)


def test_other_texts_are_held_to_the_same_rule() -> None:
    refuse_poison(["plain", "Tāne", "x" * MAX_TEXT_BYTES])
    for poison in ("\0", "\udc00", "ā" * (MAX_TEXT_BYTES // 2 + 1)):
        with pytest.raises(IntakeError):
            refuse_poison(["plain", poison])
