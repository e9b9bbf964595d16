"""Columns and their types, which hold the same text in both stores, legible to anybody who opens one in seven years."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from ecegateway.errors import EvidenceError

Id = BigInteger().with_variant(Integer(), "sqlite")
"""A row number; SQLite's strict tables know one width of integer."""

Key = Text().with_variant(Text(collation="C"), "postgresql")
"""A text that is looked up: compared by its bytes, whatever the database's language."""


def instant_text(at: datetime) -> str:
    """An aware instant as fixed-width UTC text, so that texts order as instants do.

    Raises:
        EvidenceError: the instant has no zone.
    """
    if at.utcoffset() is None:
        raise EvidenceError("an instant without a zone cannot be stored; pass an aware datetime")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@lru_cache(maxsize=4096)
def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Instant(TypeDecorator[datetime]):
    """An aware instant."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To text."""
        del dialect
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """From text."""
        del dialect
        return None if value is None else _instant(value)


class Day(TypeDecorator[date]):
    """A calendar day."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """To text."""
        del dialect
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """From text."""
        del dialect
        return None if value is None else date.fromisoformat(value)


def row_id() -> Column[Any]:
    """A number for each row."""
    return Column("id", Id, primary_key=True)


def of(other: str, *, primary_key: bool = False) -> Column[Any]:
    """The number of a row of another table."""
    return Column(f"{other}_id", Id, ForeignKey(f"{other}.id"), primary_key=primary_key, nullable=False)


def made(other: str, *, nullable: bool = False) -> Column[Any]:
    """The digest by which a row of another table is kept."""
    return Column(f"{other}_digest", LargeBinary, ForeignKey(f"{other}.digest"), nullable=nullable)


def words(name: str) -> Column[Any]:
    """A text."""
    return Column(name, Text, nullable=False)


def key(name: str) -> Column[Any]:
    """A text that is looked up."""
    return Column(name, Key, nullable=False)


def instant(name: str = "at") -> Column[Any]:
    """An instant."""
    return Column(name, Instant, nullable=False)
