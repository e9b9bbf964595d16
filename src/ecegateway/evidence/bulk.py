"""What differs between the engines when a whole page is written or looked up."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.sql.selectable import FromClause

WRITES = "ecegateway_writes"
"""The execution option that marks a connection about to write."""

COLUMNS = ("seq", "series_id", "key", "version", "state", "content", "digest", "receipt_id")
"""The columns of :data:`VersionRow`, in order."""

VersionRow = tuple[int, int, str, int, str, str, bytes, int]
"""A row of ``record_version``."""


class Bulk(Protocol):
    """Whole pages at a time."""

    def lock(self, connection: Connection) -> None:
        """Make this transaction the only one that writes, until it ends."""

    def key_list(self, keys: Sequence[str]) -> FromClause:
        """The keys as a table with one column, ``value``."""

    def append(self, connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows as the engine holds them, a value for each of the columns."""
