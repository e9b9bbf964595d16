"""What a bundle's list of files says of the claim: of which service and period, read by which switches."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from ecegateway.model.claim import SwitchSetting
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod

_OF_THE_FILES = ("files", "proved", "checkpoint")


@dataclass(frozen=True, slots=True)
class Head:
    """Of what claim a bundle is. ``said`` is all that the list says of it, as canonical JSON."""

    service: ServiceNumber
    period: FundingPeriod
    switches: tuple[SwitchSetting, ...]
    said: bytes


def read_head(manifest: bytes) -> Head:
    """The head of a manifest.

    Raises:
        ValueError: it has none.
    """
    try:
        said: Any = orjson.loads(manifest)
        return Head(
            ServiceNumber(str(said["service"])),
            FundingPeriod(date.fromisoformat(said["period"]["first_day"])),
            tuple(SwitchSetting(str(one["switch"]), str(one["value"]), int(one["version"])) for one in said["switches"]),
            head_bytes(said),
        )
    except (LookupError, TypeError, AttributeError, orjson.JSONDecodeError) as error:
        raise ValueError("says of no claim that it is of it") from error


def head_bytes(document: dict[str, Any]) -> bytes:
    """What a manifest says of its claim, alone."""
    alone = {name: value for name, value in document.items() if name not in _OF_THE_FILES}
    return orjson.dumps(alone, option=orjson.OPT_SORT_KEYS)
