"""``ecegateway verify`` and ``ecegateway keys`` as people type them, on the demo's own store."""

import json
import re
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import run

SETTINGS = ("-c", "out/demo/ecegateway.toml")
EVIDENCE, LOG_KEY = Path("out/demo/evidence.db"), Path("out/demo/keys/log.pub")
CHECKPOINT = Path("out/10842/checkpoint.txt")
PAGE = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def demo(demo_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has run."""
    return Path(shutil.copytree(demo_once, tmp_path_factory.mktemp("auditor"), dirs_exist_ok=True))


@pytest.fixture
def changed(demo: Path, tmp_path: Path) -> Path:
    """A copy in which somebody who owns the file has changed who confirmed a week."""
    folder = tmp_path / "changed"
    shutil.copytree(demo, folder)
    with closing(sqlite3.connect(folder / EVIDENCE)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE record_version SET content = replace(content, 'Pūāwai', 'Kōtuku') WHERE seq = 1")
        connection.commit()
    return folder


def test_an_untouched_store_holds_and_the_limits_are_told(demo: Path) -> None:
    done = run("verify", *SETTINGS, cwd=demo)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Holds. Each of 8," in done.stdout
    assert "no checkpoint that somebody else kept covers" in done.stdout
    assert "not that a child was there" in done.stdout


def test_somebody_else_checks_a_copy_with_the_key_and_the_checkpoint_they_were_given(demo: Path, tmp_path: Path) -> None:
    for place in (EVIDENCE, LOG_KEY, CHECKPOINT):
        shutil.copy(demo / place, tmp_path)
    done = run("verify", "evidence.db", "--key", "log.pub", "--checkpoint", "checkpoint.txt", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "Holds." in done.stdout


def test_a_changed_record_is_named_and_ends_with_four(changed: Path) -> None:
    done = run("verify", *SETTINGS, cwd=changed)
    assert done.returncode == 4
    assert "Broken." in done.stdout
    assert "edited: record_version 1 (kowhai/10842/" in done.stdout
    assert "schema changed: the schema" in done.stdout
    told = json.loads(run("verify", "--json", *SETTINGS, cwd=changed).stdout)
    assert told["holds"] is False
    assert {damage["harm"] for damage in told["verified"]["damages"]} == {"edited", "schema changed"}


def test_a_store_that_does_not_open_is_told_as_broken(demo: Path, tmp_path: Path) -> None:
    content = bytearray((demo / EVIDENCE).read_bytes())
    content[100:200] = bytes(100)
    (tmp_path / "broken.db").write_bytes(content)
    done = run("verify", "broken.db", cwd=tmp_path)
    assert done.returncode == 4
    assert "unreadable: the header or the schema" in done.stdout


def test_the_commands_of_the_page_work_as_written_and_in_its_order(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(demo, folder)
    commands = re.findall(r"^\.venv/bin/ecegateway (.+)$", PAGE, re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        done = run(*shlex.split(command), cwd=folder)
        assert (done.returncode, done.stderr) == (0, ""), command
    assert "Erased: 0 records of 0 children and 0 grown-ups" in done.stdout


def test_no_store_is_wrong_use(tmp_path: Path) -> None:
    done = run("verify", "nothing.db", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no evidence store" in done.stderr


def test_an_older_copy_put_back_is_told_and_not_signed(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "older"
    shutil.copytree(demo, folder)
    assert run("sources", "pull", *SETTINGS, cwd=folder).returncode in {0, 3}
    shutil.copy(demo / EVIDENCE, folder / EVIDENCE)
    done = run("verify", *SETTINGS, cwd=folder)
    assert done.returncode == 4
    assert "rolled back: the store" in done.stdout
    refused = run("sources", "pull", *SETTINGS, cwd=folder)
    assert refused.returncode == 4
    assert "the store is not the one signed last" in refused.stderr


def test_the_logs_key_is_shown_and_changed(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rotated"
    shutil.copytree(demo, folder)
    first = json.loads(run("keys", "show", "--json", *SETTINGS, cwd=folder).stdout)["log"]
    assert first["profile"] == "ed25519"
    assert first["public_key"] == (folder / LOG_KEY).read_text(encoding="ascii")
    assert run("keys", "rotate", "--profile", "p384", *SETTINGS, cwd=folder).returncode == 0
    second = run("keys", "show", *SETTINGS, cwd=folder).stdout
    assert "p384" in second
    assert first["id"] not in second
    assert run("verify", *SETTINGS, cwd=folder).returncode == 0
    old = tmp_path / "first.pub"
    old.write_text(first["public_key"], encoding="ascii")
    assert run("verify", "--key", str(old), *SETTINGS, cwd=folder).returncode == 0
