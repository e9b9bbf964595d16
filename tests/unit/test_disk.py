"""Folders and what is left in them, as a power cut or a kill would find them."""

from pathlib import Path

import pytest

from ecegateway import disk
from ecegateway.disk import make_folder, remove_partials


def test_each_new_folder_is_seen_onto_the_disk_in_the_one_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(disk, "sync_folder", synced.append)
    make_folder(tmp_path / "office" / "keys", 0o700)
    assert synced == [tmp_path, tmp_path / "office"]
    make_folder(tmp_path / "office" / "keys", 0o700)
    assert len(synced) == 2


def test_what_a_killed_process_left_half_written_goes_and_nothing_else(tmp_path: Path) -> None:
    for name in (".x1.partial", ".x2.partial", "log.key", ".lock", "notes.partial"):
        (tmp_path / name).touch()
    remove_partials(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "log.key", "notes.partial"]
