"""The page on the inspection pack: its commands work as written, and say the same as the page in each pack."""

import html
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from ecegateway.evidence.store import open_evidence
from tests.cli.running import run
from tests.support.packs import centre

PAGE = (Path(__file__).parents[2] / "docs" / "inspection-pack.md").read_text(encoding="utf-8")
OURS = re.findall(r"^ecegateway (.+)$", PAGE, re.MULTILINE)
SHELL = [re.sub(r"(?m)^ {3}", "", block).strip() for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)]
WITHOUT_OPENSSL = [block for block in SHELL if "openssl" not in block]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre's folder in which the pack was made as the page says; the officer's keys lie beside it."""
    folder = tmp_path_factory.mktemp("centre")
    with open_evidence(f"sqlite:///{folder / 'evidence.db'}", create=True) as evidence:
        centre(evidence, folder / "keys")
    (folder / "ecegateway.toml").write_text("", encoding="utf-8")
    done = run(*shlex.split(OURS[0]), cwd=folder)
    assert done.returncode == 0, done.stderr
    for name in ("log.pub", "export.pub"):
        shutil.copy(folder / "keys" / name, folder / name)
    return folder


@pytest.fixture
def pack(home: Path) -> Path:
    (found,) = (path for path in (home / "out" / "10842").iterdir() if path.is_dir())
    return found


def test_the_pack_is_made_and_verified_as_written(home: Path, pack: Path) -> None:
    assert [command.split()[0] for command in OURS] == ["inspection-pack", "verify"]
    for place in (pack, pack.with_name(f"{pack.name}.zip"), pack / "proofs" / "exemption.json"):
        done = run(*shlex.split(OURS[1].replace("PACK", str(place))), cwd=home)
        assert (done.returncode, "Holds." in done.stdout) == (0, True), done.stderr
        assert "proves nothing about itself" not in done.stdout


def test_keys_show_prints_the_id_that_is_on_the_pack(home: Path, pack: Path) -> None:
    shown = run("keys", "show", cwd=home).stdout
    told = (pack / "export-key.pub").read_text(encoding="utf-8").split("\n", 1)[0].split()[-1]
    assert f"minisign {told}" in shown
    assert told in (pack / "start.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", WITHOUT_OPENSSL)
def test_what_needs_no_openssl_works_as_written_and_sees_a_change(pack: Path, tmp_path: Path, block: str) -> None:
    folder = shutil.copytree(pack, tmp_path / "pack")
    run_ = {"cwd": folder, "capture_output": True, "text": True, "check": False, "timeout": 60, "shell": True}
    done = subprocess.run(block, **run_)  # type: ignore[call-overload] # noqa: PLW1510 - the page's own words
    assert done.returncode == 0, done.stdout + done.stderr
    note = folder / "proofs" / "note.json"
    note.write_text(note.read_text(encoding="utf-8").replace("Ngāio", "Ngaio"), encoding="utf-8")
    done = subprocess.run(block, **run_)  # type: ignore[call-overload] # noqa: PLW1510 - the page's own words
    assert done.returncode == 1
    assert "proofs/note.json" in done.stdout


def test_the_page_in_the_pack_gives_the_same_commands(pack: Path) -> None:
    shown = html.unescape((pack / "verify.html").read_text(encoding="utf-8"))
    assert len(WITHOUT_OPENSSL) == 2
    for block in SHELL:
        assert block in shown
    assert "minisign -V -p export-key.pub -m manifest.json" in shown


def test_every_file_the_page_names_is_in_the_pack(pack: Path) -> None:
    named = {name for name in re.findall(r"`([a-z/.-]+\.(?:html|json|py|xlsx|minisig|pub))`", PAGE) if "log.pub" not in name}
    assert {"start.html", "manifest.json", "export-key.pub"} <= named
    for name in named - {"exemption.json"}:
        assert (pack / name).exists() or (pack / "records" / name).exists() or (pack / "proofs" / name).exists(), name
