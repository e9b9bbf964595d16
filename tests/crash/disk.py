"""A disk as it may be found after a power cut, from what was recorded of a run.

Of what was written since a file was last synced, any part may be there: nothing, all, the first few writes, any of them, and
of each write any of its sectors. Of names made, moved and removed since their folder was last synced, the first few, or any.
What was synced is there.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TypeVar

from tests.crash.recording import Cut, Event, FolderSynced, Named, Synced, Told, Unnamed, Wrote

SECTOR = 512
_VOLATILE = "-shm"
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Image:
    """What lies on the disk, by name; what the child had been told by then, and after how many events it was."""

    files: Mapping[str, bytes]
    told: tuple[str, ...]
    at: int

    def lay(self, folder: Path) -> None:
        """Write it into an empty folder."""
        for name, content in self.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            place.write_bytes(content)
            place.chmod(0o600)


@dataclass(slots=True)
class Disk:
    """The disk during a run: what is surely on it, and what may be."""

    contents: dict[int, bytes]
    names: dict[str, int | None]
    pending: dict[int, list[Wrote | Cut]] = field(default_factory=dict)
    renamings: list[Named | Unnamed] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def happen(self, event: Event) -> None:
        """One event more."""
        match event:
            case Wrote(inode) | Cut(inode):
                self.pending.setdefault(inode, []).append(event)
            case Synced(inode):
                self.contents[inode] = _applied(self.contents.get(inode, b""), self.pending.pop(inode, []))
            case Named() | Unnamed():
                self.renamings.append(event)
            case FolderSynced(folder):
                self.names = _renamed(self.names, [one for one in self.renamings if _folder(one) == folder])
                self.renamings = [one for one in self.renamings if _folder(one) != folder]
            case Told(lines):
                self.told += lines

    def after_a_power_cut(self, chance: random.Random, at: int) -> Image:
        """What may be found, drawn by chance."""
        names = _renamed(self.names, _some(chance, self.renamings))
        files = {}
        for name, inode in names.items():
            if inode is None or name.endswith(_VOLATILE) or not _reached(name, names):
                continue
            found = self.contents.get(inode, b"")
            if waiting := self.pending.get(inode):
                found = _applied(found, _torn(chance, _some(chance, waiting)))
            files[name] = found
        return Image(files, tuple(self.told), at)


def images(start: Disk, events: Sequence[Event], chance: random.Random, count: int) -> Iterator[Image]:
    """So many images of a run, at moments drawn by chance, in the order of time."""
    disk = deepcopy(start)
    moments = sorted(chance.randrange(len(events) + 1) for _ in range(count))
    for at in range(len(events) + 1):
        while moments and moments[0] == at:
            del moments[0]
            yield disk.after_a_power_cut(chance, at)
        if at < len(events):
            disk.happen(events[at])


def _some(chance: random.Random, waiting: Sequence[_Kind]) -> list[_Kind]:
    match chance.randrange(6):
        case 0:
            return list(waiting)
        case 1:
            return []
        case 2 | 3:
            return list(waiting[: chance.randrange(len(waiting) + 1)])
        case _:
            return [one for one in waiting if chance.random() < 0.5]


def _torn(chance: random.Random, writes: Sequence[Wrote | Cut]) -> Iterator[Wrote | Cut]:
    """Writes, some of them with some of their sectors only."""
    tears = chance.random() < 0.5
    for one in writes:
        if isinstance(one, Cut) or not tears or chance.random() < 0.5:
            yield one
            continue
        at = one.offset
        while at < one.offset + len(one.content):
            end = min(one.offset + len(one.content), (at // SECTOR + 1) * SECTOR)
            if chance.random() < 0.5:
                yield Wrote(one.inode, at, one.content[at - one.offset : end - one.offset])
            at = end


def _applied(content: bytes, writes: Sequence[Wrote | Cut] | Iterator[Wrote | Cut]) -> bytes:
    found = bytearray(content)
    for one in writes:
        if isinstance(one, Cut):
            found = found[: one.length].ljust(one.length, b"\0")
        else:
            found = found.ljust(one.offset, b"\0")
            found[one.offset : one.offset + len(one.content)] = one.content
    return bytes(found)


def _renamed(names: Mapping[str, int | None], changes: Sequence[Named | Unnamed]) -> dict[str, int | None]:
    found = dict(names)
    for one in changes:
        if isinstance(one, Named):
            found.pop(one.instead, None)
            found[one.name] = one.inode
        else:
            found.pop(one.name, None)
    return found


def _folder(change: Named | Unnamed) -> str:
    return str(PurePath(change.name).parent)


def _reached(name: str, names: Mapping[str, int | None]) -> bool:
    """Whether every folder above a name is on the disk as well."""
    return all(str(parent) in names for parent in PurePath(name).parents if str(parent) != ".")
