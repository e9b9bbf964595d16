"""The pages of a bundle: where to start, and how to verify it."""

from collections.abc import Sequence

from ecegateway.bundle.signed_return import SignedReturn
from ecegateway.contract import Exportable
from ecegateway.export.pages import render_page
from ecegateway.export.summary import hours_claimed, minutes_with
from ecegateway.facts.elsewhere import Presence
from ecegateway.inspection.pages import check_script
from ecegateway.inspection.seal import Seal
from ecegateway.model.claim import Verdict

EVIDENCE = "evidence"
"""The folder of the proofs."""


def start_page(
    exportable: Exportable, others: Sequence[Presence], versions: int, seal: Seal, signed: SignedReturn | None
) -> bytes:
    """The bytes of ``index.html``; ``others`` are the services whose word is taken as given."""
    claim = exportable.claim
    return render_page(
        "bundle-start.html",
        exportable,
        above="",
        hours=hours_claimed(claim),
        held_minutes=minutes_with(claim, Verdict.HELD),
        refused_minutes=minutes_with(claim, Verdict.REFUSED),
        others=others,
        versions=versions,
        seal=seal,
        signed=signed,
    )


def verify_page(exportable: Exportable, seal: Seal, signed: SignedReturn | None) -> bytes:
    """The bytes of ``verify.html``."""
    return render_page(
        "bundle-verify.html",
        exportable,
        above="",
        folder=EVIDENCE,
        profile=seal.profile,
        log_key=seal.log_key,
        export_key=seal.export_key,
        lines=check_script().count(b"\n"),
        signed=signed,
    )
