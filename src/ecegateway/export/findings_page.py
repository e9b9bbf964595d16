"""The findings as a page: one line per cause, then each cause with its fix, its children and their days."""

from ecegateway.contract import Exportable
from ecegateway.export.pages import render_page
from ecegateway.export.summary import causes, minutes_with, reasons
from ecegateway.model.claim import Verdict
from ecegateway.model.finding import Severity


def findings_page(exportable: Exportable) -> bytes:
    """The bytes of ``findings.html``.

    Raises:
        ExportError: a rule has no text.
    """
    found = causes(exportable)
    holding = {cause.rule.rule for cause in found if cause.minutes_held}
    held = reasons(exportable, Verdict.HELD)
    return render_page(
        "findings.html",
        exportable,
        causes=found,
        reasons=held,
        unnamed=[reason for reason in held if reason.rule.rule not in holding],
        alone=sum(cause.holds_nothing_alone for cause in found),
        others=sum(cause.severity is not Severity.HOLDS for cause in found),
        held_minutes=minutes_with(exportable.claim, Verdict.HELD),
    )
