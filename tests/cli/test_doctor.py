"""``ecegateway doctor`` says what is wrong, what to do, and ends with the code that fits; secrets and names stay unsaid."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import run

SETTINGS = ("-c", "out/demo/ecegateway.toml")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has run once, and a backup was made."""
    folder = tmp_path_factory.mktemp("somebody")
    assert run("demo", cwd=folder).returncode == 0
    assert run("backup", *SETTINGS, cwd=folder).returncode == 0
    return folder


@pytest.fixture
def demo(world: Path, tmp_path: Path) -> Path:
    """A copy of it, to spoil."""
    shutil.copytree(world, tmp_path / "home")
    return tmp_path / "home"


def examined(demo: Path, **environment: str) -> tuple[int, dict[str, dict[str, object]]]:
    """The exit code, and of each thing looked at the worst line."""
    done = run("doctor", *SETTINGS, "--json", cwd=demo, **environment)
    assert done.stderr == ""
    worst: dict[str, dict[str, object]] = {}
    for line in json.loads(done.stdout)["checked"]:
        before = worst.get(line["what"])
        if before is None or before["level"] == "ok":
            worst[line["what"]] = line
    return done.returncode, worst


def test_a_sound_installation_is_fine_in_every_line(demo: Path) -> None:
    code, found = examined(demo)
    assert code == 0
    assert {line["level"] for line in found.values()} == {"ok"}
    assert set(found) == {
        *("time zone", "settings", "keys", "disk", "file system", "store", "engine", "signatures", "witness", "log key"),
        *("clock", "backups", "source kowhai", "source puawai-paper", "source enrolnow-drop", "source kotuku-paper"),
    }


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
    code, found = examined(demo)
    assert (code, found["store"]["level"]) == (0, "warning")


def test_a_key_that_others_may_read_is_wrong(demo: Path) -> None:
    (demo / "out/demo/keys/log.key").chmod(0o644)
    code, found = examined(demo)
    assert (code, found["keys"]["level"]) == (2, "wrong")
    assert "run: chmod 600" in str(found["keys"]["said"])


def test_another_folder_of_keys_leaves_the_evidence_in_doubt(demo: Path) -> None:
    shutil.rmtree(demo / "out/demo/keys")
    (demo / "other").mkdir()
    assert run("demo", cwd=demo / "other").returncode == 0
    shutil.copytree(demo / "other/out/demo/keys", demo / "out/demo/keys")
    code, found = examined(demo)
    assert (code, found["log key"]["level"], found["witness"]["level"]) == (4, "wrong", "warning")


def test_an_older_copy_leaves_the_evidence_in_doubt(demo: Path) -> None:
    store = demo / "out/demo/evidence.db"
    shutil.copy(store, demo / "older.db")
    assert run("check", *SETTINGS, "-p", "2026-02", cwd=demo).returncode == 1
    shutil.copy(demo / "older.db", store)
    code, found = examined(demo)
    assert (code, found["witness"]["level"]) == (4, "wrong")
    assert "it is an older copy" in str(found["witness"]["said"])


def test_a_file_that_is_no_store_leaves_the_evidence_in_doubt_and_the_rest_is_looked_at(demo: Path) -> None:
    (demo / "out/demo/evidence.db").write_bytes(b"no store" * 1000)
    code, found = examined(demo)
    assert (code, found["store"]["level"]) == (4, "wrong")
    assert found["source kowhai"]["level"] == "ok"


def test_no_backup_is_a_warning_that_names_the_command(demo: Path) -> None:
    shutil.rmtree(demo / "out/demo/backups")
    code, found = examined(demo)
    assert (code, found["backups"]["level"]) == (0, "warning")
    assert "ecegateway backup" in str(found["backups"]["do"])


def test_an_old_backup_is_a_warning_that_tells_its_age(demo: Path) -> None:
    (newest,) = (demo / "out/demo/backups").glob("evidence-*")
    newest.rename(newest.with_name("evidence-2026-01-02T030405Z"))
    _, found = examined(demo)
    assert found["backups"]["level"] == "warning"
    assert "2026-01-02 03:04 UTC" in str(found["backups"]["said"])


def test_a_secret_that_is_missing_and_a_folder_that_is_gone_are_wrong(demo: Path) -> None:
    (demo / "out/demo/secrets/client_secret").unlink()
    shutil.rmtree(demo / "out/demo/puawai-paper")
    code, found = examined(demo)
    assert code == 2
    assert "client_secret: the secret file:" in str(found["source kowhai"]["said"])
    assert "is not a folder that can be read" in str(found["source puawai-paper"]["said"])


def test_a_plugin_that_is_not_installed_is_wrong(demo: Path) -> None:
    settings = demo / "out/demo/ecegateway.toml"
    settings.write_text(settings.read_text().replace('plugin = "kowhai"', 'plugin = "nobody"'))
    code, found = examined(demo)
    assert (code, found["source kowhai"]["level"]) == (2, "wrong")


def test_postgresql_tells_its_settings(demo: Path, postgres_url: str) -> None:
    assert run("move", *SETTINGS, "--to", postgres_url, cwd=demo).returncode == 0
    code, found = examined(demo, ECEGATEWAY_STORE=postgres_url)
    assert code == 0
    assert "data_checksums on, fsync on" in str(found["engine"]["said"])
    assert "disk" not in found
