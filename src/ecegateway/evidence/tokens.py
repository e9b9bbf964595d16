"""Tokens for the interface, kept by their digest alone, and that one counts no longer. Rows are added, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, select

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.record import Ending
from ecegateway.evidence.small_json import json_text
from ecegateway.model.ids import ServiceNumber


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be kept: what it is called, whose it is, what it may do, for which services (none named: all), until when."""

    name: str
    person: str
    digest: bytes
    scopes: tuple[str, ...]
    services: tuple[ServiceNumber, ...]
    until: date | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A token in the store, by its number; ``end`` if it counts no longer."""

    id: int
    name: str
    person: str
    scopes: tuple[str, ...]
    services: tuple[ServiceNumber, ...]
    until: date | None
    by: str
    at: datetime
    end: Ending | None


def add_token(appending: Appending, new: NewToken) -> int:
    """Keep a token; gives its number."""
    return appending.insert(
        schema.API_TOKEN,
        name=new.name,
        person=new.person,
        digest=new.digest,
        scopes=json_text(list(new.scopes)),
        services=json_text(list(new.services)),
        until=new.until,
        by=new.by,
        at=new.at,
    )


def end_token(appending: Appending, number: int, ending: Ending) -> None:
    """Note that a token counts no longer.

    Raises:
        EvidenceMissingError: there is none of this number, or it was ended already.
    """
    found = next(iter(_tokens(appending.connection, schema.API_TOKEN.c.id == number)), None)
    if found is None:
        raise EvidenceMissingError(f"no token has the number {number}; `ecegateway tokens list` gives the numbers")
    if found.end is not None:
        raise EvidenceMissingError(f"token {number} was ended already, by {found.end.by}")
    row = {"api_token_id": number, "by": ending.by, "why": ending.why, "at": ending.at}
    appending.insert_all(schema.API_TOKEN_END, [row])


def tokens(connection: Connection) -> tuple[KeptToken, ...]:
    """Every token, oldest first, those that count no longer too."""
    return tuple(_tokens(connection))


def token_of(connection: Connection, digest: bytes) -> KeptToken | None:
    """The token of a digest."""
    return next(iter(_tokens(connection, schema.API_TOKEN.c.digest == digest)), None)


def _tokens(connection: Connection, *conditions: ColumnElement[bool]) -> Iterable[KeptToken]:
    ends = schema.API_TOKEN_END.c
    found = (
        select(schema.API_TOKEN, ends.by.label("ended_by"), ends.why.label("ended_why"), ends.at.label("ended_at"))
        .outerjoin(schema.API_TOKEN_END)
        .where(*conditions)
        .order_by(schema.API_TOKEN.c.id)
    )
    return [_token(row) for row in connection.execute(found)]


def _token(row: Row[Any]) -> KeptToken:
    return KeptToken(
        id=row.id,
        name=row.name,
        person=row.person,
        scopes=tuple(orjson.loads(row.scopes)),
        services=tuple(map(ServiceNumber, orjson.loads(row.services))),
        until=row.until,
        by=row.by,
        at=row.at,
        end=None if row.ended_at is None else Ending(row.ended_by, row.ended_why, row.ended_at),
    )
