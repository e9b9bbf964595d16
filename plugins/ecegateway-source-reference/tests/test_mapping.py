"""What Kōwhai's words and shapes mean, case by case, and which are refused rather than guessed."""

from typing import Any

import orjson
import pytest

from ecegateway.contract import Answer, Deletion, Draft, HttpGet, Page, Refusal
from ecegateway.errors import IntakeError
from ecegateway.model.ids import ServiceNumber
from ecegateway.testing.examples import example_records
from ecegateway.testing.vendor_payloads import to_item
from ecegateway_source_reference.fields import UnreadableError
from ecegateway_source_reference.mapping import MAPPERS
from ecegateway_source_reference.source import KowhaiSource

SOURCE = KowhaiSource()
AS_OF = "2026-02-20T03:00:00Z"


def item(stream: str, **changed: Any) -> dict[str, Any]:
    """A good item of a stream, with some columns changed."""
    record = next(record for record in example_records() if record.stream == stream)
    return to_item(record) | changed


def mapped(stream: str, **changed: Any) -> dict[str, Any]:
    return MAPPERS[stream](item(stream, **changed), "10842")


def refused(stream: str, **changed: Any) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        mapped(stream, **changed)
    return caught.value


def page_of(collection: str, body: bytes) -> Page:
    feed = next(feed for feed in SOURCE.feeds([ServiceNumber("10842")]) if feed.name == collection)
    return SOURCE.read(feed, Answer(HttpGet("/v1"), body, "/v1", "application/json"))


def listing(*items: Any) -> bytes:
    return orjson.dumps({"data": items, "count": len(items), "next_cursor": None, "as_of": AS_OF})


def booking(**changed: Any) -> dict[str, Any]:
    return {"day": "tue", "from": "09:00", "to": "12:00", "week": None, "conditional": False} | changed


@pytest.mark.parametrize(
    ("word", "method"),
    [
        ("pin", "signed"),
        ("qr", "signed"),
        ("kiosk", "signed"),
        ("educator", "staff-entry"),
        ("bulk", "bulk"),
        ("booking", "booking"),
        ("default", "default"),
        ("auto", "system"),
        ("imported", "not-shown"),
        (None, "not-shown"),
    ],
)
def test_sign_in_words(word: str | None, method: str) -> None:
    assert mapped("attendance", signInMethod=word)["sign_in"]["method"] == method


@pytest.mark.parametrize("word", ["PIN", "", "fingerprint", True])
def test_an_unknown_sign_in_word_is_refused_with_its_column(word: Any) -> None:
    error = refused("attendance", signInMethod=word)
    assert error.column == "signInMethod"
    assert "fingerprint" not in error.reason


def test_no_sign_out_at_all_is_no_mark() -> None:
    nothing = dict.fromkeys(("signOutMethod", "signOutBy", "signOutAt", "signOutCredential", "signOutDevice"))
    assert mapped("attendance", **nothing)["sign_out"] is None


@pytest.mark.parametrize("column", ["timeIn", "timeOut", "date", "signInAt", "createdAt"])
def test_a_number_is_no_time(column: str) -> None:
    assert refused("attendance", **{column: 1_770_580_800}).column == column


def test_edited_without_a_word_of_who_or_why_is_still_a_change() -> None:
    nothing = dict.fromkeys(("lastEditedBy", "lastEditedAt", "lastEditedReason"))
    assert mapped("attendance", edited=True, **nothing)["change"] == {"by": None, "at": None, "why": None}
    assert mapped("attendance", edited=False, **nothing)["change"] is None


ON_TUESDAYS = {"weekday": "Tu", "starts": "09:00", "ends": "12:00", "conditional": False}


@pytest.mark.parametrize(
    ("pattern", "week", "expected"),
    [
        pytest.param("weekly", None, {}, id="weekly"),
        pytest.param("fortnightly", None, {"every_weeks": 2, "counted_from": "2026-02-09"}, id="fortnightly"),
        pytest.param("casual", None, None, id="casual"),
        pytest.param("alternating", "A", {"every_weeks": 2, "counted_from": "2026-02-09"}, id="alternating, first weeks"),
        pytest.param("alternating", "B", {"every_weeks": 2, "counted_from": "2026-02-16"}, id="alternating, second weeks"),
        pytest.param("alternating", None, {}, id="alternating, booked in both"),
    ],
)
def test_booking_pattern_words(pattern: str, week: str | None, expected: dict[str, Any] | None) -> None:
    """Trap 11: each word is a dated pattern, or a casual enrolment without bookings."""
    booked = [booking(week=week)] if expected is not None else []
    basis = {} if expected is not None else {"enrolmentType": None}
    fields = mapped("enrolment", bookingPattern=pattern, patternFrom="2026-02-09", bookings=booked, **basis)
    assert fields["bookings"] == ([] if expected is None else [ON_TUESDAYS | expected])
    assert fields["basis"] == ("casual" if expected is None else "permanent")


@pytest.mark.parametrize("unknown", ["monthly", "Weekly", "week", "", None, 2])
def test_booking_pattern_words_that_are_unknown_are_set_apart_and_never_read_as_weekly(unknown: Any) -> None:
    """Trap 11: the row goes into quarantine with its column, and its neighbours are kept."""
    page = page_of("agreements", listing(item("enrolment"), item("enrolment", bookingPattern=unknown), item("enrolment")))
    assert [type(found) for found in page.items] == [Draft, Refusal, Draft]
    assert page.items[1][:2] == (2, "bookingPattern")


@pytest.mark.parametrize(
    ("column", "changed"),
    [
        ("bookingPattern", {"bookingPattern": "monthly"}),
        ("bookingPattern", {"bookingPattern": None}),
        ("bookingPattern", {"bookingPattern": ["weekly"]}),
        ("bookings", {"bookingPattern": "casual"}),
        ("enrolmentType", {"bookingPattern": "casual", "bookings": []}),
        ("enrolmentType", {"enrolmentType": "flexible"}),
        ("patternFrom", {"bookingPattern": "fortnightly", "patternFrom": None}),
        ("patternFrom", {"bookingPattern": "fortnightly", "patternFrom": "week 2"}),
        ("bookings.week", {"bookings": [booking(week="B")]}),
        ("bookings.week", {"bookingPattern": "alternating", "bookings": [booking(week="C")]}),
        ("bookings.day", {"bookings": [booking(day="someday")]}),
        ("bookings", {"bookings": {"mon": "all day"}}),
        ("twentyHoursAttestation.minutes", {"twentyHoursAttestation": {"signedOn": "2026-02-09", "minutes": {"fr": 6}}}),
        ("signature", {"signature": "p-2001"}),
    ],
)
def test_what_an_agreement_cannot_mean_is_refused_with_its_column(column: str, changed: dict[str, Any]) -> None:
    assert refused("enrolment", **changed).column == column


def test_a_profile_of_another_service_is_refused() -> None:
    assert refused("service", number="20517").column == "number"


def test_a_bad_item_leaves_its_neighbours() -> None:
    page = page_of("attendances", listing(item("attendance"), item("attendance", signInMethod="?"), item("attendance")))
    assert [type(found) for found in page.items] == [Draft, Refusal, Draft]
    assert page.items[1][:2] == (2, "signInMethod")
    assert page.expected == 3


@pytest.mark.parametrize("spoilt", [b'{"id":"a","id":"b"}', b'{"id":"a","timeIn":NaN}', b"null", b'"a-00001"', b"[]"])
def test_what_is_no_object_of_one_meaning_is_refused(spoilt: bytes) -> None:
    page = page_of("attendances", b'{"data":[' + spoilt + b'],"count":1,"next_cursor":null,"as_of":"2026-02-20T03:00:00Z"}')
    assert isinstance(page.items[0], Refusal)


def test_a_booking_that_says_a_thing_twice_is_refused() -> None:
    body = listing(item("enrolment")).replace(b'"from":"08:30:00"', b'"from":"08:30:00","from":"09:30:00"', 1)
    assert page_of("agreements", body).items == [
        Refusal(1, "bookings", "must be a list of objects, none of which names a key twice")
    ]


def test_fields_nobody_reads_are_named_wherever_they_stand() -> None:
    assert page_of("attendances", listing(item("attendance", mood="sunny"))).unread == {"mood"}
    agreement = item("enrolment", bookings=[booking(room="Tūī")])
    assert page_of("agreements", listing(agreement)).unread == {"bookings.room"}
    assert page_of("children", listing(item("child"))).unread == frozenset()


def test_deletions_name_a_record_or_say_that_they_cannot() -> None:
    named = {"type": "agreement", "id": "e-1", "serverId": "srv-1", "deletedAt": AS_OF}
    page = page_of("deletions", listing(named, named | {"id": None}, named | {"type": "invoice"}, named | {"id": 7}))
    assert page.items[:2] == [Deletion("enrolment", "e-1", 1), Deletion("enrolment", None, 2)]
    assert [(found.row, found[1]) for found in page.items[2:]] == [(3, "type"), (4, "id")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><html></html>",
        b"{}",
        b"[]",
        b'{"error":"denied"}',
        b'{"data":[],"count":0,"as_of":"2026-02-20T03:00:00Z"}',
        b'{"data":[],"count":0,"next_cursor":"","as_of":"2026-02-20T03:00:00Z"}',
        b'{"data":[],"count":true,"next_cursor":null,"as_of":"2026-02-20T03:00:00Z"}',
        b'{"data":[],"count":0,"next_cursor":null,"as_of":"2026-02-20T03:00:00"}',
        b'{"data":[],"count":0,"count":1,"next_cursor":null,"as_of":"2026-02-20T03:00:00Z"}',
    ],
)
def test_what_is_no_page_is_not_read_as_an_empty_one(body: bytes) -> None:
    with pytest.raises(IntakeError):
        page_of("attendances", body)
