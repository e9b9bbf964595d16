"""The HTTP transport over real sockets, one question at a time."""

import logging
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from pydantic import SecretStr

from ecegateway import clock
from ecegateway.contract import HttpGet, OAuth2ClientCredentials, ReadFile
from ecegateway.errors import PluginContractError, SourceFatalError, SourceRetryableError
from ecegateway.transport.addresses import Addresses
from ecegateway.transport.auth import ClientSecrets, TokenKeeper
from ecegateway.transport.http import HttpTransport
from ecegateway.transport.limits import Limits
from ecegateway.transport.port import Fetched
from tests.support import faults
from tests.support.faults import Fault, FaultServer, Request, Response

ASK = HttpGet("/records", (("q", "canary-in-the-query"),))
BODY = b'{"rows": []}' * 20


def answer(request: Request) -> Response:
    del request
    return Response(BODY)


@contextmanager
def opened(server: FaultServer, keeper: TokenKeeper | None = None, **limits: float) -> Iterator[HttpTransport]:
    transport = HttpTransport("kowhai", Addresses("kowhai", server.url), Limits.model_validate(limits), keeper, now=clock.now)
    with closing(transport):
        yield transport


def ask(server: FaultServer, keeper: TokenKeeper | None = None, **limits: float) -> Fetched:
    with opened(server, keeper, **limits) as transport:
        return transport.fetch(ASK, seconds=20)


def test_a_good_answer_comes_back_whole() -> None:
    with FaultServer(answer) as server:
        fetched = ask(server)
    assert fetched.answer.body == BODY
    assert fetched.answer.media_type == "application/json"
    assert fetched.answer.origin == "/records"
    assert fetched.end_proven
    assert server.requests[0].headers["accept-encoding"] == "gzip"


def test_a_compressed_answer_is_inflated() -> None:
    with FaultServer(answer, {0: faults.gzipped}) as server:
        assert ask(server).answer.body == BODY


def test_an_end_by_closing_is_not_proven() -> None:
    with FaultServer(answer, {0: faults.until_close}) as server:
        assert not ask(server).end_proven


@pytest.mark.parametrize("drip", [faults.drip_head, faults.drip_body], ids=["head", "body"])
def test_the_deadline_is_over_all_reads_not_over_each(drip: Fault) -> None:
    with FaultServer(answer, {0: drip}) as server:
        began = time.monotonic()
        with pytest.raises(SourceRetryableError, match="deadline"):
            ask(server, request_seconds=0.4)
        assert time.monotonic() - began < 1.5  # the drip itself takes more than 5 seconds


def test_a_gzip_bomb_stops_early_and_takes_little_memory() -> None:
    with FaultServer(answer, {0: faults.gzip_bomb}) as server:
        tracemalloc.start()
        try:
            with pytest.raises(SourceFatalError, match="inflates to more than 100 times"):
                ask(server)
            # The server makes the bomb in this process too: about 300 KB compressed, and one MiB of zeros at a time.
            assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
        finally:
            tracemalloc.stop()


def test_a_body_beyond_the_limits_is_refused() -> None:
    with FaultServer(answer, {1: faults.gzipped}) as server:
        with pytest.raises(SourceFatalError, match=r"limits\.sent_bytes"):
            ask(server, sent_bytes=100)
        with pytest.raises(SourceFatalError, match=r"limits\.body_bytes"):
            ask(server, body_bytes=100)


def test_a_redirect_is_not_followed() -> None:
    with FaultServer(answer) as elsewhere, FaultServer(answer) as server:
        server.always(faults.says(307, f"Location: {elsewhere.url}/records"))
        with pytest.raises(SourceFatalError, match="redirects"):
            ask(server)
        assert elsewhere.requests == []


def test_nobody_listening_is_worth_another_try() -> None:
    with FaultServer(answer) as server:
        address = server.url
    transport = HttpTransport("kowhai", Addresses("kowhai", address), Limits(), now=clock.now)
    with closing(transport), pytest.raises(SourceRetryableError, match="connection failed"):
        transport.fetch(ASK, seconds=5)


def test_a_file_cannot_be_asked_for() -> None:
    expected = pytest.raises(PluginContractError, match="asks for a file")
    with FaultServer(answer) as server, opened(server) as transport, expected:
        transport.fetch(ReadFile("x.csv"), seconds=5)


def test_the_library_logs_no_address(caplog: pytest.LogCaptureFixture) -> None:
    with FaultServer(answer) as server, caplog.at_level(logging.DEBUG):
        ask(server)
    assert "canary" not in caplog.text


def keeper_for(server: FaultServer, now: list[float]) -> TokenKeeper:
    secrets = ClientSecrets(SecretStr("gateway"), SecretStr("hush"))
    url = Addresses("kowhai", server.url).of_token("/token")
    return TokenKeeper("kowhai", url, OAuth2ClientCredentials("/token", "read"), secrets, lambda: now[0])


def test_a_token_is_kept_until_shortly_before_it_expires() -> None:
    def vendor(request: Request) -> Response:
        return Response(b'{"access_token": "t", "expires_in": 1000}' if request.path == "/token" else BODY)

    now = [0.0]
    with FaultServer(vendor) as server, opened(server, keeper_for(server, now)) as transport:
        for moment in (0, 960, 980, 985):
            now[0] = moment
            transport.fetch(ASK, seconds=5)
    assert [request.path for request in server.requests] == ["/token", "/records", "/records", "/token", "/records", "/records"]
    assert server.requests[0].headers["authorization"] == "Basic Z2F0ZXdheTpodXNo"
    assert server.requests[1].headers["authorization"] == "Bearer t"
    assert "hush" not in repr([request.params for request in server.requests])


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b'{"error": "hush"}', 401, SourceFatalError),
        (b'{"error": "hush"}', 400, SourceFatalError),
        (b"hush", 200, SourceRetryableError),
        (b'["hush"]', 200, SourceRetryableError),
        (b'{"access_token": "hush\\nx"}', 200, SourceRetryableError),
        (b'{"access_token": "hush", "token_type": "mac"}', 200, SourceFatalError),
        (b"hush", 503, SourceRetryableError),
    ],
)
def test_a_bad_token_answer_is_told_without_its_content(body: bytes, status: int, kind: type[Exception]) -> None:
    with FaultServer(lambda _: Response(body, status)) as server, pytest.raises(kind) as caught:
        ask(server, keeper_for(server, [0.0]))
    assert "hush" not in str(caught.value)
