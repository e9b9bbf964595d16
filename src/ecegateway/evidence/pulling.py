"""Lets one pull of a source run at a time, whoever starts it; the lock goes with its process, however that ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select

from ecegateway.errors import EvidenceError, SourceFatalError
from ecegateway.model.ids import SourceName


@contextmanager
def one_pull(engine: Engine, source: SourceName) -> Iterator[None]:
    """Hold a source's pull lock: a file beside a SQLite store, an advisory lock in PostgreSQL.

    Raises:
        SourceFatalError: another pull of the source is running.
        EvidenceError: the lock cannot be taken.
    """
    with (_in_postgres if engine.dialect.name == "postgresql" else _beside_file)(engine, source):
        yield


@contextmanager
def _beside_file(engine: Engine, source: SourceName) -> Iterator[None]:
    lock = FileLock(f"{engine.url.database}.{source}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise _running(source) from None
    except OSError as error:
        raise EvidenceError(
            f"the lock of source {source!r} beside the evidence store at {engine.url.database} cannot be taken "
            f"({error.strerror}); see that the folder may be written and has room, then pull again"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _in_postgres(engine: Engine, source: SourceName) -> Iterator[None]:
    number = int.from_bytes(sha256(f"ecegateway pull {source}".encode()).digest()[:8], signed=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(number))):
            raise _running(source)
        try:
            yield
        finally:
            connection.scalar(select(func.pg_advisory_unlock(number)))


def _running(source: SourceName) -> SourceFatalError:
    return SourceFatalError(f"source {source!r}: another pull of it is running; wait for it to end, then pull again")
