"""Reads everything known of a service at a moment."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, exists, select

from ecegateway.contract import Fact
from ecegateway.errors import EvidenceError
from ecegateway.evidence import schema
from ecegateway.evidence.apart import rows_set_apart
from ecegateway.evidence.record import STATES, Series, ServiceEvidence, State, StoredVersion, Version
from ecegateway.model.ids import ServiceNumber, SourceName, evidence_id
from ecegateway.model.record import Record
from ecegateway.model.streams import STREAMS

_SAYS = (schema.RECORD_VERSION.c.state != State.PRESENT) | (schema.RECORD_VERSION.c.content != "")
"""Whether a version says something still: one whose content was erased after its time is passed over."""
_AT_A_TIME = 1000
"""Rows taken from the database at a time."""
_Row = Row[int, str, int, str, str, bytes, datetime]
"""A version as stored: series, key, number, state, content, digest, and when its receipt came."""


def head(connection: Connection) -> datetime | None:
    """When the newest receipt came; ``None`` for an empty store."""
    return connection.scalar(select(schema.RECEIPT.c.received_at).order_by(schema.RECEIPT.c.id.desc()).limit(1))


def services(connection: Connection) -> tuple[ServiceNumber, ...]:
    """The services the store holds records of, in order."""
    filled = exists().where(schema.RECORD_VERSION.c.series_id == schema.SERIES.c.id)
    found = connection.scalars(select(schema.SERIES.c.service).where(filled).distinct())
    return tuple(ServiceNumber(service) for service in sorted(found))


def service_evidence(
    connection: Connection, service: ServiceNumber, known_at: datetime, streams: Collection[str] | None = None
) -> ServiceEvidence:
    """Every version of every record of a service that had come by ``known_at``; with ``streams``, of those streams alone.

    Raises:
        EvidenceError: a stored record cannot be read by this version.
    """
    series = {key: one for key, one in _series_of(connection, service).items() if streams is None or one.stream in streams}
    versions: list[Version] = []
    for rows in _rows(connection, tuple(series), known_at):
        versions += _versions(rows, series)
    sources = {one.source for one in series.values()}
    apart = rows_set_apart(connection, service, known_at)
    return ServiceEvidence(service, known_at, tuple(versions), _facts(connection, sources, known_at), apart)


def versions_of(
    connection: Connection, source: SourceName, service: ServiceNumber, stream: str, key: str
) -> list[StoredVersion]:
    """Every version of one record as it lies in the store, oldest first; none if the store never had it."""
    columns = schema.RECORD_VERSION.c
    found = connection.execute(
        select(schema.RECORD_VERSION, schema.RECEIPT.c.feed, schema.RECEIPT.c.received_at)
        .join(schema.SERIES)
        .join(schema.RECEIPT)
        .where(
            schema.SERIES.c.source == source,
            schema.SERIES.c.service == service,
            schema.SERIES.c.stream == stream,
            columns.key == key,
        )
        .order_by(columns.version)
    )
    return [
        StoredVersion(
            id=evidence_id(source, service, stream, key, row.version),
            number=row.version,
            state=STATES[row.state],
            content=row.content,
            digest=row.digest,
            receipt=row.receipt_id,
            feed=row.feed,
            received_at=row.received_at,
        )
        for row in found
    ]


def _series_of(connection: Connection, service: ServiceNumber) -> dict[int, Series]:
    found = connection.execute(select(schema.SERIES).where(schema.SERIES.c.service == service))
    return {row.id: Series(row.source, row.service, row.stream, row.key_space) for row in found}


def _rows(connection: Connection, series_ids: Sequence[int], known_at: datetime) -> Iterator[Sequence[_Row]]:
    """The rows in the order stored, some at a time: all at once they would fill the memory a second time."""
    columns = schema.RECORD_VERSION.c
    found = connection.execute(
        select(
            columns.series_id,
            columns.key,
            columns.version,
            columns.state,
            columns.content,
            columns.digest,
            schema.RECEIPT.c.received_at,
        )
        .join(schema.RECEIPT)
        .where(columns.series_id.in_(series_ids), schema.RECEIPT.c.received_at <= known_at, _SAYS)
        .order_by(columns.seq)
    )
    return found.partitions(_AT_A_TIME)


def _versions(rows: Sequence[_Row], series: Mapping[int, Series]) -> Iterator[Version]:
    records = _records(rows, series)
    for (series_id, key, number, state, _, digest, received_at), record in zip(rows, records, strict=True):
        found = series[series_id]
        yield Version(
            id=evidence_id(found.source, found.service, found.stream, key, number),
            source=found.source,
            key_space=found.key_space,
            service=found.service,
            stream=found.stream,
            key=key,
            version=number,
            state=STATES[state],
            record=record,
            digest=digest,
            received_at=received_at,
        )


def _records(rows: Sequence[_Row], series: Mapping[int, Series]) -> list[Record | None]:
    """The rows' records, in the rows' order; each stream is parsed as one list, which is several times as fast."""
    contents: dict[str, dict[int, str]] = {}
    for place, (series_id, _, _, state, content, _, _) in enumerate(rows):
        if state == State.PRESENT:
            contents.setdefault(series[series_id].stream, {})[place] = content
    records: list[Record | None] = [None] * len(rows)
    for stream, by_place in contents.items():
        for place, record in zip(by_place, parse_records(stream, by_place.values()), strict=True):
            records[place] = record
    return records


def parse_records(stream: str, contents: Iterable[str]) -> Sequence[Record]:
    """The records of canonical texts of a stream, in their order.

    Raises:
        EvidenceError: one of them is no record that this version can read.
    """
    try:
        return _adapter(stream).validate_json("[" + ",".join(contents) + "]")
    except (KeyError, ValueError) as error:
        # The text of the error quotes places in the records, so it is cut off here.
        raise EvidenceError(
            f"a stored {stream!r} record cannot be read ({type(error).__name__}); open the store with the version that wrote it"
        ) from None


@cache
def _adapter(stream: str) -> TypeAdapter[list[Record]]:
    model: Any = STREAMS[stream]
    return TypeAdapter(list[model])


def _facts(connection: Connection, sources: set[SourceName], known_at: datetime) -> dict[SourceName, frozenset[Fact]]:
    """What each source declared at the newest pull of which something was received by then."""
    received = exists().where(schema.RECEIPT.c.pull_id == schema.PULL.c.id, schema.RECEIPT.c.received_at <= known_at)
    pulls = connection.execute(
        select(schema.PULL.c.source, schema.PULL.c.facts)
        .where(schema.PULL.c.source.in_(sources), received)
        .order_by(schema.PULL.c.id)
    )
    newest = {SourceName(source): facts for source, facts in pulls}
    return {source: read_facts(facts) for source, facts in sorted(newest.items())}


def read_facts(declared: str) -> frozenset[Fact]:
    """The facts of a pull's JSON list; a word that is none we know was declared to a newer version, and shows nothing."""
    known = {fact.value: fact for fact in Fact}
    return frozenset(known[word] for word in orjson.loads(declared) if word in known)
