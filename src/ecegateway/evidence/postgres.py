"""PostgreSQL: refused unless it keeps what it acknowledges, one writer at a time, and statements for whole pages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg import Connection as PsycopgConnection
from sqlalchemy import ARRAY, Connection, Engine, Text, create_engine, func, literal, text
from sqlalchemy.engine import URL
from sqlalchemy.sql.selectable import FromClause

from ecegateway.errors import EvidenceError

_WRITER_LOCK = 0x0ECE_6A7E
_REQUIRED = {
    "data_checksums": ("on", "stop the server and run `pg_checksums --enable`"),
    "fsync": ("on", "set fsync = on in postgresql.conf and reload"),
    "full_page_writes": ("on", "set full_page_writes = on in postgresql.conf and reload"),
    "synchronous_commit": ("on", "set synchronous_commit = on for the server, this database and this role"),
    "server_encoding": ("UTF8", "create the database with ENCODING 'UTF8'"),
}


def create_postgres_engine(url: URL) -> Engine:
    """An engine on psycopg 3."""
    return create_engine(url.set(drivername="postgresql+psycopg"), hide_parameters=True)


def server_settings(connection: Connection) -> dict[str, str]:
    """The settings of the server that decide whether a commit is kept."""
    return {name: str(connection.scalar(text(f"SHOW {name}"))) for name in _REQUIRED}


def refuse_unsafe(settings: Mapping[str, str]) -> None:
    """Refuse a server that may lose or damage what it acknowledged.

    Raises:
        EvidenceError: names each setting that is wrong, and how to put it right.
    """
    faults = [f"{name} is {settings[name]}: {fix}" for name, (right, fix) in _REQUIRED.items() if settings[name] != right]
    if faults:
        raise EvidenceError(f"PostgreSQL is not safe for evidence; {'; '.join(faults)}")


class PostgresBulk:
    """Whole pages at a time, on PostgreSQL."""

    def lock(self, connection: Connection) -> None:
        """One writer at a time, as on SQLite, so that ``seq`` has no gaps and follows the order of commits."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITER_LOCK})

    def key_list(self, keys: Sequence[str]) -> FromClause:
        """The keys as a table with one column, ``value``."""
        return func.unnest(literal(list(keys), ARRAY(Text))).table_valued("value").render_derived("asked")

    def append(self, connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows as the engine holds them, a value for each of the columns."""
        names = ", ".join(f'"{column}"' for column in columns)
        driver = connection.connection.driver_connection
        assert isinstance(driver, PsycopgConnection)
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
