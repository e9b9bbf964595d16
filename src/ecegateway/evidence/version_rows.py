"""Which rows stand behind versions of records: the version, the series that says whose it is, the receipt it came with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.log_page import LogRow
from ecegateway.model.ids import EvidenceId, ServiceNumber, evidence_id


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind one version, by table and number; ``stream`` is the record's."""

    stream: str
    rows: tuple[LogRow, ...]


def rows_behind(
    connection: Connection, service: ServiceNumber, versions: Collection[EvidenceId]
) -> Mapping[EvidenceId, Behind]:
    """The rows behind versions of records of a service.

    Raises:
        EvidenceMissingError: the store has no such version.
    """
    columns, series = schema.RECORD_VERSION.c, schema.SERIES.c
    found: dict[EvidenceId, Behind] = {}
    wanted = set(versions)
    asked = (
        select(columns.seq, columns.series_id, columns.key, columns.version, columns.receipt_id, series.source, series.stream)
        .join(schema.SERIES)
        .where(series.service == service)
    )
    for row in connection.execute(asked):
        name = evidence_id(row.source, service, row.stream, row.key, row.version)
        if name in wanted:
            rows = (("record_version", row.seq), ("series", row.series_id), ("receipt", row.receipt_id))
            found[name] = Behind(row.stream, rows)
    if missing := min(wanted - found.keys(), default=None):
        raise EvidenceMissingError(f"the store holds no record version {missing}")
    return found
