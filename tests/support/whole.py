"""What every finding and every grade must be, whichever test makes it: whole, of the right types, no gap in its sentence."""

import tomllib
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

from ecegateway.model.conformance import GradedRecord
from ecegateway.model.finding import Finding, Severity
from ecegateway.rules.assess import RULES

_NAMED = {rule.text.rule: {name for _, name, _, _ in Formatter().parse(rule.text.message) if name} for rule in RULES}
_REASONS = Path(__file__).parents[1] / "criteria" / "reasons.toml"


def whole_finding(**given: Any) -> Finding:
    """A finding as the registry makes it, checked."""
    made = Finding(**given)
    assert _are_days(made.days), f"{made.rule}: its days are no ascending days"
    assert _are_texts(made.evidence), f"{made.rule}: its evidence is no tuple of evidence ids"
    assert isinstance(made.severity, Severity)
    assert isinstance(made.cause, str)
    assert made.due is None or isinstance(made.due, date)
    names = [name for name, _ in made.parameters]
    assert _are_texts(value for _, value in made.parameters), f"{made.rule}: a parameter is no text"
    assert len(names) == len(set(names))
    assert made.rule not in _NAMED or set(names) == _NAMED[made.rule], f"{made.rule}: its message has {_NAMED[made.rule]}"
    return made


def check_graded(made: GradedRecord) -> None:
    """A record's grade: of this shape, and for one of the reasons that are written down in ``criteria/reasons.toml``."""
    assert _are_days(made.days)
    assert _are_texts((made.record, made.source, made.why))
    assert made.child is None or isinstance(made.child, str)
    assert made.why in REASONS[f"criterion {made.criterion}"][made.grade.value]


REASONS: dict[str, dict[str, list[str]]] = tomllib.loads(_REASONS.read_text(encoding="utf-8"))


def _are_days(days: object) -> bool:
    return (
        isinstance(days, tuple) and all(type(day) is date for day in days) and all(one < other for one, other in pairwise(days))
    )


def _are_texts(texts: Iterable[object]) -> bool:
    return all(isinstance(text, str) for text in texts)
