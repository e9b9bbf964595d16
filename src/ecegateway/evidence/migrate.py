"""Brings a store to the schema this version knows, or refuses one it does not."""

from sqlalchemy import Connection, inspect, text

from ecegateway.errors import EvidenceError, EvidenceMissingError

SCHEMAS = ("0001", "0002", "0003", "0004", "0005")
"""The steps in ``migrations/versions``, oldest first; the last is what the code expects."""


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


def is_behind(found: str | None) -> bool:
    """Whether the steps would bring the store to the schema of this version."""
    return found is None or found in SCHEMAS[:-1]


def require_schema(found: str | None, where: str) -> None:
    """Refuse a store this version cannot read.

    Raises:
        EvidenceMissingError: there is no store.
        EvidenceError: its schema is not ours.
    """
    if found is None:
        raise EvidenceMissingError(
            f"there is no evidence store at {where}: it holds nothing yet; check the address, or pull first to create it"
        )
    if is_behind(found):
        raise EvidenceError(f"the evidence store has the older schema {found!r}; pull once, and it is brought up to date")
    if found != SCHEMAS[-1]:
        raise EvidenceError(
            f"the evidence store has schema {found!r}, this version knows {SCHEMAS[-1]!r}; use the version that wrote it"
        )


def create_schema(connection: Connection) -> None:
    """Run the steps that are missing, in the transaction of the connection."""
    # Alembic is slow to import, and only a store that is being made needs it.
    from alembic import command, config  # noqa: PLC0415

    settings = config.Config()
    settings.set_main_option("script_location", "ecegateway.evidence:migrations")
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
