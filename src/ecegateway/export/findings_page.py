"""The findings as a page: one line per cause, then each cause with its fix, its children and their days."""

from ecegateway.contract import Exportable
from ecegateway.export.cause_lines import cause_lines
from ecegateway.export.pages import render_page
from ecegateway.export.summary import minutes_with, reasons
from ecegateway.model.claim import Verdict
from ecegateway.model.finding import Severity


def findings_page(exportable: Exportable) -> bytes:
    """The bytes of ``findings.html``.

    Raises:
        ExportError: a rule has no text.
    """
    found = cause_lines(exportable, exportable.causes())
    holding = [line for line in found if line.cause.effect.held]
    held = reasons(exportable, Verdict.HELD)
    return render_page(
        "findings.html",
        exportable,
        causes=found,
        reasons=held,
        unnamed=[reason for reason in held if reason.rule.rule not in {line.cause.rule for line in holding}],
        due=min((line.cause.due for line in holding if line.cause.due is not None), default=None),
        shared=sum(bool(line.cause.effect.shared) for line in holding),
        others=sum(line.cause.severity is not Severity.HOLDS for line in found),
        held_minutes=minutes_with(exportable.claim, Verdict.HELD),
    )
