"""The frozen types that cross the border to a transport: what is handed over, and what the other side says to it.

A transport does no I/O, like a source: it says what to send or ask next (:data:`SendAsk`), is sent what came back
(:class:`SendAnswer`), and ends with a :class:`Receipt`. The host carries it out, with deadlines, sign-in and retries, and
has written down that it will before a byte leaves. So whatever breaks off can be asked about afterwards, by its key.

Formats are ELI-shaped, from public evidence, not Ministry-approved; addresses and envelopes are settings of a transport.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from ecegateway.contract import HttpGet, OAuth2ClientCredentials
from ecegateway.model.ids import ServiceNumber


class About(StrEnum):
    """What is handed over."""

    RETURN = "return"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to hand over: its bytes, and what they are.

    ``key`` is the same however often it is tried, and of nothing else: whoever receives it twice has it once.
    ``family`` is the event's element name (``RS7Return``, ``ChildAttendance``); ``name`` a plain file name, another for other
    bytes. ``version`` is that of the payload's schema: the settings may say from which day to which each is taken.
    """

    about: About
    key: str
    service: ServiceNumber
    family: str
    name: str
    media_type: str
    body: bytes
    version: str = "1"


@dataclass(frozen=True, slots=True)
class HttpPost:
    """Send a body to a path below the transport's base address. Headers carry no secrets."""

    path: str
    body: bytes
    media_type: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WriteFile:
    """Lay a file into the transport's folder, whole or not at all; one of the same name and bytes is left as it is."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class LookForFile:
    """Look for a file in the transport's folder. The answer has status 404 where there is none."""

    name: str


SendAsk = HttpPost | HttpGet | WriteFile | LookForFile


@dataclass(frozen=True, slots=True)
class SendAnswer:
    """What came back: an HTTP status (200 for a file written or found), and the bytes."""

    status: int
    body: bytes = b""
    media_type: str = ""


class Outcome(StrEnum):
    """How an attempt to hand something over ended."""

    ACCEPTED = "accepted"
    """The other side has it and takes it."""
    REJECTED = "rejected"
    """The other side has seen it and does not take it; reasons say why."""
    RECEIVED = "received"
    """The other side has it, and has not said yet whether it takes it."""
    LAID_OUT = "laid out"
    """It lies in the outbox for a person to take on; what comes of it is recorded when it is known."""
    NOT_SENT = "not sent"
    """It certainly did not get there."""
    UNKNOWN = "unknown"
    """It may have got there: the answer was lost."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of the other side: its code, what it says, and the place it means, as far as given. No personal data."""

    code: str
    says: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the other side says: taken or not, under which number of its own, and why."""

    outcome: Outcome
    reference: str | None = None
    reasons: tuple[Reason, ...] = ()


class Transport(Protocol):
    """One configured way to hand things over. Holds settings, no state."""

    def deliver(self, outgoing: Outgoing) -> Generator[SendAsk, SendAnswer, Receipt]:
        """Hand something over; each ``yield`` gives what came back."""

    def inquire(self, outgoing: Outgoing) -> Generator[SendAsk, SendAnswer, Receipt | None]:
        """What became of an earlier attempt; ``None`` if the other side never had it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a child is, as on the identity document: what a search of the student index asks with."""

    family_name: str
    given_names: tuple[str, ...]
    birth_date: date
    gender: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of the student index. ``master`` is the number that took over, where this one was merged into another."""

    nsn: str
    identity: Identity
    score: int | None
    status: str
    verification: str
    master: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave, the best match first, or why it gave none."""

    candidates: tuple[Candidate, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """A change notification: one number is no more, another took over."""

    nsn: str
    master: str


class StudentIndex(Protocol):
    """The National Student Index, as a transport may reach it."""

    def search(self, who: Identity) -> Generator[SendAsk, SendAnswer, Found]:
        """Records that may be this child's."""

    def add(self, who: Identity, document: str, key: str) -> Generator[SendAsk, SendAnswer, Candidate | Found]:
        """A new record, proved by a sighted document; ``key`` makes asking twice harmless. A ``Found`` says why not."""

    def merges(self, after: str | None) -> Generator[SendAsk, SendAnswer, tuple[tuple[Merge, ...], str]]:
        """Merges after a position, and the position to go on from."""


@dataclass(frozen=True, slots=True)
class TransportDescription:
    """What a kind of transport is. ``over_http`` needs a base address in the settings, otherwise a folder."""

    name: str
    title: str
    version: str
    over_http: bool
    authentication: OAuth2ClientCredentials | None = None


class TransportPlugin(Protocol):
    """A kind of transport, as registered."""

    @property
    def description(self) -> TransportDescription:
        """What it is."""

    def create(self, settings: Mapping[str, Any]) -> Transport:
        """A transport with these settings.

        Raises:
            ConfigError: a setting is missing or wrong.
        """

    def student_index(self, settings: Mapping[str, Any]) -> StudentIndex | None:
        """The student index by the same way; ``None`` where it does not lead there."""


class RegisterTransport(Protocol):
    """Called by a plugin, once for each kind of transport."""

    def __call__(self, transport: TransportPlugin) -> None:
        """Register a kind of transport."""
