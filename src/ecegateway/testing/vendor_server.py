"""The sockets of the simulated vendor and Ministry: a threaded HTTP server on loopback that can be stopped cleanly."""

import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ecegateway.testing.vendor_faults import Reply

_DRIPS_PER_SECOND = 10
_LARGEST_BODY = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked; the names of headers are in lower case."""

    method: str
    path: str
    params: Mapping[str, str]
    authorization: str | None
    form: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Respond = Callable[[Request], Reply]


class LoopbackServer(ThreadingTCPServer):
    """Serves until closed; then every connection is cut and every thread has ended."""

    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True  # one that is gone for a while comes back at the same port
    request_queue_size = 128

    def __init__(self, respond: Respond, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.respond = respond
        self.stopping = threading.Event()
        self.failures: list[BaseException] = []
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, name="vendor")

    @property
    def port(self) -> int:
        """The port, by default an ephemeral one."""
        return int(self.server_address[1])

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Cut every connection and wait for every thread."""
        self.shutdown()
        with self._lock:
            self.stopping.set()
            for connection in self._connections:
                _cut(connection)
        self.server_close()
        self._thread.join()

    def track(self, connection: socket.socket) -> None:
        """Remember an open connection."""
        with self._lock:
            self._connections.add(connection)
            if self.stopping.is_set():
                _cut(connection)

    def forget(self, connection: socket.socket) -> None:
        """A connection has ended."""
        with self._lock:
            self._connections.discard(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the library's signature
        """Keep what went wrong in our own code; a client that goes away is no fault."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self.failures.append(error)


class _Handler(BaseHTTPRequestHandler):
    server: LoopbackServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together; sent apart, every page would wait for an acknowledgement

    def setup(self) -> None:
        super().setup()
        self.server.track(self.connection)

    def finish(self) -> None:
        self.server.forget(self.connection)
        super().finish()

    def do_GET(self) -> None:
        self._respond(b"")

    def do_POST(self) -> None:
        self._respond(self.rfile.read(min(int(self.headers.get("Content-Length", "0")), _LARGEST_BODY)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's signature
        """Tests read the requests from the simulator; nothing is printed."""

    def _respond(self, form: bytes) -> None:
        target = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        params = dict(parse_qsl(target.query))
        reply = self.server.respond(Request(self.command, target.path, params, headers.get("authorization"), form, headers))
        if reply.wait_seconds and self.server.stopping.wait(reply.wait_seconds):
            return
        if reply.drop:
            self.close_connection = True
            _cut(self.connection)
            return
        self._send_head(reply)
        body = reply.body if reply.cut_after is None else reply.body[: reply.cut_after]
        if reply.bytes_per_second is None:
            self.wfile.write(body)
        else:
            self._drip(body, reply.bytes_per_second)

    def _send_head(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.declare_length:
            self.send_header("Content-Length", str(len(reply.body)))
        if reply.cut_after is not None or not reply.declare_length:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def _drip(self, body: bytes, bytes_per_second: int) -> None:
        step = max(1, bytes_per_second // _DRIPS_PER_SECOND)
        for start in range(0, len(body), step):
            self.wfile.write(body[start : start + step])
            self.wfile.flush()
            if self.server.stopping.wait(1 / _DRIPS_PER_SECOND):
                return


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it had ended by itself
