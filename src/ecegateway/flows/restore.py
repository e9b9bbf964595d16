"""Puts a backup in the place of a lost store: signature, digest, decryption and the whole store are checked before that.

A backup older than what was signed last is not put in place unseen: whoever restores says that it is to stand, and the
witness beside the keys steps aside, so that the log can be signed again from there. If the log's key was changed since, the log
is told again how it took over.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ecegateway.backup.manifest import MANIFEST, PACKED, SIGNATURE, Manifest, read_manifest, refuse_unsigned
from ecegateway.backup.packing import measure, unpack
from ecegateway.backup.workplace import put_file, refuse_taken, workplace
from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.evidence.engines import ENCRYPTED, file_of, read_address
from ecegateway.evidence.migrate import SCHEMAS
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.copying import copy_store, refuse_broken
from ecegateway.flows.image_check import check_image
from ecegateway.flows.key_chain import kept_chain
from ecegateway.flows.seal import seal_copy, set_witness_aside, witnessed
from ecegateway.flows.verify import Outside, Verified
from ecegateway.signing.age import IDENTITY_FILE, read_identity
from ecegateway.signing.checkpoint import Checkpoint, read_checkpoint
from ecegateway.signing.files import read_public
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.note import read_note


@dataclass(frozen=True, slots=True)
class Restored:
    """A store put in place: from which backup, what manifest and check said, and how many rows signed since it lacks."""

    backup: Path
    manifest: Manifest
    verified: Verified
    lacks: int
    set_aside: Path | None


def restore_backup(
    backup: Path,
    url: str,
    keyring: Keyring,
    identity: Path | None,
    at: datetime,
    *,
    accept_older: bool,
    key: str | None = None,
) -> Restored:
    """Put the store of a backup in an empty place, on either engine.

    Args:
        backup: The backup's folder.
        url: The place.
        keyring: The folder of keys; the backup is signed by its ``backup.pub``.
        identity: The private key of age that opens it; by default the one in the folder of keys.
        at: Now.
        key: The key of an encrypted store, if it is to be one.
        accept_older: Whether a backup may stand that lacks what was signed later.

    Raises:
        ConfigError: there is something at the place, or a key is missing.
        IntegrityError: the backup is not one of ours, is damaged, or is older than what was signed last.
        EvidenceError: the place cannot be used.
    """
    manifest = read_signed(backup, keyring)
    opening = read_identity(identity or keyring.folder / IDENTITY_FILE)
    place = file_of(read_address(url))
    if place is not None:
        refuse_taken(place)
    with workplace(keyring.folder if place is None else place.parent, "restore") as work:
        image = work / "evidence.db"
        unpack(backup / PACKED, image, opening)
        said = read_checkpoint(read_note(manifest.checkpoint.encode()).text)
        seen = _seen(keyring, said)
        outside = [Outside("the manifest", manifest.checkpoint.encode())]
        if seen is not None and seen.size <= manifest.leaves:
            outside.append(Outside("the folder of keys", witnessed(keyring, said.origin) or b""))
        verified = check_image(image, keyring, outside)
        refuse_broken(verified, f"{backup}: the store in it does not verify")
        lacks = 0 if seen is None else max(0, seen.size - manifest.leaves)
        if seen is not None and lacks and not accept_older:
            raise IntegrityError(
                f"{backup}: it is an older copy: it lacks {lacks} rows that were stored later, the last signed on "
                f"{seen.at:%Y-%m-%d %H:%M} UTC. If no newer backup is left, restore it with --accept-older, and pull again: "
                "what the sources still have comes back"
            )
        _enter_newer_keys(image, keyring, said.origin, at)
        aside = set_witness_aside(keyring, said.origin, at) if lacks else None
        if place is not None and read_address(url).drivername != ENCRYPTED:
            put_file(image, place)
        else:
            with open_evidence(f"sqlite:///{image}") as source, source.inspecting() as connection:
                copy_store(connection, url, keyring, at, key=key)
    return Restored(backup, manifest, verified, lacks, aside)


def read_signed(backup: Path, keyring: Keyring) -> Manifest:
    """The manifest of a backup whose signature holds and whose packed file is the one it names.

    Raises:
        ConfigError: a file is missing, or the key that signs backups.
        IntegrityError: it is damaged, signed by another key, or of a format or schema this version does not know.
    """
    keys = keyring.verifiers(Purpose.BACKUP)
    if not keys:
        raise ConfigError(f"{keyring.folder / 'backup.pub'}: there is no such key file; put back a copy of the folder of keys")
    content, signature = (_read(backup / name) for name in (MANIFEST, SIGNATURE))
    try:
        refuse_unsigned(content, signature, keys[0])
    except IntegrityError as error:
        raise IntegrityError(f"{backup / MANIFEST}: {error}") from error
    manifest = read_manifest(content)
    if manifest.schema != SCHEMAS[-1]:
        raise IntegrityError(
            f"{backup}: its store has schema {manifest.schema!r}, this version knows {SCHEMAS[-1]!r}; restore it with "
            f"ecegateway {manifest.program}"
        )
    packed = backup / PACKED
    if not packed.is_file():
        raise ConfigError(f"{packed}: there is no such file; copy the whole folder of the backup again")
    found = measure(packed)
    if (found.size, found.sha256) != (manifest.size, manifest.sha256):
        raise IntegrityError(
            f"{packed}: it is damaged: {found.size} bytes, and not the {manifest.size} that were written; copy it again, or "
            "take another backup"
        )
    return manifest


def _enter_newer_keys(image: Path, keyring: Keyring, origin: str, at: datetime) -> None:
    """Tell the log of the keys it had after the backup was made, and sign that; without what is kept of them it stays as it is.

    Such a store can be read, and signed with the key it knows once that one is put back.
    """
    with open_evidence(f"sqlite:///{image}") as found, found.sealing() as sealing:
        if len(kept_chain(keyring, origin)) > len(sealing.keys()):
            seal_copy(sealing, keyring, at)


def _read(place: Path) -> bytes:
    if not place.is_file():
        raise ConfigError(f"{place}: there is no such file; give the folder of a backup, copied whole")
    return read_public(place)


def _seen(keyring: Keyring, said: Checkpoint) -> Checkpoint | None:
    """What was signed last of the log, as the folder of keys remembers it."""
    note = witnessed(keyring, said.origin)
    return None if note is None else read_checkpoint(read_note(note).text)
