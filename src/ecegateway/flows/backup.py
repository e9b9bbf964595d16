"""Makes a backup while others go on writing: one moment of the store, packed, signed, read back and verified."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ecegateway import __version__
from ecegateway.backup.manifest import (
    FORMAT,
    MANIFEST,
    PACKED,
    SIGNATURE,
    Manifest,
    manifest_bytes,
    sign_manifest,
)
from ecegateway.backup.packing import Packed, pack, unpack
from ecegateway.backup.shelf import name_at
from ecegateway.backup.workplace import put, refuse_taken, workplace
from ecegateway.evidence.copying import count_rows
from ecegateway.evidence.image import copy_image
from ecegateway.evidence.migrate import SCHEMAS
from ecegateway.evidence.sealing import checkpoints, log_state
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.copying import copy_store, refuse_broken
from ecegateway.flows.image_check import check_image
from ecegateway.flows.seal import seal
from ecegateway.flows.verify import Outside, Verified
from ecegateway.signing.age import new_identity, own_identity, read_recipient
from ecegateway.signing.files import write_whole
from ecegateway.signing.keyring import Keyring, Purpose


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its folder, what its manifest says, and what the check of it said when it was read back."""

    place: Path
    manifest: Manifest
    verified: Verified


def make_backup(evidence: Evidence, keyring: Keyring, recipients: Sequence[str], folder: Path, at: datetime) -> Backup:
    """Make a backup in a folder of its own below ``folder``; there is nothing under its name before it is verified.

    Args:
        evidence: The store.
        keyring: The keys that sign; without ``recipients`` also the one that opens the backup.
        recipients: Public keys of age. Those who have the private halves can open the backup, and this machine cannot.
        folder: Where backups lie.
        at: Now.

    Raises:
        ConfigError: a key or the folder cannot be used, or another backup is being made.
        EvidenceError: the store fails.
        IntegrityError: the store is not the one signed last, or does not verify.
    """
    seal(evidence, keyring, at)
    name = name_at(at)
    # A key that lives no longer than this function reads the backup back where only others may open it later.
    reader = new_identity() if recipients else own_identity(keyring.folder)
    named = tuple(recipients) or (str(reader.to_public()),)
    beside = keyring.folder if evidence.file is None else evidence.file.parent
    with workplace(folder, "backup") as work, workplace(beside, "snapshot") as plain:
        refuse_taken(folder / name)
        made = work / name
        made.mkdir(mode=0o700)
        image = plain / "evidence.db"
        _take(evidence, image, keyring, at)
        packed = pack(image, made / PACKED, [read_recipient(one) for one in recipients] + [reader.to_public()])
        manifest = _described(image, packed, evidence.engine, named, at)
        image.unlink()
        content = manifest_bytes(manifest)
        write_whole(made / MANIFEST, content)
        write_whole(made / SIGNATURE, sign_manifest(content, _signing(keyring).signer(Purpose.BACKUP), name))
        unpack(made / PACKED, image, reader)
        verified = check_image(image, keyring, [Outside("the manifest", manifest.checkpoint.encode())])
        refuse_broken(verified, "the store does not verify, so no backup of it is kept")
        put(made, folder / name)
    return Backup(folder / name, manifest, verified)


def _signing(keyring: Keyring) -> Keyring:
    """Signatures beside files are minisign's, which knows Ed25519 only, whatever profile the log keeps to."""
    return Keyring(keyring.folder)


def _take(evidence: Evidence, image: Path, keyring: Keyring, at: datetime) -> None:
    """The store as of one moment, as a SQLite file: the very pages, or, from another engine, the very rows."""
    with evidence.inspecting() as connection:
        if isinstance(connection.connection.driver_connection, sqlite3.Connection):
            copy_image(connection, image)
        else:
            copy_store(connection, f"sqlite:///{image}", keyring, at)


def _described(image: Path, packed: Packed, engine: str, recipients: tuple[str, ...], at: datetime) -> Manifest:
    with open_evidence(f"sqlite:///{image}") as found, found.inspecting() as connection:
        *_, newest = checkpoints(connection)
        rows, leaves = count_rows(connection), log_state(connection).size
    return Manifest(
        format=FORMAT,
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        program=__version__,
        engine=engine,
        schema=SCHEMAS[-1],
        rows=rows,
        leaves=leaves,
        checkpoint=newest.note,
        size=packed.size,
        sha256=packed.sha256,
        recipients=recipients,
    )
