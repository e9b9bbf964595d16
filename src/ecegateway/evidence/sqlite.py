"""SQLite: a journal mode chosen by engine version, safe settings on every connection, and statements for whole pages."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, func
from sqlalchemy.engine import URL
from sqlalchemy.sql.selectable import FromClause

from ecegateway.errors import EvidenceError
from ecegateway.evidence.bulk import WRITES
from ecegateway.evidence.encrypted import cipher_driver, unlock

_BUSY_SECONDS = 30
_CACHE_KIB = 64 * 1024
_STRICT_TABLES_SINCE = (3, 37, 0)


@dataclass(frozen=True, slots=True)
class Journal:
    """How SQLite makes a commit durable."""

    mode: str
    synchronous: str


WRITE_AHEAD = Journal("WAL", "FULL")
ROLLBACK = Journal("DELETE", "EXTRA")


def journal_for(version: tuple[int, int, int]) -> Journal:
    """The fastest journal that loses nothing on this engine.

    Engines before 3.51.3 can lose committed data in WAL mode when two connections reset the log at once; 3.50.7 and 3.44.6
    carry the repair back. 3.52.0 was withdrawn. Without the repair a rollback journal with ``EXTRA`` is safe; with ``FULL``
    it is not.
    """
    repaired = (
        version >= (3, 53, 0)
        or (3, 51, 3) <= version < (3, 52, 0)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )
    return WRITE_AHEAD if repaired else ROLLBACK


def create_sqlite_engine(url: URL, key: str | None = None, *, encrypted: bool = False) -> Engine:
    """An engine whose every connection is set up safely, and unlocked by a key if the store is encrypted.

    Raises:
        EvidenceError: the address names no file, or SQLite is too old for strict tables.
    """
    if not url.database or url.database == ":memory:":
        raise EvidenceError("an evidence store needs a file: write the address as sqlite:///path/to/evidence.db")
    driver = cipher_driver() if encrypted else sqlite3
    if driver.sqlite_version_info < _STRICT_TABLES_SINCE:
        raise EvidenceError(f"SQLite {driver.sqlite_version} is too old; use a Python with SQLite 3.37 or newer")
    plain = url.set(drivername="sqlite")
    engine = create_engine(plain, module=driver, connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True)

    def set_up(connection: Any, _record: object) -> None:
        if encrypted:
            unlock(driver, connection, key)
        _set_up(driver, connection)

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(driver: ModuleType, connection: Any) -> None:
    connection.isolation_level = None
    journal = journal_for(driver.sqlite_version_info)
    (mode,) = connection.execute(f"PRAGMA journal_mode = {journal.mode}").fetchone()
    if mode.upper() != journal.mode:
        raise EvidenceError(
            f"SQLite keeps journal mode {mode!r} here instead of {journal.mode!r}, which may lose what it stored; put the "
            "file on a local disk"
        )
    for pragma in (
        f"synchronous = {journal.synchronous}",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",  # what is erased leaves nothing in free pages
        f"cache_size = -{_CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class SqliteBulk:
    """Whole pages at a time, on SQLite."""

    def lock(self, connection: Connection) -> None:
        """Nothing to do: ``BEGIN IMMEDIATE`` has locked the file."""

    def key_list(self, keys: Sequence[str]) -> FromClause:
        """The keys as a table with one column, ``value``."""
        return func.json_each(orjson.dumps(list(keys)).decode()).table_valued("value", name="asked")

    def append(self, connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows as the engine holds them, a value for each of the columns."""
        names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" for _ in columns)
        statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - our own names
        connection.exec_driver_sql(statement, list(map(tuple, rows)))
