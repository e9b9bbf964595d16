"""What somebody who owns the database can do behind the gateway's back."""

from contextlib import closing
from datetime import datetime

from sqlalchemy import text

from ecegateway.evidence.appending import Appending
from ecegateway.evidence.rows import LOGGED, every_row, row_id, stored
from ecegateway.evidence.sealing import log_state
from ecegateway.evidence.store import Evidence
from ecegateway.signing.checkpoint import Checkpoint, checkpoint_text
from ecegateway.signing.keys import Signer
from ecegateway.signing.note import note_bytes, sign_note


def run(evidence: Evidence, *statements: str, **values: object) -> None:
    """Statements without the triggers and foreign keys that forbid them; they are put back afterwards."""
    with evidence._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            triggers = connection.execute(text("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")).all()
            for name, _ in triggers:
                connection.execute(text(f"DROP TRIGGER {name}"))
            for statement in statements:
                connection.execute(text(statement), values)
            for _, again in triggers:
                connection.exec_driver_sql(again)
        else:
            tables = (*LOGGED, "log_page", "log_block", "checkpoint")
            for table in tables:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
            for statement in statements:
                connection.execute(text(statement), values)
            for table in tables:
                connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER ALL"))


def make_log_anew(evidence: Evidence) -> None:
    """The log made again over the rows as they stand now."""
    run(evidence, "DELETE FROM log_page", "DELETE FROM log_block")
    with closing(evidence._engine.connect()) as connection, connection.begin():
        appending = Appending(connection, evidence._bulk)
        for name, table in LOGGED.items():
            appending.log.add(name, [(row_id(table, row), stored(name, row)) for row in every_row(connection, table)])
        appending.finish()


def sign_anew(evidence: Evidence, signer: Signer, at: datetime) -> None:
    """One checkpoint in place of all, signed over the store as it is now."""
    with evidence.inspecting() as connection:
        state = log_state(connection)
    made = Checkpoint(state.origin, state.size, state.root, state.schema, state.header, at)
    note = note_bytes(sign_note(checkpoint_text(made), signer)).decode()
    statement = "INSERT INTO checkpoint (id, size, note, at) VALUES (1, :size, :note, :at)"
    run(evidence, "DELETE FROM checkpoint", statement, size=state.size, note=note, at=at.isoformat(timespec="microseconds"))
