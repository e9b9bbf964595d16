"""Rules do not change unseen: see tests/health/pins.py."""

from dataclasses import replace

import pytest

from ecegateway.model.finding import RuleText, Severity
from ecegateway.model.ids import RuleId
from tests.health.pins import NOT_WRITTEN, PINS, Pin, pin, pins_now, pins_read, written, wrong

RULE = RuleText(
    RuleId("made.up"), "Made up", 1, "Says.", "Why.", "Fix.", "6-3", Severity.HOLDS, "The day's hours.", "It is Monday."
)
PINNED = {"made.up": pin(RULE, "a.switch")}


def test_every_rule_is_pinned_with_its_version_and_what_it_decides() -> None:
    """Mend it with: make pinned."""
    text = PINS.read_text(encoding="utf-8")
    assert list(wrong(pins_read(text), pins_now())) == []
    assert written(pins_now()) == text


@pytest.mark.parametrize(
    "changed",
    [
        replace(RULE, condition="It is Tuesday."),
        replace(RULE, holds="Nothing."),
        replace(RULE, severity=Severity.WARNS),
    ],
)
def test_a_rule_that_decides_otherwise_needs_the_next_version(changed: RuleText) -> None:
    (found,) = wrong(PINNED, {"made.up": pin(changed, "a.switch")})
    assert "version=2" in found
    assert list(wrong(PINNED, {"made.up": pin(replace(changed, version=2), "a.switch")})) == []


def test_a_rule_read_by_another_switch_decides_otherwise() -> None:
    assert len(list(wrong(PINNED, {"made.up": pin(RULE, "another.switch")}))) == 1


def test_words_that_decide_nothing_need_no_version() -> None:
    better = replace(
        RULE, title="Put better", message="Put better.", why="Put better.", fix="Put better.", cites="6-3, put better"
    )
    assert pin(better, "a.switch") == PINNED["made.up"]


def test_a_condition_written_for_the_first_time_needs_no_version() -> None:
    bare: dict[str, Pin] = {"made.up": pin(replace(RULE, condition=""), "a.switch")}
    assert bare == {"made.up": (1, NOT_WRITTEN)}
    assert list(wrong(bare, PINNED)) == []


def test_a_condition_taken_away_is_a_change() -> None:
    assert len(list(wrong(PINNED, {"made.up": (1, NOT_WRITTEN)}))) == 1


def test_a_rule_is_neither_lost_nor_taken_back_to_an_earlier_version() -> None:
    assert "is gone" in next(wrong(PINNED, {}))
    assert "back to 1" in next(wrong({"made.up": (2, "f00d")}, PINNED))


def test_pins_are_read_as_they_are_written() -> None:
    assert pins_read(written(PINNED)) == PINNED
