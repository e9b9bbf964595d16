"""What the engine itself finds wrong with its file: pages that hold no tree, indexes that miss rows."""

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from ecegateway.evidence import schema
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.evidence.rows import every_row

_SOUND = "ok"


def engine_check(connection: Connection) -> Iterator[Damage]:
    """SQLite's own check of every page and index. PostgreSQL has page checksums and refuses to read a damaged page."""
    if connection.dialect.name != "sqlite":
        return
    # Of an encrypted file every page bears a seal, free pages too; SQLite without encryption says nothing to this.
    sealed = connection.execute(text("PRAGMA cipher_integrity_check"))
    for (line,) in sealed.all() if sealed.returns_rows else ():
        yield Damage(Harm.UNREADABLE, "the file", str(line))
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != _SOUND:
            yield Damage(Harm.UNREADABLE, "the file", str(line))


def unreadable_tables(connection: Connection) -> Iterator[Damage]:
    """The tables that the engine cannot read to their end, or whose indexes it cannot."""
    for table in schema.METADATA.sorted_tables:
        try:
            for _ in every_row(connection, table):
                pass
        except (DBAPIError, ValueError):
            yield Damage(Harm.UNREADABLE, f"table {table.name}", "the engine cannot read it to the end")
    if connection.dialect.name == "sqlite":
        yield from _broken_indexes(connection)


def _broken_indexes(connection: Connection) -> Iterator[Damage]:
    for name in (*schema.METADATA.tables, "alembic_version"):
        try:
            connection.execute(text(f"PRAGMA integrity_check({name})")).all()
        except (DBAPIError, ValueError):
            yield Damage(Harm.UNREADABLE, f"table {name}", "the engine cannot read it, or one of its indexes, to the end")
