"""Events in the outbox, what deliveries say of each, and the months people confirmed. Rows are added, never changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, func, select, tuple_

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.model.eli import Action, Family
from ecegateway.model.ids import ChildKey, ServiceNumber
from ecegateway.outbound import About, Outcome

_PAGE = 500


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event to be kept: its own id, what it is about, and its content as canonical JSON with its SHA-256."""

    key: str
    service: ServiceNumber
    family: Family
    action: Action
    entity: str
    child: ChildKey | None
    source: str
    content: str
    digest: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event as it stands in the outbox, without its content.

    ``attempted`` says that it was tried, ``outcome`` how the newest attempt ended, ``None`` where nobody knows. ``erased`` says
    that its content was erased after its time.
    """

    number: int
    key: str
    service: ServiceNumber
    family: Family
    action: Action
    entity: str
    child: ChildKey | None
    source: str
    digest: bytes
    at: datetime
    attempted: bool
    outcome: Outcome | None
    erased: bool


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person's word that a month's records are complete and accurate. ``month`` is its first day."""

    service: ServiceNumber
    month: date
    by: str
    statement: str
    input_digest: str
    known_at: datetime
    at: datetime


def add_events(appending: Appending, rows: Sequence[EventRow]) -> None:
    """Put events into the outbox, in the order given; they are numbered so."""
    for first in range(0, len(rows), _PAGE):
        page = rows[first : first + _PAGE]
        appending.insert_all(
            schema.ELI_EVENT,
            [
                {
                    "key": row.key,
                    "service": row.service,
                    "family": row.family.value,
                    "action": row.action.value,
                    "entity": row.entity,
                    "child": row.child,
                    "source": row.source,
                    "content": row.content,
                    "digest": row.digest,
                    "at": row.at,
                }
                for row in page
            ],
        )


def events_of(connection: Connection, service: ServiceNumber, family: Family) -> Iterator[KeptEvent]:
    """The events of a service and family, entity by entity, each oldest first; read page by page."""
    columns = schema.ELI_EVENT.c
    query = _with_outcomes().where(columns.service == service, columns.family == family.value)
    pages = query.order_by(columns.entity, columns.id).limit(_PAGE)
    after = ("", 0)
    while page := _found(connection, pages.where(tuple_(columns.entity, columns.id) > tuple_(*after))):
        yield from page
        after = page[-1].entity, page[-1].number


def event(connection: Connection, service: ServiceNumber, number: int) -> tuple[KeptEvent, str]:
    """One event of a service, and its content as canonical JSON.

    Raises:
        EvidenceMissingError: the service has none of this number, or its content was erased after its time.
    """
    columns = schema.ELI_EVENT.c
    one = (columns.service == service, columns.id == number)
    found = _found(connection, _with_outcomes().where(*one))
    content = connection.scalar(select(columns.content).where(*one))
    if not found or content is None:
        raise EvidenceMissingError(
            f"service {service} has no event {number}; `ecegateway events list` gives the numbers of its events"
        )
    if found[0].erased:
        raise EvidenceMissingError(f"what event {number} said was erased after its time")
    return found[0], content


def entity_events(connection: Connection, service: ServiceNumber, family: Family, entity: str) -> list[KeptEvent]:
    """The events of one entity, oldest first."""
    columns = schema.ELI_EVENT.c
    one = (columns.service == service, columns.family == family.value, columns.entity == entity)
    return _found(connection, _with_outcomes().where(*one).order_by(columns.id))


def confirm_month(appending: Appending, word: Confirmation) -> int:
    """Keep a person's word on a month; gives its number."""
    return appending.insert(
        schema.MONTH_CONFIRMATION,
        service=word.service,
        month=f"{word.month:%Y-%m}",
        by=word.by,
        statement=word.statement,
        input_digest=word.input_digest,
        known_at=word.known_at,
        at=word.at,
    )


def confirmations(connection: Connection, service: ServiceNumber) -> list[Confirmation]:
    """What people confirmed of a service's months, oldest first."""
    table = schema.MONTH_CONFIRMATION
    rows = connection.execute(select(table).where(table.c.service == service).order_by(table.c.id))
    return [
        Confirmation(
            ServiceNumber(row.service),
            date.fromisoformat(f"{row.month}-01"),
            row.by,
            row.statement,
            row.input_digest,
            row.known_at,
            row.at,
        )
        for row in rows
    ]


def _with_outcomes() -> Select[tuple[object, ...]]:
    """Events without their contents, each with the newest attempt to hand it over."""
    events, attempts, ends = schema.ELI_EVENT.c, schema.DELIVERY, schema.DELIVERY_END
    newest = (
        select(func.max(attempts.c.id))
        .where(attempts.c.about == About.EVENT.value, attempts.c.number == events.id)
        .correlate(schema.ELI_EVENT)
        .scalar_subquery()
    )
    wanted = (
        events.id,
        events.key,
        events.service,
        events.family,
        events.action,
        events.entity,
        events.child,
        events.source,
        events.digest,
        events.at,
    )
    erased = (events.content == "").label("erased")
    return (
        select(*wanted, erased, attempts.c.id.label("attempt"), ends.c.outcome)
        .select_from(schema.ELI_EVENT)
        .outerjoin(attempts, attempts.c.id == newest)
        .outerjoin(ends, ends.c.delivery_id == attempts.c.id)
    )


def _found(connection: Connection, query: Select[tuple[object, ...]]) -> list[KeptEvent]:
    return [_kept(row) for row in connection.execute(query)]


def _kept(row: Row[tuple[object, ...]]) -> KeptEvent:
    return KeptEvent(
        number=row.id,
        key=row.key,
        service=ServiceNumber(row.service),
        family=Family(row.family),
        action=Action(row.action),
        entity=row.entity,
        child=None if row.child is None else ChildKey(row.child),
        source=row.source,
        digest=row.digest,
        at=row.at,
        attempted=row.attempt is not None,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        erased=bool(row.erased),
    )
