"""Makes the signed bundle of a return: the return, its explanation, the law it was made by, and all the evidence under it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from ecegateway import __version__
from ecegateway.bundle.elsewhere import elsewhere_bytes, entered
from ecegateway.bundle.law import law_bytes
from ecegateway.bundle.pages import EVIDENCE, start_page, verify_page
from ecegateway.claim.assemble import days_to_judge
from ecegateway.contract import Exporter
from ecegateway.errors import ExportError
from ecegateway.evidence.claim_rows import rows_of_claim
from ecegateway.evidence.store import Evidence
from ecegateway.facts.elsewhere import Presence
from ecegateway.flows.across import presences, shared_in
from ecegateway.flows.claim import Prepared, evidence_of, from_evidence
from ecegateway.flows.export import rendered
from ecegateway.flows.packing import export_signer, name_of, proof_files, seal_of, signed
from ecegateway.flows.proving import prove_rows
from ecegateway.handbook.policy import Policy
from ecegateway.inspection.manifest import BUNDLE, KEY, manifest_bytes
from ecegateway.inspection.seal import Seal
from ecegateway.model.claim import Claim
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.rules.across.presence import gathered, home_zone
from ecegateway.signing.keyring import Keyring
from ecegateway.signing.minisign import key_text, minisign_key

RULES, ELSEWHERE, RETURN = "rules.json", "elsewhere.json", "return"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle before it is written: its name, its files by path, the claim in it, and what vouches for it."""

    name: str
    files: Mapping[str, bytes]
    claim: Claim
    seal: Seal
    versions: int
    others: tuple[ServiceNumber, ...]
    """Services whose word is taken as given."""


def bundle(
    store: Evidence,
    service: ServiceNumber,
    period: FundingPeriod,
    *,
    policy: Policy,
    exporters: Iterable[Exporter],
    keyring: Keyring,
    at: datetime,
    known_at: datetime | None = None,
) -> Bundle:
    """The bundle of a service's return of a period, from the evidence known at a moment (by default: all of it).

    Equal evidence gives equal bytes; ``at`` is now, and is used only to sign what nobody has signed yet. ``exporters`` are
    those that come with the program: others may not be there where the return is made again. Findings of other programmes,
    which decide no funding, are left out for the same reason.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
        ExportError: a part of the return cannot be made.
        IntegrityError: a record is not what was stored.
        ConfigError: the keys cannot be used.
    """
    evidence = evidence_of(store, service, known_at)
    among = shared_in(store, known_at)
    said = presences(store, service, days_to_judge(period), policy=policy, among=among, known_at=known_at)
    prepared = from_evidence(evidence, period, policy, others=said)
    others = entered(said, gathered(said, prepared.facts), home_zone(prepared.facts))
    proved = prove_rows(store, partial(rows_of_claim, evidence=evidence), keyring, at)
    signer = export_signer(keyring)
    seal, versions = seal_of(proved, signer), len(evidence.versions)
    files = {
        **made_files(prepared, others, seal, exporters=exporters, versions=versions, program=__version__),
        KEY: key_text(minisign_key(signer.verifier)).encode(),
        **proof_files(EVIDENCE, proved, proved.documents),
    }
    claim = prepared.claim
    manifest = manifest_bytes(BUNDLE, claim, proved.under.note, proved.rows, files)
    whole = {**files, **signed(manifest, signer, BUNDLE, claim)}
    return Bundle(name_of(BUNDLE, claim), whole, claim, seal, versions, tuple(one.service for one in others))


def made_files(
    prepared: Prepared,
    others: Sequence[Presence],
    seal: Seal,
    *,
    exporters: Iterable[Exporter],
    versions: int,
    program: str,
) -> dict[str, bytes]:
    """The files of a bundle that are made of its evidence: whoever has that makes the same.

    Raises:
        ExportError: one of them cannot be made.
    """
    exportable = prepared.exportable
    exported, failures = rendered(exportable, exporters)
    if failures:
        raise ExportError(f"a part of the return cannot be made, so there is no bundle of it: {'; '.join(failures)}")
    return {
        "index.html": start_page(exportable, others, versions, seal),
        "verify.html": verify_page(exportable, seal),
        RULES: law_bytes(prepared.claim, program),
        ELSEWHERE: elsewhere_bytes(others),
        **{f"{RETURN}/{file.name}": file.content for file in exported},
    }
