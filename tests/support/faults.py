"""An HTTP server on a raw socket that can break the protocol in every way a vendor's bad day does."""

import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit


class Request(NamedTuple):
    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]


class Response(NamedTuple):
    body: bytes
    status: int = 200
    media_type: str = "application/json"


Answerer = Callable[[Request], Response]
Fault = Callable[[socket.socket, Response], None]


def head(status: int, *headers: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status} X", *headers, "")).encode()


def whole(connection: socket.socket, response: Response) -> None:
    length = f"Content-Length: {len(response.body)}"
    connection.sendall(head(response.status, f"Content-Type: {response.media_type}", length) + response.body)


def cut_short(connection: socket.socket, response: Response) -> None:
    length = f"Content-Length: {len(response.body)}"
    connection.sendall(head(200, "Content-Type: application/json", length) + response.body[: len(response.body) // 2])
    connection.close()


def cut_chunked(connection: socket.socket, response: Response) -> None:
    half = response.body[: len(response.body) // 2]
    framed = b"%x\r\n%s\r\n" % (len(half), half)
    connection.sendall(head(200, "Content-Type: application/json", "Transfer-Encoding: chunked") + framed)
    connection.close()


def until_close(connection: socket.socket, response: Response) -> None:
    connection.sendall(head(200, "Content-Type: application/json", "Connection: close") + response.body)
    connection.close()


def reset(connection: socket.socket, response: Response) -> None:
    connection.sendall(head(200, "Content-Type: application/json", "Content-Length: 999") + response.body[:10])
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def not_http(connection: socket.socket, response: Response) -> None:
    connection.sendall(response.body)
    connection.close()


def web_page(connection: socket.socket, response: Response) -> None:
    del response
    whole(connection, Response(b"<html><body>Please sign in</body></html>", media_type="text/html; charset=utf-8"))


def no_body(connection: socket.socket, response: Response) -> None:
    whole(connection, response._replace(body=b""))


def drip_body(connection: socket.socket, response: Response) -> None:
    connection.sendall(head(200, "Content-Type: application/json", f"Content-Length: {len(response.body)}"))
    _drip(connection, response.body)


def drip_head(connection: socket.socket, response: Response) -> None:
    _drip(connection, head(200, "Content-Type: application/json", f"Content-Length: {len(response.body)}"))


def _drip(connection: socket.socket, content: bytes) -> None:
    for byte in content:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def gzip_bomb(connection: socket.socket, response: Response) -> None:
    del response
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(300)) + packer.flush()
    kind = ("Content-Type: application/json", "Content-Encoding: gzip", f"Content-Length: {len(bomb)}")
    connection.sendall(head(200, *kind) + bomb)


def gzipped(connection: socket.socket, response: Response) -> None:
    _send_gzip(connection, response.body, cut=0)


def gzip_cut(connection: socket.socket, response: Response) -> None:
    _send_gzip(connection, response.body, cut=9)


def _send_gzip(connection: socket.socket, body: bytes, *, cut: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    packed = packer.compress(body) + packer.flush()
    packed = packed[: len(packed) - cut]
    kind = ("Content-Type: application/json", "Content-Encoding: gzip", f"Content-Length: {len(packed)}")
    connection.sendall(head(200, *kind) + packed)


def says(status: int, *headers: str) -> Fault:
    def fault(connection: socket.socket, response: Response) -> None:
        del response
        connection.sendall(head(status, *headers, "Content-Length: 0"))

    return fault


@dataclass
class FaultServer:
    """Answers with ``answerer``; the n-th request (from 0) that has a fault in ``faults`` is answered by the fault."""

    answerer: Answerer
    faults: dict[int, Fault] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self._stop = threading.Event()
        self._serving: list[threading.Thread] = [threading.Thread(target=self._accept)]
        self._serving[0].start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        for thread in self._serving:
            thread.join()
        self._listener.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def always(self, fault: Fault) -> None:
        self.faults = dict.fromkeys(range(1000), fault)

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._serving.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(0.05)
        received = b""
        with connection:
            try:
                while not self._stop.is_set():
                    received = self._read(connection, received)
            except OSError:  # the client went away, or the fault closed the connection
                return

    def _read(self, connection: socket.socket, received: bytes) -> bytes:
        try:
            chunk = connection.recv(65536)
        except TimeoutError:
            return received
        if not chunk:
            raise ConnectionError
        received += chunk
        top, mark, rest = received.partition(b"\r\n\r\n")
        if not mark:
            return received
        request = _parse(top.decode())
        length = int(request.headers.get("content-length", "0"))
        if len(rest) < length:
            return received
        number = len(self.requests)
        self.requests.append(request)
        response = self.answerer(request)
        connection.settimeout(5)
        self.faults.get(number, whole)(connection, response)
        connection.settimeout(0.05)
        return rest[length:]


def _parse(top: str) -> Request:
    first, *lines = top.split("\r\n")
    method, target, _ = first.split(" ")
    split = urlsplit(target)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(method, split.path, dict(parse_qsl(split.query)), headers)
