"""Driving a transport: whatever it does wrongly is told by its name, and whether anything got out is known."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import pytest

from ecegateway.contract import HttpGet
from ecegateway.errors import (
    AnswerLostError,
    DeliveryError,
    NothingSentError,
    PluginContractError,
    SourceFatalError,
    SourceRetryableError,
)
from ecegateway.outbound import HttpPost, LookForFile, Outcome, Receipt, SendAnswer, SendAsk, WriteFile
from ecegateway.transport.handing import MOST_ASKS, Done, Handing
from ecegateway.transport.limits import Limits

POST = HttpPost("/in", b"<x/>", "application/xml")
GET = HttpGet("/in", (("key", "k"),))
DONE = Receipt(Outcome.ACCEPTED)
Asking = Generator[Any, SendAnswer, Any]


@dataclass
class Scripted:
    """Hands that do what they are told, one after the other, and then well."""

    script: list[int | Exception] = field(default_factory=list)
    asks: list[SendAsk] = field(default_factory=list)
    whose: str = "transport 'tiny'"

    def carry_out(self, ask: SendAsk, *, seconds: float) -> Done:
        assert seconds > 0
        self.asks.append(ask)
        step = self.script.pop(0) if self.script else 200
        if isinstance(step, Exception):
            raise step
        return Done(SendAnswer(step, f"{step}".encode()), 3 if step == 429 else None)

    def close(self) -> None:
        """Nothing."""


def handing(hands: Scripted, waits: list[float] | None = None, attempts: int = 3) -> Handing:
    return Handing(hands, Limits(attempts=attempts), sleep=(waits if waits is not None else []).append)


def asks(*wanted: Any, end: Any = DONE) -> Callable[[], Asking]:
    def generator() -> Asking:
        for number in range(len(wanted)):
            yield wanted[number]
        return end

    return generator


def raises(error: BaseException) -> Callable[[], Asking]:
    def generator() -> Asking:
        yield POST
        raise error

    return generator


def endless() -> Asking:
    while True:
        yield GET


def refuses_to_end() -> Asking:
    try:
        yield 7
    finally:
        raise RuntimeError("Mererangi")


BROKEN: dict[str, tuple[Callable[[], Any], str, bool]] = {
    "raises at once": (raises(ValueError("Mererangi")), r"raised ValueError in deliver\(\)", True),
    "ends the process": (raises(SystemExit(3)), r"raised SystemExit in deliver\(\)", True),
    "gives no generator": (lambda: DONE, r"gives a Receipt from deliver\(\); expected a generator", False),
    "raises before it begins": (lambda: 1 / 0, r"raised ZeroDivisionError in deliver\(\)", False),
    "asks what nobody knows": (asks("http://elsewhere"), r"gives a str from deliver\(\)", False),
    "ends with nothing": (asks(POST, end=None), r"gives a NoneType from deliver\(\)", True),
    "ends with a word": (asks(end="accepted"), r"gives a str from deliver\(\)", False),
    "never ends": (endless, r"does not stop asking in deliver\(\)", False),
    "sends a text": (asks(HttpPost("/in", "<x/>", "a/b")), r"a body that is a str", False),  # type: ignore[arg-type]  # on purpose
    "sends a header that is none": (asks(HttpPost("/in", b"", "a/b", (("A", 1),))), r"something else than text", False),  # type: ignore[arg-type]  # on purpose
    "asks a path that is none": (asks(HttpGet(None)), r"something else than text", False),  # type: ignore[arg-type]  # on purpose
    "names no file": (asks(LookForFile(3)), r"something else than text", False),  # type: ignore[arg-type]  # on purpose
    "does not want to be put away": (refuses_to_end, r"gives a int from deliver\(\)", False),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_transport_that_misbehaves_is_named_and_its_words_are_not_repeated(name: str) -> None:
    begin, words, sent = BROKEN[name]
    errand = handing(Scripted())
    with pytest.raises(PluginContractError, match=rf"^transport 'tiny' .*{words}.*; tell its maker$") as refused:
        errand.run("deliver", begin, Receipt)
    assert "Mererangi" not in str(refused.value)
    assert errand.sent is sent


def test_a_loop_ends_after_a_hundred_questions() -> None:
    hands = Scripted()
    with pytest.raises(PluginContractError):
        handing(hands).run("deliver", endless, Receipt)
    assert len(hands.asks) == MOST_ASKS


def test_what_comes_back_goes_in_and_the_newest_answer_is_kept() -> None:
    def generator() -> Generator[SendAsk, SendAnswer, Receipt]:
        first = yield POST
        second = yield GET
        return Receipt(Outcome.ACCEPTED, f"{first.status}, {second.status}")

    errand = handing(Scripted([202, 404]))
    assert errand.run("deliver", generator, Receipt) == Receipt(Outcome.ACCEPTED, "202, 404")
    assert (errand.answer, errand.sent) == (b"404", True)


SILENT = SourceRetryableError("nobody listens")
LOST = AnswerLostError("the answer was lost")
REFUSED = SourceFatalError("the client is refused")


@pytest.mark.parametrize(
    ("ask", "script", "tried"),
    [
        (POST, [SILENT, SILENT], 3),
        (POST, [429], 2),
        (GET, [SILENT, LOST], 3),
        (GET, [503, 429], 3),
        (POST, [503], 1),
        (GET, [404], 1),
    ],
)
def test_it_is_tried_again_while_that_is_safe(ask: SendAsk, script: list[int | Exception], tried: int) -> None:
    hands = Scripted(script)
    assert handing(hands).run("deliver", asks(ask), Receipt) == DONE
    assert len(hands.asks) == tried


@pytest.mark.parametrize(
    ("begin", "script", "error", "tried"),
    [
        (asks(POST), [SILENT] * 3, NothingSentError, 3),
        (asks(POST), [REFUSED], NothingSentError, 1),
        (asks(POST), [LOST], AnswerLostError, 1),
        (asks(GET), [LOST] * 3, NothingSentError, 3),
        (asks(POST, GET), [202, LOST, SILENT, LOST], AnswerLostError, 4),
        (asks(WriteFile("a", b""), WriteFile("b", b"")), [200, REFUSED], AnswerLostError, 2),
    ],
)
def test_whether_anything_got_out_is_known(
    begin: Callable[[], Asking], script: list[int | Exception], error: type[DeliveryError], tried: int
) -> None:
    hands = Scripted(script)
    with pytest.raises(error):
        handing(hands).run("deliver", begin, Receipt)
    assert len(hands.asks) == tried


@pytest.mark.parametrize("status", [429, 503])
def test_the_last_answer_counts_when_it_stays_so(status: int) -> None:
    def generator() -> Generator[SendAsk, SendAnswer, Receipt]:
        answer = yield GET
        return Receipt(Outcome.UNKNOWN, f"{answer.status}")

    waits: list[float] = []
    assert handing(Scripted([status] * 3), waits).run("inquire", generator, Receipt).reference == f"{status}"
    assert waits == [3, 3] or status == 503


def test_no_wait_goes_beyond_the_time_of_the_errand() -> None:
    hands = Scripted([429, 429])
    errand = Handing(hands, Limits(pull_seconds=2), sleep=lambda _: None, monotonic=lambda: 0)
    assert errand.run("deliver", asks(POST), Receipt) == DONE
    assert len(hands.asks) == 1
