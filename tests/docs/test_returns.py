"""The commands of docs/returns.md work as printed, one after the other, and say what the page says they say."""

import re
import shlex
from pathlib import Path

import pytest

from ecegateway.evidence.store import open_evidence
from ecegateway.returns.life import ReturnState
from tests.cli.running import run
from tests.support.filing import centre_in

DOCUMENT = (Path(__file__).parents[2] / "docs" / "returns.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh)?\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)
OURS = ".venv/bin/ecegateway "


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with settings and a store that holds the records of a small centre."""
    (tmp_path / "ecegateway.toml").write_text('store = "sqlite:///evidence.db"\n', encoding="utf-8")
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        centre_in(evidence, tmp_path)
    return tmp_path


def test_a_return_goes_its_way_as_written(office: Path) -> None:
    said = ""
    verbs = []
    for kind, block in BLOCKS:
        if kind == "sh":
            for command in block.splitlines():
                done = run(*shlex.split(command.removeprefix(OURS)), cwd=office)
                assert (done.returncode, done.stderr) == (0, ""), command
                verbs.append(command.split()[2])
                said = done.stdout
        elif said:
            assert [line.rstrip() for line in said.splitlines()] == block.splitlines()
    assert set(verbs) == {
        *(
            "prepare",
            "--service",
            "validate",
            "attest",
            "sign",
            "files",
            "submit",
            "ask",
            "receive",
            "show",
            "list",
            "correction",
        )
    }
    assert {path.name for path in (office / "signed").iterdir()} == {"rs7.xml", "rs7.xml.minisig", "rs7.json", "rs7.html"}
    (laid,) = (office / "outbox").glob("*.xml")
    assert laid.read_bytes() == (office / "signed" / "rs7.xml").read_bytes()
    assert said == "0 figures of return 1 would be different; correction\n"
    assert run("verify", cwd=office).returncode == 0


def test_every_state_stands_in_the_picture() -> None:
    assert set(re.findall("[a-z]+", BLOCKS[0][1])) == {state.value for state in ReturnState}
