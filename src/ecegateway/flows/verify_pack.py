"""Checks an inspection pack, or a single file of proofs, with public keys alone: what holds, and what does not, by file."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.flows.kept_checkpoints import compare
from ecegateway.flows.pack_files import PackFiles, UnreadableError, open_pack
from ecegateway.flows.verify import Outside
from ecegateway.flows.verify_proof import CheckedProofs, check_proofs
from ecegateway.inspection.manifest import INSPECTION_PACK, KEY, LARGEST, MANIFEST, SIGNATURE, UNLISTED, Listed, read_manifest
from ecegateway.proof.document import read_document
from ecegateway.signing.checkpoint import Checkpoint
from ecegateway.signing.keyring import Purpose, name_of_key
from ecegateway.signing.keys import Verifier
from ecegateway.signing.minisign import MinisignKey, key_text, minisign_key, read_key, shown_id, untrusted_line, verify_file

_PROOFS = "proofs/"
_CHECKPOINT = "proofs/checkpoint.txt"
_SMALL = 1 << 16
_LARGEST_PROOFS = 1 << 30


@dataclass(slots=True)
class VerifiedFiles:
    """What came of it: files as listed, rows proved, under which checkpoint, by whose keys, what is wrong, and the limits.

    ``compared`` are the kept checkpoints that are of the same log; ``not_compared`` says of the others why nobody can tell.
    """

    where: str
    files: int = 0
    rows: int = 0
    checkpoint: Checkpoint | None = None
    log_keys: tuple[str, ...] = ()
    export_key: str = ""
    compared: int = 0
    not_compared: list[str] = field(default_factory=list)
    damages: list[Damage] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong, and all that was to be compared could be."""
        return not self.damages and not self.not_compared

    @property
    def damage_count(self) -> int:
        """How many things are wrong."""
        return len(self.damages)


@dataclass(frozen=True, slots=True)
class Kept:
    """Checkpoints that somebody kept, to compare with, and files of proofs that lead from one to another."""

    checkpoints: Sequence[Outside] = ()
    leading: Sequence[Path] = ()


NOTHING_KEPT = Kept()
UNCOMPARED = (
    "whoever holds the log's key could have made another log for you: give a checkpoint that you, or somebody else, kept from "
    "before with --checkpoint"
)
"""What nobody can tell who kept no checkpoint."""


def verify_proof_file(place: Path, log_key: Verifier | None, kept: Kept = NOTHING_KEPT) -> VerifiedFiles:
    """Check a file of proofs.

    Raises:
        ConfigError: it cannot be read.
    """
    found = VerifiedFiles(str(place))
    checked = _take_proofs(found, place.name, _content(place), log_key)
    compare_with_kept(found, [] if checked is None else [checked], log_key, kept)
    found.limits += _limits(found, log_key, None, of_pack=False)
    return found


def _content(place: Path) -> bytes:
    try:
        with place.open("rb") as stream:
            return stream.read(_LARGEST_PROOFS)
    except OSError as error:
        raise ConfigError(f"{place}: cannot be read ({error.strerror})") from error


def verify_pack(place: Path, log_key: Verifier | None, export_key: Verifier | None, kept: Kept = NOTHING_KEPT) -> VerifiedFiles:
    """Check a pack, a folder or a zip, against keys as the checker got them; without one the pack's own is believed.

    Raises:
        ConfigError: there is no pack, or a file of ``kept`` cannot be read.
        IntegrityError: it is a zip whose own table cannot be read.
    """
    found = VerifiedFiles(str(place))
    proofs: list[CheckedProofs] = []
    with open_pack(place) as pack:
        found.damages += pack.strange
        listed = signed_list(found, pack, INSPECTION_PACK, export_key)
        found.damages += compared(pack, listed)
        found.files = len(listed)
        for path in sorted(pack.files):
            if path.startswith(_PROOFS) and path.endswith(".json"):
                proofs += _take_proof_file(found, pack, path, log_key)
    if not found.rows:
        found.damages.append(Damage(Harm.REMOVED, _PROOFS, "no proof of any record is there"))
    compare_with_kept(found, proofs, log_key, kept)
    found.limits += _limits(found, log_key, export_key, of_pack=True)
    return found


def compare_with_kept(found: VerifiedFiles, proofs: list[CheckedProofs], log_key: Verifier | None, kept: Kept) -> None:
    """Compare what was proved with the checkpoints that somebody kept."""
    believed = log_key or next((one.keys[0] for one in proofs if one.keys), None)
    leading = [_take_proofs(found, str(place), _content(place), believed, counts=False) for place in kept.leading]
    if found.checkpoint is None:
        found.not_compared += [f"{one.place}: no checkpoint that may be believed is here" for one in kept.checkpoints]
        return
    told = compare(found.checkpoint, [*proofs, *(one for one in leading if one is not None)], kept.checkpoints)
    found.compared = told.same
    found.damages += told.damages
    found.not_compared += told.not_compared


def signed_list(found: VerifiedFiles, pack: PackFiles, kind: str, trusted: Verifier | None) -> Mapping[str, Listed]:
    """What a manifest of that kind lists, even where its signature does not hold: it still helps to find what was changed."""
    missing = [Damage(Harm.REMOVED, name, "every pack has it") for name in (MANIFEST, SIGNATURE, KEY) if name not in pack.files]
    if missing:
        found.damages += missing
        return {}
    try:
        manifest, signature = pack.read(MANIFEST, LARGEST), pack.read(SIGNATURE, _SMALL)
        shown = pack.read(KEY, _SMALL)
    except UnreadableError as error:
        found.damages.append(Damage(Harm.UNREADABLE, MANIFEST, str(error)))
        return {}
    found.damages += _signature(found, manifest, signature, shown, trusted)
    try:
        return read_manifest(kind, manifest)
    except ValueError as error:
        found.damages.append(Damage(Harm.FORGED, MANIFEST, f"it {error}"))
        return {}


def _signature(
    found: VerifiedFiles, manifest: bytes, signature: bytes, shown: bytes, trusted: Verifier | None
) -> Iterator[Damage]:
    try:
        key = _key(shown) if trusted is None else minisign_key(trusted)
    except (ConfigError, UnicodeDecodeError) as error:
        yield Damage(Harm.FORGED, KEY, str(error))
        return
    found.export_key = shown_id(key)
    text = signature.decode(errors="replace")
    if not text.startswith(untrusted_line(name_of_key(Purpose.EXPORT))):
        yield Damage(Harm.FORGED, SIGNATURE, "its first line is not the one we write")
    try:
        verify_file(text, hashlib.blake2b(manifest).digest(), key)
    except IntegrityError as error:
        yield Damage(Harm.FORGED, f"{MANIFEST} or {SIGNATURE}", str(error))


def _key(shown: bytes) -> MinisignKey:
    text = shown.decode()
    key = read_key(text)
    if key_text(key) != text:
        raise ConfigError("it is written another way than its own")
    return key


def compared(pack: PackFiles, listed: Mapping[str, Listed]) -> Iterator[Damage]:
    """Which files are not those listed."""
    for path, one in sorted(listed.items()):
        if path not in pack.files:
            yield Damage(Harm.REMOVED, path, "it is listed, and is not there")
            continue
        try:
            if pack.digest(path, one.size) != (one.digest, one.size):
                yield Damage(Harm.EDITED, path, "it is not the file that was listed")
        except UnreadableError as error:
            yield Damage(Harm.UNREADABLE, path, str(error))
    for path in sorted(pack.files.keys() - listed.keys() - UNLISTED):
        yield Damage(Harm.ADDED, path, "the list of files does not name it")


def _take_proof_file(found: VerifiedFiles, pack: PackFiles, path: str, log_key: Verifier | None) -> Iterator[CheckedProofs]:
    try:
        content = pack.read(path, _LARGEST_PROOFS)
        note = pack.read(_CHECKPOINT, _SMALL) if _CHECKPOINT in pack.files else b""
    except UnreadableError:
        return  # the comparison with the list has told it
    checked = _take_proofs(found, path, content, log_key)
    if checked is not None and checked.note != note:
        found.damages.append(Damage(Harm.FORGED, path, f"it is under another checkpoint than {_CHECKPOINT}"))
    elif checked is not None:
        yield checked


def _take_proofs(
    found: VerifiedFiles, where: str, content: bytes, log_key: Verifier | None, *, counts: bool = True
) -> CheckedProofs | None:
    """Check a file of proofs; what it says of itself ``counts`` unless it only leads from one checkpoint to another."""
    try:
        document = read_document(content)
    except ValueError as error:
        found.damages.append(Damage(Harm.EDITED, where, f"it {error}"))
        return None
    checked = check_proofs(document, log_key, where)
    found.damages += checked.damages
    if counts:
        found.rows += checked.rows
        found.checkpoint = checked.checkpoint or found.checkpoint
        found.log_keys = tuple(key.key_id.hex() for key in checked.keys) or found.log_keys
    return checked


def _limits(found: VerifiedFiles, log_key: Verifier | None, export_key: Verifier | None, *, of_pack: bool) -> Iterator[str]:
    if not found.compared:
        yield UNCOMPARED
    if log_key is None or (of_pack and export_key is None):
        yield "a key that came with the file proves nothing about itself: compare the ids with the ones you were given"
    yield "what is shown was stored as it is shown before the checkpoint was signed; not that nothing was left out"
    yield "what the sources said is proved, when it came, and that it has not changed; not that a child was there"
