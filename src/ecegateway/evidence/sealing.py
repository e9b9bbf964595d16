"""What there is to sign of the log, and what was signed: keys and checkpoints, appended in the transaction that read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy import insert as insert_into

from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.columns import instant_text
from ecegateway.evidence.log import edge
from ecegateway.evidence.rows import each_row
from ecegateway.evidence.schema_digest import header_digest, schema_digest


@dataclass(frozen=True, slots=True)
class LogState:
    """The log as it stands: its name, how many leaves, their root, and the digests of schema and header."""

    origin: str
    size: int
    root: bytes
    schema: bytes
    header: bytes


@dataclass(frozen=True, slots=True)
class LogKey:
    """A key of the log: PEM, and the statement by which it took over with its signatures (both empty for the first)."""

    public_key: str
    statement: str
    signatures: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint in the store: the signed note, its size and instant as its row says; empty if unreadable."""

    id: int
    size: int
    note: str
    at: str


_NO_KEY = LogKey("", "", "")
"""Stands for one that the engine cannot read."""


class Sealing:
    """A transaction in which the log is signed."""

    def __init__(self, appending: Appending) -> None:
        self._appending = appending

    def keys(self) -> list[LogKey]:
        """The log's keys, oldest first."""
        return log_keys(self._appending.connection)

    def newest(self) -> Signed | None:
        """The newest checkpoint."""
        return self._one(select(schema.CHECKPOINT))

    def of_size(self, size: int) -> Signed | None:
        """The newest checkpoint of a size."""
        return self._one(select(schema.CHECKPOINT).where(schema.CHECKPOINT.c.size == size))

    def _one(self, asked: Select[Any]) -> Signed | None:
        row = self._appending.connection.execute(asked.order_by(schema.CHECKPOINT.c.id.desc()).limit(1)).one_or_none()
        return None if row is None else Signed(row.id, row.size, row.note, instant_text(row.at))

    def add_key(self, key: LogKey, at: datetime) -> None:
        """Enter a key into the log."""
        row = {"public_key": key.public_key, "statement": key.statement, "signatures": key.signatures}
        self._appending.insert(schema.LOG_KEY, **row, at=at)

    def state(self) -> LogState:
        """The log with everything this transaction has stored so far."""
        self._appending.finish()
        return log_state(self._appending.connection)

    def keep(self, size: int, note: str, at: datetime) -> None:
        """Keep what was signed; numbered here, because no engine's own counter moves with a store."""
        newest = self.newest()
        row = {"id": 1 if newest is None else newest.id + 1, "size": size, "note": note, "at": at}
        self._appending.connection.execute(insert_into(schema.CHECKPOINT), [row])


def log_state(connection: Connection) -> LogState:
    """The log as a transaction sees it."""
    tree = edge(connection)
    return LogState(log_origin(connection), tree.size, tree.root(), schema_digest(connection), header_digest(connection))


def log_origin(connection: Connection) -> str:
    """The log's name."""
    return connection.scalar(select(schema.LOG.c.origin).order_by(schema.LOG.c.id).limit(1)) or ""


def log_keys(connection: Connection) -> list[LogKey]:
    """The log's keys, oldest first."""
    rows = (row for _, row in each_row(connection, schema.LOG_KEY))
    return [LogKey(row["public_key"], row["statement"], row["signatures"]) if row is not None else _NO_KEY for row in rows]


def checkpoints(connection: Connection) -> Iterator[Signed]:
    """Every checkpoint, oldest first."""
    for number, row in each_row(connection, schema.CHECKPOINT):
        yield Signed(number, row["size"], row["note"], row["at"]) if row is not None else Signed(number, 0, "", "")
