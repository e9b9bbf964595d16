"""The ways the simulated Ministry can be told to misbehave."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from ecegateway.outbound import Reason
from ecegateway.testing.ministry_words import refuses
from ecegateway.testing.vendor_faults import Reply

SUBMISSIONS, STATUS, TOKEN = "submissions", "status", "token"
Bend = Callable[[Reply], Reply]


@dataclass(slots=True)
class MinistryFault:
    """One way to misbehave, at one place, so many times (``None``: for ever). ``first`` strikes before anything is taken."""

    name: str
    bend: Bend
    at: str
    times: int | None
    first: bool
    happened: int = 0

    def is_due(self, at: str) -> bool:
        """Whether it strikes here and now."""
        return self.at == at and (self.times is None or self.happened < self.times)


class MinistryFaults:
    """The faults in force. Every method gives the :class:`MinistryFault`, whose ``happened`` counts.

    ``at`` is :data:`SUBMISSIONS`, :data:`STATUS`, :data:`TOKEN`, or the name of a registered place.
    """

    def __init__(self) -> None:
        self._faults: list[MinistryFault] = []
        self._fault_lock = threading.Lock()

    def answer_late(self, seconds: float, *, at: str = SUBMISSIONS, times: int | None = 1) -> MinistryFault:
        """It has it, and is silent for so long."""
        return self._add("answer_late", lambda reply: replace(reply, wait_seconds=seconds), at, times)

    def lose_answer(self, *, at: str = SUBMISSIONS, times: int | None = 1) -> MinistryFault:
        """It has it, and the connection is cut before a word."""
        return self._add("lose_answer", lambda reply: replace(reply, drop=True), at, times)

    def lose_request(self, *, at: str = SUBMISSIONS, times: int | None = 1) -> MinistryFault:
        """The connection is cut, and it has nothing."""
        return self._add("lose_request", lambda reply: replace(reply, drop=True), at, times, first=True)

    def cut_answer(self, after_bytes: int = 10, *, at: str = SUBMISSIONS, times: int | None = 1) -> MinistryFault:
        """It has it, and the connection is cut inside the answer."""
        return self._add("cut_answer", lambda reply: replace(reply, cut_after=after_bytes), at, times)

    def slow_drip(self, bytes_per_second: int, *, at: str = SUBMISSIONS, times: int | None = 1) -> MinistryFault:
        """It has it, and the answer comes a few bytes at a time."""
        return self._add("slow_drip", lambda reply: replace(reply, bytes_per_second=bytes_per_second), at, times)

    def garbage(self, *, at: str = SUBMISSIONS, times: int | None = 1) -> MinistryFault:
        """It has it, and answers with status 200 and bytes that mean nothing."""
        return self._add("garbage", lambda _: Reply(200, b"\x00\xff<<{]", {"Content-Type": "application/json"}), at, times)

    def web_page(self, *, at: str = SUBMISSIONS, times: int | None = 1) -> MinistryFault:
        """A page for people comes with status 200, from something in between; it has nothing."""
        page = Reply(200, b"<!DOCTYPE html><title>Sign in</title>", {"Content-Type": "text/html"})
        return self._add("web_page", lambda _: page, at, times, first=True)

    def duplicate_answer(self, *, at: str = SUBMISSIONS, times: int | None = 1) -> MinistryFault:
        """It has it, and says that it had it before."""
        said = refuses(409, Reason("duplicate", "this was sent before"))
        return self._add("duplicate_answer", lambda _: said, at, times)

    def server_error(
        self, times: int | None = 1, *, status: int = 500, taken: bool = False, at: str = SUBMISSIONS
    ) -> MinistryFault:
        """A status of the 500s; it has it if ``taken``."""
        return self._add("server_error", lambda _: refuses(status), at, times, first=not taken)

    def busy(self, times: int | None = 1, *, retry_after: str | None = "1", at: str = SUBMISSIONS) -> MinistryFault:
        """Status 429; it has nothing."""
        said = refuses(429, Reason("busy", "too many requests"), retry_after=retry_after)
        return self._add("busy", lambda _: said, at, times, first=True)

    def redirect(self, location: str, *, at: str = SUBMISSIONS, times: int | None = 1) -> MinistryFault:
        """Go elsewhere; it has nothing."""
        return self._add("redirect", lambda _: Reply(307, b"", {"Location": location}), at, times, first=True)

    def refuse_token(self, *, times: int | None = None) -> MinistryFault:
        """Nobody can sign in."""
        said = refuses(401, Reason("invalid_client", "the machine account is not known"))
        return self._add("refuse_token", lambda _: said, TOKEN, times, first=True)

    def behave(self) -> None:
        """End every fault."""
        with self._fault_lock:
            self._faults.clear()

    def bent(self, at: str, take: Callable[[], Reply]) -> Reply:
        """What a place answers: one fault at a time strikes, before or after it has taken what came."""
        with self._fault_lock:
            fault = next((fault for fault in self._faults if fault.is_due(at)), None)
            if fault is not None:
                fault.happened += 1
        if fault is None:
            return take()
        return fault.bend(Reply(200, b"") if fault.first else take())

    def _add(self, name: str, bend: Bend, at: str, times: int | None, *, first: bool = False) -> MinistryFault:
        fault = MinistryFault(name, bend, at, times, first)
        with self._fault_lock:
            self._faults.append(fault)
        return fault
