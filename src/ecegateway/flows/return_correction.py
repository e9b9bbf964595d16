"""What a return would say if it were made now, figure by figure: for a correction, on paper where no other is taken any more.

Source: ECE Funding Handbook 14-4; returns of long ago are corrected on paper.
"""

from ecegateway.claim.correction import correction
from ecegateway.claim.rs7_return import rs7_return
from ecegateway.contract import ExportFile
from ecegateway.evidence.store import Evidence
from ecegateway.export.correction_documents import correction_documents
from ecegateway.flows.claim import prepare
from ecegateway.flows.return_reading import content, standing_return
from ecegateway.handbook.policy import Policy
from ecegateway.model.correction import Correction
from ecegateway.model.rs7 import ReturnKind


def corrected(store: Evidence, number: int, policy: Policy) -> tuple[Correction, tuple[ExportFile, ...]]:
    """The difference between a return and one made of the evidence as it stands, and its files.

    Reasons are told only where the evidence of then still gives the figures that were returned: otherwise a rule has changed
    since, or nothing was claimed at all, and the reasons would be those of other figures.

    Raises:
        EvidenceMissingError: there is no return of this number.
        ExportError: a file would not be valid by its schema.
    """
    with store.inspecting() as connection:
        kept = standing_return(connection, number).kept
        was = content(connection, kept)
    then, now = (prepare(store, kept.service, kept.period, policy, known_at=moment) for moment in (kept.known_at, None))
    again = rs7_return(now.claim, revision=was.revision + 1, kind=ReturnKind.REVISED, days=was.days, elsewhere=was.elsewhere)
    as_then = rs7_return(then.claim, days=was.days).counts == was.counts
    made = correction(was, again, (then.claim, now.claim) if as_then else None)
    return made, correction_documents(made, {**then.exportable.rules, **now.exportable.rules})
