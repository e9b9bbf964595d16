"""Reads what was set apart and what people decided of it: quarantine, holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, func, select

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.record import Hold, Quarantined, QuarantineEntry, SetApart
from ecegateway.model.ids import ServiceNumber, SourceName

_QUARANTINE: Select[Any] = (
    select(schema.QUARANTINE, schema.PULL.c.source, schema.RECEIPT.c.received_at)
    .join(schema.RECEIPT, schema.RECEIPT.c.id == schema.QUARANTINE.c.receipt_id)
    .join(schema.PULL, schema.PULL.c.id == schema.RECEIPT.c.pull_id)
    .order_by(schema.QUARANTINE.c.id)
)


def open_quarantine(connection: Connection) -> list[QuarantineEntry]:
    """The quarantined rows of which nothing has become yet, oldest first."""
    ended = select(schema.QUARANTINE_END.c.quarantine_id)
    return _entries(connection.execute(_QUARANTINE.where(schema.QUARANTINE.c.id.not_in(ended))))


def rows_set_apart(connection: Connection, service: ServiceNumber, known_at: datetime) -> tuple[SetApart, ...]:
    """A service's rows that had come by ``known_at`` and of which nothing had become by then, oldest first.

    What becomes of a row is written with the receipt that made it so, a moment after it: it counts from that receipt on.
    """
    later = connection.scalar(select(func.min(schema.RECEIPT.c.received_at)).where(schema.RECEIPT.c.received_at > known_at))
    ended = select(schema.QUARANTINE_END.c.quarantine_id)
    if later is not None:
        ended = ended.where(schema.QUARANTINE_END.c.at < later)
    columns = schema.QUARANTINE.c
    rows = connection.execute(
        _QUARANTINE.where(columns.service == service, schema.RECEIPT.c.received_at <= known_at, columns.id.not_in(ended))
    )
    return tuple(SetApart(row.id, row.source, row.stream, row.received_at) for row in rows)


def quarantine_entry(connection: Connection, quarantine: int) -> QuarantineEntry:
    """One quarantined row, ended or not.

    Raises:
        EvidenceMissingError: there is none of this number.
    """
    found = _entries(connection.execute(_QUARANTINE.where(schema.QUARANTINE.c.id == quarantine)))
    if not found:
        raise EvidenceMissingError(f"nothing in quarantine has the number {quarantine}; `quarantine list` shows what has")
    return found[0]


def _entries(rows: Iterable[Row[Any]]) -> list[QuarantineEntry]:
    return [
        QuarantineEntry(
            id=row.id,
            receipt=row.receipt_id,
            source=row.source,
            received_at=row.received_at,
            what=Quarantined(
                service=row.service,
                feed=row.feed,
                stream=row.stream,
                origin=row.origin,
                row=row.row,
                column=row.column,
                reason=row.reason,
            ),
        )
        for row in rows
    ]


def open_holds(connection: Connection) -> list[Hold]:
    """The newest hold of each feed, where nobody has decided yet, oldest first."""
    newest: dict[tuple[str, str, str], Hold] = {}
    for row in connection.execute(select(schema.HOLD).order_by(schema.HOLD.c.id)):
        hold = _hold(row)
        newest[hold.source, hold.service, hold.feed] = hold
    decided = set(connection.scalars(select(schema.DECISION.c.hold_id)))
    return sorted((hold for hold in newest.values() if hold.id not in decided), key=lambda hold: hold.id)


def _hold(row: Row[Any]) -> Hold:
    return Hold(
        id=row.id,
        pull=row.pull_id,
        source=row.source,
        service=row.service,
        feed=row.feed,
        digest=row.digest,
        summary=orjson.loads(row.summary),
        at=row.at,
    )


def decide(appending: Appending, hold: int, by: str, why: str, at: datetime) -> None:
    """Release a hold.

    Raises:
        EvidenceMissingError: there is no such hold, or somebody has decided already.
    """
    connection = appending.connection
    if connection.scalar(select(schema.HOLD.c.id).where(schema.HOLD.c.id == hold)) is None:
        raise EvidenceMissingError(f"no hold has the number {hold}; the pull that held a snapshot names it")
    if connection.scalar(select(schema.DECISION.c.hold_id).where(schema.DECISION.c.hold_id == hold)) is not None:
        raise EvidenceMissingError(f"hold {hold} has been decided already; a decision stands")
    appending.insert_all(schema.DECISION, [{"hold_id": hold, "by": by, "why": why, "at": at}])


def is_released(connection: Connection, source: SourceName, service: ServiceNumber, feed: str, digest: bytes) -> bool:
    """Whether a person has said that this very snapshot may be applied."""
    columns = schema.HOLD.c
    released = (
        select(columns.id)
        .join(schema.DECISION)
        .where(columns.source == source, columns.service == service, columns.feed == feed, columns.digest == digest)
    )
    return connection.scalar(released.limit(1)) is not None
