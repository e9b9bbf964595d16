"""What it takes for files to survive a power cut and a killed process, beyond writing them.

A new name is on the disk only once the folder it stands in is; and a process that is killed while it writes leaves a file
that nobody will finish.
"""

import os
import tempfile
from pathlib import Path

PARTIAL = ".partial"
"""How files end that are still being written; they begin with a dot."""
_FOR_ALL = 0o777


def make_folder(folder: Path, mode: int = _FOR_ALL) -> None:
    """Make a folder, and those above it that are missing, and see their names onto the disk.

    Raises:
        OSError: it cannot be made.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=mode, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """See the names in a folder onto the disk, where the system lets a folder be opened.

    Raises:
        OSError: the disk refuses.
    """
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def stage(folder: Path, content: bytes) -> Path:
    """Write bytes to a new file in a folder, for its owner only, and see them onto the disk; to be renamed into its place.

    Raises:
        OSError: the disk refuses; nothing is left.
    """
    handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=PARTIAL)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def remove_partials(folder: Path) -> None:
    """Remove what killed processes left; nobody else may be writing into the folder.

    Raises:
        OSError: a file cannot be removed.
    """
    for left in folder.glob(f".*{PARTIAL}"):
        left.unlink()
