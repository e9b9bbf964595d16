"""Checks proofs of records against the checkpoint they are under, and that against the log's key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.flows.seal import keys_of_log
from ecegateway.proof.consistency import is_of_one_log
from ecegateway.proof.document import ProofDocument
from ecegateway.proof.record import RecordProof, record_fault
from ecegateway.signing.checkpoint import Checkpoint, read_checkpoint
from ecegateway.signing.keys import Verifier
from ecegateway.signing.note import opened, read_note


@dataclass(frozen=True, slots=True)
class CheckedProofs:
    """What came of a file of proofs. ``checkpoint`` and ``keys`` are those that may be believed; without one nothing holds.

    ``note`` is the checkpoint as the file has it. ``roots`` are those of the sizes that are proved to be of one log with the
    checkpoint, its own among them.
    """

    note: bytes
    rows: int
    checkpoint: Checkpoint | None
    keys: tuple[Verifier, ...]
    damages: tuple[Damage, ...]
    roots: Mapping[int, bytes]


def check_proofs(document: ProofDocument, trusted: Verifier | None, where: str) -> CheckedProofs:
    """Check every proof of a file; without a ``trusted`` key the file's own first key is believed."""
    note, rows = document.checkpoint.encode(errors="surrogatepass"), len(document.records)
    try:
        checkpoint, keys = _opened(document, note, trusted)
    except (IntegrityError, ConfigError) as error:
        return CheckedProofs(note, rows, None, (), (Damage(Harm.FORGED, f"{where}: the checkpoint", str(error)),), {})
    if checkpoint is None:
        known = f"none of its keys is the one you trust ({trusted.key_id.hex() if trusted else ''})"
        return CheckedProofs(note, rows, None, keys, (Damage(Harm.ANOTHER, f"{where}: the keys of the log", known),), {})
    roots = {one.size: one.root for one in document.others if is_of_one_log(one, checkpoint.size, checkpoint.root)}
    damages = (*_damages(document, checkpoint, where), *_strayed(document, roots, where))
    return CheckedProofs(note, rows, checkpoint, keys, damages, {**roots, checkpoint.size: checkpoint.root})


def _opened(document: ProofDocument, note: bytes, trusted: Verifier | None) -> tuple[Checkpoint | None, tuple[Verifier, ...]]:
    if not document.keys:
        raise IntegrityError("the file holds no key of the log")
    keys = keys_of_log(document.keys, read_checkpoint(read_note(note).text).origin)
    if trusted is not None and trusted not in keys:
        return None, keys
    return read_checkpoint(opened(note, *keys).text), keys


def _damages(document: ProofDocument, checkpoint: Checkpoint, where: str) -> Iterator[Damage]:
    labels = _Labels(document)
    for proof in document.records:
        if (fault := record_fault(proof, checkpoint.size, checkpoint.root) or labels.fault(proof)) is not None:
            yield Damage(Harm.EDITED, f"{where}: {labels.of(proof)}", fault)


def _strayed(document: ProofDocument, roots: Mapping[int, bytes], where: str) -> Iterator[Damage]:
    for one in document.others:
        if roots.get(one.size) != one.root:
            yield Damage(Harm.EDITED, f"{where}: the way to {one.size} leaves", "it does not lead there from the checkpoint")


class _Labels:
    """Names rows as people know them: a version of a record by its evidence id, by the series that stands beside it."""

    def __init__(self, document: ProofDocument) -> None:
        self._rows = {(proof.table, proof.row): proof.columns for proof in document.records}

    def of(self, proof: RecordProof) -> str:
        place, columns = f"{proof.table} {proof.row}", proof.columns
        series = self._behind(proof, "series")
        if series is None:
            return place
        said = "/".join(str(series.get(name)) for name in ("source", "service", "stream"))
        return f"{place} ({said}/{columns.get('key')}@{columns.get('version')})"

    def fault(self, proof: RecordProof) -> str | None:
        """What is missing beside a version: the rows that say whose it is and when it came."""
        if proof.table != "record_version":
            return None
        lacking = [name for name in ("series", "receipt") if self._behind(proof, name) is None]
        return f"no {lacking[0]} stands beside it" if lacking else None

    def _behind(self, proof: RecordProof, table: str) -> Any:
        row = proof.columns.get(f"{table}_id")
        return None if row is None or proof.table != "record_version" else self._rows.get((table, row))
