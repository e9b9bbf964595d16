"""The kinds of columns the steps of the schema are made of."""

from typing import Any

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def create(name: str, *items: Any) -> None:
    """A table, strict on SQLite."""
    op.create_table(name, *items, sqlite_strict=True)


def row_id() -> sa.Column[Any]:
    """A number for each row."""
    return sa.Column("id", ID, primary_key=True)


def of(other: str, *, primary_key: bool = False) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    """The number of a row of another table."""
    column = f"{other}_id"
    return (
        sa.Column(column, ID, primary_key=primary_key, nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint([column], [f"{other}.id"]),
    )


def keys(*names: str) -> list[sa.Column[Any]]:
    """Texts that are looked up, compared by their bytes."""
    return [sa.Column(name, KEY, nullable=False) for name in names]


def texts(*names: str) -> list[sa.Column[Any]]:
    """Texts."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def binary(name: str, *, primary_key: bool = False) -> sa.Column[Any]:
    """Bytes."""
    return sa.Column(name, sa.LargeBinary, nullable=False, primary_key=primary_key)


def number(name: str) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, ID, nullable=False)
