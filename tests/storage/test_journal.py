"""SQLite's journal mode follows the engine's version."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from ecegateway.errors import EvidenceError
from ecegateway.evidence.sqlite import ROLLBACK, WRITE_AHEAD, Journal, _set_up, journal_for
from ecegateway.evidence.store import open_evidence


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 40, 1), ROLLBACK),
        ((3, 44, 5), ROLLBACK),
        ((3, 44, 6), WRITE_AHEAD),
        ((3, 45, 0), ROLLBACK),
        ((3, 50, 6), ROLLBACK),
        ((3, 50, 7), WRITE_AHEAD),
        ((3, 51, 0), ROLLBACK),
        ((3, 51, 2), ROLLBACK),
        ((3, 51, 3), WRITE_AHEAD),
        ((3, 52, 0), ROLLBACK),
        ((3, 53, 0), WRITE_AHEAD),
        ((4, 0, 0), WRITE_AHEAD),
    ],
)
def test_write_ahead_only_where_it_loses_nothing(version: tuple[int, int, int], journal: Journal) -> None:
    assert journal_for(version) is journal


def test_both_journals_wait_for_the_disk() -> None:
    assert Journal("WAL", "FULL") == WRITE_AHEAD
    assert Journal("DELETE", "EXTRA") == ROLLBACK


def test_an_open_store_has_the_journal_of_its_engine(tmp_path: Path) -> None:
    journal = journal_for(sqlite3.sqlite_version_info)
    with open_evidence(f"sqlite:///{tmp_path / 'e.db'}", create=True) as evidence, evidence._engine.connect() as one:
        assert str(one.scalar(text("PRAGMA journal_mode"))).upper() == journal.mode
        assert one.scalar(text("PRAGMA synchronous")) == {"FULL": 2, "EXTRA": 3}[journal.synchronous]
        assert one.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_file_system_that_cannot_keep_the_journal_is_refused() -> None:
    # A store in memory is the one place where any SQLite keeps a mode of its own.
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(EvidenceError, match="local disk"):
        _set_up(sqlite3, connection)
