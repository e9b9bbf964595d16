"""One connection to one other side: requests are signed with its token, kept to a deadline, and bad answers told in words."""

import time
from collections.abc import Callable
from datetime import datetime

import httpcore
import httpx

from ecegateway.errors import SourceFatalError, SourceRetryableError
from ecegateway.transport.addresses import Addresses
from ecegateway.transport.auth import TokenKeeper
from ecegateway.transport.body import read_body
from ecegateway.transport.client import make_client
from ecegateway.transport.deadline import Deadline
from ecegateway.transport.limits import Limits
from ecegateway.transport.retry import retry_after_seconds

_OK = 200
_UNAUTHORIZED = 401
_RETRYABLE = frozenset({408, 409, 421, 425, 429})
_SERVER_FAULTS = range(500, 600)
_REDIRECTS = range(300, 400)
_NETWORK = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


class Exchange:
    """Sends requests below one base address. ``whose`` names the other side in messages: ``source 'kowhai'``.

    Without ``now``, a ``Retry-After`` that names a date is not believed; one that counts seconds is.
    """

    def __init__(
        self,
        whose: str,
        addresses: Addresses,
        limits: Limits,
        keeper: TokenKeeper | None = None,
        *,
        now: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.whose = whose
        self.addresses = addresses
        self.limits = limits
        self._keeper = keeper
        self._now = now
        self._deadline = Deadline(monotonic)
        self._client = make_client(self._deadline)

    @property
    def wrote(self) -> bool:
        """Whether a byte of the newest signed request left this machine."""
        return self._deadline.wrote

    def start(self, seconds: float) -> None:
        """Give what is asked from now on this many seconds, or as many as the limits allow a request."""
        self._deadline.wrote = False
        self._deadline.start(min(seconds, self.limits.request_seconds))

    def request(
        self, method: str, url: httpx.URL, headers: httpx.Headers | None = None, body: bytes | None = None
    ) -> httpx.Request:
        """A request, not sent yet."""
        return self._client.build_request(method, url, headers=headers, content=body)

    def send(self, request: httpx.Request, where: str) -> httpx.Response:
        """The head of the answer to a signed request; a refused token is renewed once.

        Raises:
            SourceRetryableError: no answer came, or no token.
            SourceFatalError: the other side refuses the client.
        """
        response = self._send(self._signed(request), where)
        if response.status_code == _UNAUTHORIZED and self._keeper is not None:
            response.close()
            self._keeper.forget()
            self._deadline.wrote = False  # it was refused unread
            response = self._send(self._signed(request), where)
        return response

    def body(self, response: httpx.Response, where: str) -> bytes:
        """The whole body of an answer, whatever its status.

        Raises:
            SourceRetryableError: it did not come whole.
            SourceFatalError: it is larger than the limits.
        """
        try:
            encoding = response.headers.get("content-encoding", "").strip().lower()
            return read_body(response.iter_raw(), encoding, self.limits, where)
        except _NETWORK as error:
            raise _network_fault(error, where) from error
        finally:
            response.close()

    def good_body(self, response: httpx.Response, where: str) -> bytes:
        """The whole body of an answer with status 200.

        Raises:
            SourceRetryableError: another status, and asking again may help; or it did not come whole.
            SourceFatalError: another status that will stay, or it is larger than the limits.
        """
        try:
            self._check_status(response, where)
        except BaseException:
            response.close()
            raise
        return self.body(response, where)

    def wish(self, response: httpx.Response) -> float | None:
        """How long the other side asks to be left alone."""
        return retry_after_seconds(response.headers.get("retry-after"), self._now() if self._now else None)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _signed(self, request: httpx.Request) -> httpx.Request:
        if self._keeper is not None:
            request.headers["authorization"] = f"Bearer {self._keeper.token(self._post_for_token)}"
        return request

    def _post_for_token(self, request: httpx.Request) -> bytes:
        where = f"{self.whose}, token address"
        try:
            response = self._send(request, where)
            if response.status_code in (400, 401, 403):
                response.close()
                raise SourceFatalError(
                    f"{where}: the other side refuses the client ({response.status_code}); check client_id and client_secret"
                )
            return self.good_body(response, where)
        finally:
            self._deadline.wrote = False  # of the request that is to be signed, nothing has left

    def _send(self, request: httpx.Request, where: str) -> httpx.Response:
        try:
            return self._client.send(request, stream=True)
        except _NETWORK as error:
            raise _network_fault(error, where) from error

    def _check_status(self, response: httpx.Response, where: str) -> None:
        status = response.status_code
        if status == _OK:
            return
        if status in _RETRYABLE or status in _SERVER_FAULTS:
            raise SourceRetryableError(f"{where}: the other side answers {status}", retry_after_seconds=self.wish(response))
        if status in _REDIRECTS:
            raise SourceFatalError(f"{where}: the other side redirects ({status}), which is not followed; set base_url anew")
        if status == _UNAUTHORIZED:
            raise SourceFatalError(f"{where}: the other side answers 401; check the client's access")
        raise SourceFatalError(f"{where}: the other side answers {status}; check base_url and the client's access")


def _network_fault(error: Exception, where: str) -> SourceRetryableError:
    # The library's own words are left out: they may hold what the vendor sent.
    if isinstance(error, httpcore.TimeoutException):
        return SourceRetryableError(f"{where}: no whole answer within the deadline")
    if isinstance(error, httpcore.NetworkError):
        return SourceRetryableError(f"{where}: the connection failed ({type(error).__name__})")
    return SourceRetryableError(f"{where}: the answer was cut short or is not HTTP")
