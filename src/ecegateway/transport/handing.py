"""Drives a transport to its end, carrying out what it says to send or ask. What it does wrongly stays with it."""

import time
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from ecegateway.contract import HttpGet
from ecegateway.errors import (
    AnswerLostError,
    NothingSentError,
    PluginContractError,
    SourceFatalError,
    SourceRetryableError,
)
from ecegateway.outbound import HttpPost, LookForFile, SendAnswer, SendAsk, WriteFile
from ecegateway.transport.limits import Limits
from ecegateway.transport.retry import ask_again

MOST_ASKS = 100
"""How often one run of a transport may ask; more is a loop."""
_ASKS = (HttpPost, HttpGet, WriteFile, LookForFile)
_REFUSED_FOR_NOW = frozenset({429})
_WORTH_ASKING_AGAIN = _REFUSED_FOR_NOW | {408, 425, 500, 502, 503, 504}

_Got = TypeVar("_Got")


@dataclass(frozen=True, slots=True)
class Done:
    """An answer, and for how many seconds the other side asks to be left alone."""

    answer: SendAnswer
    wish_seconds: float | None = None


class Hands(Protocol):
    """Carries out one ask, once."""

    @property
    def whose(self) -> str:
        """The transport's name, for messages."""

    def carry_out(self, ask: SendAsk, *, seconds: float) -> Done:
        """What came back.

        Raises:
            SourceRetryableError: nothing of it got out; trying again may help.
            SourceFatalError: nothing of it got out; trying again will not help.
            AnswerLostError: it got out, and no whole answer came.
            PluginContractError: the ask is not allowed.
        """

    def close(self) -> None:
        """Let go of connections."""


class Handing:
    """One errand by one transport, with all its trying again.

    A question is asked again while it is worth it. A body is sent again only while nothing of it got out, or the other side
    says that it is busy: whether to send it once more after that is not decided here.
    """

    def __init__(
        self,
        hands: Hands,
        limits: Limits,
        *,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hands = hands
        self._limits = limits
        self._sleep = sleep
        self._monotonic = monotonic
        self._until = monotonic() + limits.pull_seconds
        self._asks = 0
        self.sent = False
        """Whether a body got out, or may have."""
        self.answer = b""
        """The newest answer that held anything, as it came."""

    def left(self) -> float:
        """Seconds the errand may still last."""
        return self._until - self._monotonic()

    def run(self, step: str, begin: Callable[[], Generator[SendAsk, SendAnswer, _Got]], *kinds: type) -> _Got:
        """What a transport makes of the answers; ``step`` names its function, ``kinds`` are what may come of it.

        Raises:
            NothingSentError: the other side was not reached, and no body got out.
            AnswerLostError: it was not reached, or not to the end, and a body may have got there.
            PluginContractError: the transport raised, gave something else than promised, or does not stop asking.
        """
        generator = self._guard(step, begin)
        if not isinstance(generator, Generator):
            raise self._breach(f"gives a {type(generator).__name__} from {step}(); expected a generator")
        try:
            made = self._drive(step, generator)
        finally:
            with suppress(Exception):  # what a plugin does while it is put away changes nothing any more
                generator.close()
        if not isinstance(made, kinds):
            raise self._breach(f"gives a {type(made).__name__} from {step}()")
        return made

    def _drive(self, step: str, generator: Generator[SendAsk, SendAnswer, _Got]) -> _Got:
        answer: SendAnswer | None = None
        while True:
            try:
                ask = self._guard(step, partial(_next_ask, generator, answer), StopIteration)
            except StopIteration as end:
                made: _Got = end.value
                return made
            self._check(step, ask)
            answer = self._carry_out(ask)
            self.answer = answer.body or self.answer

    def _carry_out(self, ask: SendAsk) -> SendAnswer:
        last: list[Done] = []
        again = _REFUSED_FOR_NOW if isinstance(ask, HttpPost) else _WORTH_ASKING_AGAIN

        def attempt() -> SendAnswer:
            last.clear()
            try:
                done = self._hands.carry_out(ask, seconds=self.left())
            except AnswerLostError as error:
                if isinstance(ask, HttpPost):
                    self.sent = True
                    raise
                raise SourceRetryableError(str(error)) from error
            if done.answer.status in again:
                last.append(done)
                raise SourceRetryableError(f"status {done.answer.status}", retry_after_seconds=done.wish_seconds)
            return done.answer

        try:
            answer = ask_again(attempt, attempts=self._limits.attempts, left=self.left, sleep=self._sleep)
        except SourceFatalError as error:
            if not last:
                raise (AnswerLostError if self.sent else NothingSentError)(str(error)) from error
            answer = last[0].answer
        self.sent |= isinstance(ask, HttpPost | WriteFile)
        return answer

    def _check(self, step: str, ask: object) -> None:
        if not isinstance(ask, _ASKS):
            raise self._breach(f"gives a {type(ask).__name__} from {step}(); expected something to send or to ask")
        self._asks += 1
        if self._asks > MOST_ASKS:
            raise self._breach(f"does not stop asking in {step}()")
        texts: list[object] = [ask.path] if isinstance(ask, HttpPost | HttpGet) else [ask.name]
        if isinstance(ask, HttpPost):
            texts += [ask.media_type, *(text for pair in ask.headers for text in pair)]
        if isinstance(ask, HttpGet):
            texts += [text for pair in ask.params for text in pair]
        if not all(isinstance(text, str) for text in texts):
            raise self._breach(f"gives something else than text from {step}()")
        if isinstance(ask, HttpPost | WriteFile) and not isinstance(ask.body, bytes):
            raise self._breach(f"gives a body that is a {type(ask.body).__name__} from {step}()")

    def _guard(self, step: str, call: Callable[[], _Got], *promised: type[Exception]) -> _Got:
        try:
            return call()
        except promised:
            raise
        except (Exception, SystemExit) as error:
            # Only the kind of the exception is named: its text may hold what was answered.
            raise self._breach(f"raised {type(error).__name__} in {step}()") from error

    def _breach(self, what: str) -> PluginContractError:
        return PluginContractError(f"{self._hands.whose} {what}; tell its maker")


def _next_ask(generator: Generator[SendAsk, SendAnswer, _Got], answer: SendAnswer | None) -> SendAsk:
    return next(generator) if answer is None else generator.send(answer)
