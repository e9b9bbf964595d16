"""What was erased after its time, and what is not to be, however old."""

import sqlalchemy as sa
from alembic import op

from ecegateway.evidence.migrations.append_only import append_only
from ecegateway.evidence.migrations.columns import KEY, create, keys, of, row_id, texts

revision = "0004"
down_revision = "0003"

_NAMED_BY = {"erasure": [["id"]], "legal_hold": [["id"]], "legal_hold_end": [["legal_hold_id"]]}


def upgrade() -> None:
    """Create the tables, then protect them."""
    create("erasure", row_id(), *keys("of_table", "of_row"), *texts("by", "why", "at"))
    create("legal_hold", row_id(), *keys("service"), sa.Column("child", KEY), *texts("by", "why", "at"))
    create("legal_hold_end", *of("legal_hold", primary_key=True), *texts("by", "why", "at"))
    for statement in append_only(op.get_context().dialect.name, _NAMED_BY):
        op.execute(statement)
