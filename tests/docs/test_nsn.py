"""The page on student numbers names commands, settings, stages and rules that there are."""

import re
import tomllib
from pathlib import Path

from ecegateway.builtin.nsi_index import StudentIndexSettings
from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.cli import nsn
from ecegateway.handbook.policy import switches
from ecegateway.model.ids import RuleId

PAGE = (Path(__file__).parents[2] / "docs" / "nsn.md").read_text(encoding="utf-8")


def test_the_commands_are_those_there_are() -> None:
    shown = set(re.findall(r"^ecegateway nsn ([a-z]+)", PAGE, re.MULTILINE))
    assert shown == {command.name for command in nsn.app.registered_commands}


def test_the_settings_shown_are_the_defaults() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    said = tomllib.loads(block)["ministry"]["settings"]["student_index"]
    assert StudentIndexSettings.model_validate(said) == StudentIndexSettings()


def test_the_rules_and_switches_named_there_are() -> None:
    named = set(re.findall(r"`(child\.[a-z-]+)`", PAGE))
    assert {name for name in named if RuleId(name) not in CATALOGUE} == {"child.search-enrolled-under-six"} & switches().keys()
