"""Asks a vendor's HTTP interface one question, and says of every bad answer whether asking again may help."""

import time
from collections.abc import Callable
from datetime import datetime

import httpx

from ecegateway.contract import Answer, Ask, HttpGet
from ecegateway.errors import PluginContractError, SourceRetryableError
from ecegateway.transport.addresses import Addresses
from ecegateway.transport.auth import TokenKeeper
from ecegateway.transport.exchange import Exchange
from ecegateway.transport.limits import Limits
from ecegateway.transport.port import Fetched

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
        self._exchange = Exchange(f"source {source!r}", addresses, limits, keeper, now=now, monotonic=monotonic)

    def fetch(self, ask: Ask, *, seconds: float) -> Fetched:
        """The answer to one question; a refused token is renewed once."""
        exchange = self._exchange
        if not isinstance(ask, HttpGet):
            raise PluginContractError(f"{exchange.whose} has a base_url, but its plugin asks for a file")
        exchange.start(seconds)
        where = f"{exchange.whose}, {ask.path}"
        response = exchange.send(exchange.request("GET", exchange.addresses.of(ask.path, ask.params)), where)
        body = exchange.good_body(response, where)
        if not body:
            raise SourceRetryableError(f"{where}: the answer is empty; expected data")
        media_type = media_type_of(response)
        if media_type in _PAGES_FOR_PEOPLE:
            raise SourceRetryableError(
                f"{where}: a web page came instead of data (sign-in? maintenance?); check base_url, ask the vendor"
            )
        return Fetched(Answer(ask, body, ask.path, media_type), _end_is_proven(response))

    def unasked(self) -> tuple[str, ...]:
        """Nothing: over HTTP no files lie ready."""
        return ()

    def close(self) -> None:
        """Close the connection."""
        self._exchange.close()


def media_type_of(response: httpx.Response) -> str:
    """What kind of data an answer says it is."""
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _end_is_proven(response: httpx.Response) -> bool:
    """Whether the body's end was marked: by length, by chunks, or by the check sum that ends a gzip stream."""
    headers = response.headers
    return (
        "content-length" in headers
        or headers.get("transfer-encoding", "").lower().endswith("chunked")
        or headers.get("content-encoding", "").lower() == "gzip"
    )
