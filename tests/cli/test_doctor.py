"""``ecegateway doctor`` says what is wrong, what to do, and ends with the code that fits; secrets and names stay unsaid."""

import json
import shutil
from pathlib import Path

import pytest

from ecegateway import clock
from ecegateway.doctor.checked import Checked, Level
from ecegateway.doctor.examine import examine
from ecegateway.plugins import load_plugins
from ecegateway.signing.keyring import Keyring, Purpose
from tests.cli.running import run

SETTINGS = ("-c", "out/demo/ecegateway.toml")


@pytest.fixture(scope="module")
def world(demo_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has run once, and a backup was made."""
    folder = Path(shutil.copytree(demo_once, tmp_path_factory.mktemp("somebody"), dirs_exist_ok=True))
    assert run("backup", *SETTINGS, cwd=folder).returncode == 0
    return folder


@pytest.fixture
def demo(world: Path, tmp_path: Path) -> Path:
    """A copy of it, to spoil."""
    shutil.copytree(world, tmp_path / "home")
    return tmp_path / "home"


def examined(demo: Path) -> dict[str, Checked]:
    """Of each thing looked at the worst line."""
    worst: dict[str, Checked] = {}
    for line in examine(demo / "out/demo/ecegateway.toml", load_plugins(), clock.now()):
        before = worst.get(line.what)
        if before is None or before.level is Level.OK:
            worst[line.what] = line
    return worst


def test_a_sound_installation_is_fine_in_every_line(demo: Path) -> None:
    found = examined(demo)
    assert {line.level for line in found.values()} == {Level.OK}
    assert set(found) == {
        *("time zone", "settings", "keys", "disk", "file system", "store", "engine", "signatures", "witness", "log key"),
        *("clock", "backups", "source kowhai", "source puawai-paper", "source enrolnow-drop", "source kotuku-paper"),
        "ministry",
    }


def test_machines_get_json(demo: Path) -> None:
    done = run("doctor", *SETTINGS, "--json", cwd=demo)
    assert done.returncode == 0
    assert {line["what"]: line["level"] for line in json.loads(done.stdout)["checked"]}["store"] == "ok"


def test_words_are_one_line_each_and_tell_no_secret(demo: Path) -> None:
    secret = (demo / "out/demo/secrets/client_secret").read_text().strip()
    key = (demo / "out/demo/keys/backup.age").read_text().split("AGE-SECRET-KEY-")[1].strip()
    done = run("doctor", *SETTINGS, cwd=demo)
    assert all(line.startswith(("ok ", "warning ", "wrong ")) for line in done.stdout.splitlines())
    assert secret not in done.stdout
    assert key not in done.stdout


def test_it_changes_nothing(demo: Path) -> None:
    def state() -> dict[str, bytes]:
        return {str(one): one.read_bytes() for one in demo.rglob("*") if one.is_file()}

    before = state()
    examined(demo)
    assert state() == before


def test_no_settings_are_wrong_use(tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path)
    assert done.returncode == 2
    assert "wrong   settings: ecegateway.toml: there is no such file; write one with: ecegateway init" in done.stdout


def test_no_store_yet_is_a_warning(demo: Path) -> None:
    (demo / "out/demo/evidence.db").unlink()
    assert examined(demo)["store"].level is Level.WARNING


def test_a_key_that_others_may_read_is_wrong(demo: Path) -> None:
    (demo / "out/demo/keys/log.key").chmod(0o644)
    found = examined(demo)["keys"]
    assert (found.level, found.in_doubt) == (Level.WRONG, False)
    assert "run: chmod 600" in found.said


def test_another_folder_of_keys_leaves_the_evidence_in_doubt(demo: Path) -> None:
    shutil.rmtree(demo / "out/demo/keys")
    Keyring(demo / "out/demo/keys").signer(Purpose.LOG)
    found = examined(demo)
    assert (found["log key"].level, found["witness"].level) == (Level.WRONG, Level.WARNING)
    assert run("doctor", *SETTINGS, cwd=demo).returncode == 4


def test_an_older_copy_leaves_the_evidence_in_doubt(demo: Path) -> None:
    store = demo / "out/demo/evidence.db"
    shutil.copy(store, demo / "older.db")
    assert run("check", *SETTINGS, "-p", "2026-02", cwd=demo).returncode == 1
    shutil.copy(demo / "older.db", store)
    found = examined(demo)["witness"]
    assert (found.level, found.in_doubt) == (Level.WRONG, True)
    assert "it is an older copy" in found.said


def test_a_file_that_is_no_store_leaves_the_evidence_in_doubt_and_the_rest_is_looked_at(demo: Path) -> None:
    (demo / "out/demo/evidence.db").write_bytes(b"no store" * 1000)
    found = examined(demo)
    assert (found["store"].level, found["store"].in_doubt) == (Level.WRONG, True)
    assert found["source kowhai"].level is Level.OK


def test_no_backup_is_a_warning_that_names_the_command(demo: Path) -> None:
    shutil.rmtree(demo / "out/demo/backups")
    found = examined(demo)["backups"]
    assert found.level is Level.WARNING
    assert "ecegateway backup" in found.do


def test_an_old_backup_is_a_warning_that_tells_its_age(demo: Path) -> None:
    (newest,) = (demo / "out/demo/backups").glob("evidence-*")
    newest.rename(newest.with_name("evidence-2026-01-02T030405Z"))
    found = examined(demo)["backups"]
    assert found.level is Level.WARNING
    assert "2026-01-02 03:04 UTC" in found.said


def test_a_secret_that_is_missing_and_a_folder_that_is_gone_are_wrong(demo: Path) -> None:
    (demo / "out/demo/secrets/client_secret").unlink()
    shutil.rmtree(demo / "out/demo/puawai-paper")
    found = examined(demo)
    assert {found[f"source {name}"].level for name in ("kowhai", "puawai-paper")} == {Level.WRONG}
    assert "client_secret: the secret file:" in found["source kowhai"].said
    assert "is not a folder that can be read" in found["source puawai-paper"].said


def test_a_plugin_that_is_not_installed_is_wrong(demo: Path) -> None:
    settings = demo / "out/demo/ecegateway.toml"
    settings.write_text(settings.read_text().replace('plugin = "kowhai"', 'plugin = "nobody"'))
    assert examined(demo)["source kowhai"].level is Level.WRONG


def test_postgresql_tells_its_settings(demo: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("move", *SETTINGS, "--to", postgres_url, cwd=demo).returncode == 0
    monkeypatch.setenv("ECEGATEWAY_STORE", postgres_url)
    found = examined(demo)
    assert found["engine"].level is Level.OK
    assert "data_checksums on, fsync on" in found["engine"].said
    assert "disk" not in found
