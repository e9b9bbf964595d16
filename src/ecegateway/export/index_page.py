"""The page to start from: what is claimed, what is held back, what to do first."""

from ecegateway.contract import Exportable
from ecegateway.export.absence_months import absence_months, latest_month
from ecegateway.export.cause_lines import cause_lines
from ecegateway.export.pages import render_page
from ecegateway.export.summary import hours_claimed, minutes_with, reasons, staff_hours
from ecegateway.model.claim import Verdict
from ecegateway.model.finding import Severity

_FIRST_THINGS = 5


def index_page(exportable: Exportable) -> bytes:
    """The bytes of ``index.html``.

    Raises:
        ExportError: a rule has no text.
    """
    claim = exportable.claim
    held = reasons(exportable, Verdict.HELD)
    found = cause_lines(exportable, exportable.causes())
    return render_page(
        "index.html",
        exportable,
        hours=hours_claimed(claim),
        staff=staff_hours(claim),
        held=held,
        first=held[:_FIRST_THINGS],
        held_minutes=minutes_with(claim, Verdict.HELD),
        refused=reasons(exportable, Verdict.REFUSED),
        refused_minutes=minutes_with(claim, Verdict.REFUSED),
        found_rules={line.cause.rule for line in found if line.cause.severity is Severity.HOLDS},
        warnings=[line for line in found if line.cause.severity is not Severity.HOLDS],
        requests=[request for request in exportable.nsn_requests if request.path != "verify"],
        absences=latest_month(absence_months(exportable)),
    )
