"""Flips bits of a store's file, one at a time, and asks what verify says: detected and located, or the content is the same.

Much of a SQLite file is free room or bookkeeping; a flip there changes nothing of what the store holds. Whether it does is
decided by reading the whole content with the engine alone: every row, the schema, and the header fields that are ours.
"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ecegateway.evidence.store import open_evidence
from ecegateway.flows.seal import seal
from ecegateway.flows.verify import verify_at
from ecegateway.signing.keyring import Keyring
from tests.storage.filling import NOON, begin, store, version

LOCATED, DETECTED, SAME, MISSED = "detected and located", "detected", "content the same", "missed"
_PULLS, _RECORDS = 4, 120
_HEADER = ("user_version", "application_id", "encoding")
_NOWHERE = "the store"
"""What verify says of a damage whose place it cannot tell."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A bit of a file."""

    byte: int
    bit: int


def signed_store(folder: Path) -> Path:
    """A store of some pulls, each signed: about 300 kB."""
    place, keyring = folder / "evidence.db", Keyring(folder / "keys")
    with open_evidence(f"sqlite:///{place}", create=True) as evidence:
        for number in range(_PULLS):
            at = NOON + timedelta(hours=number)
            pull = begin(evidence, at)
            with evidence.transaction() as writing:
                said = [version(f"n{n}", number + 1, f"Kōrero {number}, {n}") for n in range(_RECORDS)]
                store(writing, pull, said, at=at, body=str(number).encode() * 500)
            evidence.end_pull(pull, "finished", "", {}, at)
            seal(evidence, keyring, at)
    return place


def content(place: Path) -> list[object] | None:
    """All that the engine says a file holds; ``None`` where it cannot read it."""
    try:
        with closing(sqlite3.connect(place)) as connection:
            connection.text_factory = bytes
            held: list[object] = [connection.execute(f"PRAGMA {name}").fetchone() for name in _HEADER]
            schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").fetchall()
            tables = [name.decode() for kind, name, *_ in schema if kind == b"table"]
            rows = [sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables]
    except (sqlite3.Error, ValueError):
        return None
    return [*held, schema, rows]


def fates(place: Path, flips: Iterator[Flip], scratch: Path) -> Iterator[tuple[Flip, str]]:
    """What became of each flip, each on a fresh copy."""
    whole, held = place.read_bytes(), content(place)
    copy = scratch / "flipped.db"
    for flip in flips:
        changed = bytearray(whole)
        changed[flip.byte] ^= 1 << flip.bit
        copy.write_bytes(changed)
        for journal in ("-journal", "-wal", "-shm"):
            copy.with_name(copy.name + journal).unlink(missing_ok=True)
        told = verify_at(f"sqlite:///{copy}", None, ())
        if not told.holds:
            yield flip, LOCATED if any(damage.where != _NOWHERE for damage in told.damages) else DETECTED
        else:
            yield flip, SAME if content(copy) == held else MISSED


def by_chance(place: Path, count: int, seed: int) -> Iterator[Flip]:
    """So many flips anywhere in a file."""
    chance, size = random.Random(seed), place.stat().st_size  # noqa: S311 - where to look, not a secret
    return (Flip(chance.randrange(size), chance.randrange(8)) for _ in range(count))


def every_byte(place: Path, seed: int) -> Iterator[Flip]:
    """A bit of every byte, and every bit of the first two pages, where the header and the schema lie."""
    chance, size = random.Random(seed), place.stat().st_size  # noqa: S311
    for byte in range(size):
        yield from (Flip(byte, bit) for bit in (range(8) if byte < 2 * 4096 else [chance.randrange(8)]))
