"""Makes the inspection pack of a service and period, signs it, and writes it as a folder and as one zip."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ecegateway.contract import Exportable, Exporter, ExportFile
from ecegateway.errors import ExportError
from ecegateway.evidence.record import ServiceEvidence
from ecegateway.evidence.store import Evidence
from ecegateway.export.csv_text import csv_bytes
from ecegateway.export.write import write_files
from ecegateway.flows.claim import Prepared, evidence_of
from ecegateway.flows.export import rendered
from ecegateway.flows.proving import Proved, prove_versions
from ecegateway.inspection.archive import zip_bytes
from ecegateway.inspection.bearing import History, bearing
from ecegateway.inspection.changes import changes
from ecegateway.inspection.contents import has_page
from ecegateway.inspection.gaps import Gap, GapKind, gaps, gaps_table
from ecegateway.inspection.manifest import KEY, MANIFEST, SIGNATURE, manifest_bytes
from ecegateway.inspection.pages import check_script, start_page, table_page, verify_page
from ecegateway.inspection.record_tables import file_name, record_tables
from ecegateway.inspection.seal import Seal
from ecegateway.inspection.shown import cited, is_of
from ecegateway.inspection.table import Table
from ecegateway.inspection.tables_xlsx import tables_xlsx
from ecegateway.model.claim import Claim
from ecegateway.model.ids import EvidenceId
from ecegateway.proof.document import document_bytes
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Signer
from ecegateway.signing.minisign import key_text, minisign_key, shown_id, sign_file


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack before it is written: its name, its files by path, its gaps, and which exporters failed and why."""

    name: str
    files: Mapping[str, bytes]
    gaps: tuple[Gap, ...]
    seal: Seal
    failures: tuple[str, ...]

    @property
    def lacking(self) -> dict[str, int]:
        """How many gaps there are of each kind."""
        return {kind.value: sum(gap.kind is kind for gap in self.gaps) for kind in GapKind}


def inspection_pack(store: Evidence, prepared: Prepared, exporters: Iterable[Exporter], keyring: Keyring, at: datetime) -> Pack:
    """The pack of a prepared claim. Equal evidence as known at equal moments gives equal bytes; ``at`` is now.

    Raises:
        IntegrityError: a record is not what was stored.
        ConfigError: the keys cannot be used.
    """
    exportable, claim = prepared.exportable, prepared.claim
    held = evidence_of(store, claim.service, claim.known_at)
    records = bearing(held.versions, claim.period.days, prepared.facts.profile(claim.period.days.first).zone)
    exported, failures = rendered(exportable, exporters)
    own, others = _shown(exportable, records)
    proved = prove_versions(store, claim.service, own, keyring, at)
    found = gaps(exportable, held.set_apart, others, (*prepared.failures, *failures))
    tables = (*_tables(prepared, held, records), gaps_table(found))
    signer = replace(keyring, profile=Profile.ED25519).signer(Purpose.EXPORT)  # minisign knows no other
    seal = _seal(proved, signer)
    files = {
        "start.html": start_page(exportable, found, tables, {file.name for file in exported}, seal),
        "verify.html": verify_page(exportable, seal),
        KEY: key_text(minisign_key(signer.verifier)).encode(),
        **{f"return/{file.name}": file.content for file in exported},
        **dict(_table_files(exportable, tables)),
        **_proof_files(proved),
    }
    manifest = manifest_bytes(claim, proved.under.note, proved.rows, files)
    return Pack(_name(claim), {**files, **_signed(manifest, signer, claim)}, found, seal, failures)


def _shown(exportable: Exportable, records: Mapping[str, Iterable[History]]) -> tuple[set[EvidenceId], int]:
    """The versions of this service's records that the pack shows, and how many of other services' it cites."""
    in_tables = (version.id for histories in records.values() for history in histories for version in history)
    found = {*in_tables, *cited(exportable)}
    own = {version for version in found if is_of(version, exportable.claim.service)}
    return own, len(found - own)


def _tables(prepared: Prepared, held: ServiceEvidence, records: Mapping[str, tuple[History, ...]]) -> tuple[Table, ...]:
    names, facts = prepared.exportable.child_names, prepared.facts
    shown = {version.id for histories in records.values() for history in histories for version in history}
    versions = {one.id: one.record for one in held.versions if one.record is not None and one.id in shown}
    return (*record_tables(records, facts, names), changes(facts, versions, prepared.claim.period.days, names))


def _seal(proved: Proved, signer: Signer) -> Seal:
    key = proved.under.key
    export_key = shown_id(minisign_key(signer.verifier))
    return Seal(proved.rows, proved.under.checkpoint, key.profile, key.key_id.hex(), export_key)


def _table_files(exportable: Exportable, tables: tuple[Table, ...]) -> Iterator[tuple[str, bytes]]:
    for table in tables:
        yield f"records/{table.name}.csv", csv_bytes(table.columns, table.rows)
        if has_page(table):
            yield f"records/{table.name}.html", table_page(exportable, table)
    yield "records/records.xlsx", tables_xlsx(tables, exportable.claim)


def _proof_files(proved: Proved) -> dict[str, bytes]:
    return {
        "proofs/checkpoint.txt": proved.under.note.encode(),
        "proofs/log-key.pem": proved.under.key.pem,
        "proofs/check.py": check_script(),
        "proofs/checkpoints.json": document_bytes(proved.earlier),
        **{f"proofs/{file_name(stream)}.json": document_bytes(document) for stream, document in proved.documents.items()},
    }


def _signed(manifest: bytes, signer: Signer, claim: Claim) -> dict[str, bytes]:
    days = claim.period.days
    comment = f"inspection pack, service {claim.service}, {days.first} to {days.last}, known at {claim.known_at.isoformat()}"
    signature = sign_file(signer, hashlib.blake2b(manifest).digest(), comment)
    return {MANIFEST: manifest, SIGNATURE: signature.encode()}


def _name(claim: Claim) -> str:
    """``inspection-pack-10842-2026-02-known-20260602T090000Z``: one for each moment of knowledge."""
    return f"inspection-pack-{claim.service}-{claim.period.first:%Y-%m}-known-{claim.known_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """Where a pack lies, and whether anything of it is new."""

    folder: Path
    archive: Path
    changed: bool


def write_pack(out: Path, pack: Pack) -> WrittenPack:
    """Write a pack into the folder ``out``: the manifest last, so that a broken-off pack has none that fits.

    Raises:
        ExportError: its folder holds files that are no part of it.
    """
    folder = out / pack.name
    _refuse_others(folder, pack)
    changed = False
    for part in ("return", "records", "proofs", ""):
        files = [ExportFile(path.rpartition("/")[2], content) for path, content in pack.files.items() if _part(path) == part]
        changed = bool(write_files(folder / part, files, whole=folder).changed) or changed
    archive = ExportFile(f"{pack.name}.zip", zip_bytes(pack.name, pack.files))
    changed = bool(write_files(out, [archive]).changed) or changed
    return WrittenPack(folder, out / archive.name, changed)


def _part(path: str) -> str:
    return path.rpartition("/")[0]


def _refuse_others(folder: Path, pack: Pack) -> None:
    found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if not path.is_dir())
    if others := [path for path in found if path not in pack.files]:
        raise ExportError(f"{folder}: holds {others[0]!r}, which is no part of this pack; move the folder away, and run again")
