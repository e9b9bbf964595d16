"""The frequent-absence report as a page: a calendar for each month, and what to do for whom by when."""

from ecegateway.contract import Exportable
from ecegateway.export.absence_months import absence_months, latest_month
from ecegateway.export.pages import render_page


def absences_page(exportable: Exportable) -> bytes:
    """The bytes of ``frequent-absence.html``."""
    months = absence_months(exportable)
    return render_page("frequent-absence.html", exportable, months=months, latest=latest_month(months))
