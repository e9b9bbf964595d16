"""Brings a store to the schema this version knows, or refuses one it does not."""

from importlib import import_module

from sqlalchemy import Connection, inspect, text

from ecegateway.errors import EvidenceError

SCHEMA = "0001"
"""The newest step in ``migrations/versions``."""


def found_schema(connection: Connection) -> str | None:
    """The schema a store has, or ``None`` when the database is empty.

    Raises:
        EvidenceError: the database holds other tables, and no evidence.
    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if "alembic_version" not in tables or "record_version" not in tables:
        raise EvidenceError("the database holds tables of something else; give the evidence a database of its own")
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def require_schema(found: str | None) -> None:
    """Refuse a store this version cannot read.

    Raises:
        EvidenceError: there is no store, or its schema is not ours.
    """
    if found is None:
        raise EvidenceError("there is no evidence store at this address; pull once, or run `ecegateway init`, to create it")
    if found != SCHEMA:
        raise EvidenceError(
            f"the evidence store has schema {found!r}, this version knows {SCHEMA!r}; open it with the version that wrote it"
        )


def create_schema(connection: Connection) -> None:
    """Run the steps, in the transaction of the connection."""
    # Alembic takes longer to import than most commands take to run; only a store being made needs it.
    command, config = import_module("alembic.command"), import_module("alembic.config")
    settings = config.Config()
    settings.set_main_option("script_location", "ecegateway.evidence:migrations")
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
