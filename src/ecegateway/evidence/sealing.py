"""What there is to sign of the log, and what was signed: keys and checkpoints, appended in the transaction that read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select
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
    at: datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint in the store: the signed note, its size and instant as its row says; empty if unreadable."""

    id: int
    size: int
    note: str
    at: str


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

    def add_key(self, key: LogKey) -> None:
        """Enter a key into the log."""
        self._appending.insert(
            schema.LOG_KEY, public_key=key.public_key, statement=key.statement, signatures=key.signatures, at=key.at
        )

    def state(self) -> LogState:
        """The log with everything this transaction has stored so far."""
        self._appending.finish()
        return log_state(self._appending.connection)

    def keep(self, size: int, note: str, at: datetime) -> None:
        """Keep what was signed.

        It is numbered here, under the writer's lock, as every row is: PostgreSQL may give a number of a sequence twice, when a
        database that was made as a copy of another is killed.
        """
        connection = self._appending.connection
        newest = connection.scalar(select(func.max(schema.CHECKPOINT.c.id))) or 0
        connection.execute(insert_into(schema.CHECKPOINT), [{"id": newest + 1, "size": size, "note": note, "at": at}])


def log_state(connection: Connection) -> LogState:
    """The log as a transaction sees it."""
    tree = edge(connection)
    return LogState(log_origin(connection), tree.size, tree.root(), schema_digest(connection), header_digest(connection))


def log_origin(connection: Connection) -> str:
    """The log's name."""
    return connection.scalar(select(schema.LOG.c.origin).order_by(schema.LOG.c.id).limit(1)) or ""


def log_keys(connection: Connection) -> list[LogKey]:
    """The log's keys, oldest first."""
    rows = connection.execute(select(schema.LOG_KEY).order_by(schema.LOG_KEY.c.id))
    return [LogKey(row.public_key, row.statement, row.signatures, row.at) for row in rows]


def checkpoints(connection: Connection) -> Iterator[Signed]:
    """Every checkpoint, oldest first."""
    for number, row in each_row(connection, schema.CHECKPOINT):
        yield Signed(number, row["size"], row["note"], row["at"]) if row is not None else Signed(number, 0, "", "")
