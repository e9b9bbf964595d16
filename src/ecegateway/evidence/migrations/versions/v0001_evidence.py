"""Bodies, receipts, versions, cursors, quarantine, holds and waivers; all append-only."""

import sqlalchemy as sa
from alembic import op

from ecegateway.evidence.migrations.append_only import append_only, refusal
from ecegateway.evidence.migrations.columns import ID, KEY, binary, create, keys, number, of, row_id, texts

revision = "0001"
down_revision = None

_NAMED_BY = {
    "body": [["digest"]],
    "pull": [["id"]],
    "pull_end": [["pull_id"]],
    "receipt": [["id"]],
    "series": [["id"], ["source", "service", "stream"]],
    "record_version": [["seq"], ["series_id", "key", "version"]],
    "feed_cursor": [["id"]],
    "quarantine": [["id"]],
    "quarantine_end": [["quarantine_id"]],
    "hold": [["id"]],
    "decision": [["hold_id"]],
    "waiver": [["id"]],
}


def upgrade() -> None:
    """Create everything, then protect it."""
    _received()
    _records()
    _set_apart()
    dialect = op.get_context().dialect.name
    for statement in (*refusal(dialect), *append_only(dialect, _NAMED_BY)):
        op.execute(statement)


def _received() -> None:
    create("body", binary("digest", primary_key=True), binary("content"), number("size"))
    create("pull", row_id(), *keys("source"), *texts("plugin", "plugin_version", "facts", "started_at"))
    create("pull_end", *of("pull", primary_key=True), *texts("outcome", "detail", "counts", "ended_at"))
    create(
        "receipt",
        row_id(),
        *of("pull"),
        *keys("service", "feed"),
        *texts("ask", "origin", "media_type"),
        number("first_row"),
        sa.Column("next_offset", ID),
        binary("body_digest"),
        sa.ForeignKeyConstraint(["body_digest"], ["body.digest"], name="fk_receipt_body_digest"),
        *texts("received_at"),
    )
    op.create_index("ix_receipt_pull_id", "receipt", ["pull_id"])


def _records() -> None:
    create(
        "series",
        row_id(),
        *keys("source", "service", "stream", "key_space"),
        sa.UniqueConstraint("source", "service", "stream", name="uq_series"),
    )
    create(
        "record_version",
        sa.Column("seq", ID, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("seq", name="pk_record_version"),
        *of("series"),
        *keys("key"),
        sa.Column("version", sa.Integer, nullable=False),
        *texts("state", "content"),
        binary("digest"),
        *of("receipt"),
        sa.UniqueConstraint("series_id", "key", "version", name="uq_record_version"),
        sa.CheckConstraint("version >= 1", name="ck_record_version_version"),
        sa.CheckConstraint("state = 'present' OR state = 'deleted' OR state = 'missing'", name="ck_record_version_state"),
    )
    create("feed_cursor", row_id(), *keys("source", "service", "feed"), *texts("cursor"), *of("receipt"))
    op.create_index("ix_feed_cursor_source", "feed_cursor", ["source", "service", "feed", "id"])


def _set_apart() -> None:
    create(
        "quarantine",
        row_id(),
        *of("receipt"),
        *keys("service", "feed"),
        sa.Column("stream", sa.Text),
        *texts("origin"),
        number("row"),
        sa.Column("column", sa.Text),
        *texts("reason"),
    )
    create("quarantine_end", *of("quarantine", primary_key=True), *texts("outcome", "at"))
    create("hold", row_id(), *of("pull"), *keys("source", "service", "feed"), binary("digest"), *texts("summary", "at"))
    create("decision", *of("hold", primary_key=True), *texts("by", "why", "at"))
    create(
        "waiver",
        row_id(),
        *keys("rule", "service"),
        sa.Column("child", KEY),
        *texts("first_day", "last_day", "by", "why"),
        sa.Column("until", sa.Text),
        *texts("at"),
    )
