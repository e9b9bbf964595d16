"""What must not be lost unseen, and what must not slip in."""

import re
import subprocess
from pathlib import Path
from typing import get_type_hints

from ecegateway import hookspecs
from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import switches
from ecegateway.rules.assess import RULES

REPOSITORY = Path(__file__).parents[2]
PINNED = Path(__file__).parent / "pinned"


def _pinned(name: str) -> list[str]:
    return (PINNED / name).read_text(encoding="utf-8").split()


def test_no_hook_is_lost_unseen() -> None:
    assert sorted(name for name in vars(hookspecs) if name.startswith("ecegateway_")) == _pinned("hooks.txt")


def test_every_hook_is_documented_with_its_exact_signature() -> None:
    text = (REPOSITORY / "docs" / "plugins.md").read_text(encoding="utf-8")
    for name in _pinned("hooks.txt"):
        hints = get_type_hints(getattr(hookspecs, name))
        arguments = ", ".join(f"{argument}: {kind.__name__}" for argument, kind in hints.items() if argument != "return")
        assert f"`{name}({arguments}) -> None`" in text


def test_every_rule_names_a_switch_that_exists() -> None:
    named = {rule.switch for rule in RULES if rule.switch is not None}
    assert named <= switches().keys()


def test_every_rule_says_what_why_and_how_to_put_it_right() -> None:
    for text in CATALOGUE.values():
        assert text.title
        assert min(len(text.message), len(text.why), len(text.fix)) > 10
        assert re.search(r" [0-9]+(-[A-Z])?-[0-9]|Bulletin", text.cites), text.rule


def test_parameters_are_dated_and_cited() -> None:
    for parameter in handbook().parameters():
        assert parameter.unit in ("minutes", "days", "months", "years", "percent")
        assert [dated.since for dated in parameter.values] == sorted(dated.since for dated in parameter.values)
        assert all(dated.since < parameter.ends for dated in parameter.values)


def _tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout  # noqa: S607
    return [REPOSITORY / name for name in names.split("\n") if name]


def test_nothing_is_left_unfinished_or_silenced() -> None:
    marks = re.compile(r"TO" r"DO|FIX" r"ME|NotImplemented" r"Error|mark\.(skip|xfail)|pytest\.skip\(|# type: ignore$|# noqa$")
    wrong = []
    for path in _tracked():
        if path.suffix == ".py":
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if marks.search(line):
                    wrong.append(f"{path.relative_to(REPOSITORY)}:{number}")
    assert wrong == []


def test_modules_stay_small() -> None:
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in _tracked() if p.suffix == ".py" and "src" in p.parts}
    assert max(lengths.values()) <= 400
    assert sorted(lengths.values())[len(lengths) // 2] < 120
