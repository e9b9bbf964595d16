"""A bridge from expected to claimed hours as it stands in JSON."""

from collections.abc import Iterable
from typing import Any

from ecegateway.model.bridge import Bridge, Deduction, Part


def bridge_document(bridge: Bridge) -> dict[str, Any]:
    """The bridge in minutes, and the whole hours it ends in."""
    return {
        "expected": bridge.expected,
        "deductions": [_deduction(one) for one in bridge.deductions],
        "claimed": bridge.claimed,
        "rounding": bridge.rounding,
        "hours": bridge.hours,
        "over_the_day": _parts(bridge.over_the_day),
        "not_expected": [_deduction(one) for one in bridge.not_expected],
    }


def _deduction(one: Deduction) -> dict[str, Any]:
    return {"reason": one.reason, "verdict": one.verdict.value, "minutes": one.minutes, "children": _parts(one.parts)}


def _parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [{"child": part.child, "minutes": part.minutes} for part in parts]
