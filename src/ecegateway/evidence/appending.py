"""The one gate through which rows enter the store: texts are checked, rows numbered, and each becomes a leaf of the log."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy import insert as insert_into

from ecegateway.evidence.bulk import COLUMNS, Bulk, VersionRow
from ecegateway.evidence.canonical import refuse_poison
from ecegateway.evidence.log import Log
from ecegateway.evidence.rows import key_of, row_id, stored, stored_version
from ecegateway.evidence.schema import RECORD_VERSION


class Appending:
    """One writing transaction: ``connection`` to read in it, ``log`` under it, and what may be appended."""

    def __init__(self, connection: Connection, bulk: Bulk) -> None:
        self.connection = connection
        self._bulk = bulk
        self.log = Log(connection)
        self._newest: dict[str, int] = {}

    def insert(self, table: Table, **row: Any) -> int:
        """Append a row to a table that numbers its rows.

        Returns:
            The row's number.

        Raises:
            IntakeError: a text that one store would take and the other not.
        """
        self.insert_all(table, [row])
        return self._newest[table.name]

    def insert_all(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Append rows; a table that numbers its rows numbers these.

        Raises:
            IntakeError: a text that one store would take and the other not.
        """
        if not rows:
            return
        for row in rows:
            refuse_poison(value for value in row.values() if isinstance(value, str))
        if key_of(table) == "id":
            first = self._number(table, len(rows))
            rows = [{"id": number, **row} for number, row in enumerate(rows, first)]
        self.connection.execute(insert_into(table), rows)
        self.log.add(table.name, ((row_id(table, row), stored(table.name, row)) for row in rows))

    def versions(self, rows: Sequence[VersionRow]) -> None:
        """Append versions of records, numbered from :meth:`next_seq` on."""
        self._bulk.append(self.connection, RECORD_VERSION.name, COLUMNS, rows)
        self.log.add(RECORD_VERSION.name, ((row[0], stored_version(row)) for row in rows))

    def next_seq(self, count: int) -> int:
        """The number of the first of so many versions about to be appended."""
        return self._number(RECORD_VERSION, count)

    def _number(self, table: Table, count: int) -> int:
        newest = self._newest.get(table.name)
        if newest is None:
            newest = self.connection.scalar(select(func.max(table.c[key_of(table)]))) or 0
        self._newest[table.name] = newest + count
        return newest + 1

    def finish(self) -> None:
        """Write the last page of the log; the transaction may be committed then."""
        self.log.flush()
