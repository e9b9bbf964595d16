"""How attempts to hand something over, and what the other side said, are shown."""

from datetime import datetime

from pydantic import BaseModel

from ecegateway.evidence.deliveries import Delivery
from ecegateway.outbound import Reason, Receipt


class ReasonSaid(BaseModel):
    """A reason of the other side."""

    code: str
    says: str
    where: str

    @classmethod
    def of(cls, one: Reason) -> "ReasonSaid":
        """A reason as it is shown."""
        return cls(code=one.code, says=one.says, where=one.where)


class ReceiptSaid(BaseModel):
    """What the other side said."""

    outcome: str
    reference: str | None
    reasons: list[ReasonSaid]

    @classmethod
    def of(cls, receipt: Receipt) -> "ReceiptSaid":
        """A receipt as it is shown."""
        reasons = [ReasonSaid.of(one) for one in receipt.reasons]
        return cls(outcome=receipt.outcome, reference=receipt.reference, reasons=reasons)


class Attempt(BaseModel):
    """An attempt to hand something over under ``key``; without ``receipt`` nobody knows how it ended."""

    number: int
    key: str
    transport: str
    at: datetime
    ended_at: datetime | None
    receipt: ReceiptSaid | None

    @classmethod
    def of(cls, tried: Delivery) -> "Attempt":
        """An attempt as it is shown."""
        return cls(
            number=tried.id,
            key=tried.key,
            transport=tried.transport,
            at=tried.at,
            ended_at=None if tried.end is None else tried.end.at,
            receipt=None if tried.end is None else ReceiptSaid.of(tried.end.receipt),
        )
