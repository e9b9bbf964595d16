"""A call a child makes of the file system: what it is called, which file it is about, and what it writes where."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_AT_CWD = -100
_LONGEST_PATH = 4096
_PAGE = 4096
_BY_HANDLE = frozenset({"write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "close"})
_PATHS: Mapping[str, tuple[tuple[int | None, int], ...]] = MappingProxyType(
    {
        "open": ((None, 0),),
        "openat": ((0, 1),),
        "mkdir": ((None, 0),),
        "mkdirat": ((0, 1),),
        "unlink": ((None, 0),),
        "unlinkat": ((0, 1),),
        "rename": ((None, 0), (None, 1)),
        "renameat": ((0, 1), (2, 3)),
        "renameat2": ((0, 1), (2, 3)),
        "link": ((None, 0), (None, 1)),
        "linkat": ((0, 1), (2, 3)),
    }
)
"""For each path among a call's arguments: where the folder's handle stands, and where the path."""
_PLAIN = MappingProxyType(
    {
        "openat": "open",
        "mkdirat": "mkdir",
        "unlinkat": "unlink",
        "renameat": "rename",
        "renameat2": "rename",
        "linkat": "link",
        "pwrite64": "write",
        "fdatasync": "fsync",
    }
)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is about to be made by a stopped process.

    ``name`` is that of its plainest kin (``open`` for ``openat``); ``path`` is the file it is about, ``target`` the second name
    of a renaming; ``arguments`` are the raw registers.
    """

    pid: int
    exact: str
    arguments: tuple[int, ...]
    path: str
    target: str

    @property
    def name(self) -> str:
        return _PLAIN.get(self.exact, self.exact)

    @property
    def handle(self) -> int:
        return self.arguments[0]

    def content(self) -> bytes:
        """What a write is about to write."""
        return memory(self.pid, self.arguments[1], self.arguments[2])

    def offset(self) -> int:
        """Where a write is about to write."""
        if self.exact == "pwrite64":
            return self.arguments[3]
        with open(f"/proc/{self.pid}/fdinfo/{self.handle}", "rb") as info:  # noqa: PTH123 - many times a second
            return int(info.readline().split()[1])


def call_of(pid: int, name: str, arguments: tuple[int, ...]) -> Call:
    """The call a stopped process is about to make."""
    if name in _BY_HANDLE:
        return Call(pid, name, arguments, _of_handle(pid, arguments[0]), "")
    paths = [_path(pid, None if folder is None else arguments[folder], arguments[path]) for folder, path in _PATHS[name]]
    return Call(pid, name, arguments, paths[0], paths[1] if len(paths) > 1 else "")


def _of_handle(pid: int, handle: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/fd/{handle}").removesuffix(" (deleted)")  # noqa: PTH115 - many times a second
    except OSError:
        return ""


def _path(pid: int, folder: int | None, address: int) -> str:
    path = os.fsdecode(_text(pid, address))
    if path.startswith("/"):
        return os.path.normpath(path)
    number = _AT_CWD if folder is None else folder - (folder >> 31 & 1) * 2**32
    base = os.readlink(f"/proc/{pid}/cwd") if number == _AT_CWD else _of_handle(pid, number)  # noqa: PTH115
    return os.path.normpath(f"{base}/{path}")


def _text(pid: int, address: int) -> bytes:
    found = b""
    while b"\0" not in found and len(found) < _LONGEST_PATH:
        at = address + len(found)
        found += memory(pid, at, _PAGE - at % _PAGE)
    return found.partition(b"\0")[0]


def memory(pid: int, address: int, length: int) -> bytes:
    """Bytes of a stopped process."""
    handle = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
    try:
        return os.pread(handle, length, address)
    finally:
        os.close(handle)
