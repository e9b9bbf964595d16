"""What ``ecegateway codes`` prints, in one process."""

import json
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ecegateway.cli.app import build
from ecegateway.errors import ConfigError
from ecegateway.plugins import load_plugins
from tests.flows.test_code_lists import TOML, lay

APP = build(partial(load_plugins, outside=()))
RUNNER = CliRunner()


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    lay(tmp_path / "code-lists", "language.toml", TOML)
    return lay(tmp_path, "ecegateway.toml", "")


def said(*words: str) -> str:
    result = RUNNER.invoke(APP, ["codes", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_every_list_stands_with_status_and_source_and_the_unknown_ones_apart(settings: Path) -> None:
    text = said("list", "-c", str(settings))
    assert "your language.toml: Education Counts, Language Codes (ECE)" in text
    assert "10 of more" in text
    assert "Not public, and not made up: closure-reason, identity-document, residential-status, wait-time." in text


def test_machines_get_one_document(settings: Path) -> None:
    lists = {one["name"]: one for one in json.loads(said("list", "-c", str(settings), "--json"))}
    assert lists["language"]["file"] == "language.toml"
    assert len(lists["iwi"]["codes"]) == 189
    assert lists["wait-time"]["codes"] == []
    assert json.loads(said("show", "iwi", "--json", "-c", str(settings)))["headings"][0]["code"] == "01"


def test_a_list_is_shown_as_it_is_on_a_day(settings: Path) -> None:
    then = said("show", "staff-qualification", "--today", "2019-05-31", "-c", str(settings))
    assert "E16" in then
    assert "E17" not in then
    assert "In force on 2019-05-31:" in then
    every = said("show", "staff-qualification", "--all", "-c", str(settings))
    assert "E16" in every
    assert "E17" in every


def test_a_list_that_is_not_known_says_where_to_get_it(settings: Path) -> None:
    text = said("show", "wait-time", "-c", str(settings))
    assert "No codes are known here" in text
    assert "to be had from: Ask the Ministry" in text


def test_the_files_of_the_folder_are_checked(settings: Path, tmp_path: Path) -> None:
    assert said("check", "-c", str(settings)).startswith("language.toml: 2 codes, sha256 ")
    lay(tmp_path / "code-lists", "gender.toml", TOML)
    assert "gender.toml: 2 codes in the place of the shipped one" in said("check", "-c", str(settings))
    lay(tmp_path / "code-lists", "gender.toml", "code = [")
    with pytest.raises(ConfigError, match=r"gender\.toml: is not TOML"):
        said("check", "-c", str(settings))
    with pytest.raises(ConfigError, match="there is no code list 'colour'"):
        said("show", "colour")


def test_an_empty_folder_is_in_order(tmp_path: Path) -> None:
    assert "no list there; the shipped ones are used" in said("check", "-c", str(lay(tmp_path, "ecegateway.toml", "")))
