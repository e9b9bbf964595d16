"""What people say about findings: waivers, assignments, and that either counts no longer. Rows are added, never changed."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.record import Assignment, Ending, Given, Waiver
from ecegateway.model.ids import ServiceNumber


def waive(appending: Appending, waiver: Waiver) -> int:
    """Keep a person's word that a rule's findings need no further action; gives its number."""
    return appending.insert(schema.WAIVER, **_row(waiver))


def waivers(connection: Connection, service: ServiceNumber) -> list[Given[Waiver]]:
    """A service's waivers, oldest first, those withdrawn too."""
    rows = _given(connection, schema.WAIVER, schema.WAIVER_END, service)
    return [Given(row.id, Waiver(**_word(row, Waiver)), _end(row)) for row in rows]


def assign(appending: Appending, assignment: Assignment) -> int:
    """Keep who is to put a rule's findings right; gives its number."""
    return appending.insert(schema.ASSIGNMENT, **_row(assignment))


def assignments(connection: Connection, service: ServiceNumber) -> list[Given[Assignment]]:
    """A service's assignments, oldest first, those withdrawn too."""
    rows = _given(connection, schema.ASSIGNMENT, schema.ASSIGNMENT_END, service)
    return [Given(row.id, Assignment(**_word(row, Assignment)), _end(row)) for row in rows]


def withdraw(appending: Appending, what: str, number: int, ending: Ending) -> None:
    """Note that a waiver or an assignment (``what``) counts no longer.

    Raises:
        EvidenceMissingError: there is none of this number, or it was withdrawn already.
    """
    table, ends = (schema.WAIVER, schema.WAIVER_END) if what == "waiver" else (schema.ASSIGNMENT, schema.ASSIGNMENT_END)
    named, connection = ends.c[f"{what}_id"], appending.connection
    if connection.scalar(select(table.c.id).where(table.c.id == number)) is None:
        raise EvidenceMissingError(f"no {what} has the number {number}; `ecegateway findings list` gives the numbers")
    if connection.scalar(select(named).where(named == number)) is not None:
        raise EvidenceMissingError(f"{what} {number} was withdrawn already; a withdrawal stands")
    appending.insert_all(ends, [{named.name: number, "by": ending.by, "why": ending.why, "at": ending.at}])


def _row(word: Waiver | Assignment) -> dict[str, object]:
    return {field.name: getattr(word, field.name) for field in fields(word)}


def _word(row: Row[Any], kind: type[Waiver] | type[Assignment]) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(kind)}


def _given(connection: Connection, table: Table, ends: Table, service: ServiceNumber) -> list[Row[Any]]:
    found = (
        select(table, ends.c.by.label("ended_by"), ends.c.why.label("ended_why"), ends.c.at.label("ended_at"))
        .outerjoin(ends)
        .where(table.c.service == service)
        .order_by(table.c.id)
    )
    return list(connection.execute(found))


def _end(row: Row[Any]) -> Ending | None:
    return None if row.ended_at is None else Ending(row.ended_by, row.ended_why, row.ended_at)
