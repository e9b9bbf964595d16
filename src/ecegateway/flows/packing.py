"""What packs and bundles have in common: a name, the signature of their list of files, and how they come onto the disk."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Protocol

from ecegateway.contract import ExportFile
from ecegateway.errors import ExportError
from ecegateway.export.write import write_files
from ecegateway.flows.proving import Proved
from ecegateway.inspection.archive import zip_bytes
from ecegateway.inspection.manifest import MANIFEST, SIGNATURE
from ecegateway.inspection.pages import check_script
from ecegateway.inspection.seal import Seal
from ecegateway.model.claim import Claim
from ecegateway.proof.document import ProofDocument, document_bytes
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Signer
from ecegateway.signing.minisign import minisign_key, shown_id, sign_file


class Packed(Protocol):
    """A pack before it is written: its name, and its files by path."""

    @property
    def name(self) -> str:
        """The name of its folder, and of its zip."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files."""


def export_signer(keyring: Keyring) -> Signer:
    """The key that signs what is handed out: always an Ed25519 key, for minisign knows no other.

    Raises:
        ConfigError: it cannot be used.
    """
    return replace(keyring, profile=Profile.ED25519).signer(Purpose.EXPORT)


def seal_of(proved: Proved, signer: Signer) -> Seal:
    """What vouches for a pack of these proofs, signed by that key."""
    key = proved.under.key
    export_key = shown_id(minisign_key(signer.verifier))
    return Seal(proved.rows, proved.under.checkpoint, key.profile, key.key_id.hex(), export_key)


def proof_files(folder: str, proved: Proved, documents: Mapping[str, ProofDocument]) -> dict[str, bytes]:
    """The files that prove: documents by name, their checkpoint and its key, the ways to earlier ones, and what checks them."""
    return {
        f"{folder}/checkpoint.txt": proved.under.note.encode(),
        f"{folder}/log-key.pem": proved.under.key.pem,
        f"{folder}/check.py": check_script(),
        f"{folder}/checkpoints.json": document_bytes(proved.earlier),
        **{f"{folder}/{name}.json": document_bytes(document) for name, document in documents.items()},
    }


def signed(manifest: bytes, signer: Signer, what: str, claim: Claim) -> dict[str, bytes]:
    """The manifest and its signature, whose comment says ``what`` it is of."""
    days = claim.period.days
    comment = f"{what}, service {claim.service}, {days.first} to {days.last}, known at {claim.known_at.isoformat()}"
    signature = sign_file(signer, hashlib.blake2b(manifest).digest(), comment)
    return {MANIFEST: manifest, SIGNATURE: signature.encode()}


def name_of(kind: str, claim: Claim) -> str:
    """``inspection-pack-10842-2026-02-known-20260602T090000Z``: one for each moment of knowledge."""
    return f"{kind}-{claim.service}-{claim.period.first:%Y-%m}-known-{claim.known_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """Where a pack lies, and whether anything of it is new."""

    folder: Path
    archive: Path
    changed: bool


def write_pack(out: Path, pack: Packed) -> WrittenPack:
    """Write a pack into the folder ``out``: the manifest last, so that a broken-off pack has none that fits.

    Raises:
        ExportError: its folder holds files that are no part of it.
    """
    folder = out / pack.name
    _refuse_others(folder, pack)
    changed = False
    for part in sorted({_part(path) for path in pack.files}, reverse=True):
        files = [ExportFile(path.rpartition("/")[2], content) for path, content in pack.files.items() if _part(path) == part]
        changed = bool(write_files(folder / part, files, whole=folder).changed) or changed
    archive = ExportFile(f"{pack.name}.zip", zip_bytes(pack.name, pack.files))
    changed = bool(write_files(out, [archive]).changed) or changed
    return WrittenPack(folder, out / archive.name, changed)


def _part(path: str) -> str:
    return path.rpartition("/")[0]


def _refuse_others(folder: Path, pack: Packed) -> None:
    found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if not path.is_dir())
    if others := [path for path in found if path not in pack.files]:
        raise ExportError(f"{folder}: holds {others[0]!r}, which is no part of this pack; move the folder away, and run again")
