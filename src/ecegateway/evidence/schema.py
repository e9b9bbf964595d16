"""The tables of the evidence store, one schema for SQLite and PostgreSQL.

Nothing here is ever updated or deleted; triggers see to it (``migrations/append_only.py``). What ends, moves or is decided
is a row of its own that names the row it is about. ``record_version.seq`` counts without gaps in the order stored.
Every row is a leaf of the log, whose own tables come last.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from ecegateway.evidence.columns import Day, Id, Key, instant, key, made, of, row_id, words

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


BY_DIGEST = "kept under its digest"
"""Marks a column (in its ``info``) whose content the row beside it names by its digest."""


def _table(name: str, *items: SchemaItem) -> Table:
    return Table(name, METADATA, *items, sqlite_strict=True)


BODY = _table(
    "body",
    Column("digest", LargeBinary, primary_key=True),
    Column("content", LargeBinary, nullable=False, info={BY_DIGEST: "digest"}),
    Column("size", Id, nullable=False),
)
"""Received bytes, zlib-compressed, once for each SHA-256 digest of the bytes as received; ``size`` is theirs."""

PULL = _table("pull", row_id(), key("source"), words("plugin"), words("plugin_version"), words("facts"), instant("started_at"))
"""A pull that began. ``facts`` is a JSON list of what the source declares it can show."""

PULL_END = _table(
    "pull_end", of("pull", primary_key=True), words("outcome"), words("detail"), words("counts"), instant("ended_at")
)
"""How a pull ended; a pull without one was cut off. ``counts`` is a JSON object."""

RECEIPT = _table(
    "receipt",
    row_id(),
    of("pull"),
    key("service"),
    key("feed"),
    words("ask"),
    words("origin"),
    words("media_type"),
    Column("first_row", Id, nullable=False),
    Column("next_offset", Id),
    Column("body_digest", LargeBinary, ForeignKey("body.digest"), nullable=False),
    instant("received_at"),
    Index(None, "pull_id"),
)
"""An answer received. ``received_at`` never goes back from one receipt to the next."""

SERIES = _table(
    "series",
    row_id(),
    key("source"),
    key("service"),
    key("stream"),
    key("key_space"),
    UniqueConstraint("source", "service", "stream"),
)
"""Records of one kind from one source; see :class:`~ecegateway.evidence.record.Series`."""

RECORD_VERSION = _table(
    "record_version",
    Column("seq", Id, primary_key=True, autoincrement=False),
    of("series"),
    key("key"),
    Column("version", Integer, nullable=False),
    words("state"),
    Column("content", Text, nullable=False, info={BY_DIGEST: "digest"}),
    Column("digest", LargeBinary, nullable=False),
    of("receipt"),
    UniqueConstraint("series_id", "key", "version"),
    CheckConstraint("version >= 1", name="version"),
    # Spelt out: SQLite builds a table for every IN, which would double the cost of an insert.
    CheckConstraint("state = 'present' OR state = 'deleted' OR state = 'missing'", name="state"),
)
"""Every version of every record: its canonical JSON and digest, both empty unless present."""

FEED_CURSOR = _table(
    "feed_cursor",
    row_id(),
    key("source"),
    key("service"),
    key("feed"),
    words("cursor"),
    of("receipt"),
    Index(None, "source", "service", "feed", "id"),
)
"""Where a feed goes on; the newest row counts."""

QUARANTINE = _table(
    "quarantine",
    row_id(),
    of("receipt"),
    key("service"),
    key("feed"),
    Column("stream", Text),
    words("origin"),
    Column("row", Id, nullable=False),
    Column("column", Text),
    words("reason"),
)
"""A row that was not taken, by its place in a receipt."""

QUARANTINE_END = _table("quarantine_end", of("quarantine", primary_key=True), words("outcome"), instant())
"""What became of a quarantined row in the end."""

HOLD = _table(
    "hold",
    row_id(),
    of("pull"),
    key("source"),
    key("service"),
    key("feed"),
    Column("digest", LargeBinary, nullable=False),
    words("summary"),
    instant(),
)
"""A snapshot that was not applied because it changes too much. ``digest`` names its content, ``summary`` is JSON."""

DECISION = _table("decision", of("hold", primary_key=True), words("by"), words("why"), instant())
"""A person's word that a held snapshot may be applied."""

WAIVER = _table(
    "waiver",
    row_id(),
    key("rule"),
    key("service"),
    Column("child", Key),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    words("by"),
    words("why"),
    Column("until", Day),
    instant(),
)
"""A person's word that a rule's findings on some days need no further action; weighs on no hour."""

WAIVER_END = _table("waiver_end", of("waiver", primary_key=True), words("by"), words("why"), instant())
"""A person's word that a waiver counts no longer."""

ASSIGNMENT = _table(
    "assignment",
    row_id(),
    key("rule"),
    key("service"),
    Column("child", Key),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    words("person"),
    words("by"),
    words("note"),
    instant(),
)
"""Who is to put a rule's findings on some days right, in words."""

ASSIGNMENT_END = _table("assignment_end", of("assignment", primary_key=True), words("by"), words("why"), instant())
"""A person's word that an assignment counts no longer."""

CHECK_RUN = _table(
    "check_run",
    row_id(),
    key("service"),
    key("period"),
    words("input_digest"),
    instant("known_at"),
    instant(),
    Index(None, "service", "period", "id"),
)
"""A check of a service and period whose findings were others than at the check before; ``period`` is its first month."""

CHECK_FINDING = _table(
    "check_finding",
    row_id(),
    of("check_run"),
    key("rule"),
    Column("child", Key),
    words("severity"),
    words("days"),
    Index(None, "check_run_id"),
)
"""What a check found of a child (or the service): a rule, its weight, and the days as a JSON list. Keys only, no names."""

LOG = _table("log", row_id(), words("origin"))
"""The log's own name, made by chance when the store is made; one row."""

LOG_KEY = _table("log_key", row_id(), words("public_key"), words("statement"), words("signatures"), instant())
"""A key that signs checkpoints; from the second on with the statement by which the one before handed over, signed by both."""

LOG_PAGE = _table(
    "log_page",
    Column("first", Id, primary_key=True, autoincrement=False),
    Column("count", Id, nullable=False),
    words("runs"),
    Column("commitments", LargeBinary, nullable=False),
    Column("salts", LargeBinary, nullable=False),
    Column("leaves", LargeBinary, nullable=False),
    Column("peaks", LargeBinary, nullable=False),
)
"""Leaves of the log from the ``first`` on; see :class:`~ecegateway.evidence.log_page.LogPage`."""

LOG_BLOCK = _table(
    "log_block",
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
"""The hash over each whole block of leaves, so that a proof reads few of them."""

CHECKPOINT = _table("checkpoint", row_id(), Column("size", Id, nullable=False), words("note"), instant())
"""What was signed of the log when it had ``size`` leaves: the signed note."""

ERASURE = _table("erasure", row_id(), key("of_table"), key("of_row"), words("by"), words("why"), instant())
"""A row whose content was erased after its time: which, who decided it, and why. What stays of it is its leaf in the log."""

LEGAL_HOLD = _table("legal_hold", row_id(), key("service"), Column("child", Key), words("by"), words("why"), instant())
"""A person's word that nothing of a child (or of the whole service) is to be erased, however old."""

LEGAL_HOLD_END = _table("legal_hold_end", of("legal_hold", primary_key=True), words("by"), words("why"), instant())
"""A person's word that a hold counts no longer."""

DOCUMENT = _table(
    "document",
    Column("digest", LargeBinary, primary_key=True),
    Column("content", LargeBinary, nullable=False, info={BY_DIGEST: "digest"}),
    Column("size", Id, nullable=False),
)
"""What was made here to be handed over, or came back in answer: as in ``body``, once for each SHA-256 digest."""

RS7_RETURN = _table(
    "rs7_return",
    row_id(),
    key("service"),
    key("period"),
    Column("revision", Integer, nullable=False),
    words("kind"),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    made("document"),
    words("basis"),
    words("input_digest"),
    instant("known_at"),
    words("by"),
    instant(),
    UniqueConstraint("service", "period", "revision"),
)
"""A return as it was prepared, by whom; ``period`` is its first month, ``basis`` a digest of all its claim said."""

RETURN_STEP = _table(
    "return_step",
    row_id(),
    of("rs7_return"),
    key("step"),
    words("by"),
    words("detail"),
    made("document", nullable=True),
    instant(),
    UniqueConstraint("rs7_return_id", "step"),
)
"""A step in a return's life, each at most once; ``detail`` is a JSON object, the document what was made or came with it."""

ELI_EVENT = _table(
    "eli_event",
    row_id(),
    key("key"),
    key("service"),
    key("family"),
    words("action"),
    key("entity"),
    Column("child", Key),
    words("source"),
    Column("content", Text, nullable=False, info={BY_DIGEST: "digest"}),
    Column("digest", LargeBinary, nullable=False),
    instant(),
    UniqueConstraint("key"),
    Index(None, "service", "family", "entity", "id"),
)
"""An event in the outbox: its own id (``key``), what it says of which entity, as canonical JSON, and whose word it is by its
event source. What became of it, deliveries say."""

DELIVERY = _table(
    "delivery",
    row_id(),
    key("about"),
    Column("number", Id, nullable=False),
    key("key"),
    Column("digest", LargeBinary, nullable=False),
    words("transport"),
    instant(),
    Index(None, "about", "number"),
    Index(None, "key"),
)
"""An attempt to hand something over (``about``, ``number``), written before a byte leaves; ``digest`` is its bytes' SHA-256."""

DELIVERY_END = _table(
    "delivery_end",
    of("delivery", primary_key=True),
    words("outcome"),
    words("detail"),
    made("document", nullable=True),
    instant(),
)
"""How an attempt ended; of one without an end nobody knows. ``detail`` is a JSON object, the document the answer."""

NSN_STEP = _table(
    "nsn_step",
    row_id(),
    key("service"),
    key("child"),
    key("step"),
    words("by"),
    Column("content", Text, nullable=False, info={BY_DIGEST: "digest"}),
    Column("digest", LargeBinary, nullable=False),
    instant(),
    Index(None, "service", "child", "id"),
)
"""A step on the way to a child's National Student Number: what was asked, answered, chosen and why, as canonical JSON."""

MONTH_CONFIRMATION = _table(
    "month_confirmation",
    row_id(),
    key("service"),
    key("month"),
    words("by"),
    words("statement"),
    words("input_digest"),
    instant("known_at"),
    instant(),
    Index(None, "service", "month"),
)
"""A person's word that a month's records are complete and accurate, and of which evidence it was given."""

API_TOKEN = _table(
    "api_token",
    row_id(),
    words("name"),
    words("person"),
    Column("digest", LargeBinary, nullable=False),
    words("scopes"),
    words("services"),
    words("by"),
    Column("until", Day),
    instant(),
    UniqueConstraint("digest"),
)
"""A token for the interface, by its SHA-256 alone: whose it is, what it may do, for which services (JSON lists), until when."""

API_TOKEN_END = _table("api_token_end", of("api_token", primary_key=True), words("by"), words("why"), instant())
"""A person's word that a token counts no longer."""

OF_THE_LOG = frozenset({LOG_PAGE, LOG_BLOCK, CHECKPOINT})
"""Tables that make up the log itself; the tree proves them, or a signature does."""
