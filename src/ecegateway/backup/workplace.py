"""Where a backup is made or unpacked: a folder for its owner only that goes with the work, and the last step into place."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ecegateway.errors import ConfigError

_SIDE_FILES = ("-journal", "-wal", "-shm")


@contextmanager
def workplace(folder: Path, work: str) -> Iterator[Path]:
    """A folder for some work inside another, on the same disk. What a killed process left there is removed first.

    Raises:
        ConfigError: the folder cannot be made or written into, or another process works there.
    """
    place = folder / f".ecegateway-{work}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder / f"{place.name}.lock", timeout=0, mode=0o600):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(mode=0o700)
            try:
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)
    except Timeout:
        raise ConfigError(f"{folder}: another backup, restore or move is at work here; wait for it to end") from None
    except OSError as error:
        raise ConfigError(
            f"{folder}: cannot be worked in ({error.strerror}); make room, or give it to whoever runs this"
        ) from error


def refuse_taken(place: Path) -> None:
    """Refuse a place for a store where there is something.

    Raises:
        ConfigError: a file lies there, or what SQLite keeps beside one, which it would take for the new store's.
    """
    for taken in (place, *(place.with_name(place.name + ending) for ending in _SIDE_FILES)):
        if taken.exists():
            raise ConfigError(f"{taken}: there is something already, and nothing is written over; put it away first")


def put_file(work: Path, place: Path) -> None:
    """Move a finished file from the workplace to where nothing lies, and see it onto the disk."""
    with work.open("rb") as content:
        os.fsync(content.fileno())
    refuse_taken(place)
    put(work, place)


def put(work: Path, place: Path) -> None:
    """Rename a finished file or folder into its place in the same file system, and see the renaming onto the disk."""
    work.rename(place)
    if hasattr(os, "O_DIRECTORY"):
        for folder in (work.parent, place.parent):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
