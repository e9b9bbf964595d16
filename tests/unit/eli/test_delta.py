"""What is due: only what changed since it was taken, deletions first, each thing before what refers to it."""

from datetime import timedelta
from typing import Any

import pytest

from ecegateway.eli.delta import Telling, delta
from ecegateway.eli.past import Standing, standings
from ecegateway.eli.roll import Roll
from ecegateway.evidence.record import State
from ecegateway.model.eli import Action, Family
from tests.support.events import Receiver, told, told_of, whole_child
from tests.support.records import MONDAY, absence, agreement, gone, profile, stay, versions

RECORDS = (profile(), *whole_child(), agreement(twenty_hours="240 240 240 240 240"), stay(MONDAY))
SETS, DELETES, UNDELETES = Action.SET, Action.DELETE, Action.UNDELETE


def everything() -> Roll:
    return told_of(versions(RECORDS))


def acts(events: tuple[Telling, ...]) -> list[tuple[Action, Family]]:
    return [(one.action, one.family) for one in events]


def test_the_first_time_everything_is_told_in_the_order_of_reference() -> None:
    assert acts(delta(everything(), {}).events) == [
        (SETS, Family.IDENTITY),
        (SETS, Family.DEMOGRAPHICS),
        (SETS, Family.ENROLMENT),
        (SETS, Family.BOOKINGS),
        (SETS, Family.TWENTY_HOURS),
        (SETS, Family.ATTENDANCE),
    ]


def test_what_did_not_change_is_not_told_again_whatever_became_of_it() -> None:
    for standing in (Standing.ACCEPTED, Standing.PENDING, Standing.SENT, Standing.LAID_OUT, Standing.REJECTED):
        other = Receiver()
        other.take(delta(everything(), {}).events, standing)
        assert not delta(everything(), other.past).events
    again = delta(everything(), other.past, again=True).events
    assert [one.ordinal for one in again] == [2] * 6


def test_a_deletion_by_the_vendor_is_told_and_what_comes_back_is_brought_back_as_it_is_now() -> None:
    other = Receiver()
    stored = versions(RECORDS)
    other.take(delta(told_of(stored), {}).events)
    without = told_of([*stored, gone(stored[-1], State.DELETED)])

    deleted = delta(without, other.past).events
    assert acts(deleted) == [(DELETES, Family.ATTENDANCE)]
    other.take(deleted)
    assert not delta(without, other.past).events

    back = delta(told_of(stored), other.past).events
    assert acts(back) == [(UNDELETES, Family.ATTENDANCE)]
    changed = told_of(versions([*RECORDS[:-1], stay(MONDAY, "09:30-14:30")]))
    back = delta(changed, other.past).events
    assert acts(back) == [(UNDELETES, Family.ATTENDANCE), (SETS, Family.ATTENDANCE)]
    other.take(back)
    assert not delta(changed, other.past).events


def test_what_is_missing_without_a_word_is_an_alarm_and_no_deletion_before_a_person_says_so() -> None:
    other = Receiver()
    stored = versions(RECORDS)
    other.take(delta(told_of(stored), {}).events)
    for now in (told_of([*stored, gone(stored[-1], State.MISSING)]), told_of(stored[:-1])):
        due = delta(now, other.past)
        assert not due.events
        assert [one.entity for one in due.lost] == ["attendance/kowhai/s-c1-2026-02-09"]
        assert acts(delta(now, other.past, delete_lost=True).events) == [(DELETES, Family.ATTENDANCE)]


@pytest.mark.parametrize("lacks", [{"address": None}, {"gender": None}, {"family_name": "12"}])
def test_what_can_no_longer_be_said_is_not_deleted(lacks: dict[str, Any]) -> None:
    other = Receiver()
    other.take(delta(everything(), {}).events)
    now = told_of(versions([profile(), *whole_child(**lacks), *RECORDS[3:]]))
    due = delta(now, other.past)
    assert not due.events
    assert not due.lost


def test_an_absence_gives_way_to_the_stay_that_turns_up() -> None:
    other = Receiver()
    other.take(delta(told(*whole_child(), agreement(), absence(MONDAY)), {}).events)
    due = delta(told(*whole_child(), agreement(), absence(MONDAY), stay(MONDAY)), other.past).events
    assert acts(due) == [(DELETES, Family.ATTENDANCE), (SETS, Family.ATTENDANCE)]


def test_a_deletion_comes_after_those_of_what_refers_to_it() -> None:
    other = Receiver()
    stored = versions(RECORDS)
    other.take(delta(told_of(stored), {}).events)
    removed = [gone(version, State.DELETED) for version in stored[1:]]
    due = delta(told_of([*stored, *removed]), other.past, delete_lost=True).events
    assert [family for _, family in acts(due)] == [
        Family.ATTENDANCE,
        Family.TWENTY_HOURS,
        Family.BOOKINGS,
        Family.ENROLMENT,
        Family.DEMOGRAPHICS,
        Family.IDENTITY,
    ]


def test_any_order_of_arrival_gives_the_same_events() -> None:
    stored = versions([*RECORDS, stay(MONDAY + timedelta(days=1))])
    whole = {tuple(delta(told_of(order), {}).events) for order in (stored, stored[::-1], stored[3:] + stored[:3])}
    assert len(whole) == 1


@pytest.mark.parametrize(
    ("events", "standing"),
    [
        ([(SETS, "rejected"), (SETS, "pending")], ["superseded", "pending"]),
        ([(SETS, "pending"), (SETS, "pending")], ["superseded", "pending"]),
        ([(SETS, "sent"), (SETS, "pending")], ["sent", "pending"]),
        ([(SETS, "pending"), (DELETES, "pending")], ["pending", "pending"]),
        ([(SETS, "rejected"), (DELETES, "pending")], ["superseded", "superseded"]),
        ([(SETS, "accepted"), (DELETES, "rejected"), (UNDELETES, "pending")], ["accepted", "superseded", "pending"]),
        ([(SETS, "rejected")], ["rejected"]),
    ],
)
def test_an_event_is_superseded_where_a_later_one_says_what_holds(
    events: list[tuple[Action, str]], standing: list[str]
) -> None:
    assert standings([(action, Standing(said)) for action, said in events]) == [Standing(one) for one in standing]
