"""A quick look at a store after a power cut: with plain SQLite, so that thousands of disks can be looked at."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection, Error, connect

from ecegateway.errors import IntegrityError
from ecegateway.evidence.rows import LOGGED
from ecegateway.signing.checkpoint import read_checkpoint
from ecegateway.signing.note import read_note
from tests.crash.state import State

_VERSIONS = "SELECT source || ' ' || key || '@' || version FROM record_version JOIN series ON series.id = series_id"
_ROWS = f"SELECT {' + '.join(f'(SELECT count(*) FROM {table})' for table in LOGGED)}"
_LEAVES = "SELECT coalesce(sum(count), 0) FROM log_page"
_KEYS = "SELECT count(*) FROM log_key"
_TABLES = "SELECT count(*) FROM sqlite_schema WHERE name = 'log_page'"


def glance(store: Path, keys: Path) -> State:
    """What is kept in a store, whether SQLite finds it sound, each row has a leaf, and the files beside it are whole."""
    problems = list(_files(keys))
    if not store.exists():
        return State(problems=tuple(problems))
    try:
        with closing(connect(store)) as connection:
            kept, found = _look(connection, keys)
            return State(frozenset(kept), tuple(kept), (*problems, *found))
    except Error as error:
        return State(problems=(*problems, f"SQLite: {error}"))


def _look(connection: Connection, keys: Path) -> tuple[list[str], list[str]]:
    problems = [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    if problems or not _one(connection, _TABLES):
        return [], problems
    kept = [line for (line,) in connection.execute(_VERSIONS)]
    if (rows := _one(connection, _ROWS)) != (leaves := _one(connection, _LEAVES)):
        problems.append(f"{rows} rows have {leaves} leaves")
    if _one(connection, _KEYS) and not (keys / "log.key").exists():
        problems.append("the key that the log was signed with is gone")
    return kept, problems


def _one(connection: Connection, asked: str) -> int:
    (found,) = connection.execute(asked).fetchone()
    return int(found)


def _files(keys: Path) -> Iterator[str]:
    """Files beside the store that are not whole."""
    for place in keys.glob("[!.]*"):
        content = place.read_bytes()
        if place.suffix == ".checkpoint":
            try:
                read_checkpoint(read_note(content).text)
            except IntegrityError as error:
                yield f"{place.name}: {error}"
        elif place.suffix == ".keys":
            if not content.endswith(b"]\n"):
                yield f"{place.name} is not whole"
        elif not (content.startswith(b"-----BEGIN ") and content.endswith(b" KEY-----\n")):
            yield f"{place.name} is not whole"
