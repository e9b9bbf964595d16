"""``ecegateway events`` as a person uses it, from the outbox's folder to the confirmed month."""

import json
from pathlib import Path

import pytest

from ecegateway.evidence.store import open_evidence
from tests.cli.running import run
from tests.support.events import put, whole_child
from tests.support.records import MONDAY, agreement, profile, stay

TODAY = ("--today", "2026-06-01")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A gateway whose store holds a child of whom everything can be said, and one without an address."""
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as store:
        other = whole_child("c2", address=None)
        put(store, profile(), *whole_child(), agreement(), stay(MONDAY), *other, agreement("c2"))
    (tmp_path / "ecegateway.toml").write_text('store = "sqlite:///evidence.db"\n', encoding="utf-8")
    return tmp_path


def said(home: Path, *words: str, code: int = 0) -> str:
    done = run("events", *words, cwd=home)
    assert done.returncode == code, done.stderr
    return done.stdout if code < 2 else done.stderr


def test_from_the_records_to_the_confirmed_month(home: Path) -> None:
    assert "7 events queued" in said(home, "queue", *TODAY)
    again = json.loads(said(home, "queue", "--json", *TODAY))[0]
    assert again["queued"] == []
    assert again["held"][0]["reason"].startswith("PrimaryResidentialAddress is missing")
    held = said(home, "list", "--held", *TODAY)
    assert "held: kowhai:c2: enrolment/kowhai:c2/a-c2: PrimaryResidentialAddress is missing" in held

    assert "7 laid out" in said(home, "send")
    assert len(list((home / "outbox").glob("*.xml"))) == 7
    listed = json.loads(said(home, "list", "--standing", "laid out", "--most", "2", "--json"))
    assert [one["number"] for one in listed["events"]] == [1, 2]
    shown = said(home, "show", "1")
    assert "<OfficialFamilyName>Tūmanako</OfficialFamilyName>" in shown
    assert "by folder: laid out" in shown
    assert "differs" in said(home, "reconcile", *TODAY, code=1)

    assert "overdue" in said(home, "confirm", *TODAY)
    assert "--by with a name and a role" in said(home, "confirm", "--month", "2026-02", *TODAY, code=2)
    words = ("confirm", "--month", "2026-02", "--by", "Mere Ngāio, manager", *TODAY)
    assert "say why it is confirmed all the same with --although" in said(home, *words, code=2)
    assert "confirmed" in said(home, *words, "--although", "the answers are to come")
    months = json.loads(said(home, "confirm", "--json", *TODAY))
    assert [(one["month"], one["stands"]) for one in months][:2] == [("2026-02", "confirmed"), ("2026-03", "overdue")]
    assert "ConfirmationData" in said(home, "list", "--family", "ConfirmationData")
