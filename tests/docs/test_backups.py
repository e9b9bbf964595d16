"""The commands of docs/backups.md work as printed, one after the other, on the demo's world."""

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from ecegateway.config import Config
from tests.cli.running import run

DOCUMENT = (Path(__file__).parents[2] / "docs" / "backups.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip()
    for block in re.findall(r"^ *```sh\n(.*?)^ *```$", DOCUMENT, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]
OURS = ".venv/bin/ecegateway "
EXAMPLE_URL = "postgresql://postgres@localhost/evidence"


@pytest.fixture(scope="module")
def demo(demo_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has run once."""
    return Path(shutil.copytree(demo_once, tmp_path_factory.mktemp("somebody"), dirs_exist_ok=True))


def test_the_worst_monday_goes_as_written(demo: Path, postgres_url: str) -> None:
    said: dict[str, str] = {}
    for command in COMMANDS:
        if command.startswith(OURS):
            words = shlex.split(command.removeprefix(OURS).replace(EXAMPLE_URL, postgres_url))
            done = run(*words, cwd=demo)
        else:
            done = subprocess.run(shlex.split(command), cwd=demo, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), command
        said[command] = done.stdout
    assert {command.split()[1] for command in COMMANDS if command.startswith(OURS)} == {
        *("doctor", "backup", "restore", "verify", "move")
    }
    assert "read back and verified" in next(words for command, words in said.items() if " backup " in command)
    assert "Holds." in next(words for command, words in said.items() if " verify " in command)


def exported(demo: Path, out: str, **environment: str) -> dict[str, bytes]:
    done = run("export", "-c", "out/demo/ecegateway.toml", "-p", "2026-02", cwd=demo, ECEGATEWAY_OUT=out, **environment)
    assert done.returncode in (0, 1), done.stderr
    made = (path for path in (demo / out).glob("[0-9]*/*") if path.name != "checkpoint.txt")  # which says what each store is
    return {str(path.relative_to(demo / out)): path.read_bytes() for path in made}


def test_a_moved_store_gives_the_same_exports_byte_for_byte(demo: Path, postgres_url: str) -> None:
    assert run("move", "-c", "out/demo/ecegateway.toml", "--to", postgres_url, cwd=demo).returncode == 0
    before = exported(demo, str(demo / "before"))
    after = exported(demo, str(demo / "after"), ECEGATEWAY_STORE=postgres_url)
    assert len(before) == 59
    assert after == before
    assert run("verify", "-c", "out/demo/ecegateway.toml", cwd=demo, ECEGATEWAY_STORE=postgres_url).returncode == 0


def test_its_settings_are_settings() -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)
    names = [name for block in blocks for name in tomllib.loads(block)]
    assert names == ["backups", "backup_recipients", "store", "store_key"]
    assert set(names) <= set(Config.model_fields)
