"""Triggers by which the database itself refuses to change or remove a row."""

from collections.abc import Iterator, Mapping, Sequence

_FUNCTION = """
CREATE FUNCTION evidence_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'evidence is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$
"""


def refusal(dialect: str) -> Iterator[str]:
    """What the triggers call; made once, before the first of them."""
    if dialect != "sqlite":
        yield _FUNCTION


def append_only(dialect: str, unique: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[str]:
    """The statements that protect the tables named in ``unique``, each with its sets of columns that name one row.

    SQLite's ``INSERT OR REPLACE`` removes a row without firing delete triggers unless the connection asked for it, so there
    an insert that would replace a row is refused as well.
    """
    if dialect == "sqlite":
        for table, column_sets in unique.items():
            yield from _sqlite(table, column_sets)
    else:
        for table in unique:
            yield (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION evidence_is_append_only()"
            )


def _sqlite(table: str, column_sets: Sequence[Sequence[str]]) -> Iterator[str]:
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'evidence is append-only: {verb} on {table} is refused'); END"
        )
    for number, columns in enumerate(column_sets):
        same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
        yield (  # the names are our own schema's
            f"CREATE TRIGGER {table}_no_replace_{number} BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, 'evidence is append-only: {table} holds this row already'); END"
        )
