"""What must hold of events, whatever stands in the records: every file is valid, and the other side ends with what is here."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecegateway.eli.delta import canonical_text, delta
from ecegateway.eli.past import Standing
from ecegateway.eli.roll import Roll
from ecegateway.evidence.record import State, Version
from ecegateway.export.eli_xml import event_xml, read_event
from ecegateway.export.schemas import check_json
from ecegateway.model.attendance import Absence, Attendance, Mark, Method
from ecegateway.model.child import Address, Child, StudentNumber
from ecegateway.model.enrolment import Basis, Booking, Enrolment, GuardianSignature, TwentyHours
from ecegateway.model.period import DateRange, Weekday
from ecegateway.model.record import Record
from ecegateway.model.service import Closure
from tests.property.lives import Life, lives
from tests.support.events import ENVELOPE, Receiver, told_of, whole_child
from tests.support.records import SERVICE, gone, profile, versions

T = TypeVar("T")
quick = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
SOME_DAYS = DateRange(date(2026, 3, 23), date(2026, 4, 13))
"""Three weeks; the clock changes on 5 April, Easter is from 3 to 6 April."""
TODAY = date(2026, 4, 10)


def _mostly(plain: st.SearchStrategy[T], odd: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """Plain values, now and then an odd one: where one odd value holds all back, the others would not be tried."""
    return st.integers(0, 19).flatmap(lambda chance: plain if chance else odd)


_TEXT = st.text(min_size=1, max_size=40)
_ANY_KEY = st.from_regex(r"\A\S(.{0,30}\S)?\Z")
_DAYS = st.dates(date(1990, 1, 1), date(2035, 1, 1))
_PLAIN = st.sampled_from(["Ngāio", "Te Kōrari", "Tu\u02bbipulelei", "Nguye\u0302\u0303n", "O'Hārae"])
_NAMES = _mostly(_PLAIN, _TEXT)
_INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is the strategy's
_CODES = st.lists(_mostly(st.sampled_from(["211", "M"]), st.text(min_size=1, max_size=10)), max_size=3).map(tuple)
_LINES = _mostly(_PLAIN, _TEXT)
_ADDRESSES = st.builds(Address, line1=_LINES, line2=st.none() | _LINES, city=_LINES, postcode=st.none() | _LINES)
_TIMES = st.lists(st.times(), min_size=2, max_size=2, unique=True).map(sorted)
_SIGNED = st.builds(
    GuardianSignature, by=st.just("g"), signed_on=st.dates(date(2024, 1, 1), date(2026, 4, 1)), medium=st.just("paper")
)


@st.composite
def bookings(draw: st.DrawFn) -> Booking:
    starts, ends = draw(_TIMES)
    every = draw(st.sampled_from([1, 1, 2, 3]))
    weekday, counted = draw(st.sampled_from(Weekday)), draw(_DAYS) if every > 1 else None
    return Booking(weekday=weekday, starts=starts, ends=ends, every_weeks=every, counted_from=counted)


def enrolments(child: str) -> st.SearchStrategy[Enrolment]:
    minutes = st.lists(st.integers(0, 1440), min_size=7, max_size=7).map(tuple)
    return st.builds(
        Enrolment,
        service=st.just(SERVICE),
        key=_ANY_KEY,
        child=st.just(child),
        agreement=_ANY_KEY,
        basis=st.none() | st.sampled_from(Basis),
        effective_from=_mostly(st.just(date(2025, 1, 1)), st.dates(date(2025, 1, 1), date(2026, 5, 1))),
        last_day=st.none() | st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        bookings=st.lists(bookings(), min_size=1, max_size=5).map(tuple),
        twenty_hours=st.none() | st.builds(TwentyHours, signed_on=_DAYS, minutes=minutes),
        signature=st.builds(
            GuardianSignature, by=st.just("g"), signed_on=st.dates(date(2024, 1, 1), date(2026, 4, 1)), medium=st.just("paper")
        ),
    )


@st.composite
def anything(draw: st.DrawFn) -> list[Record]:
    """A child of whom anything may be on record."""
    key = draw(_ANY_KEY)
    given = st.lists(_NAMES, max_size=4).map(tuple)
    who = st.builds(
        Child,
        service=st.just(SERVICE),
        key=st.just(key),
        family_name=_NAMES,
        given_names=given,
        birth_date=_DAYS,
        gender=_mostly(st.sampled_from(["F", "M", "U"]), st.none() | st.just("\x00")),
        address=_mostly(_ADDRESSES, st.none()),
        ethnicities=_CODES,
        iwi=_CODES,
        home_languages=_CODES,
    )
    number = StudentNumber(service=SERVICE, key="n", child=key, nsn=draw(st.from_regex(r"\A[0-9]{1,18}\Z")))
    mark = st.none() | st.builds(Mark, method=st.sampled_from(Method))
    stays = st.builds(
        lambda arrived, minutes, **more: Attendance(arrived=arrived, departed=arrived + timedelta(minutes=minutes), **more),
        service=st.just(SERVICE),
        key=_ANY_KEY,
        child=st.just(key),
        arrived=_INSTANTS,
        minutes=st.integers(-60, 600) | st.integers(0, 3000),
        sign_in=mark,
        sign_out=mark,
        address=_ADDRESSES,
    )
    absences = st.builds(
        Absence,
        service=st.just(SERVICE),
        key=_ANY_KEY,
        child=st.just(key),
        day=st.dates(date(2026, 1, 1), date(2026, 6, 1)),
        starts=st.none() | st.just(time(9)),
        ends=st.none() | st.just(time(12)),
    )
    closures = st.builds(
        Closure,
        service=st.just(SERVICE),
        key=_ANY_KEY,
        first_day=_DAYS,
        last_day=_DAYS,
        kind=st.sampled_from(["planned", "emergency"]),
    )
    return [
        profile(),
        draw(who),
        number,
        *draw(st.lists(enrolments(key), min_size=1, max_size=3)),
        *draw(st.lists(stays, max_size=4)),
        *draw(st.lists(absences, max_size=4)),
        *draw(st.lists(closures, max_size=2)),
    ]


def check_files(found: Roll) -> None:
    """Every entity is a valid file that reads back as it was, and no two share an id."""
    for (family, entity), one in found.entities.items():
        made = event_xml(ENVELOPE, one.content)
        assert read_event(made) == (ENVELOPE, one.content)
        assert check_json(canonical_text(one.content).encode(), "eli-events.v1.json")
        assert (one.family, one.id, 1 <= len(one.id) <= 255) == (family, entity, True)
        assert one.day < TODAY or family.value != "ChildAttendance"


@quick
@given(anything())
def test_no_record_makes_an_invalid_file(records: list[Record]) -> None:
    check_files(told_of(versions(records), today=TODAY))


@quick
@given(st.lists(_ANY_KEY, min_size=2, max_size=6, unique=True))
def test_keys_that_differ_give_ids_that_differ(keys: list[str]) -> None:
    found = told_of(versions([profile(), *(record for key in keys for record in whole_child(key))]), today=TODAY)
    identities = [one for one in found.entities.values() if one.family.value == "ChildIdentity"]
    assert len({one.id for one in identities}) == len({one.content["ChildEntityId"] for one in identities}) <= len(keys)
    assert len(identities) == len(keys)


def stored(children: Sequence[Life]) -> list[Version]:
    """The versions of some lives, everything known of each child."""
    records: list[Record] = [profile()]
    for number, life in enumerate(children):
        key = f"c{number}"
        records += whole_child(key)
        records += [one for one in life.records(key, SOME_DAYS, frozenset()) if not isinstance(one, Child | StudentNumber)]
    return versions(records)


@quick
@given(st.lists(lives(SOME_DAYS), min_size=1, max_size=2))
def test_lives_make_valid_files(children: list[Life]) -> None:
    found = told_of(stored(children), today=TODAY)
    check_files(found)
    assert not [one for one in found.held if one.family is None]


@quick
@given(
    st.lists(st.lists(lives(SOME_DAYS), min_size=1, max_size=2), min_size=1, max_size=3),
    st.lists(st.sampled_from([Standing.ACCEPTED, Standing.ACCEPTED, Standing.REJECTED]), min_size=1, max_size=3),
    st.randoms(use_true_random=False),
)
def test_the_other_side_ends_with_what_is_here(turns: list[list[Life]], standings: list[Standing], chance: Random) -> None:
    """Records change, vanish and come back; some events are refused. Told anew until nothing is due, both sides are alike."""
    other = Receiver()
    for place, children in enumerate(turns):
        found = stored(children)
        lost = [gone(version, State.DELETED) for version in found[3:] if chance.random() < 0.15]
        now = told_of([*found, *lost], today=TODAY + timedelta(days=place))
        due = delta(now, other.past, delete_lost=True)
        other.take(due.events, standings[place % len(standings)])
    rest = delta(now, other.past, delete_lost=True, again=True)
    other.take(rest.events)

    assert {where: orjson.loads(text) for where, text in other.has.items()} == {
        where: one.content for where, one in now.entities.items()
    } | {where: orjson.loads(text) for where, text in other.has.items() if now.is_held(*where, other.past[where].child)}
    assert not delta(now, other.past, delete_lost=True).events


@quick
@given(st.lists(lives(SOME_DAYS), min_size=1, max_size=2), st.randoms(use_true_random=False))
def test_events_do_not_hang_on_the_order_in_which_records_came(children: list[Life], chance: Random) -> None:
    found = stored(children)
    shuffled = chance.sample(found, len(found))
    assert delta(told_of(found, today=TODAY), {}) == delta(told_of(shuffled, today=TODAY), {})
