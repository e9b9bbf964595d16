"""The store: its engine, what of it is signed, and whether it is the one signed last."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from ecegateway.doctor.checked import Checked, fine, warned, wrong
from ecegateway.evidence.migrate import SCHEMAS
from ecegateway.evidence.postgres import server_settings
from ecegateway.evidence.sealing import LogState, checkpoints, log_keys, log_state
from ecegateway.evidence.sqlite import WRITE_AHEAD, journal_for
from ecegateway.evidence.store import Evidence
from ecegateway.flows.seal import witnessed
from ecegateway.signing.checkpoint import read_checkpoint
from ecegateway.signing.files import stands
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.note import read_note


def check_store(evidence: Evidence, keyring: Keyring) -> Iterator[Checked]:
    """A store that opened, so that its schema is the current one and its engine safe."""
    yield fine("store", f"{evidence.where} opens, schema {SCHEMAS[-1]}")
    with evidence.inspecting() as connection:
        yield _engine(connection)
        state = log_state(connection)
        yield _unsigned(connection, state)
        yield _signed_last(keyring, state)
        yield from _log_key(connection, keyring)


def _engine(connection: Connection) -> Checked:
    if connection.dialect.name == "postgresql":
        settings = ", ".join(f"{name} {value}" for name, value in server_settings(connection).items())
        return fine("engine", f"PostgreSQL keeps what it acknowledges: {settings}")
    driver: Any = connection.dialect.loaded_dbapi
    journal = journal_for(driver.sqlite_version_info)
    why = (
        "this version repairs what could lose a commit there"
        if journal == WRITE_AHEAD
        else "write-ahead mode could lose a commit in this version, a rollback journal cannot; newer ones write faster"
    )
    said = f"SQLite {driver.sqlite_version}, journal {journal.mode} with synchronous {journal.synchronous}: {why}"
    return fine("engine", said)


def _unsigned(connection: Connection, state: LogState) -> Checked:
    signed = max((one.size for one in checkpoints(connection)), default=0)
    if signed < state.size:
        do = "the next command that stores something, or a backup, signs them"
        return warned("signatures", f"{state.size - signed} of {state.size} rows are not signed yet", do)
    return fine("signatures", f"all {state.size} rows are signed")


def _signed_last(keyring: Keyring, state: LogState) -> Checked:
    note = witnessed(keyring, state.origin)
    if note is None:
        do = "the next command that stores something keeps one; if keys were put back from a copy, put back the newest"
        return warned("witness", f"{keyring.folder} holds no checkpoint of this store", do)
    seen = read_checkpoint(read_note(note).text)
    if seen.size > state.size:
        said = f"the store had {seen.size} rows on {seen.at:%Y-%m-%d %H:%M} UTC, and has {state.size}: it is an older copy"
        return wrong("witness", said, "run ecegateway verify; store nothing here before that is clear", in_doubt=True)
    return fine("witness", f"{seen.size} rows signed on {seen.at:%Y-%m-%d %H:%M} UTC, and none has gone since")


def _log_key(connection: Connection, keyring: Keyring) -> Iterator[Checked]:
    keys = log_keys(connection)
    if not keys or not stands(keyring.folder / f"{Purpose.LOG}.pub"):
        return
    verifier = keyring.verifier(Purpose.LOG)
    if keys[-1].public_key == verifier.pem.decode():
        yield fine("log key", f"{verifier.key_id.hex()} is the store's")
    else:
        do = "put back the folder of keys that belongs to this store"
        yield wrong("log key", f"{verifier.key_id.hex()} is not the store's", do, in_doubt=True)
