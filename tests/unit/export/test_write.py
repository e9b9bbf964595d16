import stat
from pathlib import Path

import pytest

from ecegateway.contract import ExportFile
from ecegateway.errors import ExportError
from ecegateway.export.write import Written, write_files

FILES = (ExportFile("rs7.xml", b"<a/>"), ExportFile("index.html", "Tāne".encode()))


def test_files_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    written = write_files(tmp_path / "out" / "10842", FILES)

    assert written == Written(changed=("rs7.xml", "index.html"), unchanged=())
    assert (tmp_path / "out/10842/index.html").read_text(encoding="utf-8") == "Tāne"


def test_writing_again_touches_nothing_and_says_so(tmp_path: Path) -> None:
    write_files(tmp_path, FILES)
    before = [(path.name, path.stat().st_mtime_ns, path.stat().st_ino) for path in sorted(tmp_path.iterdir())]

    assert write_files(tmp_path, FILES) == Written(changed=(), unchanged=("rs7.xml", "index.html"))
    assert [(path.name, path.stat().st_mtime_ns, path.stat().st_ino) for path in sorted(tmp_path.iterdir())] == before


def test_only_what_changed_is_written_even_at_the_same_length(tmp_path: Path) -> None:
    write_files(tmp_path, FILES)

    written = write_files(tmp_path, (ExportFile("rs7.xml", b"<b/>"), FILES[1]))

    assert written == Written(changed=("rs7.xml",), unchanged=("index.html",))
    assert (tmp_path / "rs7.xml").read_bytes() == b"<b/>"


def test_a_failure_half_way_leaves_the_old_files_and_no_litter(tmp_path: Path) -> None:
    write_files(tmp_path, FILES)
    (tmp_path / "taken").mkdir()

    with pytest.raises(ExportError, match=r"cannot be written \(Is a directory\)"):
        write_files(tmp_path, (ExportFile("taken", b"x"), ExportFile("rs7.xml", b"new")))

    assert (tmp_path / "rs7.xml").read_bytes() == b"<a/>"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "rs7.xml", "taken"]


def test_every_byte_is_on_disk_under_another_name_before_any_file_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, FILES)
    seen: list[list[bytes]] = []
    replace = Path.replace

    def watch(partial: Path, target: Path) -> Path:
        seen.append(sorted(path.read_bytes() for path in tmp_path.glob("*.partial")))
        return replace(partial, target)

    monkeypatch.setattr(Path, "replace", watch)
    write_files(tmp_path, (ExportFile("rs7.xml", b"one"), ExportFile("index.html", b"two")))

    assert seen[0] == [b"one", b"two"]


def test_what_a_killed_export_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".abc.partial").write_bytes(b"half")

    write_files(tmp_path, FILES)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "rs7.xml"]


def test_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    write_files(tmp_path, FILES)

    assert stat.S_IMODE((tmp_path / "rs7.xml").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", ".hidden", "../rs7.xml", "a/b", "a\\b", "c:x", "nul\0"])
def test_a_name_that_leaves_the_folder_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="not a plain file name"):
        write_files(tmp_path / "out", (FILES[0], ExportFile(name, b"x")))

    assert not (tmp_path / "out").exists()


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="two exporters"):
        write_files(tmp_path, (FILES[0], ExportFile("RS7.xml", b"x")))
