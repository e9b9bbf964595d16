"""``ecegateway nsn`` as a person uses it, in one process: a number searched, chosen, recorded, asked for, and followed."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ecegateway.cli.app import build
from ecegateway.errors import ConfigError
from ecegateway.evidence.store import open_evidence
from ecegateway.testing.ministry_index import MinistryIndex
from tests.support.ministry import PLUGINS
from tests.support.nsn import fill, index_at, marama, numberless, student

NSN, OTHER = "999000001", "999000002"
Say = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation whose store has one child without a number."""
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as store:
        fill(store, marama(), numberless())
    (tmp_path / "ecegateway.toml").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def say(folder: Path) -> Say:
    """Runs ``ecegateway nsn …`` and gives what it prints; what it raises is raised."""

    def run(*words: str) -> str:
        settings = ("-c", str(folder / "ecegateway.toml"))
        done = CliRunner().invoke(build(lambda: PLUGINS), ["nsn", *words, *settings], catch_exceptions=False)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.stdout

    return run


@pytest.fixture
def index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MinistryIndex]:
    """The same installation, its transport leading to a simulated index."""
    students = student(NSN, given_names=("Marama",)), student(OTHER, birth_date=date(2020, 1, 1))
    with index_at(monkeypatch, *students) as (ministry, at, _):
        settings = f"""
            [ministry]
            transport = "infohub-shaped"
            base_url = "{ministry.base_url}"
            client_id = "env:MINISTRY_ID"
            client_secret = "env:MINISTRY_SECRET"
            [ministry.settings.student_index]
        """
        (folder / "ecegateway.toml").write_text(settings, encoding="utf-8")
        yield at


def test_from_the_list_to_a_number_that_was_merged(say: Say, index: MinistryIndex) -> None:
    listed = say("list", "--today", "2026-06-02")
    assert re.search(r"kowhai:c1 +Mārama Aroha Tūmanako +nothing asked yet +search", listed)
    found = say("search", "c1", "--by", "Ngāio", "--today", "2026-06-02")
    assert "near matches found" in found
    assert re.search(rf"{NSN} +Marama Tumanako +2023-08-01 +active +99 +near: the same names but for order", found)
    with pytest.raises(ConfigError, match="nobody is created beside one"):
        say("create", "c1", "--by", "Ngāio", "--today", "2026-06-02")
    chosen = say("choose", "c1", "--nsn", NSN, "--by", "Ngāio", "--why", "seen on the certificate", "--json")
    document = json.loads(chosen)
    assert (document["step"]["nsn"], document["step"]["by"], document["doubts"]) == (NSN, "Ngāio", [])
    assert document["child"]["has_number"]
    index.merge(NSN, OTHER)
    assert "its number was merged" in say("merges")
    assert "no child's number was merged" in say("merges")
    shown = say("show", "c1")
    assert f"merged {OTHER} in place of {NSN}, by ecegateway" in shown
    assert "chosen 999000001, by Ngāio: seen on the certificate" in shown
    assert "\x1b" not in shown


def test_without_an_index_a_number_is_recorded_by_hand_under_the_same_rules(say: Say) -> None:
    with pytest.raises(ConfigError, match=r"does not lead to the student index.*ecegateway nsn record"):
        say("search", "c1", "--by", "Ngāio")
    with pytest.raises(ConfigError, match="--how is found, created or unverified"):
        say("record", "c1", "--nsn", NSN, "--by", "Ngāio", "--why", "seen", "--how", "guessed")
    kept = say("record", "c1", "--nsn", "12345678", "--by", "Ngāio", "--why", "seen on the Ministry's page")
    assert "look at this: most numbers seen have 9 or 10 digits" in kept
    assert "every enrolled child has a number" in say("list", "--today", "2026-06-02")
    (line,) = json.loads(say("list", "--all", "--json"))["children"]
    assert (line["stage"], line["has_number"]) == ("number on record", True)
    assert [step["step"] for step in json.loads(say("show", "c1", "--json"))["steps"]] == ["recorded"]


def test_an_unverified_number_and_its_verification(say: Say) -> None:
    with pytest.raises(ConfigError, match="a document was sighted; search with it instead"):
        say("unverified", "c1", "--by", "Ngāio", "--why", "no papers")
    given = ("--nsn", NSN, "--by", "Ngāio", "--why", "by telephone", "--how", "unverified")
    assert "document sighted, to be verified" in say("record", "c1", *given, "--family-asked-on", "2026-05-01")
    with pytest.raises(ConfigError, match="say either --document"):
        say("document", "c1", "--by", "Ngāio")
    assert "nothing" in say("document", "c1", "--by", "Ngāio", "--verified")
    noted = say("document", "c1", "--by", "Ngāio", "--document", "bus card", "--sighted-on", "2026-05-30")
    assert "no number is created with this document" in noted
