"""What ``ecegateway criteria`` prints: each source's card, why records are not met, and what to hold on paper."""

import io
import json
from datetime import date
from pathlib import Path

from rich.console import Console

from ecegateway.cli.criteria import show_conformance
from ecegateway.model.conformance import Conformance, DayGaps
from ecegateway.model.ids import ChildKey
from tests.cli.running import run
from tests.support.cards import conformance
from tests.support.claims import claim, exportable

RECORDED = Path(__file__).parents[1] / "unit" / "builtin" / "recorded"
SETTINGS = '[[sources]]\nname = "papers"\nplugin = "folder"\nservices = ["20517"]\nfolder = "drop"\n'


def said(graded: Conformance) -> str:
    raw = io.StringIO()
    show_conformance(Console(file=raw, width=200, highlight=False), exportable(claim()), graded)
    return raw.getvalue()


def test_each_source_has_its_card_with_reasons_and_paper() -> None:
    text = said(conformance())
    assert "kowhai: met: 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12; breached: 7" in text
    assert "  7 breached: was made as <a default> (3 records)" in text
    assert "  3 on paper: The paper of criterion 3." in text
    assert "12 on paper" not in text


def test_days_with_gaps_are_named_as_far_as_a_screen_needs() -> None:
    days = tuple(DayGaps(date(2026, 2, day), (("lacks a time", (ChildKey("c-001"),)),)) for day in (9, 10, 11, 12))
    text = said(Conformance(conformance().criteria, (), days))
    assert "Monday 9 February 2026, Tuesday 10 February 2026, Wednesday 11 February 2026 and 1 more" in text
    assert "more" not in said(Conformance(conformance().criteria, (), days[:3])).replace("conformance", "")


def test_the_command_gives_words_and_json_and_says_by_its_code_that_a_criterion_is_breached(tmp_path: Path) -> None:
    (tmp_path / "ecegateway.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "drop").symlink_to(RECORDED)
    assert run("sources", "pull", cwd=tmp_path).returncode == 0
    words = run("criteria", "--period", "2026-02", cwd=tmp_path)
    assert words.returncode == 1
    assert "papers: " in words.stdout
    document = json.loads(run("criteria", "--period", "2026-02", "--json", cwd=tmp_path).stdout)
    (card,) = document["20517"]["sources"]
    assert [one["criterion"] for one in card["criteria"]] == list(range(1, 13))
    assert any(one["breached"] for one in card["criteria"])
