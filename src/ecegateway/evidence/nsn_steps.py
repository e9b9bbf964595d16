"""Steps on the way to children's student numbers, as rows: added, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Connection, select

from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.small_json import json_text
from ecegateway.model.ids import ChildKey, ServiceNumber


@dataclass(frozen=True, slots=True)
class NsnRow:
    """A step as it lies in the store: whose number, what was done, by whom, when, and what it says."""

    service: ServiceNumber
    child: ChildKey
    step: str
    by: str
    at: datetime
    content: Mapping[str, Any]


def add_nsn_step(appending: Appending, row: NsnRow) -> int:
    """Keep a step; gives its number.

    Raises:
        IntakeError: a text no store takes.
    """
    content = json_text(row.content)
    return appending.insert(
        schema.NSN_STEP,
        service=row.service,
        child=row.child,
        step=row.step,
        by=row.by,
        content=content,
        digest=sha256(content.encode()).digest(),
        at=row.at,
    )


def nsn_rows(connection: Connection, service: ServiceNumber, known_at: datetime | None = None) -> list[NsnRow]:
    """A service's steps by a moment (by default all), oldest first; those erased after their time are passed over."""
    columns = schema.NSN_STEP.c
    wanted = select(schema.NSN_STEP).where(columns.service == service, columns.content != "").order_by(columns.id)
    if known_at is not None:
        wanted = wanted.where(columns.at <= known_at)
    return [
        NsnRow(row.service, row.child, row.step, row.by, row.at, orjson.loads(row.content))
        for row in connection.execute(wanted)
    ]
