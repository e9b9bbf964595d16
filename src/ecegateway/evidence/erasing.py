"""Erases what has been kept for its time: the content of versions and bodies, their digests, and the salts of their leaves.

What stays is the row's leaf in the log, so that the tree above it still stands, and a row of its own that says who erased it
and why. Without content and salt nothing tells any more what the leaf committed to.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, exists, select, text, update

from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.log_page import LogRow, read_page
from ecegateway.evidence.record import State, Version
from ecegateway.evidence.rows import each_row
from ecegateway.model.ids import ServiceNumber
from ecegateway.proof.commitment import SALT_BYTES

_TOLD = (schema.ELI_EVENT, schema.NSN_STEP)
"""Tables that hold what was told of a child, and what was done for the child's number."""
_CHANGED = (schema.RECORD_VERSION, schema.BODY, *_TOLD, schema.LOG_PAGE)
_NOTHING = b""
_GIVEN_UP = "erased after its time"
"""What becomes of a quarantined row whose bytes have been kept for their time."""


def erase_versions(appending: Appending, versions: Sequence[Version], by: str, why: str, at: datetime) -> int:
    """Erase versions of records; gives how many were not erased before."""
    connection = appending.connection
    columns = schema.RECORD_VERSION.c
    numbers = [number for version in versions if (number := _number(connection, version)) is not None]
    with _unprotected(connection):
        for number in numbers:
            connection.execute(update(schema.RECORD_VERSION).where(columns.seq == number).values(content="", digest=_NOTHING))
        _forget_salts(connection, {(schema.RECORD_VERSION.name, number) for number in numbers})
    _say(appending, schema.RECORD_VERSION, map(str, numbers), by=by, why=why, at=at)
    return len(numbers)


def erase_told(
    appending: Appending, service: ServiceNumber, children: Sequence[str], *, by: str, why: str, at: datetime
) -> int:
    """Erase what was told of a service's children, each named as ``source:key``, and what was done for their numbers.

    Gives how many rows were not erased before. Call it in the transaction that erases their records, or nobody knows later
    whose rows are left.
    """
    erased = 0
    for table in _TOLD:
        going = [number for child in children for number in _told_of(appending.connection, table, service, child)]
        with _unprotected(appending.connection):
            for number in going:
                changed = update(table).where(table.c.id == number)
                appending.connection.execute(changed.values(content="", digest=_NOTHING))
            _forget_salts(appending.connection, {(table.name, number) for number in going})
        _say(appending, table, map(str, going), by=by, why=why, at=at)
        erased += len(going)
    return erased


def _told_of(connection: Connection, table: Table, service: ServiceNumber, child: str) -> Sequence[int]:
    columns = table.c
    found = select(columns.id).where(columns.service == service, columns.child == child, columns.digest != _NOTHING)
    return connection.scalars(found.order_by(columns.id)).all()


def erase_bodies(appending: Appending, before: datetime, by: str, why: str, at: datetime) -> int:
    """Erase the bytes received before an instant of which no version is left that still says something.

    Gives how many. A row that has stood in quarantine since before then is given up with them: it can be read no more.
    """
    connection = appending.connection
    _give_up_quarantine(appending, before, at)
    said = exists().where(schema.RECORD_VERSION.c.receipt_id == schema.RECEIPT.c.id, schema.RECORD_VERSION.c.digest != _NOTHING)
    later = schema.RECEIPT.c.received_at >= before
    needed = select(schema.RECEIPT.c.body_digest).where(said | later)
    going = select(schema.BODY.c.digest).where(schema.BODY.c.content != _NOTHING, schema.BODY.c.digest.not_in(needed))
    digests = list(connection.scalars(going.order_by(schema.BODY.c.digest)))
    with _unprotected(connection):
        for digest in digests:
            connection.execute(update(schema.BODY).where(schema.BODY.c.digest == digest).values(content=_NOTHING))
        _forget_salts(connection, {(schema.BODY.name, digest.hex()) for digest in digests})
    _say(appending, schema.BODY, (digest.hex() for digest in digests), by=by, why=why, at=at)
    return len(digests)


def _give_up_quarantine(appending: Appending, before: datetime, at: datetime) -> None:
    columns = schema.QUARANTINE.c
    ended = select(schema.QUARANTINE_END.c.quarantine_id)
    old = select(columns.id).join(schema.RECEIPT).where(schema.RECEIPT.c.received_at < before, columns.id.not_in(ended))
    numbers = appending.connection.scalars(old.order_by(columns.id)).all()
    appending.insert_all(
        schema.QUARANTINE_END, [{"quarantine_id": number, "outcome": _GIVEN_UP, "at": at} for number in numbers]
    )


def erased_rows(connection: Connection) -> frozenset[tuple[str, str]]:
    """The rows that were erased, each by its table and its key in words."""
    rows = (row for _, row in each_row(connection, schema.ERASURE) if row is not None)
    return frozenset((row["of_table"], row["of_row"]) for row in rows)


def _number(connection: Connection, version: Version) -> int | None:
    """The number of a version that still says something."""
    columns = schema.RECORD_VERSION.c
    found = (
        select(columns.seq)
        .join(schema.SERIES)
        .where(
            schema.SERIES.c.source == version.source,
            schema.SERIES.c.service == version.service,
            schema.SERIES.c.stream == version.stream,
            columns.key == version.key,
            columns.version == version.version,
            columns.state == State.PRESENT,
            columns.digest != _NOTHING,
        )
    )
    return connection.scalar(found)


def _say(appending: Appending, table: Table, rows: Iterable[str], **word: Any) -> None:
    appending.insert_all(schema.ERASURE, [{"of_table": table.name, "of_row": row, **word} for row in rows])


def _forget_salts(connection: Connection, rows: set[LogRow]) -> None:
    for first, kept in each_row(connection, schema.LOG_PAGE) if rows else ():
        assert kept is not None
        page = read_page({str(name): value for name, value in kept.items()})
        places = [place for place, row in enumerate(page.rows) if row in rows]
        if not places:
            continue
        salts = list(page.salts)
        for place in places:
            salts[place] = bytes(SALT_BYTES)
        changed = update(schema.LOG_PAGE).where(schema.LOG_PAGE.c.first == first)
        connection.execute(changed.values(salts=b"".join(salts)))


@contextmanager
def _unprotected(connection: Connection) -> Iterator[None]:
    """Take the guards off the tables that erasing changes, and put the very same ones back, in one transaction."""
    if connection.dialect.name == "sqlite":
        guards = [guard for table in _CHANGED for guard in _sqlite_guards(connection, table.name)]
        for name, _ in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield
        for _, definition in guards:
            connection.exec_driver_sql(definition)
    else:
        for table in _CHANGED:
            connection.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER {table.name}_append_only"))
        yield
        for table in _CHANGED:
            connection.execute(text(f"ALTER TABLE {table.name} ENABLE TRIGGER {table.name}_append_only"))


def _sqlite_guards(connection: Connection, table: str) -> Sequence[Any]:
    asked = text("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = :table AND name LIKE '%_no_update'")
    return connection.execute(asked, {"table": table}).all()
