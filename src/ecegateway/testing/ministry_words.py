"""What the simulated Ministry says, in the shapes of :mod:`ecegateway.builtin.receipts`: ours, for its own are not public."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import orjson

from ecegateway.builtin.receipts import FORMAT, VERSION
from ecegateway.outbound import Reason
from ecegateway.testing.vendor_faults import Reply

_PROBLEM = {"Content-Type": "application/problem+json"}


def receipt(state: str, sha256: str, reference: str, reasons: Sequence[Reason] = ()) -> dict[str, Any]:
    """A receipt as a value."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "state": state,
        "sha256": sha256,
        "reference": reference,
        "reasons": [asdict(reason) for reason in reasons],
    }


def says(status: int, value: dict[str, Any]) -> Reply:
    """A JSON answer."""
    return Reply(status, orjson.dumps(value))


def refuses(status: int, *reasons: Reason, retry_after: str | None = None) -> Reply:
    """A refusal with its reasons, as problem JSON."""
    value = {"type": "about:blank", "title": "refused", "status": status, "reasons": [asdict(reason) for reason in reasons]}
    headers = _PROBLEM | ({} if retry_after is None else {"Retry-After": retry_after})
    return Reply(status, orjson.dumps(value), headers)
