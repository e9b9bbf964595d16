"""Makes the inspection pack of a service and period, and signs it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ecegateway.contract import Exportable, Exporter
from ecegateway.evidence.record import ServiceEvidence
from ecegateway.evidence.store import Evidence
from ecegateway.export.csv_text import csv_bytes
from ecegateway.flows.claim import Prepared, evidence_of
from ecegateway.flows.export import rendered
from ecegateway.flows.packing import export_signer, name_of, proof_files, seal_of, signed
from ecegateway.flows.proving import prove_versions
from ecegateway.inspection.bearing import History, bearing
from ecegateway.inspection.changes import changes
from ecegateway.inspection.contents import has_page
from ecegateway.inspection.gaps import Gap, GapKind, gaps, gaps_table
from ecegateway.inspection.manifest import INSPECTION_PACK, KEY, manifest_bytes
from ecegateway.inspection.pages import start_page, table_page, verify_page
from ecegateway.inspection.record_tables import file_name, record_tables
from ecegateway.inspection.seal import Seal
from ecegateway.inspection.shown import cited, is_of
from ecegateway.inspection.table import Table
from ecegateway.inspection.tables_xlsx import tables_xlsx
from ecegateway.model.ids import EvidenceId
from ecegateway.signing.keyring import Keyring
from ecegateway.signing.minisign import key_text, minisign_key


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
    signer = export_signer(keyring)
    seal = seal_of(proved, signer)
    files = {
        "start.html": start_page(exportable, found, tables, {file.name for file in exported}, seal),
        "verify.html": verify_page(exportable, seal),
        KEY: key_text(minisign_key(signer.verifier)).encode(),
        **{f"return/{file.name}": file.content for file in exported},
        **dict(_table_files(exportable, tables)),
        **proof_files("proofs", proved, {file_name(stream): one for stream, one in proved.documents.items()}),
    }
    manifest = manifest_bytes(INSPECTION_PACK, claim, proved.under.note, proved.rows, files)
    whole = {**files, **signed(manifest, signer, "inspection pack", claim)}
    return Pack(name_of(INSPECTION_PACK, claim), whole, found, seal, failures)


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


def _table_files(exportable: Exportable, tables: tuple[Table, ...]) -> Iterator[tuple[str, bytes]]:
    for table in tables:
        yield f"records/{table.name}.csv", csv_bytes(table.columns, table.rows)
        if has_page(table):
            yield f"records/{table.name}.html", table_page(exportable, table)
    yield "records/records.xlsx", tables_xlsx(tables, exportable.claim)
