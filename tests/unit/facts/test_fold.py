"""From evidence to facts: which version stands, whose keys are whose, and on which days the service operated."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from ecegateway.errors import EvidenceError
from ecegateway.evidence.record import State
from ecegateway.facts.calendar import operation
from ecegateway.facts.fold import fold
from ecegateway.facts.versions import in_order, standing
from ecegateway.model.ids import SourceName
from ecegateway.model.period import local_day
from ecegateway.model.service import Closure, OperatingDay
from tests.support.records import (
    MONDAY,
    PERIOD,
    SERVICE,
    agreement,
    at,
    changed,
    child,
    clock,
    confirmed,
    evidence,
    facts_of,
    gone,
    profile,
    stay,
    versions,
)


def test_webhook_retries_in_any_order_give_same_state() -> None:
    """Trap 16: the version the vendor touched last stands, in whatever order and however often deliveries came."""
    first = stay(MONDAY)
    later = stay(MONDAY, "08:55-14:35", change=changed(on=MONDAY + timedelta(days=1)))
    latest = stay(MONDAY, "09:10-14:35", change=changed(on=MONDAY + timedelta(days=2)))
    for order in permutations([first, later, latest, later]):
        known = standing(in_order(versions(order)))
        assert known is not None
        assert known.record == latest


def test_a_vendor_clock_in_the_future_does_not_outrank_what_came_later() -> None:
    ahead = stay(MONDAY, change=changed(on=date(2030, 1, 1)))
    after = stay(MONDAY, "09:10-14:35", change=changed(on=date(2030, 1, 1), why="again"))
    known = standing(in_order(versions([ahead, after])))
    assert known is not None
    assert known.record == after


@pytest.mark.parametrize("state", [State.DELETED, State.MISSING])
def test_what_is_gone_does_not_stand(state: State) -> None:
    stored = versions([profile(), *child(), stay(MONDAY)])
    facts = fold(evidence([*stored, gone(stored[-1], state)]), PERIOD.days)
    assert dict(facts.children[0].stays) == {}


def test_two_systems_that_number_their_children_alike_do_not_run_together() -> None:
    """Decision 4; trap 17: children are never matched but by key."""
    ours = versions([profile(), *child("1"), agreement("1"), stay(MONDAY, child_key="1")])
    other = SourceName("other")
    theirs = versions([*child("1"), stay(MONDAY, child_key="1")], source=other)
    facts = fold(evidence([*ours, *theirs]), PERIOD.days)
    assert [found.key for found in facts.children] == ["kowhai:1", "other:1"]
    assert [len(found.enrolments) for found in facts.children] == [1, 0]


def test_a_folder_that_uses_a_systems_keys_means_the_same_children() -> None:
    ours = versions([profile(), *child("1")])
    papers = [
        replace(version, key_space=SourceName("kowhai"))
        for version in versions([agreement("1"), confirmed(MONDAY, MONDAY, "1")], source=SourceName("papers"))
    ]
    (found,) = fold(evidence([*ours, *papers]), PERIOD.days).children
    assert found.key == "kowhai:1"
    assert len(found.enrolments) == len(found.verifications) == 1


def test_a_service_without_a_profile_is_refused_with_the_fix() -> None:
    with pytest.raises(EvidenceError, match="add a `service` record"):
        facts_of(*child())


def test_the_profile_in_force_follows_its_dates() -> None:
    later = profile(places=50).model_copy(update={"key": "p2", "effective_from": MONDAY})
    facts = facts_of(profile(places=40), later)
    assert [facts.profile(MONDAY + timedelta(days=n)).places for n in (-1, 0)] == [40, 50]
    assert facts.profile(date(2020, 1, 1)).places == 40


def test_an_evening_in_utc_is_the_next_morning_here() -> None:
    assert local_day(datetime(2026, 3, 3, 20, 0, tzinfo=UTC), "Pacific/Auckland") == date(2026, 3, 4)


def test_seconds_round_to_the_nearest_minute() -> None:
    record = stay(MONDAY)
    arrived = record.arrived
    assert arrived is not None
    facts = facts_of(profile(), *child(), record.model_copy(update={"arrived": arrived + timedelta(seconds=30)}))
    assert facts.children[0].stays[MONDAY][0].arrives == 8 * 60 + 26


@pytest.mark.parametrize(
    ("day", "open_"),
    [(MONDAY, True), (MONDAY - timedelta(days=1), False), (date(2026, 2, 6), False), (date(2026, 4, 27), False)],
    ids=["a Monday", "a Sunday", "Waitangi Day", "Anzac Day, observed"],
)
def test_the_service_operates_on_licensed_days_that_are_no_holidays(day: date, open_: bool) -> None:  # noqa: FBT001 - a table
    assert operation(facts_of(profile()), day).open is open_


def test_a_closure_closes_its_first_and_last_day_and_no_other() -> None:
    closed = Closure(service=SERVICE, key="k", first_day=MONDAY, last_day=MONDAY + timedelta(days=1), kind="planned")
    facts = facts_of(profile(), closed)
    opened = [operation(facts, MONDAY + timedelta(days=n)).open for n in (0, 1, 2)]
    assert opened == [False, False, True]


def test_blank_hours_leave_the_day_open_and_tell() -> None:
    blank = OperatingDay(service=SERVICE, key="d", day=MONDAY, open=None)
    said_shut = OperatingDay(service=SERVICE, key="e", day=MONDAY, open=False, opens=clock("07:30"), closes=clock("17:30"))
    assert operation(facts_of(profile(), blank), MONDAY).hours_unknown is not None
    assert operation(facts_of(profile(), blank), MONDAY).open
    assert not operation(facts_of(profile(), said_shut), MONDAY).open


def test_a_stay_over_midnight_stays_on_the_day_it_began() -> None:
    overnight = stay(MONDAY).model_copy(update={"departed": at(MONDAY + timedelta(days=1), "00:00")})
    (found,) = facts_of(profile(), *child(), overnight).children[0].stays[MONDAY]
    assert found.departs == 24 * 60
