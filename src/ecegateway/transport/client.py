"""The one factory of HTTP clients: no environment, no redirects, a deadline under every socket call."""

import logging
from collections.abc import Iterator
from importlib.metadata import version

import httpcore
import httpx

from ecegateway.transport.deadline import Deadline, DeadlineBackend


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _DeadlineTransport(httpx.BaseTransport):
    """Drives httpcore's pool, because httpx's own transport does not let the network backend be replaced."""

    def __init__(self, deadline: Deadline) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=1,
            network_backend=DeadlineBackend(deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions)

    def close(self) -> None:
        self._pool.close()


def make_client(deadline: Deadline) -> httpx.Client:
    """A client whose requests end by ``deadline``. Network faults come out as :mod:`httpcore` exceptions."""
    # Their INFO and DEBUG lines print whole URLs and headers, query-string secrets included.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
        logging.getLogger(name).propagate = False
    return httpx.Client(
        transport=_DeadlineTransport(deadline),
        trust_env=False,
        follow_redirects=False,
        timeout=None,  # noqa: S113 - the deadline is kept below, at the socket
        headers={"user-agent": f"ecegateway/{version('ecegateway')}", "accept-encoding": "gzip"},
    )
