"""A real HTTP vendor on loopback: Kōwhai SMS, invented, as its API reference describes it, and as bad as it is told to be."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import orjson

from ecegateway.model.record import Record
from ecegateway.testing.vendor_faults import Call, Reply
from ecegateway.testing.vendor_mischief import Mischief
from ecegateway.testing.vendor_server import LoopbackServer, Request
from ecegateway.testing.vendor_shelf import COLLECTION_OF, DELETIONS, PROFILES, Cursor, Shelf, stamp
from ecegateway.testing.vendor_tokens import Tokens

TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
_COLLECTIONS = frozenset(COLLECTION_OF.values()) - {PROFILES} | {DELETIONS}
_SECRET = "open-sesame"  # noqa: S105 - of an invented vendor that lives on loopback
_TOKEN_SECONDS = 3600
_LARGEST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that was answered; ``collection`` is empty for the token address."""

    path: str
    collection: str
    params: tuple[tuple[str, str], ...]
    status: int


class VendorSimulator(Mischief):
    """Serves what is published while used as a context manager.

    Args:
        client_id: What clients must say.
        client_secret: What clients must prove.
        page_limit: The largest page it gives, whatever a client asks; small, to have many pages.
    """

    def __init__(self, client_id: str = "gateway", client_secret: str = _SECRET, page_limit: int = _LARGEST_PAGE) -> None:
        super().__init__()
        self.client_id = client_id
        self.client_secret = client_secret
        self._page_limit = page_limit
        self._tokens = Tokens(client_id, client_secret)
        self._shelf = Shelf()
        self._server = LoopbackServer(self._respond)
        self._seen: list[Seen] = []
        self._seen_lock = threading.Lock()

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.stop()
        if self._server.failures and error is None:
            raise self._server.failures[0]

    @property
    def base_url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self._server.port}"

    def publish(self, records: Iterable[Record], *, at: datetime) -> None:
        """Hold records, new or changed, as of a moment. The vendor's clock moves with these moments, and never back.

        Raises:
            ValueError: Kōwhai cannot carry one of them.
        """
        self._shelf.put(records, at)

    def publish_raw(self, service: str, stream: str, item: Mapping[str, Any], *, at: datetime) -> None:
        """Hold an item in the vendor's own words, such as no canonical record gives."""
        self._shelf.put_raw(service, stream, item, at)

    def rewrite(self, record: Record, *, at: datetime, silently: bool = False) -> None:
        """Replace a record's content; ``silently`` shows no word of an edit, whatever the record's ``change`` says."""
        self._shelf.put((record,), at, silently=silently)

    def delete(self, record: Record, *, at: datetime) -> None:
        """Delete a record, and list it among the deletions by its key.

        Raises:
            KeyError: the record is not held.
        """
        self._shelf.delete(record, at, named=True)

    def delete_without_key(self, record: Record, *, at: datetime) -> None:
        """Delete a record, and list it among the deletions by the server's own id only.

        Raises:
            KeyError: the record is not held.
        """
        self._shelf.delete(record, at, named=False)

    def expire_token(self, after_requests: int) -> None:
        """Refuse the tokens given so far, after so many more requests were answered."""
        self._tokens.expire_after(after_requests)

    @property
    def tokens_given(self) -> int:
        """How often a client signed in."""
        return self._tokens.given

    @property
    def requests(self) -> tuple[Seen, ...]:
        """Every request answered so far, in order."""
        with self._seen_lock:
            return tuple(self._seen)

    def asked(self, collection: str) -> int:
        """How many requests for a collection were answered so far."""
        return sum(seen.collection == collection for seen in self.requests)

    def _respond(self, request: Request) -> Reply:
        collection, reply = self._answer(request)
        with self._seen_lock:
            self._seen.append(Seen(request.path, collection, tuple(request.params.items()), reply.status))
        return reply

    def _answer(self, request: Request) -> tuple[str, Reply]:
        if request.path == TOKEN_PATH:
            return "", self._token(request)
        service, collection = _target(request)
        if collection not in _COLLECTIONS | {PROFILES}:
            return collection, _error(404, "no such address")
        if not self._tokens.accepts(request.authorization):
            return collection, _error(401, "invalid_token")
        if collection != PROFILES and not self._shelf.holds(service):
            return collection, _error(404, "no such service")
        return collection, self._page(request, service, collection)

    def _token(self, request: Request) -> Reply:
        token = self._tokens.give(request.authorization, request.form) if request.method == "POST" else None
        if token is None:
            return _error(401, "invalid_client")
        return _json(200, {"access_token": token, "token_type": "Bearer", "expires_in": _TOKEN_SECONDS})

    def _page(self, request: Request, service: str, collection: str) -> Reply:
        params = request.params
        try:
            since = stamp(datetime.fromisoformat(params["updated_since"])) if "updated_since" in params else None
            cursor = Cursor.from_text(params["cursor"]) if "cursor" in params else None
            limit = min(int(params.get("limit", self._page_limit)), self._page_limit)
        except (ValueError, TypeError) as error:
            return _error(400, f"bad parameter ({type(error).__name__})")
        listing = self._shelf.page(service, collection, since, cursor, limit)
        return self.bent(Call(service, collection, listing.asked.page), listing)


def _target(request: Request) -> tuple[str, str]:
    """The service and collection a path names; an empty collection for any other path."""
    steps = request.path.strip("/").split("/")
    if request.method != "GET" or steps[:2] != ["v1", "services"]:
        return "", ""
    if steps[2:] == []:
        return request.params.get("number", ""), PROFILES
    return (steps[2], steps[3]) if len(steps) == 4 else ("", "")  # noqa: PLR2004 - /v1/services/{number}/{collection}


def _error(status: int, word: str) -> Reply:
    return _json(status, {"error": word})


def _json(status: int, content: dict[str, str | int]) -> Reply:
    return Reply(status, orjson.dumps(content))
