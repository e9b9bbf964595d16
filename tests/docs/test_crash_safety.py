"""The page on crash safety says what is tried, in the numbers of the code, and its commands are there."""

import re
from dataclasses import astuple
from pathlib import Path

import pytest

from tests.crash.controls import CONTROLS
from tests.crash.scenarios import SCENARIOS
from tests.crash.tiers import NIGHTLY, QUICK, RELEASE, Tier

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "crash-safety.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "tier"), [("quick", QUICK), ("nightly", NIGHTLY), ("release", RELEASE)])
def test_each_tier_has_the_numbers_of_the_code(name: str, tier: Tier) -> None:
    assert f"| {name} | {' | '.join(f'{number:,}' for number in astuple(tier)[:-1])} |" in PAGE


def test_every_command_that_is_tried_is_named() -> None:
    assert [name for name in SCENARIOS if f"`{name}`" not in PAGE] == []


def test_every_mistake_made_on_purpose_is_listed_with_what_it_must_be_found_as() -> None:
    listed = re.findall(r"^\| .+ \| ((?:kills|errors|power cuts)(?:, kills)?) \| (\w+) \|$", PAGE, re.MULTILINE)
    told = sorted((tried, found) for kinds, found in listed for tried in kinds.split(", "))
    assert told == sorted((control.tried, found.value) for control in CONTROLS.values() for found in control.finds)


def test_every_make_target_it_names_is_in_the_makefile() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert [target for target in re.findall(r"^    make ([\w-]+)", PAGE, re.MULTILINE) if target not in makefile] == []
