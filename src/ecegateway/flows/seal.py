"""Signs the log once something was stored, and keeps what was signed last outside the store as well.

The copy beside the keys is a witness: a store that has less than it, or something else, is not signed again, so that an old
copy put back unseen does not go on as if nothing had happened.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.evidence.sealing import LogKey, LogState, Sealing
from ecegateway.evidence.store import Evidence
from ecegateway.flows.key_chain import keep_chain, kept_chain
from ecegateway.proof.document import KeyText
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.checkpoint import Checkpoint, checkpoint_text, read_checkpoint
from ecegateway.signing.files import alone, move, read_public, stands, write_whole
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Signer, Verifier
from ecegateway.signing.note import note_bytes, read_note, sign_note
from ecegateway.signing.rotation import Rotation, follow, rotate

KEY_NAME = "ecegateway-log"
"""The name under which the log is signed."""


def seal(evidence: Evidence, keyring: Keyring, at: datetime) -> bytes:
    """Sign the log, unless what was signed last still says all.

    Returns:
        The checkpoint that says what the log is now: a signed note.

    Raises:
        IntegrityError: the store holds less than was signed of it before, or something else.
        ConfigError: the key cannot be used, or is not the log's.
    """
    signer = keyring.signer(Purpose.LOG)
    with evidence.sealing() as sealing:
        _enter_key(sealing, keyring, signer, at)
        state, keys = sealing.state(), sealing.keys()
        place = witness_place(keyring, state.origin)
        _refuse_less(sealing, state, place)
        note = _signed(sealing, state, signer, at)
    _witness(keyring, place, note, state.size)
    keep_chain(keyring, state.origin, keys)
    return note


def seal_copy(sealing: Sealing, keyring: Keyring, at: datetime) -> None:
    """Sign a copy of a store, whose schema another engine wrote. What the original has signed since is no witness against it.

    Raises:
        ConfigError: the key cannot be used, or is not the log's.
    """
    signer = keyring.signer(Purpose.LOG)
    _enter_key(sealing, keyring, signer, at)
    _signed(sealing, sealing.state(), signer, at)


def _signed(sealing: Sealing, state: LogState, signer: Signer, at: datetime) -> bytes:
    newest = sealing.newest()
    if newest is not None and is_of(newest.note, state):
        return newest.note.encode()
    checkpoint = Checkpoint(state.origin, state.size, state.root, state.schema, state.header, at)
    note = note_bytes(sign_note(checkpoint_text(checkpoint), signer))
    sealing.keep(state.size, note.decode(), at)
    return note


def _witness(keyring: Keyring, place: Path, note: bytes, size: int) -> None:
    with alone(keyring.folder):
        if not stands(place) or read_checkpoint(read_note(read_public(place)).text).size < size:
            write_whole(place, note)  # another process may have signed more in the meantime


def is_of(note: str, state: LogState) -> bool:
    """Whether a checkpoint says what the log is now."""
    said = read_checkpoint(read_note(note.encode()).text)
    return (said.size, said.root, said.schema, said.header) == (state.size, state.root, state.schema, state.header)


def witness_place(keyring: Keyring, origin: str) -> Path:
    """Where the checkpoint signed last of a log lies outside its store."""
    return keyring.folder / f"{origin.rpartition('/')[2]}.checkpoint"


def witnessed(keyring: Keyring, origin: str) -> bytes | None:
    """The checkpoint signed last of a log, from outside its store."""
    place = witness_place(keyring, origin)
    return read_public(place) if stands(place) else None


def set_witness_aside(keyring: Keyring, origin: str, at: datetime) -> Path:
    """Keep the checkpoint signed last of a log under another name, so that an older copy may be signed; gives the new place.

    It still proves what was lost: give it to ``ecegateway verify --checkpoint``.
    """
    place = witness_place(keyring, origin)
    aside = place.with_name(f"{place.name}.replaced-{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}")
    with alone(keyring.folder):
        move(place, aside)
    return aside


def _enter_key(sealing: Sealing, keyring: Keyring, signer: Signer, at: datetime) -> None:
    """See that the log knows the key: a new log gets its first, an older copy those that took over since it was made."""
    keys, pem = sealing.keys(), signer.verifier.pem.decode()
    if not keys:
        sealing.add_key(LogKey(pem, "", ""), at)
    elif keys[-1].public_key != pem:
        for key in _taken_over(keyring, sealing.state().origin, keys, signer.verifier):
            sealing.add_key(key, at)


def _taken_over(keyring: Keyring, origin: str, known: Sequence[LogKey], key: Verifier) -> Sequence[LogKey]:
    """The keys that followed those a log knows, up to the one that signs now, as they are kept beside the keys."""
    kept = kept_chain(keyring, origin)
    try:
        follows = kept[: len(known)] == known and keys_of_log(kept, origin)[-1] == key
    except (IntegrityError, ConfigError):
        follows = False
    if not follows:
        raise ConfigError(
            "the log was signed with another key than the one in the folder of keys; put that key back, or, if it was just "
            "being changed, run `ecegateway keys rotate` again"
        )
    return kept[len(known) :]


def _refuse_less(sealing: Sealing, state: LogState, place: Path) -> None:
    if not stands(place):
        return
    seen = read_checkpoint(read_note(read_public(place)).text)
    kept = sealing.of_size(seen.size)
    if seen.size > state.size or kept is None or read_checkpoint(read_note(kept.note.encode()).text).root != seen.root:
        raise IntegrityError(
            f"the store is not the one signed last: it had {seen.size} leaves on {seen.at:%Y-%m-%d %H:%M} UTC, and now has "
            f"{state.size} or other ones; nothing more is signed. Run `ecegateway verify`; if an older backup is to stand "
            "here, put it in place with `ecegateway restore --accept-older`"
        )


def change_key(evidence: Evidence, keyring: Keyring, profile: Profile, at: datetime) -> None:
    """Give the log a new key; the log says so, signed by both. Run again after a crash, it ends what it began.

    Raises:
        ConfigError: a key cannot be used.
    """
    old, new = keyring.new(Purpose.LOG, profile)
    with evidence.sealing() as sealing:
        keys = sealing.keys()
        if not keys or keys[-1].public_key != new.verifier.pem.decode():
            _enter_key(sealing, keyring, old, at)
            sealing.add_key(log_key(rotate(old, new, sealing.state().origin, at), new), at)
        origin, keys = sealing.state().origin, sealing.keys()
    keep_chain(keyring, origin, keys)
    keyring.adopt(Purpose.LOG)
    seal(evidence, keyring, at)


def log_key(rotation: Rotation, new: Signer) -> LogKey:
    """A new key with its rotation, as the log keeps it: both signatures in base64, a blank between."""
    signatures = " ".join(b64encode(one).decode() for one in (rotation.by_old, rotation.by_new))
    return LogKey(new.verifier.pem.decode(), rotation.statement.decode(), signatures)


def keys_of_log(keys: Sequence[LogKey | KeyText], origin: str) -> tuple[Verifier, ...]:
    """The keys of a log that may be believed by who believes its first.

    Raises:
        IntegrityError: one did not take over from the one before it.
        ConfigError: the first is no key.
    """
    first = Verifier.from_pem(KEY_NAME, keys[0].public_key.encode())
    return follow(first, [rotation_of(key) for key in keys[1:]], origin=origin)


def rotation_of(key: LogKey | KeyText) -> Rotation:
    """The rotation by which a key took over.

    Raises:
        IntegrityError: it is none.
    """
    try:
        by_old, by_new = (b64decode(one, validate=True) for one in key.signatures.split(" "))
    except ValueError as error:
        raise IntegrityError("a key of the log has no two signatures in base64") from error
    return Rotation(key.statement.encode(), by_old, by_new)
