"""Turns the engines' exceptions into ours, without the values they print."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ecegateway.errors import EvidenceError


@contextmanager
def engine_faults(where: str) -> Iterator[None]:
    """Map what an engine raises; ``where`` is the store's address without its password.

    The cause is cut off: engines quote rows in their messages, and a traceback would carry them into a log.

    Raises:
        EvidenceError: the engine refused or failed.
    """
    try:
        yield
    except DBAPIError as error:
        raise EvidenceError(f"the evidence store at {where} refused: {_reason(error.orig)}") from None
    except (psycopg.Error, sqlite3.Error) as error:  # COPY, and the copy of a file, go to the driver itself
        raise EvidenceError(f"the evidence store at {where} refused: {_reason(error)}") from None
    except SQLAlchemyError as error:
        raise EvidenceError(f"the evidence store at {where} failed: {type(error).__name__}") from None


def _reason(error: BaseException | None) -> str:
    state = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    kind = f"{type(error).__name__} {state}" if state else type(error).__name__
    return f"{kind}; {_ADVICE.get(str(state), _UNKNOWN)}"


_UNKNOWN = "whether this step was stored is not known; run it again, and what is stored already is not stored twice"
"""A commit whose answer never came, or whose last sync failed, may stand."""
_ADVICE = {
    "SQLITE_BUSY": "another program is writing; wait until it has finished, then run again",
    "SQLITE_CANTOPEN": "the folder is missing or may not be written; create it or correct the address",
    "SQLITE_NOTADB": "the file is not an evidence store; correct the address",
    "SQLITE_FULL": "the disk is full; make room, then run again",
    "SQLITE_READONLY": "the file may not be written; correct its permissions",
    "SQLITE_CORRUPT": "the file is damaged; restore it from a backup",
    "SQLITE_CONSTRAINT_TRIGGER": "evidence is append-only; a row that stands cannot be changed, removed or replaced",
    "23001": "evidence is append-only; a row that stands cannot be changed, removed or replaced",
}
