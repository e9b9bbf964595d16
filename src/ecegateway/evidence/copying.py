"""A new store, filled in one transaction with every row of another: the evidence, the log over it, and what was signed."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import sqlalchemy
from sqlalchemy import Connection
from sqlalchemy import insert as insert_into

from ecegateway.errors import EvidenceError
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.bulk import WRITES
from ecegateway.evidence.engines import engine_for, read_address, shown
from ecegateway.evidence.faults import engine_faults
from ecegateway.evidence.migrate import create_schema, found_schema
from ecegateway.evidence.postgres import refuse_unsafe, server_settings
from ecegateway.evidence.rows import every_row
from ecegateway.evidence.schema import METADATA

_AT_ONCE = 5000
"""Rows written in one statement, so that memory stays flat."""


@contextmanager
def new_store(url: str, key: str | None = None) -> Iterator[Appending]:
    """The tables of a store, still empty, in a database that held nothing. On an exception it holds nothing again.

    Raises:
        EvidenceError: the database holds something, or its engine is not safe.
    """
    address = read_address(url)
    with engine_faults(shown(address)):
        engine, bulk = engine_for(address, key)
        try:
            with engine.execution_options(**{WRITES: True}).begin() as connection:
                bulk.lock(connection)
                if connection.dialect.name == "postgresql":
                    refuse_unsafe(server_settings(connection))
                if found_schema(connection) is not None:
                    raise EvidenceError(
                        f"there is an evidence store at {shown(address)} already, and none is written over; give an empty "
                        "database, or put that store away first"
                    )
                create_schema(connection)
                yield Appending(connection, bulk)
        finally:
            engine.dispose()


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of every table, as the engines hold it, into tables that are empty."""
    for table in METADATA.sorted_tables:
        columns: list[sqlalchemy.ColumnClause[Any]] = [sqlalchemy.column(column.name) for column in table.columns]
        into = insert_into(sqlalchemy.table(table.name, *columns))
        rows = every_row(source, table)
        while some := [dict(row) for row in islice(rows, _AT_ONCE)]:
            target.execute(into, some)


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table holds, by its name."""
    count = sqlalchemy.func.count()
    return {
        str(table.name): connection.scalar(sqlalchemy.select(count).select_from(table)) or 0 for table in METADATA.sorted_tables
    }
