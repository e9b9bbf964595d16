"""What entered a claim of other services' presences gathers to the same again, and comes back from its document unchanged."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.bundle.elsewhere import elsewhere_bytes, entered, read_elsewhere
from ecegateway.facts.elsewhere import NOWHERE, Presence, There
from ecegateway.model.ids import ChildKey, EvidenceId, PersonKey, ServiceNumber, SourceName
from ecegateway.rules.across.presence import gathered, home_zone
from tests.support.records import MONDAY, agreement, child, facts_of, profile

FACTS = facts_of(profile(), *child("c1"), *child("c2"), agreement(), agreement("c2"))
NUMBERS = {one.key: one.number.record.nsn for one in FACTS.children if one.number is not None}
SPACE = SourceName("kowhai")

_services = st.sampled_from(["10843", "10844"]).map(ServiceNumber)
_spans = st.tuples(st.integers(0, 600), st.integers(601, 1440))
_days = st.integers(0, 3).map(lambda number: MONDAY + timedelta(days=number))
_children = st.sampled_from(["kowhai:c1", "kowhai:c2", "other:x1", "other:x2", "other:nobody"]).map(ChildKey)


@st.composite
def _said(draw: st.DrawFn, service: ServiceNumber) -> dict[date, tuple[There, ...]]:
    days = draw(st.lists(_days, max_size=2, unique=True))
    name = EvidenceId(f"kowhai/{service}/attendance/s@1")
    return {day: tuple(There(service, span, name) for span in draw(st.lists(_spans, min_size=1, max_size=2))) for day in days}


@st.composite
def _presences(draw: st.DrawFn) -> tuple[Presence, ...]:
    found = []
    for service in sorted(draw(st.sets(_services))):
        keys = draw(st.lists(_children, max_size=4, unique=True))
        numbers = {key: draw(st.sampled_from([None, *NUMBERS.values()])) for key in keys}
        stays, booked, attested = ({key: draw(_said(service)) for key in keys if draw(st.booleans())} for _ in range(3))
        shifts = {(SPACE, PersonKey("t1")): draw(_said(service))} if draw(st.booleans()) else {}
        zone = draw(st.sampled_from(["Pacific/Auckland", "Pacific/Chatham"]))
        known_at = datetime(2026, 6, 1, tzinfo=UTC) + timedelta(microseconds=draw(st.integers(0, 10**12)))
        found.append(Presence(service, zone, known_at, numbers, shifts, stays, booked, attested))
    return tuple(found)


@given(_presences())
def test_what_entered_gathers_to_the_same_and_is_read_back_from_its_document(presences: tuple[Presence, ...]) -> None:
    whole = gathered(presences, FACTS)
    kept = entered(presences, whole, home_zone(FACTS))
    again = gathered(kept, FACTS)
    assert sorted(map(repr, again.spans())) == sorted(map(repr, whole.spans()))
    for name in ("shifts", "stays", "booked", "attested"):
        said, made = getattr(again, name), {key: days for key, days in getattr(whole, name).items() if days}
        assert said == made
        assert list(said) == list(made), "in the same order"
    content = elsewhere_bytes(kept)
    assert read_elsewhere(content) == kept
    assert not any(number in content.decode() for number in NUMBERS.values() if number)
    assert b"nobody" not in content


def test_of_nobody_elsewhere_there_is_a_document_that_says_so() -> None:
    content = elsewhere_bytes(entered((), NOWHERE, "Pacific/Auckland"))
    assert orjson.loads(content)["services"] == []
    assert read_elsewhere(content) == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"services":[{}]}',
        elsewhere_bytes(()) + b"\n",
        elsewhere_bytes(()).replace(b"elsewhere:1", b"elsewhere:2"),
    ],
)
def test_what_is_no_such_document_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"is (no account of other services|not in canonical form)"):
        read_elsewhere(content)


def test_a_presence_without_a_span_still_says_until_when_it_was_known() -> None:
    one = Presence(ServiceNumber("10843"), "Pacific/Auckland", datetime(2026, 6, 1, 1, 2, 3, 4, tzinfo=UTC), {}, {}, {}, {}, {})
    assert read_elsewhere(elsewhere_bytes([one])) == (one,)
    assert read_elsewhere(elsewhere_bytes([replace(one, zone="Pacific/Chatham")])) != (one,)
