"""Bodies, receipts, versions, cursors, quarantine, holds and waivers; all append-only."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from ecegateway.evidence.migrations.append_only import append_only

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

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
    for statement in append_only(op.get_context().dialect.name, _NAMED_BY):
        op.execute(statement)


def _received() -> None:
    _create("body", _bytes("digest", primary_key=True), _bytes("content"), _number("size"))
    _create("pull", _id(), *_keys("source"), *_texts("plugin", "plugin_version", "facts", "started_at"))
    _create("pull_end", *_of("pull", primary_key=True), *_texts("outcome", "detail", "counts", "ended_at"))
    _create(
        "receipt",
        _id(),
        *_of("pull"),
        *_keys("service", "feed"),
        *_texts("ask", "origin", "media_type"),
        _number("first_row"),
        sa.Column("next_offset", _ID),
        _bytes("body_digest"),
        sa.ForeignKeyConstraint(["body_digest"], ["body.digest"], name="fk_receipt_body_digest"),
        *_texts("received_at"),
    )
    op.create_index("ix_receipt_pull_id", "receipt", ["pull_id"])


def _records() -> None:
    _create(
        "series",
        _id(),
        *_keys("source", "service", "stream", "key_space"),
        sa.UniqueConstraint("source", "service", "stream", name="uq_series"),
    )
    _create(
        "record_version",
        sa.Column("seq", _ID, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("seq", name="pk_record_version"),
        *_of("series"),
        *_keys("key"),
        sa.Column("version", sa.Integer, nullable=False),
        *_texts("state", "content"),
        _bytes("digest"),
        *_of("receipt"),
        sa.UniqueConstraint("series_id", "key", "version", name="uq_record_version"),
        sa.CheckConstraint("version >= 1", name="ck_record_version_version"),
        sa.CheckConstraint("state = 'present' OR state = 'deleted' OR state = 'missing'", name="ck_record_version_state"),
    )
    _create("feed_cursor", _id(), *_keys("source", "service", "feed"), *_texts("cursor"), *_of("receipt"))
    op.create_index("ix_feed_cursor_source", "feed_cursor", ["source", "service", "feed", "id"])


def _set_apart() -> None:
    _create(
        "quarantine",
        _id(),
        *_of("receipt"),
        *_keys("service", "feed"),
        sa.Column("stream", sa.Text),
        *_texts("origin"),
        _number("row"),
        sa.Column("column", sa.Text),
        *_texts("reason"),
    )
    _create("quarantine_end", *_of("quarantine", primary_key=True), *_texts("outcome", "at"))
    _create("hold", _id(), *_of("pull"), *_keys("source", "service", "feed"), _bytes("digest"), *_texts("summary", "at"))
    _create("decision", *_of("hold", primary_key=True), *_texts("by", "why", "at"))
    _create(
        "waiver",
        _id(),
        *_keys("rule", "service"),
        sa.Column("child", _KEY),
        *_texts("first_day", "last_day", "by", "why"),
        sa.Column("until", sa.Text),
        *_texts("at"),
    )


def _create(name: str, *items: Any) -> None:
    op.create_table(name, *items, sqlite_strict=True)


def _id() -> sa.Column[Any]:
    return sa.Column("id", _ID, primary_key=True)


def _of(other: str, *, primary_key: bool = False) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    column = f"{other}_id"
    return (
        sa.Column(column, _ID, primary_key=primary_key, nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint([column], [f"{other}.id"]),
    )


def _keys(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, _KEY, nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _bytes(name: str, *, primary_key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary, nullable=False, primary_key=primary_key)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, _ID, nullable=False)
