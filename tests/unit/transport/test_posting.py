"""The hands that work over HTTP, over real sockets: what may be sent, and whether a byte of it left."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from ecegateway.contract import HttpGet
from ecegateway.errors import AnswerLostError, PluginContractError, SourceFatalError, SourceRetryableError
from ecegateway.outbound import HttpPost, LookForFile, SendAnswer, WriteFile
from ecegateway.testing.vendor_faults import Reply, redirect
from ecegateway.testing.vendor_server import LoopbackServer, Request
from ecegateway.transport.addresses import Addresses
from ecegateway.transport.exchange import Exchange
from ecegateway.transport.limits import Limits
from ecegateway.transport.posting import HttpHands


class Server:
    """Answers with what it is told, and keeps what came."""

    def __init__(self) -> None:
        self.reply = Reply(202, b"yes", {"Content-Type": "text/plain; charset=utf-8"})
        self.came: list[Request] = []
        self.inner = LoopbackServer(self._respond)

    def _respond(self, request: Request) -> Reply:
        self.came.append(request)
        return self.reply


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    found.inner.start()
    yield found
    found.inner.stop()


@pytest.fixture
def hands(server: Server) -> Iterator[HttpHands]:
    addresses = Addresses("acme", f"http://127.0.0.1:{server.inner.port}/base", kind="transport")
    with closing(HttpHands(Exchange("transport 'acme'", addresses, Limits(body_bytes=1000)))) as found:
        yield found


def post(body: bytes = b"<a/>", *headers: tuple[str, str], path: str = "/in") -> HttpPost:
    return HttpPost(path, body, "application/xml", headers)


def test_a_body_arrives_with_its_headers_and_any_answer_comes_back(server: Server, hands: HttpHands) -> None:
    assert hands.carry_out(post(b"<a/>", ("To", "x y")), seconds=5).answer == SendAnswer(202, b"yes", "text/plain")
    (came,) = server.came
    assert (came.method, came.path, came.form) == ("POST", "/base/in", b"<a/>")
    assert (came.headers["to"], came.headers["content-type"]) == ("x y", "application/xml")
    server.reply = Reply(503, b"later", {"Retry-After": "7"})
    done = hands.carry_out(HttpGet("/status", (("key", "a&b=c"),)), seconds=5)
    assert (done.answer.status, done.wish_seconds) == (503, 7)
    assert dict(server.came[1].params) == {"key": "a&b=c"}


@pytest.mark.parametrize(
    "header",
    [
        ("Authorization", "Bearer x"),
        ("host", "elsewhere"),
        ("Content-Length", "1"),
        ("Transfer-Encoding", "chunked"),
        ("Bad Name", "x"),
        ("X", "a\r\nHost: elsewhere"),
        ("X", "ā"),
        ("X", ""),
        ("", "x"),
    ],
)
def test_no_header_but_a_plain_one_is_sent(server: Server, hands: HttpHands, header: tuple[str, str]) -> None:
    with pytest.raises(PluginContractError, match=r"transport 'acme' sends the header .* as none may be sent; tell its maker"):
        hands.carry_out(post(b"", header), seconds=5)
    assert server.came == []


@pytest.mark.parametrize("path", ["//elsewhere/in", "in", "/../in", "/in?x=1", "/%2e%2e/in", "http://elsewhere/in"])
def test_no_address_but_one_below_the_base_is_reached(server: Server, hands: HttpHands, path: str) -> None:
    for ask in (post(path=path), HttpGet(path)):
        with pytest.raises(PluginContractError, match=r"transport 'acme' asks for .* which is no plain path below base_url"):
            hands.carry_out(ask, seconds=5)
    assert server.came == []


@pytest.mark.parametrize("ask", [WriteFile("a", b""), LookForFile("a")])
def test_no_file_lies_over_http(hands: HttpHands, ask: WriteFile | LookForFile) -> None:
    with pytest.raises(PluginContractError, match="works over HTTP, but asks for a file"):
        hands.carry_out(ask, seconds=5)


def test_what_is_too_large_is_not_sent(server: Server, hands: HttpHands) -> None:
    with pytest.raises(SourceFatalError, match=r"larger than limits\.body_bytes, and was not sent"):
        hands.carry_out(post(bytes(1001)), seconds=5)
    assert server.came == []


def test_where_nobody_listens_nothing_left(server: Server, hands: HttpHands) -> None:
    server.inner.stop()
    with pytest.raises(SourceRetryableError, match="transport 'acme', /in: the connection failed"):
        hands.carry_out(post(), seconds=5)


LOST: dict[str, Callable[[Reply], Reply]] = {
    "cut": lambda reply: Reply(reply.status, reply.body, cut_after=1),
    "dropped": lambda _: Reply(0, b"", drop=True),
    "late": lambda reply: Reply(reply.status, reply.body, wait_seconds=60),
    "too large": lambda _: Reply(200, bytes(1001)),
    "elsewhere": redirect("http://127.0.0.1:9/"),
}


@pytest.mark.parametrize("name", LOST)
def test_once_a_byte_left_a_missing_answer_is_a_lost_one(server: Server, hands: HttpHands, name: str) -> None:
    server.reply = LOST[name](server.reply)
    with pytest.raises(AnswerLostError, match="transport 'acme', /in: "):
        hands.carry_out(post(), seconds=1 if name == "late" else 5)
    assert len(server.came) == 1
