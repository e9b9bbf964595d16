"""All tables of the pack as one workbook, a sheet for each."""

import io
from collections.abc import Iterable
from datetime import UTC

from xlsxwriter import Workbook

from ecegateway.export.workbook import OPTIONS, TOP, lay_out, write_text
from ecegateway.export.workbook_styles import Styles
from ecegateway.inspection.table import Table
from ecegateway.model.claim import Claim

_WIDEST, _NARROWEST, _LOOKED_AT = 44, 9, 60
_LONGEST_NAME = 31
"""Letters a sheet's name may have."""


def tables_xlsx(tables: Iterable[Table], claim: Claim) -> bytes:
    """The bytes of ``records.xlsx``. Text is written as text; the workbook is dated by the moment the claim is known at."""
    raw = io.BytesIO()
    with Workbook(raw, dict(OPTIONS)) as book:
        book.set_properties({"title": "Inspection pack: records", "created": claim.known_at.astimezone(UTC)})
        styles = Styles(book)
        for table in tables:
            _write(book, styles, table, claim)
    return raw.getvalue()


def _write(book: Workbook, styles: Styles, table: Table, claim: Claim) -> None:
    sheet = book.add_worksheet(table.name[:_LONGEST_NAME])
    lay_out(sheet)
    write_text(sheet, 0, 0, f"{table.title}: {claim.service_name}, service {claim.service}", styles["title"])
    write_text(sheet, 1, 0, table.note, styles["note"])
    sheet.freeze_panes(TOP + 1, 0)
    for place, heading in enumerate(table.columns):
        lengths = (len(row[place]) for row in table.rows[:_LOOKED_AT])
        sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, len(heading), *lengths)))
        write_text(sheet, TOP, place, heading, styles["head"])
    for line, row in enumerate(table.rows, TOP + 1):
        for place, value in enumerate(row):
            write_text(sheet, line, place, value, styles["text"])
