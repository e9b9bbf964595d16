"""The one place of signing that touches the disk: key files, written whole or not at all, and read only if well guarded."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from ecegateway.disk import make_folder, remove_partials, stage, sync_folder
from ecegateway.errors import ConfigError

_OTHERS = 0o077
_OTHERS_WRITE = 0o022
_GUARDED = os.name == "posix"  # elsewhere these bits say nothing about who may read


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder against every other process that would write into it; it is made if need be, for its owner only.

    What a killed process left half written in it is removed.

    Raises:
        ConfigError: the folder cannot be made or written into, or others may write into it.
    """
    try:
        make_folder(folder, 0o700)
        _refuse_open(folder)
        with FileLock(folder / ".lock", mode=0o600):
            remove_partials(folder)
            yield
    except OSError as error:
        raise ConfigError(
            f"{folder}: keys cannot be kept here ({error.strerror}); give the folder to whoever runs this"
        ) from error


def stands(place: Path) -> bool:
    """Whether there is such a file.

    Raises:
        ConfigError: the folder cannot be looked into.
    """
    try:
        return place.exists()
    except OSError as error:
        raise _unreadable(place, error) from error


def read_private(place: Path) -> bytes:
    """A private key file.

    Raises:
        ConfigError: it cannot be read, or others than its owner may read or write it, or write into its folder.
    """
    content, mode = _read(place)
    if _GUARDED and mode & _OTHERS:
        raise ConfigError(
            f"{place}: others may read this private key (mode {mode & 0o777:o}); run: chmod 600 {place}. "
            "If somebody may have read it, make a new key"
        )
    _refuse_open(place.parent)
    return content


def read_public(place: Path) -> bytes:
    """A public key file.

    Raises:
        ConfigError: it cannot be read.
    """
    content, _ = _read(place)
    return content


def write_whole(place: Path, content: bytes) -> None:
    """Put a file in its place for its owner only: in full on the disk under another name, then renamed."""
    partial = stage(place.parent, content)
    try:
        move(partial, place)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def move(source: Path, place: Path) -> None:
    """Rename a file over another in the same folder, and see the renaming onto the disk where the system can."""
    source.replace(place)
    sync_folder(place.parent)


def _refuse_open(folder: Path) -> None:
    if _GUARDED and folder.stat().st_mode & _OTHERS_WRITE:
        raise ConfigError(f"{folder}: others may write into the folder of keys; run: chmod 700 {folder}")


def _read(place: Path) -> tuple[bytes, int]:
    try:
        with place.open("rb") as stream:
            return stream.read(), os.fstat(stream.fileno()).st_mode  # of the very file that was opened
    except FileNotFoundError:
        raise ConfigError(f"{place}: there is no such key file; put back a copy of it") from None
    except OSError as error:
        raise _unreadable(place, error) from error


def _unreadable(place: Path, error: OSError) -> ConfigError:
    return ConfigError(f"{place}: cannot be read ({error.strerror}); give it to whoever runs this")
