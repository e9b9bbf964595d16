"""What people do about findings, and what each check found: ends of waivers, assignments and their ends, check runs."""

import sqlalchemy as sa
from alembic import op

from ecegateway.evidence.migrations.append_only import append_only
from ecegateway.evidence.migrations.columns import KEY, create, keys, of, row_id, texts

revision = "0002"
down_revision = "0001"

_NAMED_BY = {
    "waiver_end": [["waiver_id"]],
    "assignment": [["id"]],
    "assignment_end": [["assignment_id"]],
    "check_run": [["id"]],
    "check_finding": [["id"]],
}


def upgrade() -> None:
    """Create the tables, then protect them."""
    create("waiver_end", *of("waiver", primary_key=True), *texts("by", "why", "at"))
    create(
        "assignment",
        row_id(),
        *keys("rule", "service"),
        sa.Column("child", KEY),
        *texts("first_day", "last_day", "person", "by", "note", "at"),
    )
    create("assignment_end", *of("assignment", primary_key=True), *texts("by", "why", "at"))
    create("check_run", row_id(), *keys("service", "period"), *texts("input_digest", "known_at", "at"))
    create(
        "check_finding",
        row_id(),
        *of("check_run"),
        *keys("rule"),
        sa.Column("child", KEY),
        *texts("severity", "days"),
    )
    op.create_index("ix_check_run_service", "check_run", ["service", "period", "id"])
    op.create_index("ix_check_finding_check_run_id", "check_finding", ["check_run_id"])
    for statement in append_only(op.get_context().dialect.name, _NAMED_BY):
        op.execute(statement)
