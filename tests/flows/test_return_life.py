"""The whole life of a return against the simulated Ministry, with every failure it can make.

Nothing is lost, nothing is there twice, and every step is evidence: what the Ministry's own record says and what the store
says are compared after each.
"""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from ecegateway.errors import DeliveryRefusedError, ReturnError
from ecegateway.evidence.documents import document
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows import delivery, return_sending
from ecegateway.flows.delivery import hand_over
from ecegateway.flows.errand import Errand
from ecegateway.flows.return_making import Wish
from ecegateway.flows.return_sending import outgoing_of
from ecegateway.outbound import Outcome, Reason, Receipt
from ecegateway.returns.life import ReturnState, Step
from ecegateway.signing.keyring import Keyring
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.ministry_checks import by_published_schemas
from ecegateway.testing.ministry_faults import STATUS, TOKEN
from ecegateway.transport.posting import HttpHands
from tests.support.filing import NOW, TUESDAY, Centre, centre_in
from tests.support.ministry import ministry, way_to
from tests.support.records import RECEIVED, SERVICE, shift

Misbehave = Callable[[MinistrySimulator], object]


@pytest.fixture(scope="module")
def signed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store in which return 1 is signed, and its keys."""
    folder = tmp_path_factory.mktemp("signed")
    with open_evidence(f"sqlite:///{folder / 'evidence.db'}", create=True) as evidence:
        assert centre_in(evidence, folder).signed() == 1
    return folder


@pytest.fixture
def centre(signed_store: Path, tmp_path: Path) -> Iterator[Centre]:
    """A centre whose return 1 is signed."""
    folder = tmp_path / "centre"
    shutil.copytree(signed_store, folder)
    with open_evidence(f"sqlite:///{folder / 'evidence.db'}") as evidence:
        yield Centre(evidence, Keyring(folder / "keys"), ticks=100)


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[MinistrySimulator]:
    """The simulated Ministry, which checks files by the published schemas."""
    with ministry(monkeypatch, clock=lambda: NOW + timedelta(days=1), schema=by_published_schemas, services={SERVICE}) as found:
        yield found


@dataclass(frozen=True)
class Fault:
    """A way to fail: how it is brought about, what is known after the first order, and how it is put right."""

    misbehave: Misbehave
    first: Outcome
    amend: Misbehave = lambda simulator: simulator.behave()
    limits: dict[str, float] | None = None


def go_down(simulator: MinistrySimulator) -> None:
    simulator.go_down()


def both(*faults: Misbehave) -> Misbehave:
    return lambda simulator: [fault(simulator) for fault in faults]


LOST_STATUS: Misbehave = lambda simulator: simulator.lose_answer(at=STATUS, times=None)  # noqa: E731 - named like the others
QUICK = {"request_seconds": 0.5, "attempts": 2}
FAULTS: dict[str, Fault] = {
    "nothing": Fault(lambda _: None, Outcome.ACCEPTED),
    "down": Fault(go_down, Outcome.NOT_SENT, lambda simulator: simulator.come_up()),
    "late": Fault(lambda simulator: simulator.answer_late(1.0), Outcome.ACCEPTED, limits=QUICK),
    "late, and silent when asked": Fault(
        both(lambda simulator: simulator.answer_late(1.0), LOST_STATUS), Outcome.UNKNOWN, limits=QUICK
    ),
    "answer lost": Fault(lambda simulator: simulator.lose_answer(), Outcome.ACCEPTED),
    "answer lost, and silent when asked": Fault(both(lambda simulator: simulator.lose_answer(), LOST_STATUS), Outcome.UNKNOWN),
    "request lost": Fault(lambda simulator: simulator.lose_request(), Outcome.ACCEPTED),
    "request lost, and silent when asked": Fault(
        both(lambda simulator: simulator.lose_request(), LOST_STATUS), Outcome.UNKNOWN
    ),
    "answer cut": Fault(lambda simulator: simulator.cut_answer(), Outcome.ACCEPTED),
    "answer garbled": Fault(lambda simulator: simulator.garbage(), Outcome.ACCEPTED),
    "answer and status garbled": Fault(
        both(lambda simulator: simulator.garbage(), lambda simulator: simulator.garbage(at=STATUS, times=None)),
        Outcome.UNKNOWN,
    ),
    "a web page": Fault(lambda simulator: simulator.web_page(), Outcome.ACCEPTED),
    "500": Fault(lambda simulator: simulator.server_error(status=500), Outcome.ACCEPTED),
    "500, and when asked": Fault(
        both(
            lambda simulator: simulator.server_error(None, status=500),
            lambda simulator: simulator.server_error(None, status=500, at=STATUS),
        ),
        Outcome.UNKNOWN,
    ),
    "busy": Fault(lambda simulator: simulator.busy(times=None), Outcome.NOT_SENT),
    "a duplicate, it says": Fault(lambda simulator: simulator.duplicate_answer(), Outcome.ACCEPTED),
    "the token ends midway": Fault(lambda simulator: simulator.expire_token(), Outcome.ACCEPTED),
    "no token": Fault(lambda simulator: simulator.refuse_token(), Outcome.NOT_SENT),
    "signing in fails": Fault(lambda simulator: simulator.server_error(None, at=TOKEN), Outcome.NOT_SENT),
}


def there_once(centre: Centre, simulator: MinistrySimulator, number: int = 1) -> None:
    """The Ministry has the very bytes that were signed, once; the store has every step, and holds."""
    one = centre.stands(number)
    assert one.state is ReturnState.RECEIVED
    assert [taken.body for taken in simulator.taken].count(centre.files(number)["rs7.xml"]) == 1
    assert len({taken.key for taken in simulator.submissions}) == len(simulator.submissions)
    assert [step.step for step in one.kept.steps] == ["validated", "attested", "signed", "submitted"]
    assert {tried.key for tried in one.deliveries} == {one.kept.steps[-1].detail["key"]}
    assert all(tried.end is not None for tried in one.deliveries)
    last = one.deliveries[-1].end
    assert last is not None
    assert last.receipt.reference in {taken.reference for taken in simulator.taken}
    centre.verify()


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_fails_it_is_there_once_and_every_step_is_evidence(
    centre: Centre, simulator: MinistrySimulator, name: str
) -> None:
    fault = FAULTS[name]
    fault.misbehave(simulator)
    with way_to(simulator, limits=fault.limits) as way:
        told = centre.submit(1, way)
    assert told.outcome is fault.first
    if fault.first is not Outcome.ACCEPTED:
        assert centre.stands(1).state is ReturnState.SUBMITTED
        fault.amend(simulator)
        with way_to(simulator) as way:
            assert centre.submit(1, way).outcome is Outcome.ACCEPTED
    there_once(centre, simulator)
    posted = simulator.posted()
    with way_to(simulator) as way, pytest.raises(ReturnError, match="return 1 is received"):
        centre.submit(1, way)
    assert simulator.posted() == posted


def test_a_rejected_return_is_put_right_by_the_next_which_takes_its_place(centre: Centre, simulator: MinistrySimulator) -> None:
    simulator.reject([Reason("E17", "the service is not known by this profile", "ServiceId")])
    with way_to(simulator) as way:
        told = centre.submit(1, way)
        assert (told.outcome, told.reasons[0].code) == (Outcome.REJECTED, "E17")
        with pytest.raises(ReturnError, match=r"return 1 is rejected; put right .* `ecegateway return prepare`"):
            centre.submit(1, way)
        second = centre.signed()
        assert centre.submit(second, way).outcome is Outcome.ACCEPTED
        assert centre.states() == [ReturnState.SUPERSEDED, ReturnState.RECEIVED]
        there_once(centre, simulator, second)
        centre.comes(shift(TUESDAY, "08:00-15:00", "t2"), at=RECEIVED)
        third = centre.signed(Wish(reason="a shift was left out"))
        assert centre.submit(third, way).outcome is Outcome.ACCEPTED
        there_once(centre, simulator, third)
    assert centre.states() == [ReturnState.SUPERSEDED, ReturnState.SUPERSEDED, ReturnState.RECEIVED]
    assert [taken.body for taken in simulator.taken] == [centre.files(number)["rs7.xml"] for number in (second, third)]


def test_a_decision_that_comes_later_is_asked_for(centre: Centre, simulator: MinistrySimulator) -> None:
    simulator.decide_later()
    with way_to(simulator) as way:
        assert centre.submit(1, way).outcome is Outcome.RECEIVED
        assert centre.ask(1, way) is not None
        assert centre.stands(1).state is ReturnState.SUBMITTED
        (taken,) = simulator.taken
        simulator.decide(taken.key)
        told = centre.ask(1, way)
        assert told is not None
        assert told.outcome is Outcome.ACCEPTED
        with pytest.raises(ReturnError, match="nothing to ask"):
            centre.ask(1, way)
    there_once(centre, simulator)


def test_a_signed_return_whose_evidence_changed_is_not_sent(centre: Centre, simulator: MinistrySimulator) -> None:
    centre.comes(shift(TUESDAY, "08:00-15:00", "t2"), at=RECEIVED)
    with way_to(simulator) as way, pytest.raises(ReturnError, match="evidence that has changed since"):
        centre.submit(1, way)
    assert simulator.requests == ()
    assert centre.states() == [ReturnState.SIGNED]
    centre.withdraw(1)
    second = centre.signed()
    with way_to(simulator) as way:
        assert centre.submit(second, way).outcome is Outcome.ACCEPTED
    there_once(centre, simulator, second)


def test_one_that_may_be_there_is_asked_about_though_its_evidence_changed(centre: Centre, simulator: MinistrySimulator) -> None:
    FAULTS["answer lost, and silent when asked"].misbehave(simulator)
    with way_to(simulator) as way:
        assert centre.submit(1, way).outcome is Outcome.UNKNOWN
    centre.comes(shift(TUESDAY, "08:00-15:00", "t2"), at=RECEIVED)
    with pytest.raises(ReturnError, match="return 1 is submitted"):
        centre.withdraw(1)
    simulator.behave()
    with way_to(simulator) as way:
        assert centre.submit(1, way).outcome is Outcome.ACCEPTED
    there_once(centre, simulator)


def test_one_that_certainly_did_not_get_there_may_be_withdrawn(centre: Centre, simulator: MinistrySimulator) -> None:
    simulator.go_down()
    with way_to(simulator) as way:
        assert centre.submit(1, way).outcome is Outcome.NOT_SENT
        centre.withdraw(1)
        simulator.come_up()
        with pytest.raises(ReturnError, match="return 1 is withdrawn"):
            centre.submit(1, way)
    assert simulator.taken == ()
    assert centre.states() == [ReturnState.WITHDRAWN]


def test_one_that_is_withdrawn_while_it_is_about_to_be_sent_is_not_sent(
    centre: Centre, simulator: MinistrySimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looked before the withdrawal looks again in the transaction that stores the attempt."""

    def withdraw_first(*given: Any, **named: Any) -> Receipt:
        centre.withdraw(1)
        return hand_over(*given, **named)

    monkeypatch.setattr(return_sending, "hand_over", withdraw_first)
    with way_to(simulator) as way, pytest.raises(ReturnError, match="return 1 is withdrawn"):
        centre.submit(1, way)
    assert centre.stands(1).deliveries == ()
    assert simulator.posted() == 0


class DiedError(BaseException):
    """The process ends here; nobody catches it."""


def dies(call: Callable[..., Any], *, first: bool) -> Callable[..., Any]:
    """A function whose process dies before it does anything, or once it has."""

    def dying(*given: Any, **named: Any) -> None:
        if not first:
            call(*given, **named)
        raise DiedError

    return dying


STAGES: dict[str, tuple[object, str, bool]] = {
    "before the order is stored": (return_sending, "add_step", True),
    "while the attempt is stored": (delivery, "begin_delivery", False),
    "once the attempt is stored": (Errand, "settle", True),
    "before a byte leaves": (HttpHands, "carry_out", True),
    "once it has arrived": (HttpHands, "carry_out", False),
    "once the answer is read": (Errand, "settle", False),
    "while its end is stored": (delivery, "end_delivery", False),
    "once its end is stored": (delivery, "_log", True),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_process_that_dies_while_it_sends_leaves_it_to_be_asked_about(
    centre: Centre, simulator: MinistrySimulator, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """At each stage: what is stored is the attempt or nothing, and whoever goes on ends with one file at the Ministry."""
    owner, name, first = STAGES[stage]
    with way_to(simulator) as way:
        with monkeypatch.context() as dying:
            dying.setattr(owner, name, dies(getattr(owner, name), first=first))
            with pytest.raises(DiedError):
                centre.submit(1, way)
        left = centre.stands(1)
        assert (Step.SUBMITTED in left.standing.steps) == bool(left.deliveries)
        if left.state is not ReturnState.RECEIVED:
            assert centre.submit(1, way).outcome is Outcome.ACCEPTED
    assert simulator.posted() == 1
    assert centre.stands(1).state is ReturnState.RECEIVED
    assert [taken.body for taken in simulator.taken] == [centre.files(1)["rs7.xml"]]
    centre.verify()


def test_two_who_submit_at_once_send_it_once(evidence: Evidence, tmp_path: Path, simulator: MinistrySimulator) -> None:
    """On both engines: one hands it over, the other is told that somebody does, or what became of it."""
    centre = centre_in(evidence, tmp_path)
    number = centre.signed()
    start = Barrier(3)

    def one(person: int) -> str:
        own = Centre(evidence, centre.keyring, ticks=200 + person)
        with way_to(simulator) as way:
            start.wait(timeout=30)
            try:
                return own.submit(number, way).outcome.value
            except (DeliveryRefusedError, ReturnError) as error:
                return f"refused: {error}"

    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(one, range(3)))
    assert set(told) - {"accepted"} == {words for words in told if words.startswith("refused: ")}
    assert "accepted" in told
    assert simulator.posted() == 1
    there_once(centre, simulator, number)


def test_a_key_stands_for_its_bytes_alone(centre: Centre, simulator: MinistrySimulator) -> None:
    with way_to(simulator) as way:
        centre.submit(1, way)
        kept = centre.stands(1).kept
        with centre.evidence.inspecting() as connection:
            body = document(connection, kept.steps[2].document or b"")
        sent = outgoing_of(kept, body)
        assert outgoing_of(kept, body + b" ").key != sent.key
        with pytest.raises(DeliveryRefusedError, match="nothing was sent"):
            hand_over(centre.evidence, way, outgoing_of(kept, body + b" "), 1, centre.now)
    assert len(simulator.taken) == 1
