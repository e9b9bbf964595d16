"""A new store, filled in one transaction with every row of another: the evidence, the log over it, and what was signed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import sqlalchemy
from sqlalchemy import Connection

from ecegateway.errors import EvidenceError
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.bulk import WRITES, Bulk
from ecegateway.evidence.engines import engine_for, read_address, shown
from ecegateway.evidence.faults import engine_faults
from ecegateway.evidence.migrate import create_schema, found_schema
from ecegateway.evidence.postgres import refuse_unsafe, server_settings
from ecegateway.evidence.rows import every_row
from ecegateway.evidence.schema import METADATA
from ecegateway.evidence.sealing import Sealing

_AT_ONCE = 5000
"""Rows written in one statement, so that memory stays flat."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A store that is being filled: its one transaction, and how its engine takes many rows at once."""

    connection: Connection
    bulk: Bulk

    def copy_rows(self, source: Connection) -> None:
        """Copy every row of every table, as the engines hold it, into tables that are empty."""
        for table in METADATA.sorted_tables:
            columns = [str(column.name) for column in table.columns]
            rows = every_row(source, table)
            while some := [tuple(row.values()) for row in islice(rows, _AT_ONCE)]:
                self.bulk.append(self.connection, str(table.name), columns, some)

    def sealing(self) -> Sealing:
        """To sign what was filled in."""
        return Sealing(Appending(self.connection, self.bulk))


@contextmanager
def new_store(url: str, key: str | None = None) -> Iterator[Filling]:
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
                yield Filling(connection, bulk)
        finally:
            engine.dispose()


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table holds, by its name."""
    count = sqlalchemy.func.count()
    return {
        str(table.name): connection.scalar(sqlalchemy.select(count).select_from(table)) or 0 for table in METADATA.sorted_tables
    }
