"""Carries out what a transport asks over HTTP, and says of every failure whether a byte of the body left this machine."""

import re

import httpx

from ecegateway.contract import HttpGet
from ecegateway.errors import AnswerLostError, PluginContractError, SourceFatalError, SourceRetryableError
from ecegateway.outbound import HttpPost, SendAnswer, SendAsk
from ecegateway.transport.exchange import Exchange
from ecegateway.transport.handing import Done
from ecegateway.transport.http import media_type_of

_HEADER_NAME = re.compile(r"[A-Za-z0-9-]{1,100}")
_HEADER_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e]{0,998}[\x21-\x7e])?")
_OURS = frozenset({"authorization", "connection", "content-length", "cookie", "host", "te", "transfer-encoding", "upgrade"})
_WANTED = ("Accept", "application/json")
_REDIRECTS = range(300, 400)


class HttpHands:
    """Sends and asks below one base address, with a token where the transport signs in."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    @property
    def whose(self) -> str:
        """The transport's name, for messages."""
        return self._exchange.whose

    def carry_out(self, ask: SendAsk, *, seconds: float) -> Done:
        """The answer to one request, whatever its status; a refused token is renewed once, a redirect is not followed."""
        exchange = self._exchange
        if not isinstance(ask, HttpPost | HttpGet):
            raise PluginContractError(f"{self.whose} works over HTTP, but asks for a file; tell its maker")
        where = f"{self.whose}, {ask.path}"
        request = self._request(ask)
        if isinstance(ask, HttpPost) and len(ask.body) > exchange.limits.body_bytes:
            raise SourceFatalError(f"{where}: what is to be sent is larger than limits.body_bytes, and was not sent")
        exchange.start(seconds)
        try:
            response = exchange.send(request, where)
            _refuse_redirect(response, where)
            wish = exchange.wish(response)
            came = exchange.body(response, where)
        except (SourceRetryableError, SourceFatalError) as error:
            if exchange.wrote:
                raise AnswerLostError(str(error)) from error
            raise
        return Done(SendAnswer(response.status_code, came, media_type_of(response)), wish)

    def close(self) -> None:
        """Close the connection."""
        self._exchange.close()

    def _request(self, ask: HttpPost | HttpGet) -> httpx.Request:
        exchange = self._exchange
        if isinstance(ask, HttpGet):
            return exchange.request("GET", exchange.addresses.of(ask.path, ask.params), httpx.Headers([_WANTED]))
        pairs = (*ask.headers, ("Content-Type", ask.media_type))
        for name, value in pairs:
            if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value) or name.lower() in _OURS:
                raise PluginContractError(f"{self.whose} sends the header {name[:100]!r} as none may be sent; tell its maker")
        return exchange.request("POST", exchange.addresses.of(ask.path), httpx.Headers([*pairs, _WANTED]), ask.body)


def _refuse_redirect(response: httpx.Response, where: str) -> None:
    status = response.status_code
    if status in _REDIRECTS:
        response.close()
        raise SourceFatalError(f"{where}: a redirect came ({status}), which is not followed; set base_url anew")
