"""Opens a pack as it was received, a folder or a zip, and trusts no name in it: nothing is followed, unpacked, or written."""

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.export.file_names import path_fault

_AT_ONCE = 1 << 20
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_DEEPEST = 4
"""Folders in folders that are looked into; a pack has two."""


class Openable(Protocol):
    """A file of a pack: opens it to be read."""

    def __call__(self) -> IO[bytes]:
        """Open it."""


class UnreadableError(Exception):
    """A file of a pack that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The files of a pack by path, and what stands in it that no pack holds."""

    files: dict[str, Openable] = field(default_factory=dict)
    strange: list[Damage] = field(default_factory=list)

    def read(self, path: str, most: int) -> bytes:
        """The first ``most`` bytes of a file.

        Raises:
            UnreadableError: it cannot be read.
        """
        with _readable(), self.files[path]() as stream:
            return stream.read(most)

    def digest(self, path: str, most: int) -> tuple[str, int]:
        """The SHA-256 of a file in hexadecimal, and its size; no more than one byte beyond ``most`` is read.

        Raises:
            UnreadableError: it cannot be read.
        """
        found, size = hashlib.sha256(), 0
        with _readable(), self.files[path]() as stream:
            while size <= most and (piece := stream.read(min(_AT_ONCE, most + 1 - size))):
                found.update(piece)
                size += len(piece)
        return found.hexdigest(), size

    def add(self, path: str, opens: Openable, fault: str | None = None) -> None:
        """Enter a file, unless it is none that a pack may hold."""
        wrong = fault or path_fault(path)
        if wrong is None and path in self.files:
            wrong = "stands there twice"
        if wrong is None:
            self.files[path] = opens
        else:
            self.strange.append(Damage(Harm.ADDED, ascii(path)[1:-1], f"it {wrong}"))


@contextmanager
def open_pack(place: Path) -> Iterator[PackFiles]:
    """The files of the pack at a folder or a zip.

    Raises:
        ConfigError: there is neither.
        IntegrityError: the zip cannot be opened.
    """
    if place.is_dir():
        found = PackFiles()
        _scan(found, place, "", _DEEPEST)
        yield found
        return
    try:
        archive = zipfile.ZipFile(place)
    except OSError as error:
        raise ConfigError(f"{place}: cannot be read ({error.strerror}); name the folder or the zip of a pack") from error
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise IntegrityError(f"{place}: is no zip, or its table of files was changed; fetch it again") from error
    with archive:
        yield _listed(archive)


def _scan(found: PackFiles, folder: Path, above: str, deepest: int) -> None:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            path, place = f"{above}{entry.name}", Path(entry.path)
            if entry.is_dir(follow_symlinks=False) and deepest and path_fault(path) is None:
                _scan(found, place, f"{path}/", deepest - 1)
            else:
                plain = entry.is_file(follow_symlinks=False)
                found.add(path, _Plain(place), None if plain else "is a link, a pipe or a folder where a pack has plain files")


@dataclass(frozen=True, slots=True)
class _Plain:
    """A file in a folder; what was put in its place since is not followed."""

    place: Path

    def __call__(self) -> IO[bytes]:
        descriptor = os.open(self.place, _FLAGS)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise UnreadableError("it is no plain file")
        return open(descriptor, "rb")  # noqa: PTH123 - a descriptor, not a path


def _listed(archive: zipfile.ZipFile) -> PackFiles:
    found = PackFiles()
    entries = archive.infolist()
    top = entries[0].filename.partition("/")[0] if entries else ""
    for entry in entries:
        folder, _, path = entry.filename.partition("/")
        fault = _entry_fault(entry) if folder == top else "lies beside the pack's folder"
        found.add(path or entry.filename, _Zipped(archive, entry), fault)
    return found


def _entry_fault(entry: zipfile.ZipInfo) -> str | None:
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
        return "is encrypted, or packed in a way that no pack is"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return None if kind in (0, stat.S_IFREG) and not entry.is_dir() else "is a link or a folder where a pack has plain files"


@dataclass(frozen=True, slots=True)
class _Zipped:
    archive: zipfile.ZipFile
    entry: zipfile.ZipInfo

    def __call__(self) -> IO[bytes]:
        return self.archive.open(self.entry)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise UnreadableError(f"it cannot be read ({type(error).__name__})") from error
