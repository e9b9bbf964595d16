"""Packs a file: compressed by gzip, encrypted by age, both streamed; and unpacks it.

Read by hand: ``age --decrypt --identity backup.age evidence.db.gz.age | gunzip > evidence.db``.
"""

import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pyrage.x25519 import Identity, Recipient

from ecegateway.errors import IntegrityError
from ecegateway.signing.age import decrypt, encrypt

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_LEVEL = 1
"""The quickest: most of what a store holds is hashes, or is compressed already."""
_GZIP = 31
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """A packed file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def pack(plain: Path, place: Path, recipients: Sequence[Recipient]) -> Packed:
    """Pack a file into a new one, and see it onto the disk."""
    with plain.open("rb") as source, place.open("xb") as packed:
        encrypt(_Compressed(source), packed, recipients)
        packed.flush()
        os.fsync(packed.fileno())
    return measure(place)


def measure(place: Path) -> Packed:
    """Size and digest of a packed file as it lies there."""
    with place.open("rb") as packed:
        return Packed(place.stat().st_size, file_digest(packed, "sha256").hexdigest())


def unpack(place: Path, plain: Path, identity: Identity) -> None:
    """Unpack a file into a new one.

    Raises:
        IntegrityError: the key does not open it, or what comes out is damaged; the new file may hold a part.
    """
    with place.open("rb") as packed, plain.open("xb") as target:
        inflated = _Inflated(target)
        try:
            decrypt(packed, inflated, identity)
        except (zlib.error, OSError) as error:
            raise IntegrityError(f"{place}: it is damaged; take another backup") from error
        if not inflated.whole:
            raise IntegrityError(f"{place}: it ends too early; take another backup")
        target.flush()
        os.fsync(target.fileno())


class _Compressed(BufferedIOBase):
    """What a file holds, to be read compressed."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        self._ready = b""
        self._ended = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Some bytes; none at the end."""
        while not self._ready and not self._ended:
            piece = self._source.read(_PIECE)
            self._ended = not piece
            self._ready = self._squeeze.compress(piece) if piece else self._squeeze.flush()
        given, self._ready = self._ready[:size], self._ready[size:]
        return given


class _Inflated(BufferedIOBase):
    """Takes compressed bytes and writes what they stand for."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._inflate = zlib.decompressobj(_GZIP)

    @property
    def whole(self) -> bool:
        """Whether the end has come, and nothing after it."""
        return self._inflate.eof and not self._inflate.unused_data

    def write(self, piece: "ReadableBuffer", /) -> int:
        """Take some bytes."""
        taken = left = bytes(piece)
        while left:
            self._target.write(self._inflate.decompress(left, _PIECE))
            left = self._inflate.unconsumed_tail
        return len(taken)

    def flush(self) -> None:
        """See to it that nothing waits."""
        self._target.flush()
