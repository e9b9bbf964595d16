"""Makes the signed bundle of a return: the return, its explanation, the law it was made by, and all the evidence under it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from ecegateway import __version__
from ecegateway.bundle.elsewhere import elsewhere_bytes, entered
from ecegateway.bundle.law import law_bytes
from ecegateway.bundle.pages import EVIDENCE, start_page, verify_page
from ecegateway.bundle.signed_return import RETURN_STEPS, SIGNED, STEPS, SignedReturn, read_signed, signed_files
from ecegateway.claim.assemble import days_to_judge
from ecegateway.contract import Exporter
from ecegateway.errors import ExportError, ReturnError
from ecegateway.evidence.claim_rows import rows_of_claim, rows_of_return
from ecegateway.evidence.log_page import LogRow
from ecegateway.evidence.record import ServiceEvidence
from ecegateway.evidence.returns import return_of
from ecegateway.evidence.store import Evidence
from ecegateway.facts.elsewhere import Presence
from ecegateway.flows.across import presences, shared_in
from ecegateway.flows.claim import Prepared, evidence_of, from_evidence
from ecegateway.flows.export import rendered
from ecegateway.flows.packing import export_signer, name_of, proof_files, seal_of, signed
from ecegateway.flows.proving import prove_rows
from ecegateway.flows.return_reading import content, kept_files
from ecegateway.handbook.policy import Policy
from ecegateway.handbook.policy import policy as read_policy
from ecegateway.inspection.manifest import BUNDLE, KEY, manifest_bytes
from ecegateway.inspection.seal import Seal
from ecegateway.model.claim import Claim
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.model.rs7 import Rs7Return
from ecegateway.returns.life import Step
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
    asked = _Asked(service, period, policy, known_at, None)
    return _bundle(store, asked, exporters, keyring, at)


def bundle_of_return(store: Evidence, number: int, *, exporters: Iterable[Exporter], keyring: Keyring, at: datetime) -> Bundle:
    """The bundle of a return that somebody signed, by its number: as its evidence was known, read by its switches.

    It holds what was signed, byte for byte, and the steps up to there. Asked again later it comes out the same.

    Raises:
        ReturnError: the return is not signed, or is not what its evidence gives to this version of the program.
        EvidenceMissingError: there is none of this number.
        ExportError: a part of the return cannot be made.
        IntegrityError: a record is not what was stored.
        ConfigError: the keys cannot be used, or a switch is unknown to this version.
    """
    with store.inspecting() as connection:
        kept = return_of(connection, number)
        said = content(connection, kept)
    if kept.step(Step.SIGNED) is None:
        raise ReturnError(f"return {number} is not signed; sign it first, or make a bundle of what stands now with --period")
    files = {f"{SIGNED}/{file.name}": file.content for file in kept_files(store, kept)}
    chosen = read_policy({one.switch: one.value for one in said.switches})
    asked = _Asked(kept.service, kept.period, chosen, kept.known_at, (number, said, files))
    return _bundle(store, asked, exporters, keyring, at)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of what a bundle is wanted; ``signed`` is a signed return's number, its content, and its files by path."""

    service: ServiceNumber
    period: FundingPeriod
    policy: Policy
    known_at: datetime | None
    signed: tuple[int, Rs7Return, Mapping[str, bytes]] | None

    def rows(self, connection: Connection, evidence: ServiceEvidence) -> Mapping[str, Collection[LogRow]]:
        """The rows to prove."""
        rows = rows_of_claim(connection, evidence)
        return rows if self.signed is None else {**rows, RETURN_STEPS: rows_of_return(connection, self.signed[0], STEPS)}


def _bundle(store: Evidence, asked: _Asked, exporters: Iterable[Exporter], keyring: Keyring, at: datetime) -> Bundle:
    evidence, known_at = evidence_of(store, asked.service, asked.known_at), asked.known_at
    among, days = shared_in(store, known_at), days_to_judge(asked.period)
    said = presences(store, asked.service, days, policy=asked.policy, among=among, known_at=known_at)
    prepared = from_evidence(evidence, asked.period, asked.policy, others=said)
    others = entered(said, gathered(said, prepared.facts), home_zone(prepared.facts))
    proved = prove_rows(store, partial(asked.rows, evidence=evidence), keyring, at)
    signer = export_signer(keyring)
    seal, versions = seal_of(proved, signer), len(evidence.versions)
    signed_return = read_signed(proved.documents[RETURN_STEPS]) if asked.signed is not None else None
    made = made_files(
        prepared, others, seal, exporters=exporters, versions=versions, program=__version__, signed_return=signed_return
    )
    files = {
        **made,
        **_as_signed(asked, signed_return, prepared.claim),
        KEY: key_text(minisign_key(signer.verifier)).encode(),
        **proof_files(EVIDENCE, proved, proved.documents),
    }
    claim = prepared.claim
    manifest = manifest_bytes(BUNDLE, claim, proved.under.note, proved.rows, files)
    name = name_of(BUNDLE, claim) + ("" if signed_return is None else f"-return-{signed_return.number}")
    whole = {**files, **signed(manifest, signer, BUNDLE, claim)}
    return Bundle(name, whole, claim, seal, versions, tuple(one.service for one in others))


def _as_signed(asked: _Asked, signed_return: SignedReturn | None, claim: Claim) -> Mapping[str, bytes]:
    """The files of a signed return, which must be those that the claim gives."""
    if asked.signed is None or signed_return is None:
        return {}
    number, said, files = asked.signed
    if signed_files(signed_return, said, claim) != files:
        raise ReturnError(
            f"return {number} is not what its evidence gives to this version of the program; use the version it was signed "
            "with, or look with `ecegateway verify` whether the store was changed"
        )
    return files


def made_files(
    prepared: Prepared,
    others: Sequence[Presence],
    seal: Seal,
    *,
    exporters: Iterable[Exporter],
    versions: int,
    program: str,
    signed_return: SignedReturn | None,
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
        "index.html": start_page(exportable, others, versions, seal, signed_return),
        "verify.html": verify_page(exportable, seal, signed_return),
        RULES: law_bytes(prepared.claim, program),
        ELSEWHERE: elsewhere_bytes(others),
        **{f"{RETURN}/{file.name}": file.content for file in exported},
    }
