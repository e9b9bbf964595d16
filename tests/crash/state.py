"""What stands in a folder after a fault: what of it is kept, all its content, and what does not hold."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, text

from ecegateway.bootstrap import keyring
from ecegateway.config import load_config
from ecegateway.errors import EvidenceMissingError, IntegrityError
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.export import CHECKPOINT
from ecegateway.flows.verify import verify_at
from ecegateway.signing.checkpoint import read_checkpoint
from ecegateway.signing.note import read_note

SETTINGS = "ecegateway.toml"
ALL_SIGNED = "all of it is signed"
_CHANCE = re.compile(r"[0-9a-f]{8,}|^\.\w{8}(?=\.partial)")
_VERSIONS = """
SELECT series.source, version.key, version.version, version.state, version.digest
FROM record_version version JOIN series ON series.id = version.series_id
"""
_CURSORS = "SELECT source, cursor FROM feed_cursor WHERE id IN (SELECT max(id) FROM feed_cursor GROUP BY source, feed)"
_APART = """
SELECT pull.source, quarantine.reason
FROM quarantine JOIN receipt ON receipt.id = receipt_id JOIN pull ON pull.id = pull_id
"""
_ENDED = "SELECT counts FROM pull_end WHERE outcome = 'finished'"


@dataclass(frozen=True, slots=True)
class State:
    """What stands.

    ``kept`` names what a child may have told is stored; ``content`` is everything that an undisturbed run ends with as well,
    as lines; ``problems`` say what does not hold.
    """

    kept: frozenset[str] = frozenset()
    content: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def store_state(folder: Path) -> State:
    """The store that a folder's settings name, checked by the gateway's own verification."""
    settings = load_config(folder / SETTINGS)
    try:
        verified = verify_at(settings.store, None, (), keyring=keyring(settings))
    except EvidenceMissingError:
        return State(content=tuple(files_below(folder)))
    problems = [f"{damage.harm}: {damage.where}: {damage.said}" for damage in verified.damages]
    if problems and not verified.rows:
        return State(problems=tuple(problems))
    with open_evidence(settings.store) as evidence, evidence.inspecting() as connection:
        kept = frozenset(versions(connection))
        content = [*records(connection), *files_below(folder)]
        problems += wrong_books(connection)
    if verified.signed == verified.size:
        content.append(ALL_SIGNED)
    return State(kept, tuple(content), tuple(problems))


def versions(connection: Connection) -> Iterator[str]:
    """Each version of a record, as a child tells of it."""
    for row in connection.execute(text(_VERSIONS)):
        yield f"{row.source} {row.key}@{row.version}"


def records(connection: Connection) -> Iterator[str]:
    """Records, cursors and rows set apart, but for when they came and under which number."""
    for row in connection.execute(text(_VERSIONS)):
        yield f"{row.source} {row.key}@{row.version} {row.state} {bytes(row.digest).hex()}"
    for row in connection.execute(text(_CURSORS)):
        yield f"{row.source} goes on at {row.cursor}"
    for row in connection.execute(text(_APART)):
        yield f"{row.source} set apart: {row.reason}"


def wrong_books(connection: Connection) -> Iterator[str]:
    """Pulls whose books do not close: read is not stored, unchanged and quarantined."""
    for row in connection.execute(text(_ENDED)):
        counts = json.loads(row.counts)
        if counts["read"] != counts["stored"] + counts["unchanged"] + counts["quarantined"]:
            yield f"the books of a pull do not close: {row.counts}"


def files_below(folder: Path) -> Iterator[str]:
    """The files in a folder and below, by name, what is chance in a name left out; locks lie where they like."""
    for path in sorted(folder.rglob("*")):
        name = _CHANCE.sub("#", path.name)
        if path.is_file() and not name.endswith((".lock", "-journal", "-wal", "-shm")):
            yield f"file {path.parent.relative_to(folder)}/{name}"


def contents_of(folder: Path) -> dict[str, str]:
    """The digest of each file in a folder, those hidden left out; of a whole checkpoint, which says when, whose log it is."""
    return {path.name: _content(path) for path in sorted(folder.glob("[!.]*"))}


def _content(path: Path) -> str:
    content = path.read_bytes()
    if path.name == CHECKPOINT:
        with suppress(IntegrityError):
            return read_checkpoint(read_note(content).text).origin.rpartition("/")[0]
    return sha256(content).hexdigest()


def difference(goal: Iterable[str], found: Iterable[str]) -> tuple[list[str], list[str]]:
    """Lines that are missing, and lines that are too many."""
    wanted, there = Counter(goal), Counter(found)
    return sorted((wanted - there).elements()), sorted((there - wanted).elements())
