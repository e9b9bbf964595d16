"""Lets one process do a thing at a time: pull a source, hand over a service's files.

The lock goes with its process, however that ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select

from ecegateway.errors import DeliveryRefusedError, EceGatewayError, EvidenceError, SourceFatalError
from ecegateway.model.ids import ServiceNumber, SourceName


@dataclass(frozen=True, slots=True)
class _Lock:
    """Its name beside a file and in PostgreSQL, whose it is, what to do when it cannot be taken, and what it says when held."""

    file: str
    name: str
    whose: str
    then: str
    held: EceGatewayError


@contextmanager
def one_pull(engine: Engine, source: SourceName) -> Iterator[None]:
    """Hold a source's pull lock.

    Raises:
        SourceFatalError: another pull of the source is running.
        EvidenceError: the lock cannot be taken.
    """
    whose = f"source {source!r}"
    held = SourceFatalError(f"{whose}: another pull of it is running; wait for it to end, then pull again")
    with _alone(engine, _Lock(source, f"ecegateway pull {source}", whose, "pull again", held)):
        yield


@contextmanager
def one_delivery(engine: Engine, about: str, service: ServiceNumber) -> Iterator[None]:
    """Hold the lock under which one kind of thing is handed over for a service.

    Raises:
        DeliveryRefusedError: another process is handing over one of them.
        EvidenceError: the lock cannot be taken.
    """
    whose = f"service {service}"
    held = DeliveryRefusedError(
        f"{whose}: another process is handing over one of its {about}s; wait for it to end, then look how it ended"
    )
    name = f"delivery of {about}s of {service}"
    with _alone(engine, _Lock(f"delivery-{about}-{service}", f"ecegateway {name}", whose, "try again", held)):
        yield


@contextmanager
def _alone(engine: Engine, lock: _Lock) -> Iterator[None]:
    """A file beside a SQLite store, an advisory lock in PostgreSQL."""
    with (_in_postgres if engine.dialect.name == "postgresql" else _beside_file)(engine, lock):
        yield


@contextmanager
def _beside_file(engine: Engine, wanted: _Lock) -> Iterator[None]:
    lock = FileLock(f"{engine.url.database}.{wanted.file}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise wanted.held from None
    except OSError as error:
        raise EvidenceError(
            f"the lock of {wanted.whose} beside the evidence store at {engine.url.database} cannot be taken "
            f"({error.strerror}); see that the folder may be written and has room, then {wanted.then}"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _in_postgres(engine: Engine, wanted: _Lock) -> Iterator[None]:
    number = int.from_bytes(sha256(wanted.name.encode()).digest()[:8], signed=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(number))):
            raise wanted.held
        try:
            yield
        finally:
            connection.scalar(select(func.pg_advisory_unlock(number)))
