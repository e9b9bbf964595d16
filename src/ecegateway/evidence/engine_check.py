"""What the engine itself finds wrong with its file: pages that hold no tree, indexes that miss rows."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from ecegateway.evidence.damage import Damage, Harm

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
