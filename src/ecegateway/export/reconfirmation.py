"""The form by which a parent reconfirms an enrolment agreement, or changes it: a page to print and sign.

Source: ECE Funding Handbook 6-7.
"""

from ecegateway.contract import Exportable, ExportFile
from ecegateway.errors import EvidenceMissingError
from ecegateway.export.absence_months import SIGNED, ChildRow, absence_months, latest_month
from ecegateway.export.names import form_name
from ecegateway.export.pages import render_page
from ecegateway.model.period import DateRange, Weekday


def due_forms(exportable: Exportable) -> tuple[ExportFile, ...]:
    """A form for each child whose agreement must be reconfirmed or changed after the last month of which anything is known."""
    month = latest_month(absence_months(exportable))
    return () if month is None else tuple(_form(exportable, row, month.days) for row in month.to_sign)


def form_of(exportable: Exportable, child: str) -> ExportFile:
    """The form of one child, due or not, by the child's key or its last part, for the newest month that has the child.

    Raises:
        EvidenceMissingError: no month has the child, or keys of several children end alike.
    """
    rows = {
        row.child: (row, month.days)
        for month in absence_months(exportable)
        for row in month.rows
        if child in (row.child, row.child.partition(":")[2])
    }
    if len(rows) != 1:
        wrong = f"{len(rows)} children have" if rows else "no permanently enrolled child has"
        where = f"service {exportable.claim.service} in {exportable.claim.period}"
        raise EvidenceMissingError(f"{wrong} the key {child!r} at {where}; frequent-absence.csv holds the keys")
    ((row, month),) = rows.values()
    return _form(exportable, row, month)


def _form(exportable: Exportable, row: ChildRow, month: DateRange) -> ExportFile:
    """It names the patterns that ask for a signature, and has room for new days and times: a report holds no bookings."""
    content = render_page(
        "reconfirmation.html",
        exportable,
        row=row,
        month=month,
        reasons=[shown for shown in row.reasons if shown.duty in SIGNED],
        weekdays=tuple(Weekday),
    )
    return ExportFile(form_name(row.child), content)
