"""Reads dropped files slice by slice, from one folder and nowhere else."""

import fnmatch
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from ecegateway.contract import Answer, Ask, ReadFile
from ecegateway.errors import PluginContractError, SourceFatalError
from ecegateway.transport.limits import Limits
from ecegateway.transport.port import Fetched
from ecegateway.transport.records import Quoting, is_blank, records
from ecegateway.transport.retry import FileChangedError

_MEDIA_TYPES = {".csv": "text/csv", ".jsonl": "application/x-ndjson", ".ndjson": "application/x-ndjson"}
_Identity = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file being read: which one it was, and which row comes next at which byte."""

    name: str
    identity: _Identity
    offset: int
    row: int


class DropTransport:
    """Reads from a drop folder. Keeps to plain files that lie directly in it; links, pipes and folders are refused."""

    def __init__(self, source: str, folder: Path, limits: Limits) -> None:
        self._source = source
        self._folder = folder
        self._limits = limits
        self._readings: dict[str, _Reading] = {}
        self._asked: set[str] = set()

    def fetch(self, ask: Ask, *, seconds: float) -> Fetched:  # noqa: ARG002 - a local read has no deadline of its own
        """The next slice of the newest file by name that matches."""
        if not isinstance(ask, ReadFile):
            raise PluginContractError(f"source {self._source!r} has a folder, but its plugin asks for an HTTP path")
        if not ask.pattern or ask.pattern != PurePath(ask.pattern).name or "\0" in ask.pattern or ask.pattern.startswith("."):
            raise PluginContractError(f"source {self._source!r} asks for files {ask.pattern[:80]!r}: no plain name pattern")
        self._asked.add(ask.pattern)
        with self._open_folder() as folder:
            name = self._newest(folder, ask) if ask.offset == 0 else self._begun(ask).name
            if name is None:
                return Fetched(Answer(ask, b"", ask.pattern, _media_type(ask.pattern)))
            with self._open_file(folder, name) as file:
                return Fetched(self._slice(ask, name, file))

    def unasked(self) -> tuple[str, ...]:
        """The files whose names no pattern asked so far fits; older files of a pattern are known, and left out."""
        with self._open_folder() as folder:
            names = [name for name in _files(folder) if not any(fnmatch.fnmatchcase(name, one) for one in self._asked)]
        return tuple(sorted(names))

    def close(self) -> None:
        """Forget what was being read."""
        self._readings.clear()

    @contextmanager
    def _open_folder(self) -> Iterator[int]:
        try:
            folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise SourceFatalError(
                f"source {self._source!r}: the folder cannot be opened ({error.strerror}); check folder in the settings"
            ) from error
        try:
            yield folder
        finally:
            os.close(folder)

    def _newest(self, folder: int, ask: ReadFile) -> str | None:
        names = [name for name in _visible(folder) if fnmatch.fnmatchcase(name, ask.pattern)]
        if not names and not ask.optional:
            raise SourceFatalError(
                f"source {self._source!r}: no file {ask.pattern!r} in the folder; put it there, then pull again"
            )
        return max(names, default=None)

    def _begun(self, ask: ReadFile) -> _Reading:
        reading = self._readings.get(ask.pattern)
        if reading is None or reading.offset != ask.offset:
            raise PluginContractError(
                f"source {self._source!r} asks for {ask.pattern!r} from byte {ask.offset}, where no slice of this pull ended"
            )
        return reading

    @contextmanager
    def _open_file(self, folder: int, name: str) -> Iterator[IO[bytes]]:
        # A link is not followed, and opening a pipe does not wait for a writer.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            descriptor = os.open(name, flags, dir_fd=folder)
        except FileNotFoundError as error:
            raise FileChangedError(f"source {self._source!r}: {name} went away while it was read") from error
        except OSError as error:
            raise SourceFatalError(
                f"source {self._source!r}: {name} cannot be opened ({error.strerror}); it must be a plain file, no link"
            ) from error
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise SourceFatalError(f"source {self._source!r}: {name} is not a plain file; take it away")
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            yield file

    def _slice(self, ask: ReadFile, name: str, file: IO[bytes]) -> Answer:
        identity = _identity(file)
        if ask.offset == 0:
            self._readings[ask.pattern] = _Reading(name, identity, 0, 1)
        begun = self._begun(ask)
        body, rows = self._read_whole(file, name) if ask.whole else self._read_rows(ask, file, name)
        if not begun.identity == identity == _identity(file):
            raise FileChangedError(f"source {self._source!r}: {name} changed while it was read; pull again when it is whole")
        end = file.tell()
        more = end < identity[0]
        self._readings[ask.pattern] = _Reading(name, identity, end, begun.row + rows)
        return Answer(ask, body, name, _media_type(name), begun.row, end if more else None)

    def _read_whole(self, file: IO[bytes], name: str) -> tuple[bytes, int]:
        body = file.read(self._limits.body_bytes + 1)
        if len(body) > self._limits.body_bytes:
            raise SourceFatalError(
                f"source {self._source!r}: {name} is larger than {self._limits.body_bytes} bytes; split it, "
                "or raise limits.body_bytes"
            )
        return body, 0

    def _read_rows(self, ask: ReadFile, file: IO[bytes], name: str) -> tuple[bytes, int]:
        quoting: Quoting = "csv" if _media_type(name) == "text/csv" else "lines"
        body = bytearray()
        rows = 0
        try:
            if ask.header:
                body += next(records(file, quoting, self._limits.slice_bytes), b"")
            if ask.offset:
                file.seek(ask.offset)
            for record in records(file, quoting, self._limits.slice_bytes):
                body += record
                rows += not is_blank(record)
                if rows >= self._limits.slice_rows or len(body) >= self._limits.slice_bytes:
                    break
        except SourceFatalError as error:
            raise SourceFatalError(f"source {self._source!r}: {name}: {error}") from None
        return bytes(body), rows


def _visible(folder: int) -> list[str]:
    return [name for name in os.listdir(folder) if name[0] != "."]


def _files(folder: int) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries if entry.name[0] != "." and entry.is_file(follow_symlinks=False)]


def _identity(file: IO[bytes]) -> _Identity:
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns, found.st_ino, found.st_dev


def _media_type(name: str) -> str:
    return _MEDIA_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")
