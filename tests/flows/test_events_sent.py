"""Events over real sockets to the simulated Ministry: everything once and in order, whatever breaks off on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ecegateway.eli.past import Standing
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.events import EventSettings, queue
from ecegateway.flows.outbox import Wanted, counts, listed
from ecegateway.flows.reconciling import reconcile
from ecegateway.flows.sending import Sent, send
from ecegateway.handbook.policy import policy
from ecegateway.model.eli import Action, Family
from ecegateway.outbound import Outcome, Reason
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.ministry_checks import by_published_schemas
from tests.support.events import REASONS, TODAY, put, whole_child
from tests.support.ministry import Waits, ministry, way_to
from tests.support.records import MONDAY, SERVICE, agreement, profile, stay

HOW = EventSettings(policy(), closure_reasons=REASONS)
NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
STAYS = [stay(MONDAY + timedelta(days=n)) for n in range(3)]
RECORDS = (profile(), *whole_child(), agreement(twenty_hours="240 240 240 240 240"), *STAYS)
EVENTS = 8
WRONG = (Reason("R17", "the enrolment is not known"),)


@dataclass
class Both:
    """A store, and the Ministry its events go to."""

    store: Evidence
    simulator: MinistrySimulator

    def queue(self, **more: bool) -> int:
        return queue(self.store, SERVICE, HOW, TODAY, NOW, **more).total

    def send(self, now: Callable[[], datetime] = lambda: NOW, *, until: datetime | None = None) -> Sent:
        with way_to(self.simulator, Waits()) as way:
            return send(self.store, way, SERVICE, now, until=until)

    def settled(self) -> bool:
        return reconcile(self.store, SERVICE, HOW, TODAY).settled

    @property
    def families(self) -> list[str]:
        return [one.family for one in self.simulator.taken]


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[MinistrySimulator]:
    with ministry(monkeypatch, clock=lambda: NOW, schema=by_published_schemas) as found:
        yield found


@pytest.fixture
def on_each_store(evidence: Evidence, simulator: MinistrySimulator) -> Both:
    return _filled(evidence, simulator)


@pytest.fixture
def both(tmp_path: Path, simulator: MinistrySimulator) -> Iterator[Both]:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as store:
        yield _filled(store, simulator)


def _filled(store: Evidence, simulator: MinistrySimulator) -> Both:
    put(store, *RECORDS)
    found = Both(store, simulator)
    assert found.queue() == EVENTS
    return found


def test_everything_is_taken_once_in_the_order_of_reference(on_each_store: Both) -> None:
    both = on_each_store
    assert both.send().outcomes == {Outcome.ACCEPTED: EVENTS}
    assert both.send().outcomes == {}
    assert both.families == [
        "ChildIdentity",
        "ChildDemographics",
        "ChildEnrolment",
        "ChildBookingSchedule",
        "TwentyHoursSchedule",
        *["ChildAttendance"] * 3,
    ]
    assert both.simulator.posted() == EVENTS
    assert both.settled()


FAULTS: dict[str, Callable[[MinistrySimulator], object]] = {
    "answers are lost": lambda m: m.lose_answer(times=3),
    "requests are lost": lambda m: m.lose_request(times=3),
    "answers are cut": lambda m: m.cut_answer(times=2),
    "it answers garbage": lambda m: m.garbage(times=2),
    "it says it had it before": lambda m: m.duplicate_answer(times=2),
    "it breaks down, having taken it": lambda m: m.server_error(2, taken=True),
    "it is busy": lambda m: m.server_error(2, status=503),
    "the token runs out": lambda m: m.expire_token(3),
}


@pytest.mark.parametrize("misbehave", FAULTS.values(), ids=FAULTS)
def test_whatever_breaks_off_everything_is_there_once(both: Both, misbehave: Callable[[MinistrySimulator], object]) -> None:
    misbehave(both.simulator)
    for _ in range(4):
        both.send()
    assert len({one.key for one in both.simulator.taken}) == len(both.simulator.taken) == EVENTS
    assert both.settled()


def test_a_run_stops_where_nobody_answers_and_goes_on_where_it_stopped(both: Both) -> None:
    put(both.store, *whole_child("c2"))
    more = both.queue()
    both.simulator.go_down()
    first = both.send()
    assert (first.waiting, first.stopped) == (EVENTS + more - 2, "the other side is not reached")
    assert first.outcomes == {Outcome.NOT_SENT: 2}
    both.simulator.come_up()
    assert both.send().outcomes == {Outcome.ACCEPTED: EVENTS + more}


def test_a_run_stops_when_its_time_is_over(both: Both) -> None:
    ticks = iter(NOW + timedelta(seconds=n) for n in range(1000))
    stopped = both.send(lambda: next(ticks), until=NOW + timedelta(seconds=10))
    assert stopped.stopped == "the time that was given is over"
    assert 0 < stopped.waiting < EVENTS
    both.send()
    assert both.settled()


def test_what_is_rejected_says_why_and_what_hangs_on_it_waits(both: Both) -> None:
    both.simulator.reject(WRONG)
    done = both.send()
    assert done.outcomes == {Outcome.REJECTED: 1}
    assert done.waiting == EVENTS - 1
    (rejected,) = listed(both.store, SERVICE, Wanted(standing=Standing.REJECTED))
    assert rejected.event.event.family is Family.IDENTITY
    assert rejected.reasons == WRONG
    assert both.queue() == 0  # the very same would be rejected again
    assert both.send().outcomes == {}

    put(both.store, *whole_child(given_names=("Ngāio",)))
    assert both.queue() == 1
    assert both.send().outcomes == {Outcome.ACCEPTED: EVENTS}
    assert counts(both.store, SERVICE)[Family.IDENTITY, Standing.SUPERSEDED] == 1
    assert both.settled()


def test_what_was_rejected_by_mistake_is_told_again_as_a_new_event(both: Both) -> None:
    both.simulator.reject(WRONG)
    both.send()
    assert both.queue(again=True) == 1
    both.send()
    assert both.settled()
    assert len({one.key for one in both.simulator.submissions}) == EVENTS + 1


def test_what_is_received_only_is_asked_about_until_it_is_decided(both: Both) -> None:
    both.simulator.decide_later()
    assert both.send().outcomes == {Outcome.RECEIVED: 1}  # what is about the child waits for the child
    identity = both.simulator.submissions[0]
    both.simulator.decide(identity.key)
    assert both.send().outcomes[Outcome.ACCEPTED] == 1


def test_local_delete_after_send_is_reconciled(on_each_store: Both) -> None:
    """Trap 24: what is removed here after it was sent becomes a deletion there, or an alarm; never a silent difference."""
    both = on_each_store
    both.send()
    put(both.store, gone=STAYS[:1], missing=STAYS[1:2])
    found = next(one for one in reconcile(both.store, SERVICE, HOW, TODAY).families if one.family is Family.ATTENDANCE)
    assert (found.here, found.there, found.alike, found.to_queue, found.lost) == (1, 3, 1, 1, 1)
    assert not found.settled

    first = queue(both.store, SERVICE, HOW, TODAY, NOW)
    assert first.counts == {(Family.ATTENDANCE, Action.DELETE): 1}
    assert [one.entity for one in first.lost] == [f"attendance/kowhai/{STAYS[1].key}"]
    both.send()
    assert both.families[-1] == "ChildAttendanceDelete"
    assert not both.settled()  # nobody has said what became of the other

    assert both.queue(delete_lost=True) == 1
    both.send()
    assert both.settled()
    assert both.families[-2:] == ["ChildAttendanceDelete"] * 2

    put(both.store, *STAYS[:1])
    assert both.queue() == 1
    both.send()
    assert both.families[-1] == "ChildAttendanceUndelete"
    assert both.settled()
