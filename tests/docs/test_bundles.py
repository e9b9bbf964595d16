"""The page on bundles: its commands work as written, on a machine that has the bundle and two public keys and nothing else."""

import html
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import orjson
import pytest

from ecegateway.evidence.store import open_evidence
from ecegateway.signing.keyring import Keyring, Purpose
from tests.cli.running import run
from tests.support.bundles import Handed
from tests.support.packs import Centre, centre

PAGE = (Path(__file__).parents[2] / "docs" / "bundles.md").read_text(encoding="utf-8")
OURS = re.findall(r"^ecegateway (.+)$", PAGE, re.MULTILINE)
SHELL = re.findall(r"```sh\n(.*?)\n```", PAGE, re.DOTALL)
SAID = [" ".join(line.split()) for line in re.findall(r"^ {3}(Not the return.*|  .+)$", PAGE, re.MULTILINE)]


@pytest.fixture(scope="module")
def officer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of somebody else's, with what was handed over: the bundle as a folder and a zip, and two public keys."""
    home, there = tmp_path_factory.mktemp("centre"), tmp_path_factory.mktemp("officer")
    with open_evidence(f"sqlite:///{home / 'evidence.db'}", create=True) as evidence:
        centre(evidence, home / "keys")
    (home / "ecegateway.toml").write_text("", encoding="utf-8")
    done = run(*shlex.split(OURS[0]), cwd=home)
    assert done.returncode == 0, done.stderr
    assert "personal data of children" in done.stdout
    again = run(*shlex.split(OURS[0]), "--json", cwd=home)
    assert orjson.loads(again.stdout)["changed"] is False
    for path in (home / "out" / "10842").iterdir():
        if path.suffix != ".lock":
            shutil.move(path, there / f"bundle{path.suffix}")
    for name in ("log.pub", "export.pub"):
        shutil.move(home / "keys" / name, there / name)
    return there


def verify(officer: Path, place: str, *more: str) -> subprocess.CompletedProcess[str]:
    return run(*shlex.split(OURS[2].replace("BUNDLE", place)), *more, cwd=officer)


def test_a_bundle_verifies_where_there_is_neither_a_store_nor_settings(officer: Path) -> None:
    assert [command.split()[0] for command in OURS] == ["bundle", "bundle", "verify"]
    for place in ("bundle", "bundle.zip"):
        done = verify(officer, place)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Recomputed. 732 figures of the return and " in done.stdout
        assert "Holds." in done.stdout
        assert "proves nothing about itself" not in done.stdout
    kept = officer / "bundle" / "evidence" / "checkpoint.txt"
    assert "of one log with 1 checkpoint kept elsewhere" in verify(officer, "bundle.zip", "--checkpoint", str(kept)).stdout


def test_a_figure_that_was_changed_and_signed_again_is_told_as_the_page_shows(officer: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(officer / "bundle", officer / "forged")
    place = folder / "return" / "rs7.json"
    said, made = re.search(r"two and over (\d+) (\d+)$", SAID[-1]).groups()  # type: ignore[union-attr] # the page has it
    place.write_text(
        place.read_text(encoding="utf-8").replace(f'"two_and_over": {made}', f'"two_and_over": {said}', 1), encoding="utf-8"
    )
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        thief = Centre(evidence, Keyring(tmp_path / "keys"))
        signer = thief.keyring.signer(Purpose.EXPORT)
        Handed(None, signer.verifier, signer.verifier, signer).sign_anew(folder)  # type: ignore[arg-type] # nothing is written
    done = verify(officer, "forged")
    assert done.returncode == 4
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert [line for line in SAID if line not in lines] == []
    assert any(line.startswith("forged: manifest.json or manifest.json.minisig") for line in lines), "another key signed it"
    told = orjson.loads(verify(officer, "forged", "--json").stdout)
    (one,) = told["verified"]["differences"]
    assert (told["holds"], one["day"], one["said"], one["recomputed"]) == (False, "2026-02-09", said, made)


@pytest.mark.parametrize("block", SHELL)
def test_what_needs_no_software_of_ours_works_as_written_and_sees_a_change(officer: Path, tmp_path: Path, block: str) -> None:
    folder = shutil.copytree(officer / "bundle", tmp_path / "bundle")
    run_ = {"cwd": folder, "capture_output": True, "text": True, "check": False, "timeout": 60, "shell": True}
    done = subprocess.run(block, **run_)  # type: ignore[call-overload] # noqa: PLW1510 - the page's own words
    assert done.returncode == 0, done.stdout + done.stderr
    note = folder / "evidence" / "note-001.json"
    note.write_text(note.read_text(encoding="utf-8").replace("Ngāio", "Ngaio"), encoding="utf-8")
    done = subprocess.run(block, **run_)  # type: ignore[call-overload] # noqa: PLW1510 - the page's own words
    assert done.returncode == 1
    assert "evidence/note-001.json" in done.stdout


def test_the_page_in_the_bundle_gives_the_same_commands(officer: Path) -> None:
    shown = html.unescape((officer / "bundle" / "verify.html").read_text(encoding="utf-8"))
    assert len(SHELL) == 2
    for block in SHELL:
        assert block in shown
    assert OURS[2].replace("BUNDLE", "FOLDER-OR-ZIP") in shown


def test_every_file_the_page_names_is_in_the_bundle(officer: Path) -> None:
    table = PAGE.split("| file |")[1].split("\n\n")[0].replace("`evidence/return.json`", "")
    named = set(re.findall(r"`([a-z-]+(?:/[a-z-]+)?\.(?:html|json|py|minisig|pub|txt|pem))`", table))
    assert {"index.html", "rules.json", "elsewhere.json", "evidence/checkpoint.txt"} <= named
    for name in named:
        assert (officer / "bundle" / name).exists() or (officer / "bundle" / "evidence" / name).exists(), name
