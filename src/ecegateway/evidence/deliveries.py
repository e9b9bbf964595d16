"""Attempts to hand something over, and how each ended. Rows are added, never changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, func, select

from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.documents import keep_document
from ecegateway.evidence.small_json import json_text
from ecegateway.outbound import About, Outcome, Outgoing, Reason, Receipt


@dataclass(frozen=True, slots=True)
class DeliveryEnd:
    """How an attempt ended: what the other side says, the digest of its answer as it came, and when."""

    receipt: Receipt
    answer: bytes | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """An attempt to hand over the thing of a number. Of one without an end nobody knows: ask before trying again.

    ``id`` is the attempt's own number; ``digest`` the SHA-256 of the bytes.
    """

    id: int
    about: About
    number: int
    key: str
    digest: bytes
    transport: str
    at: datetime
    end: DeliveryEnd | None


def begin_delivery(  # noqa: PLR0917 - an attempt is as wide as its row
    appending: Appending, outgoing: Outgoing, number: int, digest: bytes, transport: str, at: datetime
) -> int:
    """Note that something is about to be handed over; gives the attempt's number."""
    return appending.insert(
        schema.DELIVERY,
        about=outgoing.about.value,
        number=number,
        key=outgoing.key,
        digest=digest,
        transport=transport,
        at=at,
    )


def end_delivery(appending: Appending, delivery: int, receipt: Receipt, answer: bytes, at: datetime) -> None:
    """Note how an attempt ended, with the answer as it came, if one did."""
    reasons = [{"code": reason.code, "says": reason.says, "where": reason.where} for reason in receipt.reasons]
    end = {
        "delivery_id": delivery,
        "outcome": receipt.outcome.value,
        "detail": json_text({"reference": receipt.reference, "reasons": reasons}),
        "document_digest": keep_document(appending, answer) if answer else None,
        "at": at,
    }
    appending.insert_all(schema.DELIVERY_END, [end])


def deliveries_of(connection: Connection, about: About, number: int) -> list[Delivery]:
    """Every attempt to hand over one thing, oldest first."""
    columns = schema.DELIVERY.c
    return _found(connection, columns.about == about.value, columns.number == number)


def deliveries_by_key(connection: Connection, key: str) -> list[Delivery]:
    """Every attempt under a key, oldest first; a key stands for one thing and its bytes."""
    return _found(connection, schema.DELIVERY.c.key == key)


def newest_deliveries(connection: Connection, about: About) -> dict[int, Delivery]:
    """The newest attempt of each thing of a kind, by the thing's number."""
    columns = schema.DELIVERY.c
    newest = select(func.max(columns.id)).where(columns.about == about.value).group_by(columns.number)
    return {delivery.number: delivery for delivery in _found(connection, columns.id.in_(newest))}


def _found(connection: Connection, *conditions: ColumnElement[bool]) -> list[Delivery]:
    end = schema.DELIVERY_END.c
    rows = (
        select(schema.DELIVERY, end.outcome, end.detail, end.document_digest, end.at.label("ended_at"))
        .outerjoin(schema.DELIVERY_END)
        .where(*conditions)
        .order_by(schema.DELIVERY.c.id)
    )
    return [
        Delivery(row.id, About(row.about), row.number, row.key, row.digest, row.transport, row.at, _end(row))
        for row in connection.execute(rows)
    ]


def _end(row: Row[Any]) -> DeliveryEnd | None:
    if row.outcome is None:
        return None
    detail = orjson.loads(row.detail)
    reasons = tuple(Reason(**reason) for reason in detail["reasons"])
    return DeliveryEnd(Receipt(Outcome(row.outcome), detail["reference"], reasons), row.document_digest, row.ended_at)
