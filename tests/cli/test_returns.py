"""``ecegateway return``: exit codes, JSON, and what a person who asks too much is told."""

import json
from pathlib import Path

import pytest

from ecegateway.evidence.store import open_evidence
from tests.cli.running import run
from tests.support.filing import LATER, SHORTER, centre_in

OF = ("--service", "10842", "--period", "2026-02")
JUNE = ("--today", "2026-06-03")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with settings and a store in which return 1 is signed."""
    (tmp_path / "ecegateway.toml").write_text('store = "sqlite:///evidence.db"\n', encoding="utf-8")
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        centre_in(evidence, tmp_path).signed()
    return tmp_path


def told(folder: Path, *words: str, code: int = 0) -> str:
    """What a command says, on whichever way it says it."""
    done = run("return", *words, cwd=folder)
    assert done.returncode == code, done.stderr
    return done.stderr if code == 2 else done.stdout


def test_who_asks_too_much_is_told_why_and_what_to_do(office: Path) -> None:
    for words, fix in (
        (("prepare", *OF, *JUNE, "--by", "Aroha"), "return submit 1"),
        (("validate", "1", "--by", "Aroha"), "return submit 1"),
        (("attest", "1", "--salaries", "--by", "Aroha"), "return submit 1"),
        (("sign", "1", "--by", "Mere", "--phone", "04 555", "--designation", "manager"), "return submit 1"),
        (("receive", "1", "--accepted", "--by", "Mere"), "return submit 1"),
        (("ask", "1"), "return show 1"),
        (("show", "9"), "return list"),
        (("submit", "1", "--by", " "), "--by"),
        (("prepare", *OF, "--by", "Aroha", "--first-day", "2026-03-01"), "--rest-by"),
        (("prepare", *OF, "--by", "Aroha", "--first-day", "2026-01-31"), "2026-02-01 to 2026-05-31"),
        (("receive", "1", "--rejected", "--by", "Mere", "--file", "none.pdf"), "none.pdf"),
    ):
        said = told(office, *words, code=2)
        assert fix in said
        assert "Traceback" not in said
        assert len(said.splitlines()) == 1


def test_a_return_that_cannot_leave_is_told_with_its_exit_code(office: Path) -> None:
    (office / "outbox").write_text("no folder", encoding="utf-8")
    told(office, "submit", "1", "--by", "Mere", code=3)
    assert json.loads(told(office, "show", "1", "--json"))["handing"] == "not sent"
    (office / "outbox").unlink()
    sent = json.loads(told(office, "submit", "1", "--by", "Mere", "--json"))
    assert (sent["made"]["state"], sent["made"]["handing"]) == ("submitted", "laid out")
    assert sent["receipt"]["outcome"] == "laid out"
    assert json.loads(told(office, "submit", "1", "--by", "Mere", "--json")) == sent, "whoever asks again is told the same"
    (office / "answer.eml").write_bytes("Kāore i whakaaetia".encode())
    rejected = (
        "receive",
        "1",
        "--rejected",
        "--reason",
        "E17: no such service",
        "--file",
        "answer.eml",
        "--by",
        "Mere",
        "--json",
    )
    answered = json.loads(told(office, *rejected))
    assert answered["state"] == "rejected"
    assert answered["steps"][-1]["detail"]["reasons"] == ["E17: no such service"]
    assert answered["steps"][-1]["document"]
    assert answered["next"]["command"] == "ecegateway return prepare --service 10842 --period 2026-02 --by NAME"


def test_a_draft_against_which_something_stands_ends_with_code_1(office: Path) -> None:
    told(office, "withdraw", "1", "--by", "Mere", "--why", "a shift is missing")
    with open_evidence(f"sqlite:///{office / 'evidence.db'}") as evidence:
        centre_in(evidence, office, (SHORTER,), number=2, at=LATER)
    told(office, "prepare", *OF, *JUNE, "--by", "Aroha")
    said = told(office, "validate", "2", "--by", "Aroha", *JUNE, code=1)
    assert "6:00 hours held back" in said
    assert "stands against it: 6:00 hours are held back" in said
    assert "2" in told(office, "list", *JUNE)
    listed = json.loads(told(office, "list", *JUNE, "--json"))
    assert [one["state"] for one in listed["returns"]] == ["withdrawn", "draft"]
    assert [one["period"] for one in listed["due"]] == ["2026-02"]
