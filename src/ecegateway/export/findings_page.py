"""The findings as a page: one line per cause, then each cause with its fix, its children and their days."""

from ecegateway.contract import Exportable
from ecegateway.export.pages import render_page
from ecegateway.export.summary import causes, minutes_with
from ecegateway.model.claim import Verdict


def findings_page(exportable: Exportable) -> bytes:
    """The bytes of ``findings.html``.

    Raises:
        ExportError: a rule has no text.
    """
    return render_page(
        "findings.html",
        exportable,
        causes=causes(exportable),
        held_minutes=minutes_with(exportable.claim, Verdict.HELD),
    )
