"""Begins the log of a store: gives it a name, and puts under it whatever an older version stored without one."""

import secrets

from sqlalchemy import select

from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.rows import LOGGED, every_row, row_id, stored

_NAMED = "ecegateway/evidence/"
"""What every log's name begins with. The rest is chance, so that no two stores are taken for each other."""


def begin_log(appending: Appending) -> None:
    """Begin the log, unless it has begun."""
    if appending.connection.scalar(select(schema.LOG.c.id)) is not None:
        return
    appending.insert(schema.LOG, origin=f"{_NAMED}{secrets.token_hex(16)}")
    for name, table in LOGGED.items():
        if table is not schema.LOG:
            appending.log.add(name, ((row_id(table, row), stored(name, row)) for row in every_row(appending.connection, table)))
