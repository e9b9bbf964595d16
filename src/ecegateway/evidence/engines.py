"""Which engine an address is for, and how it is opened."""

from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from ecegateway.errors import EvidenceError
from ecegateway.evidence.bulk import Bulk
from ecegateway.evidence.postgres import PostgresBulk, create_postgres_engine
from ecegateway.evidence.sqlite import SqliteBulk, create_sqlite_engine

SQLITE, POSTGRES = "sqlite", "postgresql"
ENCRYPTED = "sqlite+encrypted"
"""The address of an encrypted SQLite store begins with this in place of ``sqlite``."""


def read_address(url: str) -> URL:
    """The address ``sqlite:///path/to/file``, ``sqlite+encrypted:///path`` or ``postgresql://user@host/database``.

    Raises:
        EvidenceError: it cannot be read, or is of another engine.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        raise EvidenceError("the address of the evidence store cannot be read; write sqlite:///path/to/file") from None
    if address.get_backend_name() not in (SQLITE, POSTGRES):
        raise EvidenceError(f"no evidence store on {address.get_backend_name()!r}; use sqlite:/// or postgresql://")
    return address


def shown(address: URL) -> str:
    """An address without its password."""
    return address.render_as_string(hide_password=True)


def file_of(address: URL) -> Path | None:
    """The file of a SQLite store; ``None`` for PostgreSQL."""
    return Path(str(address.database)) if address.get_backend_name() == SQLITE else None


def engine_for(address: URL, key: str | None) -> tuple[Engine, Bulk]:
    """The engine of an address, and how it takes whole pages; ``key`` is an encrypted store's.

    Raises:
        EvidenceError: the engine is too old or not installed, or the address names no file.
    """
    if address.get_backend_name() == SQLITE:
        return create_sqlite_engine(address, key, encrypted=address.drivername == ENCRYPTED), SqliteBulk()
    return create_postgres_engine(address), PostgresBulk()
