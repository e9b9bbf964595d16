"""Asks a vendor's HTTP interface one question, and says of every bad answer whether asking again may help."""

import time
from collections.abc import Callable
from datetime import datetime

import httpcore
import httpx

from ecegateway.contract import Answer, Ask, HttpGet
from ecegateway.errors import PluginContractError, SourceFatalError, SourceRetryableError
from ecegateway.transport.addresses import Addresses
from ecegateway.transport.auth import TokenKeeper
from ecegateway.transport.body import read_body
from ecegateway.transport.client import make_client
from ecegateway.transport.deadline import Deadline
from ecegateway.transport.limits import Limits
from ecegateway.transport.port import Fetched
from ecegateway.transport.retry import retry_after_seconds

_OK = 200
_UNAUTHORIZED = 401
_RETRYABLE = frozenset({408, 409, 421, 425, 429})
_SERVER_FAULTS = range(500, 600)
_REDIRECTS = range(300, 400)
_PAGES_FOR_PEOPLE = frozenset({"text/html", "application/xhtml+xml"})


class HttpTransport:
    """Asks over HTTP, below one base address, with a token when the source has one.

    Without ``now``, a ``Retry-After`` that names a date is not believed; one that counts seconds is.
    """

    def __init__(
        self,
        source: str,
        addresses: Addresses,
        limits: Limits,
        keeper: TokenKeeper | None = None,
        *,
        now: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._addresses = addresses
        self._limits = limits
        self._keeper = keeper
        self._now = now
        self._deadline = Deadline(monotonic)
        self._client = make_client(self._deadline)

    def fetch(self, ask: Ask, *, seconds: float) -> Fetched:
        """The answer to one question; a refused token is renewed once."""
        if not isinstance(ask, HttpGet):
            raise PluginContractError(f"source {self._source!r} has a base_url, but its plugin asks for a file")
        self._deadline.start(min(seconds, self._limits.request_seconds))
        request = self._client.build_request("GET", self._addresses.of(ask.path, ask.params))
        where = f"source {self._source!r}, {ask.path}"
        response = self._send(self._signed(request), where)
        if response.status_code == _UNAUTHORIZED and self._keeper is not None:
            response.close()
            self._keeper.forget()
            response = self._send(self._signed(request), where)
        return self._answer(ask, response, where)

    def unasked(self) -> tuple[str, ...]:
        """Nothing: over HTTP no files lie ready."""
        return ()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _signed(self, request: httpx.Request) -> httpx.Request:
        if self._keeper is not None:
            request.headers["authorization"] = f"Bearer {self._keeper.token(self._post_for_token)}"
        return request

    def _post_for_token(self, request: httpx.Request) -> bytes:
        where = f"source {self._source!r}, token address"
        response = self._send(request, where)
        if response.status_code in (400, 401, 403):
            response.close()
            raise SourceFatalError(
                f"{where}: the vendor refuses the client ({response.status_code}); check client_id and client_secret"
            )
        return self._body(response, where)

    def _answer(self, ask: HttpGet, response: httpx.Response, where: str) -> Fetched:
        body = self._body(response, where)
        if not body:
            raise SourceRetryableError(f"{where}: the answer is empty; expected data")
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type in _PAGES_FOR_PEOPLE:
            raise SourceRetryableError(
                f"{where}: a web page came instead of data (sign-in? maintenance?); check base_url, ask the vendor"
            )
        return Fetched(Answer(ask, body, ask.path, media_type), _end_is_proven(response))

    def _send(self, request: httpx.Request, where: str) -> httpx.Response:
        try:
            return self._client.send(request, stream=True)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _network_fault(error, where) from error

    def _body(self, response: httpx.Response, where: str) -> bytes:
        try:
            self._check_status(response, where)
            encoding = response.headers.get("content-encoding", "").strip().lower()
            return read_body(response.iter_raw(), encoding, self._limits, where)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _network_fault(error, where) from error
        finally:
            response.close()

    def _check_status(self, response: httpx.Response, where: str) -> None:
        status = response.status_code
        if status == _OK:
            return
        if status in _RETRYABLE or status in _SERVER_FAULTS:
            wish = retry_after_seconds(response.headers.get("retry-after"), self._now() if self._now else None)
            raise SourceRetryableError(f"{where}: the vendor answers {status}", retry_after_seconds=wish)
        if status in _REDIRECTS:
            raise SourceFatalError(f"{where}: the vendor redirects ({status}), which is not followed; set base_url anew")
        if status == _UNAUTHORIZED:
            raise SourceFatalError(f"{where}: the vendor answers 401; check the client's access")
        raise SourceFatalError(f"{where}: the vendor answers {status}; check base_url and the client's access")


def _network_fault(error: Exception, where: str) -> SourceRetryableError:
    # The library's own words are left out: they may hold what the vendor sent.
    if isinstance(error, httpcore.TimeoutException):
        return SourceRetryableError(f"{where}: no whole answer within the deadline")
    if isinstance(error, httpcore.NetworkError):
        return SourceRetryableError(f"{where}: the connection failed ({type(error).__name__})")
    return SourceRetryableError(f"{where}: the answer was cut short or is not HTTP")


def _end_is_proven(response: httpx.Response) -> bool:
    """Whether the body's end was marked: by length, by chunks, or by the check sum that ends a gzip stream."""
    headers = response.headers
    return (
        "content-length" in headers
        or headers.get("transfer-encoding", "").lower().endswith("chunked")
        or headers.get("content-encoding", "").lower() == "gzip"
    )
