"""The outbox folder: files whole or not at all, nothing outside it, nothing that is no plain file."""

import os
from pathlib import Path

import pytest

from ecegateway.contract import HttpGet
from ecegateway.errors import PluginContractError, SourceFatalError
from ecegateway.outbound import HttpPost, LookForFile, SendAnswer, SendAsk, WriteFile
from ecegateway.transport.limits import Limits
from ecegateway.transport.outbox import FolderHands


def do(folder: Path, ask: SendAsk) -> SendAnswer:
    return FolderHands("transport 'folder'", folder, Limits(body_bytes=100)).carry_out(ask, seconds=1).answer


def test_a_file_is_laid_once_and_found_again(tmp_path: Path) -> None:
    outbox = tmp_path / "new" / "outbox"
    assert do(outbox, LookForFile("rs7.xml")).status == 404
    assert do(outbox, WriteFile("rs7.xml", b"<a/>")) == SendAnswer(200)
    laid = (outbox / "rs7.xml").stat()
    assert do(outbox, WriteFile("rs7.xml", b"<a/>")) == SendAnswer(200)
    assert (outbox / "rs7.xml").stat().st_ino == laid.st_ino
    assert do(outbox, LookForFile("rs7.xml")) == SendAnswer(200, b"<a/>")
    assert [file.name for file in outbox.iterdir()] == ["rs7.xml"]


def test_what_a_killed_process_left_half_written_goes_with_the_next_file(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    outbox.mkdir()
    (outbox / ".x8a7f0q_.partial").write_bytes(b"<a")
    do(outbox, WriteFile("rs7.xml", b"<a/>"))
    assert [file.name for file in outbox.iterdir()] == ["rs7.xml"]


def test_another_file_of_the_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "rs7.xml").write_bytes(b"<b/>")
    assert do(tmp_path, WriteFile("rs7.xml", b"<a/>")) == SendAnswer(409)
    assert (tmp_path / "rs7.xml").read_bytes() == b"<b/>"


def test_a_disk_that_refuses_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SourceFatalError, match=r"rs7\.xml cannot be written or read \(No space left on device\)"):
        do(tmp_path, WriteFile("rs7.xml", b"<a/>"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", ".hidden", "../rs7.xml", "a/b", "a\\b", "C:x", "rs7.xml\n", "x" * 201, "a.", "ā.xml"])
def test_a_name_that_is_not_plain_is_refused(tmp_path: Path, name: str) -> None:
    for ask in (WriteFile(name, b""), LookForFile(name)):
        with pytest.raises(PluginContractError, match="no plain name; tell its maker"):
            do(tmp_path, ask)


@pytest.mark.parametrize("ask", [HttpPost("/in", b"", "a/b"), HttpGet("/in")])
def test_a_folder_has_no_address(tmp_path: Path, ask: SendAsk) -> None:
    with pytest.raises(PluginContractError, match="works in a folder, but asks for an HTTP address"):
        do(tmp_path, ask)


def test_what_is_no_plain_file_or_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(bytes(101))
    (tmp_path / "folder").mkdir()
    for name in ("link", "pipe", "large", "folder"):
        with pytest.raises(SourceFatalError, match=f"/{name} "):
            do(tmp_path, LookForFile(name))
