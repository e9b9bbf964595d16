"""Checkpoints (C2SP tlog-checkpoint): how many entries the log had, and the root over them, with three lines of our own.

::

    ecegateway-log
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    schema <64 hexadecimal digits>
    header <64 hexadecimal digits>
    at 2026-03-04T20:15:00.000000+00:00

The text is what a note signs. Each checkpoint has one text, and each text one checkpoint.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from ecegateway.errors import IntegrityError
from ecegateway.signing.texts import (
    DIGEST_BYTES,
    base64_bytes,
    base64_text,
    digest_bytes,
    instant,
    instant_text,
    is_plain,
)

MAX_SIZE = 2**63 - 1
"""The greatest number that every store can count to."""

_LINES = ("origin", "size", "root", "schema", "header", "at")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_Text = TypeVar("_Text")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log at a moment. ``schema`` and ``header`` are the digests of the store's schema and of the engine's header fields.

    Raises:
        IntegrityError: a value cannot stand in a checkpoint; the message names it.
    """

    origin: str
    size: int
    root: bytes
    schema: bytes
    header: bytes
    at: datetime

    def __post_init__(self) -> None:
        if not is_plain(self.origin):
            raise _wrong("origin", "is empty or holds a control character")
        if not 0 <= self.size <= MAX_SIZE:
            raise _wrong("size", f"is {self.size}, and must be from 0 to 2^63 - 1")
        for name, digest in (("root", self.root), ("schema", self.schema), ("header", self.header)):
            if len(digest) != DIGEST_BYTES:
                raise _wrong(name, f"has {len(digest)} bytes, and must have {DIGEST_BYTES}")
        _read("at", instant_text, self.at)


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """The text of a checkpoint, to be signed as a note."""
    return (
        f"{checkpoint.origin}\n{checkpoint.size}\n{base64_text(checkpoint.root)}\n"
        f"schema {checkpoint.schema.hex()}\nheader {checkpoint.header.hex()}\nat {instant_text(checkpoint.at)}\n"
    )


def read_checkpoint(text: str) -> Checkpoint:
    """A checkpoint from its text; whoever calls has seen to the signature.

    Raises:
        IntegrityError: the text is not one that :func:`checkpoint_text` writes; the message names the line.
    """
    lines = text.split("\n")
    if len(lines) != len(_LINES) + 1 or lines[-1] != "":
        raise IntegrityError(
            f"the checkpoint must have {len(_LINES)} lines ({', '.join(_LINES)}), each ended; fetch it again from where it "
            "was published"
        )
    return Checkpoint(
        origin=lines[0],
        size=_read("size", _size, lines[1]),
        root=_read("root", base64_bytes, lines[2]),
        schema=_read("schema", digest_bytes, _named("schema", lines[3])),
        header=_read("header", digest_bytes, _named("header", lines[4])),
        at=_read("at", instant, _named("at", lines[5])),
    )


def _size(text: str) -> int:
    if not _SIZE.fullmatch(text):
        raise ValueError("is not a decimal number without leading zeros")
    return int(text)


def _named(name: str, line: str) -> str:
    if not line.startswith(f"{name} "):
        raise _wrong(name, f"must stand on line {_LINES.index(name) + 1} after its name")
    return line.removeprefix(f"{name} ")


def _read(name: str, read: Callable[[_Text], _Value], text: _Text) -> _Value:
    try:
        return read(text)
    except ValueError as error:
        raise _wrong(name, str(error)) from error


def _wrong(name: str, why: str) -> IntegrityError:
    return IntegrityError(f"the checkpoint's {name} {why}; fetch the checkpoint again from where it was published")
