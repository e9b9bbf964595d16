"""Records what a child does to the files in a folder, call by call, as a disk sees it: by inode, not by path."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from stat import S_ISDIR

from tests.crash.calls import Call
from tests.crash.tracer import Action, Go

_TELLING = "pipe:"


@dataclass(frozen=True, slots=True)
class Wrote:
    """Bytes were written into an inode."""

    inode: int
    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """An inode was given a length."""

    inode: int
    length: int


@dataclass(frozen=True, slots=True)
class Synced:
    """An inode's content was seen onto the disk."""

    inode: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name came to be: of an inode, or of a folder (``None``). ``instead`` is the name it had before, for a renaming."""

    name: str
    inode: int | None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A name was removed."""

    name: str


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """The names in a folder were seen onto the disk."""

    folder: str


@dataclass(frozen=True, slots=True)
class Told:
    """The child said what it was told is stored."""

    lines: tuple[str, ...]


Event = Wrote | Cut | Synced | Named | Unnamed | FolderSynced | Told


@dataclass(slots=True)
class Recording:
    """A meddler that lets everything happen and writes it down. Names are relative to the folder; it is ``"."``."""

    folder: Path
    events: list[Event] = field(default_factory=list)
    inodes: dict[str, int] = field(default_factory=dict)
    _by_number: dict[int, int] = field(default_factory=dict)
    _inodes: Iterator[int] = field(default_factory=count)
    _waiting: Wrote | Told | None = None

    def __post_init__(self) -> None:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                self._new(self._name(str(path)), path.stat().st_ino)

    def before(self, call: Call) -> Action:
        self._waiting = None
        if call.name == "write" and call.path.startswith(_TELLING):
            self._waiting = Told(tuple(call.content().decode().splitlines()))
        elif not (self._inside(call.path) or self._inside(call.target)):
            return Go()
        elif call.name == "write":
            self._waiting = Wrote(self._inode(call.pid, call.handle), call.offset(), call.content())
        return Go(watched=True)

    def after(self, call: Call, result: int) -> None:
        if result < 0:
            return
        match call.name, self._waiting:
            case "write", Told():
                self.events.append(self._waiting)
            case "write", Wrote(inode, offset, content):
                self.events.append(Wrote(inode, offset, content[:result]))
            case "open", _:
                self._opened(call, result)
            case "ftruncate", _:
                self.events.append(Cut(self._inode(call.pid, call.handle), call.arguments[1]))
            case "fsync", _:
                self._synced(call)
            case _:
                self._named(call)

    def _named(self, call: Call) -> None:
        match call.name:
            case "rename":
                self._renamed(self._name(call.path), self._name(call.target))
            case "unlink":
                del self.inodes[self._name(call.path)]
                self.events.append(Unnamed(self._name(call.path)))
            case "mkdir":
                self.events.append(Named(self._name(call.path), None))
            case "close":
                pass
            case _:
                raise AssertionError(f"{call.exact} is not recorded yet")

    def _opened(self, call: Call, handle: int) -> None:
        found = Path(f"/proc/{call.pid}/fd/{handle}").stat()
        name = self._name(call.path)
        if S_ISDIR(found.st_mode):
            return
        if name not in self.inodes:
            self.events.append(Named(name, self._new(name, found.st_ino)))
        elif call.arguments[2 if call.exact == "openat" else 1] & os.O_TRUNC:
            self.events.append(Cut(self.inodes[name], 0))

    def _synced(self, call: Call) -> None:
        if Path(call.path).is_dir():
            self.events.append(FolderSynced(self._name(call.path)))
        else:
            self.events.append(Synced(self._inode(call.pid, call.handle)))

    def _renamed(self, old: str, new: str) -> None:
        inode = self.inodes.pop(old)
        self.inodes[new] = inode
        self.events.append(Named(new, inode, instead=old))

    def _new(self, name: str, number: int) -> int:
        self.inodes[name] = self._by_number[number] = next(self._inodes)
        return self.inodes[name]

    def _inode(self, pid: int, handle: int) -> int:
        return self._by_number[Path(f"/proc/{pid}/fd/{handle}").stat().st_ino]

    def _inside(self, path: str) -> bool:
        return path.startswith(str(self.folder))

    def _name(self, path: str) -> str:
        return os.path.relpath(path, self.folder)


def inodes_of(folder: Path) -> tuple[dict[int, bytes], dict[str, int | None]]:
    """The files in a folder as a recording of it numbers them: contents by inode, and inodes by name, folders among them."""
    names = Recording(folder).inodes
    folders = {os.path.relpath(path, folder): None for path in folder.rglob("*") if path.is_dir()}
    return {inode: (folder / name).read_bytes() for name, inode in names.items()}, {**names, **folders}
