"""``ecegateway bundle`` on the command line: of a period, of a signed return, and what it says to a wrong question."""

from pathlib import Path

import orjson
import pytest

from ecegateway.evidence.store import open_evidence
from ecegateway.signing.keyring import Keyring
from tests.cli.running import run
from tests.support.filing import RECORDS, Centre


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("centre")
    with open_evidence(f"sqlite:///{folder / 'evidence.db'}", create=True) as evidence:
        centre = Centre(evidence, Keyring(folder / "keys"))
        centre.comes(*RECORDS)
        assert centre.signed() == 1
    (folder / "ecegateway.toml").write_text("", encoding="utf-8")
    return folder


def test_a_signed_return_is_bundled_by_its_number_and_verified(home: Path) -> None:
    done = run("bundle", "--return", "1", "--json", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    told = orjson.loads(done.stdout)
    assert told["folder"].endswith("-return-1")
    done = run("verify", told["archive"], "--key", "keys/log.pub", "--export-key", "keys/export.pub", cwd=home)
    assert (done.returncode, "Recomputed." in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "say of which period the bundle is to be (--period 2026-02), or of which signed return (--return 3)"),
        (("--return", "1", "--period", "2026-02"), 2, "leave --service, --period and --known-at out"),
        (("--return", "7"), 2, "no return has the number 7"),
        (("--period", "2026-02", "--service", "99999"), 2, "the store holds nothing of service 99999"),
    ],
)
def test_a_wrong_question_is_answered_in_a_line(home: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = run("bundle", *words, cwd=home)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert done.stdout == ""
