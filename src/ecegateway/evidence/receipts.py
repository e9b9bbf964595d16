"""Reads answers back from kept bytes."""

import zlib
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ecegateway.contract import Answer
from ecegateway.errors import EvidenceError, EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.asks import read_ask
from ecegateway.evidence.record import KeptAnswer
from ecegateway.model.ids import ServiceNumber, SourceName

_KEPT: Select[Any] = select(schema.RECEIPT, schema.BODY.c.content, schema.BODY.c.size).join(schema.BODY)


def receipts_after(connection: Connection, source: SourceName, service: ServiceNumber, feed: str, receipt: int) -> list[int]:
    """The receipts of a source's feed with higher numbers than one, in order."""
    columns = schema.RECEIPT.c
    later = (
        select(columns.id)
        .join(schema.PULL)
        .where(schema.PULL.c.source == source, columns.service == service, columns.feed == feed, columns.id > receipt)
    )
    return list(connection.scalars(later.order_by(columns.id)))


def kept_answer(connection: Connection, receipt: int) -> KeptAnswer:
    """The answer of a receipt.

    Raises:
        EvidenceError: there is no such receipt, or its bytes are not the ones received.
        EvidenceMissingError: its bytes were erased after their time.
    """
    row = connection.execute(_KEPT.where(schema.RECEIPT.c.id == receipt)).one_or_none()
    if row is None:
        raise EvidenceError(f"the evidence store has no receipt {receipt}")
    return KeptAnswer(
        receipt,
        Answer(
            ask=read_ask(row.ask),
            body=_body(row),
            origin=row.origin,
            media_type=row.media_type,
            first_row=row.first_row,
            next_offset=row.next_offset,
        ),
        row.received_at,
    )


def _body(row: Row[Any]) -> bytes:
    if not row.content:
        raise EvidenceMissingError(f"the bytes of receipt {row.id} were erased after their time")
    try:
        body = zlib.decompress(row.content)
    except zlib.error:
        body = None
    if body is None or len(body) != row.size or sha256(body).digest() != row.body_digest:
        raise EvidenceError(
            f"the bytes kept for receipt {row.id} are not the ones received; the store was changed or damaged: restore a backup"
        )
    return body
