"""Makes the file that proves one record, and that its checkpoint is of one log with those somebody kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from ecegateway.errors import ConfigError, EvidenceMissingError, IntegrityError
from ecegateway.evidence.sealing import log_keys, log_origin, log_state
from ecegateway.evidence.store import Evidence
from ecegateway.flows.proving import leading_to, prove_versions
from ecegateway.flows.seal import keys_of_log
from ecegateway.flows.verify import Outside
from ecegateway.model.ids import EvidenceId, ServiceNumber, SourceName
from ecegateway.proof.document import KeyText, ProofDocument
from ecegateway.signing.checkpoint import Checkpoint, read_checkpoint
from ecegateway.signing.keyring import Keyring
from ecegateway.signing.note import read_note, signed_by


def prove_record(
    store: Evidence, record: str, kept: Sequence[Outside], keyring: Keyring, at: datetime
) -> tuple[ProofDocument, tuple[EvidenceId, ...]]:
    """The proof of one version of a record, or of all it has, and of which.

    Args:
        store: The store.
        record: ``source/service/stream/key``, with ``@version`` for that one alone.
        kept: Checkpoints that somebody kept: the file shows that it is of one log with each.
        keyring: What is not signed yet is signed with it first.
        at: Now.

    Raises:
        ConfigError: that is no record's name.
        EvidenceMissingError: the store has none of it, or it was erased.
        IntegrityError: a row is not what the log committed to, or a kept checkpoint is of another log.
    """
    service, versions = _named(store, record)
    proved = prove_versions(store, service, versions, keyring, at)
    (document,) = proved.documents.values()
    return _with_others(store, document, proved.under.checkpoint, kept), versions


def prove_checkpoints(store: Evidence, kept: Sequence[Outside]) -> ProofDocument:
    """A file that leads from the first of some checkpoints to the others, and proves no record.

    Raises:
        IntegrityError: one is of another log than the store's.
    """
    first, *others = kept
    document = ProofDocument(first.note.decode(errors="replace"), (), ())
    return _with_others(store, document, None, [first, *others])


def _with_others(store: Evidence, document: ProofDocument, under: Checkpoint | None, kept: Sequence[Outside]) -> ProofDocument:
    if not kept:
        return document
    with store.inspecting() as connection:
        keys = log_keys(connection)
        opened = [_opened(connection, one) for one in kept]
        start = under or opened[0][0]
        others = leading_to(connection, start, {one.size for one, _ in opened} - {start.size})
    roots = {other.size: other.root for other in others} | {start.size: start.root}
    for place, (one, _) in zip(kept, opened, strict=True):
        if roots[one.size] != one.root:
            raise _strange(place, "with as many leaves this store has another root")
    needed = max(len(document.keys), 1 + max(signer for _, signer in opened))
    texts = tuple(KeyText(key.public_key, key.statement, key.signatures) for key in keys[:needed])
    return ProofDocument(document.checkpoint, texts, document.records, others)


def _opened(connection: Connection, one: Outside) -> tuple[Checkpoint, int]:
    """A kept checkpoint of this log, and which of the log's keys signed it."""
    note, origin = read_note(one.note), log_origin(connection)
    found = read_checkpoint(note.text)
    if found.origin != origin:
        raise _strange(one, f"it is of the log {found.origin!r}, and this store's is {origin!r}")
    for number, key in enumerate(keys_of_log(log_keys(connection), origin)):
        if signed_by(note, key):
            size = log_state(connection).size
            if not 0 < found.size <= size:
                raise _strange(one, f"it has {found.size} leaves, and this store {size}")
            return found, number
    raise _strange(one, "none of the log's keys signed it")


def _strange(one: Outside, why: str) -> IntegrityError:
    return IntegrityError(
        f"{one.place}: {why}; nothing leads there from here. Run `ecegateway verify --checkpoint {one.place}` to see more"
    )


def _named(store: Evidence, record: str) -> tuple[ServiceNumber, tuple[EvidenceId, ...]]:
    try:
        source, number, stream, rest = record.split("/", 3)
    except ValueError:
        raise ConfigError(
            "a record's name reads source/service/stream/key, with @version for one; findings and explanations name them"
        ) from None
    service = ServiceNumber(number)
    key, _, version = rest.rpartition("@")
    for asked, wanted in ((key, version), (rest, "")):  # a key may itself end in what reads as a version
        found = store.versions_of(SourceName(source), service, stream, asked)
        named = [one for one in found if wanted in {"", str(one.number)}]
        if any(one.is_erased for one in named):
            raise EvidenceMissingError("what this record said was erased after its time, and cannot be proved any more")
        if named:
            return service, tuple(one.id for one in named)
    raise EvidenceMissingError("the store holds no record or version of this name; copy it from a finding or an explanation")
