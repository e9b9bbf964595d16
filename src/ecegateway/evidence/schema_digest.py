"""Digests of what surrounds the rows: tables, indexes, triggers, and the header fields no table holds."""

from hashlib import sha256

import orjson
from sqlalchemy import Connection, text

_SQLITE = (
    "SELECT hex(type), hex(name), hex(tbl_name), hex(sql) FROM sqlite_schema ORDER BY type, name",
    "SELECT 'version', version_num, '', '' FROM alembic_version ORDER BY version_num",
)
_SQLITE_HEADER = ("user_version", "application_id", "encoding", "auto_vacuum")
_POSTGRES = (
    """
    SELECT 'column', table_name, column_name, data_type || ' ' || is_nullable || ' ' || coalesce(collation_name, '')
    FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 2, 3
    """,
    """
    SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0 ORDER BY conname, conrelid
    """,
    "SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname",
    """
    SELECT 'trigger', tgrelid::regclass, tgname, pg_get_triggerdef(t.oid) || ' ' || tgenabled::text
    FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace ORDER BY tgname, relname
    """,
    """
    SELECT 'function', proname, '', prosrc
    FROM pg_proc WHERE pronamespace = current_schema()::regnamespace ORDER BY proname
    """,
    "SELECT 'version', version_num, '', '' FROM alembic_version ORDER BY version_num",
)
_POSTGRES_HEADER = ("server_encoding",)


def schema_digest(connection: Connection) -> bytes:
    """SHA-256 over every definition the database holds, and which schema it says it is."""
    queries = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES
    return _digest([list(map(str, row)) for query in queries for row in connection.execute(text(query))])


def header_digest(connection: Connection) -> bytes:
    """SHA-256 over the engine's header fields that are ours to keep."""
    if connection.dialect.name == "sqlite":
        return _digest([[name, str(connection.scalar(text(f"PRAGMA {name}")))] for name in _SQLITE_HEADER])
    return _digest([[name, str(connection.scalar(text(f"SHOW {name}")))] for name in _POSTGRES_HEADER])


def _digest(rows: list[list[str]]) -> bytes:
    return sha256(orjson.dumps(rows)).digest()
