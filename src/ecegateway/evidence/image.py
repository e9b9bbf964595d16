"""The file of a SQLite store as it stands at one moment, copied page by page by the engine itself."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection


def copy_image(source: Connection, place: Path) -> None:
    """Copy the store a transaction sees into a new file that needs no other file beside it.

    The copy is one step, so nothing is copied twice; whoever wants to commit meanwhile waits for its end.
    """
    driver = source.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    with closing(sqlite3.connect(place)) as copy:
        driver.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
