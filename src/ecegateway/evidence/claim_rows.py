"""Which rows a claim was made from: what proves a service's evidence, and all that it takes to have that evidence again."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection, exists, func, select

from ecegateway.evidence import schema
from ecegateway.evidence.log_page import LogRow
from ecegateway.evidence.record import ServiceEvidence
from ecegateway.evidence.version_rows import Behind, rows_behind
from ecegateway.model.ids import SourceName

SOURCES = "sources"
"""The document of what the sources declared, of rows set apart, and of what was erased."""
_IN_A_DOCUMENT = 1000
"""Versions in one document: few enough to be read at once."""


def rows_of_claim(connection: Connection, evidence: ServiceEvidence) -> Mapping[str, Collection[LogRow]]:
    """The rows behind a service's evidence, by the name of the document they are to stand in.

    Versions stand under their stream, some to a document, with the series that says whose they are and the receipt they came
    with. ``evidence`` is as :meth:`~ecegateway.evidence.store.Evidence.evidence_of` gave it, of that very moment.

    Raises:
        EvidenceMissingError: the store has no such version.
    """
    behind = rows_behind(connection, evidence.service, [version.id for version in evidence.versions])
    documents: dict[str, Collection[LogRow]] = {SOURCES: {*_of_sources(connection, evidence), *_erased(connection, evidence)}}
    by_stream: dict[str, list[Behind]] = {}
    for one in behind.values():
        by_stream.setdefault(one.stream, []).append(one)
    for stream, found in by_stream.items():
        for number, some in enumerate(_parts(sorted(found, key=lambda one: one.rows[0][1])), start=1):
            documents[f"{stream.replace('_', '-')}-{number:03}"] = {row for one in some for row in one.rows}
    return documents


def _parts(found: Sequence[Behind]) -> Iterator[Sequence[Behind]]:
    for at in range(0, len(found), _IN_A_DOCUMENT):
        yield found[at : at + _IN_A_DOCUMENT]


def _of_sources(connection: Connection, evidence: ServiceEvidence) -> Iterator[LogRow]:
    """The newest pull of each source with a receipt of it, and each row set apart with its receipt and pull."""
    for source in evidence.facts:
        yield from _newest_pull(connection, source, evidence)
    numbers = {row.id for row in evidence.set_apart}
    asked = (
        select(schema.QUARANTINE.c.id, schema.QUARANTINE.c.receipt_id, schema.RECEIPT.c.pull_id)
        .join(schema.RECEIPT)
        .where(schema.QUARANTINE.c.service == evidence.service)
    )
    for row in connection.execute(asked):
        if row.id in numbers:
            yield from (("quarantine", row.id), ("receipt", row.receipt_id), ("pull", row.pull_id))


def _newest_pull(connection: Connection, source: SourceName, evidence: ServiceEvidence) -> Iterator[LogRow]:
    receipts = schema.RECEIPT.c
    received = exists().where(receipts.pull_id == schema.PULL.c.id, receipts.received_at <= evidence.known_at)
    pull = connection.scalar(select(func.max(schema.PULL.c.id)).where(schema.PULL.c.source == source, received))
    if pull is not None:
        yield "pull", pull
        yield "receipt", connection.scalars(select(func.min(receipts.id)).where(receipts.pull_id == pull)).one()


def _erased(connection: Connection, evidence: ServiceEvidence) -> Iterator[LogRow]:
    """The decisions by which versions of records were erased of which other versions are here."""
    records = {(version.source, version.stream, version.key) for version in evidence.versions}
    columns, series = schema.RECORD_VERSION.c, schema.SERIES.c
    asked = (
        select(columns.seq, columns.key, series.source, series.stream)
        .join(schema.SERIES)
        .where(series.service == evidence.service, columns.state == "present", columns.content == "")
    )
    erased = [str(row.seq) for row in connection.execute(asked) if (row.source, row.stream, row.key) in records]
    erasure = schema.ERASURE.c
    for row in erased:
        asked_of = select(erasure.id).where(erasure.of_table == "record_version", erasure.of_row == row)
        yield from (("erasure", number) for number in connection.scalars(asked_of))


def rows_of_return(connection: Connection, number: int, steps: Collection[str]) -> Collection[LogRow]:
    """The row of a return, and those of its steps of these names."""
    columns = schema.RETURN_STEP.c
    taken = connection.scalars(select(columns.id).where(columns.rs7_return_id == number, columns.step.in_(steps)))
    return {("rs7_return", number), *(("return_step", step) for step in taken)}
