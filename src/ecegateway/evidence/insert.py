"""Inserts of single rows; the one gate where texts are checked, so that both stores refuse the same."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, Table
from sqlalchemy import insert as insert_into

from ecegateway.errors import IntakeError
from ecegateway.evidence.canonical import refuse_poison


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows.

    Raises:
        IntakeError: a text that one store would take and the other not.
    """
    if not rows:
        return
    for row in rows:
        refuse_poison(value for value in row.values() if isinstance(value, str))
    connection.execute(insert_into(table), rows)


def insert(connection: Connection, table: Table, **row: Any) -> int:
    """Append a row to a table that numbers its rows.

    Returns:
        The row's number.

    Raises:
        IntakeError: a text that one store would take and the other not.
    """
    refuse_poison(value for value in row.values() if isinstance(value, str))
    key = connection.execute(insert_into(table).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def json_text(value: Any) -> str:
    """JSON with sorted keys, for the small descriptions kept beside records.

    Raises:
        IntakeError: a text in it holds a lone surrogate.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError as error:
        raise IntakeError("a text holds a lone surrogate, which is no character; correct it at the source") from error
