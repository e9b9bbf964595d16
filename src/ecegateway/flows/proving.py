"""Proves versions of records under the first checkpoint that covers them, so that asking again gives the same.

With them goes the proof that every checkpoint signed before is of the same log, for whoever kept one of those.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from ecegateway.errors import IntegrityError
from ecegateway.evidence.log_page import LogRow
from ecegateway.evidence.proofs import places_of, prove, prove_sizes
from ecegateway.evidence.sealing import checkpoints, log_keys, log_origin
from ecegateway.evidence.store import Evidence
from ecegateway.evidence.version_rows import rows_behind
from ecegateway.flows.seal import keys_of_log, seal
from ecegateway.model.ids import EvidenceId, ServiceNumber
from ecegateway.proof.consistency import OtherSize, is_of_one_log
from ecegateway.proof.document import KeyText, ProofDocument
from ecegateway.proof.record import RecordProof, record_fault
from ecegateway.signing.checkpoint import Checkpoint, read_checkpoint
from ecegateway.signing.keyring import Keyring
from ecegateway.signing.keys import Verifier
from ecegateway.signing.note import Note, read_note, signed_by


@dataclass(frozen=True, slots=True)
class Covering:
    """A checkpoint, its note, the key that signed it, and the log's keys up to that one."""

    checkpoint: Checkpoint
    note: str
    key: Verifier
    keys: tuple[KeyText, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """Proofs of rows by the document they stand in, all under one checkpoint. ``rows`` are all, each once.

    ``earlier`` leads to the sizes of all checkpoints signed before that one.
    """

    under: Covering
    documents: Mapping[str, ProofDocument]
    rows: int
    earlier: ProofDocument


def prove_versions(
    store: Evidence, service: ServiceNumber, versions: Collection[EvidenceId], keyring: Keyring, at: datetime
) -> Proved:
    """The proofs of versions of a service's records, in a document for each stream. What nobody has signed yet is signed first.

    Raises:
        IntegrityError: a row is not what the log committed to, or the log not what was signed.
        EvidenceMissingError: there is no such version.
    """

    def by_stream(connection: Connection) -> Mapping[str, Collection[LogRow]]:
        rows: dict[str, set[LogRow]] = {}
        for one in rows_behind(connection, service, versions).values():
            rows.setdefault(one.stream, set()).update(one.rows)
        return rows

    return prove_rows(store, by_stream, keyring, at)


Asked = Callable[[Connection], Mapping[str, Collection[LogRow]]]
"""Finds the rows to prove, by the name of the document they are to stand in; one may stand in several."""


def prove_rows(store: Evidence, asked: Asked, keyring: Keyring, at: datetime) -> Proved:
    """The proofs of rows, in a document for each name. What nobody has signed yet is signed first.

    Raises:
        IntegrityError: a row is not what the log committed to, or the log not what was signed.
    """
    proved = _proved(store, asked)
    if proved is None:
        seal(store, keyring, at)
        proved = _proved(store, asked)
    if proved is None:
        raise IntegrityError("no checkpoint covers these records; run `ecegateway verify` to see what was changed")
    return proved


def _proved(store: Evidence, asked: Asked) -> Proved | None:
    with store.inspecting() as connection:
        wanted = asked(connection)
        places = places_of(connection, {row for rows in wanted.values() for row in rows})
        under = _covering(connection, max(places.values(), default=0) + 1)
        if under is None:
            return None
        proofs = {(one.table, one.row): one for one in _sound(prove(connection, places, under.checkpoint.size), under)}
        sizes = {one.size for one in checkpoints(connection) if 0 < one.size < under.checkpoint.size}
        others = leading_to(connection, under.checkpoint, sizes)
    documents = {
        name: ProofDocument(under.note, under.keys, tuple(sorted((proofs[row] for row in rows), key=lambda one: one.index)))
        for name, rows in sorted(wanted.items())
    }
    return Proved(under, documents, len(proofs), ProofDocument(under.note, under.keys, (), others))


def leading_to(connection: Connection, under: Checkpoint, sizes: Collection[int]) -> tuple[OtherSize, ...]:
    """The proofs that other sizes of the log are of one log with a checkpoint, smallest first.

    Raises:
        IntegrityError: the log is not the one that was signed.
    """
    found = tuple(prove_sizes(connection, under.size, sizes))
    for one in found:
        if not is_of_one_log(one, under.size, under.root):
            raise IntegrityError("the log is not the one that was signed; run `ecegateway verify` to see what was changed")
    return found


def _sound(proofs: Iterator[RecordProof], under: Covering) -> Iterator[RecordProof]:
    """The proofs, each once it is known to hold."""
    for one in proofs:
        if (fault := record_fault(one, under.checkpoint.size, under.checkpoint.root)) is not None:
            raise IntegrityError(f"{one.table} {one.row}: {fault}; run `ecegateway verify` to see what else was changed")
        yield one


def _covering(connection: Connection, size: int) -> Covering | None:
    """The first checkpoint of at least so many leaves."""
    keys = log_keys(connection)
    found = next((one for one in checkpoints(connection) if one.size >= size), None)
    if found is None:
        return None
    note = read_note(found.note.encode())
    believed = keys_of_log(keys, log_origin(connection))
    signer = _signer(note, believed)
    texts = tuple(KeyText(key.public_key, key.statement, key.signatures) for key in keys[: signer + 1])
    return Covering(read_checkpoint(note.text), found.note, believed[signer], texts)


def _signer(note: Note, keys: Sequence[Verifier]) -> int:
    for number, key in enumerate(keys):
        if signed_by(note, key):
            return number
    raise IntegrityError("a checkpoint of the store is signed by none of the log's keys; run `ecegateway verify`")
