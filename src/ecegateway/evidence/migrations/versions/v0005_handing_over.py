"""What is handed to the Ministry and what comes back: returns and their steps, events, deliveries, student numbers, tokens."""

import sqlalchemy as sa
from alembic import op

from ecegateway.evidence.migrations.append_only import append_only
from ecegateway.evidence.migrations.columns import KEY, binary, create, keys, number, of, row_id, texts

revision = "0005"
down_revision = "0004"

_NAMED_BY = {
    "document": [["digest"]],
    "rs7_return": [["id"], ["service", "period", "revision"]],
    "return_step": [["id"], ["rs7_return_id", "step"]],
    "eli_event": [["id"], ["key"]],
    "delivery": [["id"]],
    "delivery_end": [["delivery_id"]],
    "nsn_step": [["id"]],
    "month_confirmation": [["id"]],
    "api_token": [["id"], ["digest"]],
    "api_token_end": [["api_token_id"]],
}


def _document(*, nullable: bool = False) -> tuple[sa.Column[bytes], sa.ForeignKeyConstraint]:
    column = sa.Column("document_digest", sa.LargeBinary, nullable=nullable)
    return column, sa.ForeignKeyConstraint(["document_digest"], ["document.digest"])


def upgrade() -> None:
    """Create the tables, then protect them."""
    create("document", binary("digest", primary_key=True), binary("content"), number("size"))
    create(
        "rs7_return",
        row_id(),
        *keys("service", "period"),
        sa.Column("revision", sa.Integer, nullable=False),
        *texts("kind", "first_day", "last_day"),
        *_document(),
        *texts("basis", "input_digest", "known_at", "by", "at"),
        sa.UniqueConstraint("service", "period", "revision", name="uq_rs7_return"),
    )
    create(
        "return_step",
        row_id(),
        *of("rs7_return"),
        *keys("step"),
        *texts("by", "detail"),
        *_document(nullable=True),
        *texts("at"),
        sa.UniqueConstraint("rs7_return_id", "step", name="uq_return_step"),
    )
    create(
        "eli_event",
        row_id(),
        *keys("key", "service", "family"),
        *texts("action"),
        *keys("entity"),
        sa.Column("child", KEY),
        *texts("source", "content"),
        binary("digest"),
        *texts("at"),
        sa.UniqueConstraint("key", name="uq_eli_event"),
    )
    create(
        "delivery",
        row_id(),
        *keys("about"),
        number("number"),
        *keys("key"),
        binary("digest"),
        *texts("transport", "at"),
    )
    create(
        "delivery_end",
        *of("delivery", primary_key=True),
        *texts("outcome", "detail"),
        *_document(nullable=True),
        *texts("at"),
    )
    create("nsn_step", row_id(), *keys("service", "child", "step"), *texts("by", "content"), binary("digest"), *texts("at"))
    create(
        "month_confirmation",
        row_id(),
        *keys("service", "month"),
        *texts("by", "statement", "input_digest", "known_at", "at"),
    )
    create(
        "api_token",
        row_id(),
        *texts("name", "person"),
        binary("digest"),
        *texts("scopes", "services", "by"),
        sa.Column("until", sa.Text),
        *texts("at"),
        sa.UniqueConstraint("digest", name="uq_api_token"),
    )
    create("api_token_end", *of("api_token", primary_key=True), *texts("by", "why", "at"))
    op.create_index("ix_eli_event_service", "eli_event", ["service", "family", "entity", "id"])
    op.create_index("ix_delivery_about", "delivery", ["about", "number"])
    op.create_index("ix_delivery_key", "delivery", ["key"])
    op.create_index("ix_nsn_step_service", "nsn_step", ["service", "child", "id"])
    op.create_index("ix_month_confirmation_service", "month_confirmation", ["service", "month"])
    for statement in append_only(op.get_context().dialect.name, _NAMED_BY):
        op.execute(statement)
