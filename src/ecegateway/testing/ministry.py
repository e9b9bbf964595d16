"""A real HTTP server on loopback that stands for the Ministry's side: it takes, rejects, and fails as it is told to.

It is shaped after what is public and takes our own formats by our own schemas. That it accepts a file says nothing of what
the Ministry would say to it.
"""

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from ecegateway.builtin.infohub_transport import TOKEN_PATH, InfoHubSettings
from ecegateway.outbound import Reason
from ecegateway.testing.ministry_checks import CheckSchema, TakenVersion, by_published_schemas
from ecegateway.testing.ministry_faults import STATUS, SUBMISSIONS, TOKEN, MinistryFaults
from ecegateway.testing.ministry_office import REJECTED, Office, Taken
from ecegateway.testing.ministry_words import refuses, says
from ecegateway.testing.vendor_faults import Reply
from ecegateway.testing.vendor_server import LoopbackServer, Request
from ecegateway.testing.vendor_tokens import Tokens

_SECRET = "open-sesame"  # noqa: S105 - of an invented account that lives on loopback
_TOKEN_SECONDS = 3600
_WAYS = InfoHubSettings()

Respond = Callable[[Request], Reply]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came, and the status it was answered with."""

    method: str
    path: str
    key: str
    status: int


class MinistrySimulator(MinistryFaults):
    """Stands while used as a context manager.

    Args:
        now: Its clock; what is dated after it has not happened yet.
        services: The services it knows; ``None`` for any.
        versions: Which versions of a family's payload it takes, and when; any, of a family not named.
        schema: How the bytes of a family are checked; by default by the published schemas.
        client_id: The machine account.
        client_secret: What it must prove.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        services: Collection[str] | None = None,
        versions: Collection[TakenVersion] = (),
        schema: CheckSchema = by_published_schemas,
        client_id: str = "gateway",
        client_secret: str = _SECRET,
    ) -> None:
        super().__init__()
        self.client_id = client_id
        self.client_secret = client_secret
        self._office = Office(now, services, versions, schema)
        self._tokens = Tokens(client_id, client_secret)
        self._places: dict[str, tuple[str, Respond]] = {}
        self._asked: list[Asked] = []
        self._asked_lock = threading.Lock()
        self._server: LoopbackServer | None = LoopbackServer(self._respond)
        self._port = self._server.port

    def __enter__(self) -> Self:
        assert self._server is not None
        self._server.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        failures = self._stop()
        if failures and error is None:
            raise failures[0]

    @property
    def base_url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def is_up(self) -> bool:
        """Whether anybody listens."""
        return self._server is not None

    def config(self, **more: Any) -> dict[str, Any]:
        """Values of ``[ministry]`` by which the built-in transport finds it, but for the secrets."""
        return {"transport": "infohub-shaped", "base_url": self.base_url, **more}

    def add_place(self, name: str, path: str, respond: Respond) -> None:
        """Answer at a path and all below it as well, to clients who have signed in; faults strike there by its name."""
        self._places[path] = (name, respond)

    @property
    def submissions(self) -> tuple[Taken, ...]:
        """Everything it has looked at, in order, the rejected too."""
        return self._office.submissions()

    @property
    def taken(self) -> tuple[Taken, ...]:
        """What it has, in order: accepted, or waiting for a decision."""
        return tuple(one for one in self.submissions if one.state != REJECTED)

    @property
    def requests(self) -> tuple[Asked, ...]:
        """Every request that came and was answered, in order."""
        with self._asked_lock:
            return tuple(self._asked)

    @property
    def tokens_given(self) -> int:
        """How often a client signed in."""
        return self._tokens.given

    def posted(self) -> int:
        """How often a submission came, taken or not."""
        return sum(asked.method == "POST" and asked.path == _WAYS.path for asked in self.requests)

    def reject(self, reasons: Sequence[Reason], times: int = 1) -> None:
        """Reject the next submissions, whatever they say."""
        self._office.next_rejections += [tuple(reasons)] * times

    def decide_later(self) -> None:
        """From now on, say only that a submission was received; :meth:`decide` says what becomes of it."""
        self._office.decides_at_once = False

    def decide(self, key: str, reasons: Sequence[Reason] = ()) -> None:
        """Accept what was received under a key, or reject it for reasons.

        Raises:
            KeyError: nothing waits under this key.
        """
        self._office.decide(key, reasons)

    def stop_looking_for_duplicates(self) -> None:
        """From now on, take what it has already."""
        self._office.looks_for_duplicates = False

    def stop_knowing_keys(self) -> None:
        """From now on, take whatever is posted as something new, under whatever key: who sends twice is had twice."""
        self._office.knows_keys = False
        self._office.looks_for_duplicates = False

    def expire_token(self, after_requests: int = 0) -> None:
        """Refuse the tokens given so far, after so many more requests."""
        self._tokens.expire_after(after_requests)

    def go_down(self) -> None:
        """Nobody listens any more; connections are refused."""
        self._stop()

    def come_up(self) -> None:
        """Listen again, at the same address."""
        self._server = LoopbackServer(self._respond, self._port)
        self._server.start()

    def _stop(self) -> list[BaseException]:
        server, self._server = self._server, None
        if server is None:
            return []
        server.stop()
        return server.failures

    def _respond(self, request: Request) -> Reply:
        reply = self._answer(request)
        key = request.headers.get(_WAYS.key_header.lower()) or request.params.get(_WAYS.status_parameter, "")
        with self._asked_lock:
            self._asked.append(Asked(request.method, request.path, key, reply.status))
        return reply

    def _answer(self, request: Request) -> Reply:
        if request.path == TOKEN_PATH:
            return self.bent(TOKEN, lambda: self._token(request))
        if not self._tokens.accepts(request.authorization):
            return refuses(401, Reason("invalid_token", "the token is not taken"))
        if request.path == _WAYS.path:
            if request.method == "POST":
                return self.bent(SUBMISSIONS, lambda: self._take(request))
            return self.bent(STATUS, lambda: self._office.status(request.params.get(_WAYS.status_parameter, "")))
        for path, (name, respond) in self._places.items():
            if request.path == path or request.path.startswith(f"{path}/"):
                return self.bent(name, lambda respond=respond: respond(request))  # type: ignore[misc]  # bound at once
        return refuses(404, Reason("address", "there is no such address"))

    def _take(self, request: Request) -> Reply:
        if request.headers.get(_WAYS.destination_header.lower()) != _WAYS.destination:
            return refuses(400, Reason("destination", "the header that names the destination is missing or wrong"))
        key = request.headers.get(_WAYS.key_header.lower(), "")
        if not key:
            return refuses(400, Reason("key", "the header with the submission's key is missing"))
        return self._office.submit(key, request.form)

    def _token(self, request: Request) -> Reply:
        token = self._tokens.give(request.authorization, request.form) if request.method == "POST" else None
        if token is None:
            return refuses(401, Reason("invalid_client", "the machine account is not known"))
        return says(200, {"access_token": token, "token_type": "Bearer", "expires_in": _TOKEN_SECONDS})
