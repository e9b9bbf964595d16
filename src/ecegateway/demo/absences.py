"""Plants the absences of ``absences.toml``: those the absence rules fund, refuse or doubt, at both services."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from ecegateway.demo.ledger import Ledger
from ecegateway.demo.plans import Plan
from ecegateway.demo.planted import Effect


def plant(ledger: Ledger, roll: Iterable[Plan]) -> None:
    """Plants the stories of the ledger's source, each on the days the child missed on purpose and is marked absent."""
    plans = {plan.key: plan for plan in roll}
    for story in _stories():
        if story["source"] != ledger.source:
            continue
        child = story["child"]
        absent = ledger.absent_days(child, story["first"], story["last"])
        days = [day for day in absent if plans[child].stays_away(day) is not None]
        assert days, f"{child} has no absence for the story {story['name']!r}"
        ledger.plant(story["name"], child, days, story["what"], Effect(story["effect"]))


@cache
def _stories() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(files(__package__).joinpath("absences.toml").read_text("utf-8"))["story"])
