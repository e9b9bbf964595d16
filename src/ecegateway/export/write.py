"""Writes a service's files into its folder: each whole or not at all, and only those that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from ecegateway.contract import ExportFile
from ecegateway.disk import make_folder, remove_partials, stage, sync_folder
from ecegateway.errors import ExportError
from ecegateway.export.file_names import name_fault


@dataclass(frozen=True, slots=True)
class Written:
    """Which files of a folder are new or different now, and which already stood there with the same bytes."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def write_files(folder: Path, files: Sequence[ExportFile], *, whole: Path | None = None) -> Written:
    """Put files into a folder, made if need be; one process at a time, others wait.

    The lock lies beside the folder; beside ``whole`` where the folder is a part of something that may hold nothing else.

    Every changed file is written in full beside its place, and reaches the disk, before the first one is renamed into
    place. A crash leaves each file either old or new; writing again completes the set, and removes what the crash left.

    Raises:
        ExportError: a name is not a plain file name, or stands twice, and nothing was written; or the disk refused.
    """
    _check_names(files)
    try:
        make_folder(folder)
        locked = whole or folder
        with FileLock(locked.parent / f".{locked.name}.lock"):
            return _write(folder, files)
    except OSError as error:
        raise ExportError(
            f"{folder}: the files cannot be written ({error.strerror}); each that stands there is whole, an old or a new one. "
            "Make room, or put right what is wrong with the folder, then export again"
        ) from error


def _write(folder: Path, files: Sequence[ExportFile]) -> Written:
    remove_partials(folder)
    changed = [file for file in files if not _stands(folder / file.name, file.content)]
    staged: list[tuple[Path, Path]] = []
    try:
        for file in changed:
            staged.append((stage(folder, file.content), folder / file.name))  # noqa: PERF401 - kept as far as it came, for the clean-up
        for partial, place in staged:
            partial.replace(place)
    finally:
        for partial, _ in staged:
            partial.unlink(missing_ok=True)
    sync_folder(folder)  # nothing changed, too: whoever renamed the files may have been killed before this
    names = {file.name for file in changed}
    return Written(
        changed=tuple(file.name for file in changed),
        unchanged=tuple(file.name for file in files if file.name not in names),
    )


def _check_names(files: Sequence[ExportFile]) -> None:
    seen: set[str] = set()
    for file in files:
        if (fault := name_fault(file.name)) is not None:
            raise ExportError(f"{file.name!r} is not a plain file name: it {fault}; an exporter must write inside its folder")
        if file.name.casefold() in seen:
            raise ExportError(f"two exporters write {file.name!r}; block one of them")
        seen.add(file.name.casefold())


def _stands(place: Path, content: bytes) -> bool:
    try:
        return place.stat().st_size == len(content) and place.read_bytes() == content
    except FileNotFoundError:
        return False
