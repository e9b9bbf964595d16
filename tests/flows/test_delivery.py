"""Handing over against the simulated Ministry: whatever breaks off, it has it once, and we know as much as can be known."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from ecegateway.errors import DeliveryRefusedError
from ecegateway.evidence.documents import document
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.delivery import ask_after, deliveries, hand_over
from ecegateway.outbound import About, Outcome, Outgoing, Reason, Receipt, SendAnswer, SendAsk, Transport
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.ministry_faults import STATUS
from tests.support.ministry import SERVICE, Waits, letter, ministry, now, outgoing, way_into, way_to

Misbehave = Callable[[MinistrySimulator], object]
ACCEPTED = Receipt(Outcome.ACCEPTED, "R-000001")
_NUMBERS = count(1)


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[MinistrySimulator]:
    """One that would have twice what is sent twice, so that having it once is our doing."""
    with ministry(monkeypatch) as found:
        found.stop_knowing_keys()
        yield found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    """One store for the tests that each hand over a thing of their own."""
    with open_evidence(f"sqlite:///{tmp_path_factory.mktemp('store') / 'evidence.db'}", create=True) as found:
        yield found


@pytest.fixture
def number() -> int:
    return next(_NUMBERS)


def thing(number: int, body: bytes = letter()) -> Outgoing:
    return outgoing(f"k-{number}", body)


def send(store: Evidence, simulator: MinistrySimulator, number: int, body: bytes = letter(), **limits: float) -> Receipt:
    with way_to(simulator, limits=limits) as way:
        return hand_over(store, way, thing(number, body), number, now)


def outcomes(store: Evidence, number: int) -> list[Outcome | None]:
    return [one.end.receipt.outcome if one.end else None for one in deliveries(store, About.RETURN, number)]


def silence(simulator: MinistrySimulator) -> None:
    """No answer comes, whatever is sent or asked."""
    simulator.lose_answer(times=None)
    simulator.lose_answer(times=None, at=STATUS)


def test_what_is_accepted_is_kept_with_its_receipt_and_not_sent_again(evidence: Evidence, simulator: MinistrySimulator) -> None:
    assert send(evidence, simulator, 1) == ACCEPTED
    assert send(evidence, simulator, 1) == ACCEPTED
    assert [taken.body for taken in simulator.taken] == [letter()]
    assert simulator.posted() == 1
    (attempt,) = deliveries(evidence, About.RETURN, 1)
    assert (attempt.key, attempt.transport, attempt.at) == ("k-1", "infohub-shaped", now())
    assert attempt.end is not None
    assert attempt.end.receipt == ACCEPTED
    assert attempt.end.answer is not None
    with evidence.inspecting() as connection:
        assert b"R-000001" in document(connection, attempt.end.answer)


FAULTS: dict[str, tuple[Misbehave, int]] = {
    "it answers too late": (lambda m: m.answer_late(60), 1),
    "it loses the answer": (lambda m: m.lose_answer(), 1),
    "it cuts the answer": (lambda m: m.cut_answer(), 1),
    "it drips the answer": (lambda m: m.slow_drip(20), 1),
    "it answers garbage": (lambda m: m.garbage(), 1),
    "it says it had it before": (lambda m: m.duplicate_answer(), 1),
    "it fails after taking it": (lambda m: m.server_error(taken=True), 1),
    "it fails before taking it": (lambda m: m.server_error(2, status=503), 3),
    "the request is lost": (lambda m: m.lose_request(), 2),
    "a web page comes from something in between": (lambda m: m.web_page(), 2),
    "it is busy": (lambda m: m.busy(2), 3),
    "its tokens expire": (lambda m: m.expire_token(), 2),
    "the answer to the question is lost too": (lambda m: (m.lose_answer(), m.lose_answer(at=STATUS)), 1),
    "it fails when asked": (lambda m: (m.lose_answer(), m.server_error(2, at=STATUS)), 1),
}
"""What goes wrong once or twice, and how often the return is sent until it is known."""
SLOW = {"it answers too late", "it drips the answer"}


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_goes_wrong_for_a_while_it_has_it_once_and_we_know(
    store: Evidence, simulator: MinistrySimulator, number: int, name: str
) -> None:
    misbehave, posted = FAULTS[name]
    misbehave(simulator)
    assert send(store, simulator, number, request_seconds=0.8 if name in SLOW else 30) == ACCEPTED
    assert [taken.key for taken in simulator.taken] == [f"k-{number}"]
    assert simulator.posted() == posted
    assert outcomes(store, number) == [Outcome.ACCEPTED]


STAYING: dict[str, tuple[Misbehave, Outcome, str]] = {
    "nobody listens": (lambda m: m.go_down(), Outcome.NOT_SENT, "the connection failed"),
    "the account is refused": (lambda m: m.refuse_token(), Outcome.NOT_SENT, "refuses the client"),
    "it stays busy": (lambda m: m.busy(None), Outcome.NOT_SENT, "busy"),
    "no answer comes, whatever is asked": (silence, Outcome.UNKNOWN, "cut short"),
    "it fails again and again": (lambda m: m.server_error(None, status=503), Outcome.UNKNOWN, "does not say whether"),
    "it redirects": (lambda m: m.redirect("http://127.0.0.1:9/", times=None), Outcome.UNKNOWN, "not followed"),
}
"""What stays wrong, what is known then, and the words for it."""


@pytest.mark.parametrize("name", STAYING)
def test_what_stays_wrong_is_told_and_later_it_has_it_once(
    store: Evidence, simulator: MinistrySimulator, number: int, name: str
) -> None:
    misbehave, outcome, words = STAYING[name]
    misbehave(simulator)
    receipt = send(store, simulator, number, attempts=3)
    assert receipt.outcome is outcome
    assert words in " ".join(reason.says for reason in receipt.reasons)
    assert len(simulator.taken) == (name == "no answer comes, whatever is asked")
    simulator.behave()
    if not simulator.is_up:
        simulator.come_up()
    assert send(store, simulator, number) == ACCEPTED
    assert [taken.key for taken in simulator.taken] == [f"k-{number}"]
    assert outcomes(store, number) == [outcome, Outcome.ACCEPTED]


def test_after_a_lost_answer_the_next_run_asks_and_does_not_send(
    store: Evidence, simulator: MinistrySimulator, number: int
) -> None:
    silence(simulator)
    assert send(store, simulator, number, attempts=1).outcome is Outcome.UNKNOWN
    simulator.behave()
    assert send(store, simulator, number) == ACCEPTED
    assert simulator.posted() == 1


def test_a_rejection_comes_with_its_reasons_and_may_be_tried_again(
    store: Evidence, simulator: MinistrySimulator, number: int
) -> None:
    reasons = (Reason("service", "the licence is suspended", "ServiceId"), Reason("period", "not open yet"))
    simulator.reject(reasons)
    assert send(store, simulator, number) == Receipt(Outcome.REJECTED, None, reasons)
    assert send(store, simulator, number).outcome is Outcome.ACCEPTED
    assert outcomes(store, number) == [Outcome.REJECTED, Outcome.ACCEPTED]


def test_a_rejection_whose_answer_was_lost_is_learned_by_asking(
    store: Evidence, simulator: MinistrySimulator, number: int
) -> None:
    reasons = (Reason("service", "the licence is suspended"),)
    simulator.reject(reasons)
    simulator.lose_answer()
    assert send(store, simulator, number) == Receipt(Outcome.REJECTED, "R-000001", reasons)


@pytest.mark.parametrize("reasons", [(), (Reason("audit", "the hours are in doubt"),)], ids=["accepted", "rejected"])
def test_what_is_decided_later_is_never_sent_twice(
    store: Evidence, simulator: MinistrySimulator, number: int, reasons: tuple[Reason, ...]
) -> None:
    received = Receipt(Outcome.RECEIVED, "R-000001")
    simulator.decide_later()
    assert send(store, simulator, number, attempts=2) == received
    assert send(store, simulator, number, attempts=2) == received
    with way_to(simulator) as way:
        assert ask_after(store, way, thing(number), number, now) == received
        simulator.decide(f"k-{number}", reasons)
        decided = ask_after(store, way, thing(number), number, now)
        assert decided == Receipt(Outcome.REJECTED if reasons else Outcome.ACCEPTED, "R-000001", reasons)
        assert ask_after(store, way, thing(number), number, now) == decided
    assert simulator.posted() == 1
    assert outcomes(store, number) == [Outcome.RECEIVED, Outcome.RECEIVED, decided.outcome]


def test_of_what_was_never_handed_over_nothing_is_asked(store: Evidence, simulator: MinistrySimulator, number: int) -> None:
    with way_to(simulator) as way:
        assert ask_after(store, way, thing(number), number, now) is None
    assert simulator.requests == ()


def test_a_key_stands_for_one_thing_and_its_bytes(evidence: Evidence, simulator: MinistrySimulator) -> None:
    send(evidence, simulator, 1)
    others = (
        (outgoing("k-1", letter(hours=7)), 1, "other bytes under the key"),
        (outgoing("k-1"), 2, "do not belong together"),
        (outgoing("k-2"), 1, "do not belong together"),
    )
    for other, number, words in others:
        for verb in (hand_over, ask_after):
            with way_to(simulator) as way, pytest.raises(DeliveryRefusedError, match=words):
                verb(evidence, way, other, number, now)
    assert simulator.posted() == 1


def test_what_certainly_never_got_there_binds_nothing(store: Evidence, simulator: MinistrySimulator, number: int) -> None:
    simulator.refuse_token()
    assert send(store, simulator, number, attempts=1).outcome is Outcome.NOT_SENT
    simulator.behave()
    assert send(store, simulator, number, letter(hours=7)) == ACCEPTED
    assert [taken.body for taken in simulator.taken] == [letter(hours=7)]


def test_what_is_open_by_one_way_does_not_go_another(
    store: Evidence, simulator: MinistrySimulator, number: int, tmp_path: Path
) -> None:
    silence(simulator)
    send(store, simulator, number, attempts=1)
    for verb in (hand_over, ask_after):
        refused = pytest.raises(DeliveryRefusedError, match=r"set ministry\.transport back to it")
        with way_into(tmp_path / "outbox") as way, refused:
            verb(store, way, thing(number), number, now)


def test_while_one_is_at_it_another_is_told_so(evidence: Evidence, simulator: MinistrySimulator) -> None:
    with evidence.one_delivery("return", SERVICE):
        with pytest.raises(DeliveryRefusedError, match="service 10842: another process is handing over one of its returns"):
            send(evidence, simulator, 1)
        with evidence.one_delivery("event", SERVICE):
            assert simulator.requests == ()
    assert send(evidence, simulator, 1) == ACCEPTED


def test_waits_are_those_the_other_side_asks_for(store: Evidence, simulator: MinistrySimulator, number: int) -> None:
    simulator.busy(1, retry_after="7")
    waits = Waits()
    with way_to(simulator, waits) as way:
        hand_over(store, way, thing(number), number, now)
    assert waits.seconds == [7]


class Strange:
    """A transport that posts, and then does what it is told."""

    def __init__(self, good: Transport, end: Callable[[], Any], *, post: bool = True) -> None:
        self._good = good
        self._end = end
        self._post = post

    def deliver(self, outgoing: Outgoing) -> Generator[SendAsk, SendAnswer, Receipt]:
        if self._post:
            yield from self._good.deliver(outgoing)
        made: Receipt = self._end()
        return made

    def inquire(self, outgoing: Outgoing) -> Generator[SendAsk, SendAnswer, Receipt | None]:
        yield from self._good.inquire(outgoing)
        found: Receipt | None = self._end()
        return found


def fail() -> Receipt:
    raise RuntimeError("Mererangi")


STRANGE: dict[str, Callable[[], Any]] = {
    "raises": fail,
    "says nothing": lambda: Receipt("accepted"),  # type: ignore[arg-type]  # on purpose
    "gives reasons that are none": lambda: Receipt(Outcome.REJECTED, reasons=("late",)),  # type: ignore[arg-type]  # on purpose
    "gives no list of reasons": lambda: Receipt(Outcome.REJECTED, reasons=None),  # type: ignore[arg-type]  # on purpose
    "gives a number for a word": lambda: Receipt(Outcome.REJECTED, reasons=(Reason("x", 7),)),  # type: ignore[arg-type]  # on purpose
    "gives a number for a reference": lambda: Receipt(Outcome.ACCEPTED, 7),  # type: ignore[arg-type]  # on purpose
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_transport_that_misbehaves_is_named_and_the_thing_is_there_once(
    store: Evidence, simulator: MinistrySimulator, number: int, name: str
) -> None:
    with way_to(simulator) as way:
        strange = replace(way, transport=Strange(way.transport, STRANGE[name]))
        receipt = hand_over(store, strange, thing(number), number, now)
        assert (receipt.outcome, receipt.reasons[0].code) == (Outcome.UNKNOWN, "plugin")
        assert receipt.reasons[0].says.startswith("transport 'infohub-shaped' ")
        assert "Mererangi" not in str(receipt)
        assert hand_over(store, way, thing(number), number, now) == ACCEPTED
    assert simulator.posted() == 1


def test_a_transport_that_fails_before_it_sends_has_sent_nothing(
    store: Evidence, simulator: MinistrySimulator, number: int
) -> None:
    with way_to(simulator) as way:
        strange = replace(way, transport=Strange(way.transport, fail, post=False))
        assert hand_over(store, strange, thing(number), number, now).outcome is Outcome.NOT_SENT
    assert simulator.requests == ()


def test_words_of_the_other_side_are_kept_as_words(store: Evidence, simulator: MinistrySimulator, number: int) -> None:
    simulator.reject((Reason("a\x00b", "x" * 600, "line\n2"),))
    (reason,) = send(store, simulator, number).reasons
    assert reason == Reason("a b", "x" * 500, "line 2")


def test_what_is_received_is_not_sent_again_even_if_they_lose_it(
    store: Evidence, simulator: MinistrySimulator, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    simulator.decide_later()
    received = send(store, simulator, number, attempts=1)
    with ministry(monkeypatch) as forgetful, way_to(forgetful) as way:
        assert hand_over(store, way, thing(number), number, now) == received
        assert ask_after(store, way, thing(number), number, now) == received
        assert forgetful.submissions == ()
    assert received.outcome is Outcome.RECEIVED
