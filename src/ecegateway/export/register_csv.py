"""The register as CSV: one row for each entry, those crossed out included."""

from ecegateway.contract import Exportable
from ecegateway.export.csv_text import csv_bytes
from ecegateway.export.register_rows import COLUMNS, entry_rows


def register_csv(exportable: Exportable) -> bytes:
    """The bytes of ``register.csv``."""
    return csv_bytes(COLUMNS, ((row.day.isoformat(), *row.values) for row in entry_rows(exportable)))
