"""The disks that are rebuilt: what a power cut may leave of what was written, moved and named, and what it may not."""

import random
from pathlib import Path

from tests.crash.disk import Disk
from tests.crash.recording import Cut, FolderSynced, Named, Synced, Unnamed, Wrote


def found(disk: Disk, tries: int = 300) -> set[tuple[tuple[str, bytes], ...]]:
    chance = random.Random(1)  # noqa: S311 - to be drawn again
    return {tuple(sorted(disk.after_a_power_cut(chance, 0).files.items())) for _ in range(tries)}


def test_unsynced_writes_may_be_there_in_any_part_and_sector_by_sector() -> None:
    disk = Disk({0: b""}, {"a": 0})
    disk.happen(Wrote(0, 0, b"x" * 1024))
    halves = (b"", b"x" * 512, bytes(512) + b"x" * 512, b"x" * 1024)
    assert found(disk) == {(("a", half),) for half in halves}
    disk.happen(Synced(0))
    assert found(disk) == {(("a", b"x" * 1024),)}
    disk.happen(Cut(0, 512))
    assert found(disk) == {(("a", b"x" * 512),), (("a", b"x" * 1024),)}


def test_a_name_is_there_for_sure_only_once_its_folder_is_synced() -> None:
    disk = Disk({0: b"old"}, {"a": 0})
    for event in (Named("b", 1), Wrote(1, 0, b"new"), Synced(1), Named("a", 1, instead="b")):
        disk.happen(event)
    assert found(disk) == {(("a", b"old"),), (("a", b"new"),), (("a", b"old"), ("b", b"new"))}
    disk.happen(FolderSynced("."))
    assert found(disk) == {(("a", b"new"),)}
    disk.happen(Unnamed("a"))
    assert found(disk) == {(), (("a", b"new"),)}


def test_a_file_in_a_folder_whose_name_is_not_on_the_disk_cannot_be_reached() -> None:
    disk = Disk({}, {})
    for event in (Named("keys", None), Named("keys/log.key", 0), Wrote(0, 0, b"k"), Synced(0), FolderSynced("keys")):
        disk.happen(event)
    assert found(disk) == {(), (("keys/log.key", b"k"),)}


def test_a_disk_of_which_nothing_was_lost_is_the_folder_as_it_is(tmp_path: Path) -> None:
    disk = Disk({0: b"text"}, {"a": 0, "below": None, "below/b": 0})
    disk.after_a_power_cut(random.Random(1), 0).lay(tmp_path)  # noqa: S311 - to be drawn again
    assert (tmp_path / "below" / "b").read_bytes() == b"text"
