"""The log under the evidence: its name, its keys, its pages and blocks, and the checkpoints signed of it."""

import sqlalchemy as sa
from alembic import op

from ecegateway.evidence.migrations.append_only import append_only
from ecegateway.evidence.migrations.columns import ID, binary, create, number, row_id, texts

revision = "0003"
down_revision = "0002"

_NAMED_BY = {
    "log": [["id"]],
    "log_key": [["id"]],
    "log_page": [["first"]],
    "log_block": [["number"]],
    "checkpoint": [["id"]],
}


def upgrade() -> None:
    """Create the tables, then protect them."""
    create("log", row_id(), *texts("origin"))
    create("log_key", row_id(), *texts("public_key", "statement", "signatures", "at"))
    create(
        "log_page",
        sa.Column("first", ID, primary_key=True, nullable=False, autoincrement=False),
        number("count"),
        *texts("runs"),
        *(binary(name) for name in ("commitments", "salts", "leaves", "peaks")),
    )
    create("log_block", sa.Column("number", ID, primary_key=True, nullable=False, autoincrement=False), binary("hash"))
    create("checkpoint", row_id(), number("size"), *texts("note", "at"))
    for statement in append_only(op.get_context().dialect.name, _NAMED_BY):
        op.execute(statement)
