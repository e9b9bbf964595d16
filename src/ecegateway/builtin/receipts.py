"""Receipts in our own shape: what the simulated Ministry answers, and what a person lays beside a file in the outbox.

::

    {"format": "ecegateway.receipt", "version": 1, "sha256": "<of the bytes handed over>", "state": "rejected",
     "reference": "R-000017", "reasons": [{"code": "service", "says": "no such service", "where": "ServiceId"}]}

``state`` is ``accepted``, ``received`` (not decided yet) or ``rejected``. The Ministry's own receipts are not public.
"""

from hashlib import sha256
from typing import Any

from ecegateway.errors import IntakeError
from ecegateway.outbound import Outcome, Reason, Receipt
from ecegateway.reading import PoisonedObject, read_json

FORMAT = "ecegateway.receipt"
VERSION = 1
_STATES = {"accepted": Outcome.ACCEPTED, "received": Outcome.RECEIVED, "rejected": Outcome.REJECTED}


def read_receipt(body: bytes, of: bytes) -> Receipt:
    """The receipt of the bytes ``of``.

    Raises:
        IntakeError: it is no receipt, or one of other bytes.
    """
    value = read_json(body)
    if not isinstance(value, dict) or isinstance(value, PoisonedObject):
        raise IntakeError("the receipt is no JSON object, or one that contradicts itself")
    if (value.get("format"), value.get("version")) != (FORMAT, VERSION):
        raise IntakeError(f"it is no receipt: it needs format {FORMAT!r} and version {VERSION}")
    if value.get("sha256") != sha256(of).hexdigest():
        raise IntakeError("the receipt is of other bytes: its sha256 is not that of what was handed over")
    outcome, reference = _STATES.get(str(value.get("state"))), value.get("reference")
    if outcome is None or not isinstance(reference, str | None):
        raise IntakeError(f"the receipt's state must be one of {', '.join(_STATES)}, its reference text")
    return Receipt(outcome, reference, read_reasons(value))


def read_reasons(value: dict[str, Any]) -> tuple[Reason, ...]:
    """The reasons of a receipt or a refusal.

    Raises:
        IntakeError: they are not a list of objects with texts.
    """
    reasons = value.get("reasons", [])
    if not isinstance(reasons, list) or not all(isinstance(reason, dict) for reason in reasons):
        raise IntakeError("the reasons must be a list of objects with code and says")
    texts = [(reason.get("code"), reason.get("says"), reason.get("where", "")) for reason in reasons]
    if not all(isinstance(text, str) for reason in texts for text in reason):
        raise IntakeError("each reason needs the texts code and says; where is a text too")
    return tuple(Reason(*reason) for reason in texts)
