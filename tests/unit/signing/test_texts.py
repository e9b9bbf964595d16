from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.evidence.columns import instant_text as stored_text
from ecegateway.signing.texts import base64_bytes, base64_text, digest_bytes, instant, instant_text, is_plain

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=12, minutes=45)), timezone(timedelta(hours=-3))])
instants = st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1), timezones=ZONES)  # noqa: DTZ001 - bounds have no zone here


@given(st.binary(max_size=40))
def test_bytes_come_back_from_base64(content: bytes) -> None:
    assert base64_bytes(base64_text(content)) == content


@pytest.mark.parametrize("text", ["QQ", "QQ=", "QR==", "Q Q=", "QQ==\n", "QQ==QQ==", "-_8=", "QQ===", "Q\u00a0Q="])
def test_another_spelling_of_base64_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        base64_bytes(text)


@given(instants)
def test_an_instant_is_written_as_the_store_writes_it_and_comes_back(at: datetime) -> None:
    assert instant_text(at) == stored_text(at)
    assert instant(instant_text(at)) == at


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-04",
        "2026-03-04T20:15:00+00:00",
        "2026-03-04T20:15:00.000000Z",
        "2026-03-04 20:15:00.000000+00:00",
        "2026-03-05T09:15:00.000000+13:00",
        "2026-03-04T20:15:00.000000",
        "2026-02-30T20:15:00.000000+00:00",
        "0001-01-01T00:00:00.000000+12:00",
    ],
)
def test_another_spelling_of_an_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a UTC instant like"):
        instant(text)


def test_an_instant_without_a_zone_or_outside_the_calendar_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        instant_text(datetime(2026, 3, 4))  # noqa: DTZ001 - the case
    with pytest.raises(ValueError, match="outside the calendar"):
        instant_text(datetime.min.replace(tzinfo=timezone(timedelta(hours=12))))


@pytest.mark.parametrize("text", ["", "ab" * 31, "AB" * 32, "ab" * 33, "0x" + "ab" * 31, "ab" * 31 + " a", "\u0661" * 64])
def test_another_spelling_of_a_digest_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="64 lowercase"):
        digest_bytes(text)


def test_a_line_holds_letters_and_no_control_character() -> None:
    assert is_plain("Pūāwai, 4 March")
    assert not any(map(is_plain, ("", "a\nb", "a\tb", "\0", "a\x1f", "\ud800")))
