"""Reads a body as it streams, inflating it within limits, so that a small answer cannot fill the memory."""

import zlib
from collections.abc import Iterable

from ecegateway.errors import SourceFatalError, SourceRetryableError
from ecegateway.transport.limits import MIB, Limits

_GZIP = zlib.MAX_WBITS | 16
_STEP = 256 * 1024


def read_body(chunks: Iterable[bytes], encoding: str, limits: Limits, where: str) -> bytes:
    """The whole body, inflated when ``encoding`` is gzip.

    Raises:
        SourceFatalError: the body is larger than the limits, inflates beyond the ratio, or is encoded some other way.
        SourceRetryableError: the gzip stream is damaged or cut short.
    """
    if encoding not in ("", "identity", "gzip"):
        raise SourceFatalError(f"{where}: the body is encoded as {encoding[:20]!r}, which was not asked for; ask the vendor")
    body = bytearray()
    sent = 0
    inflate = _Inflate(where) if encoding == "gzip" else None
    for chunk in chunks:
        sent += len(chunk)
        if sent > limits.sent_bytes:
            raise _too_large(where, "sent_bytes", limits.sent_bytes)
        for piece in inflate.feed(chunk) if inflate else (chunk,):
            body += piece
            if len(body) > limits.body_bytes:
                raise _too_large(where, "body_bytes", limits.body_bytes)
            if len(body) > MIB and len(body) > sent * limits.inflation_ratio:
                raise SourceFatalError(
                    f"{where}: the body inflates to more than {limits.inflation_ratio} times what was sent; "
                    "ask the vendor, or raise limits.inflation_ratio"
                )
    if inflate is not None and not inflate.finished:
        raise SourceRetryableError(f"{where}: the compressed body is cut short")
    return bytes(body)


def _too_large(where: str, name: str, limit: int) -> SourceFatalError:
    return SourceFatalError(f"{where}: the body is larger than {limit} bytes; ask for smaller pages, or raise limits.{name}")


class _Inflate:
    """A gzip stream, inflated in bounded steps; it may have several members."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._inflater = zlib.decompressobj(_GZIP)
        self.finished = False

    def feed(self, chunk: bytes) -> Iterable[bytes]:
        while chunk:
            if self._inflater.eof:
                self._inflater = zlib.decompressobj(_GZIP)
            try:
                piece = self._inflater.decompress(chunk, _STEP)
            except zlib.error as error:
                raise SourceRetryableError(f"{self._where}: the compressed body is damaged") from error
            chunk = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
            self.finished = self._inflater.eof
            yield piece
