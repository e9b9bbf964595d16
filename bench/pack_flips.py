"""Flips bits of what leaves the store, one at a time, and counts what the checks make of each.

    python bench/pack_flips.py [--flips N] [--seed N] [--every-byte]

A pack and a bundle are tried as a folder and as a zip, a backup in its three files, the proof of one record as a file. So
many flips each; with ``--every-byte`` a bit of every byte of all of them: some hours.
"""

import argparse
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.backup import make_backup
from ecegateway.flows.proof_file import prove_record
from ecegateway.flows.restore import read_signed
from ecegateway.flows.verify_pack import VerifiedFiles, verify_pack, verify_proof_file
from ecegateway.proof.document import document_bytes
from ecegateway.signing.keyring import Purpose
from tests.storage.flipping import DETECTED, LOCATED, MISSED, SAME
from tests.support.bundles import handed
from tests.support.packs import LATER, Centre, centre
from tests.support.records import SERVICE

Check = Callable[[Path], str]
"""What the check makes of a flip in a file: one of the four fates."""


def files_in(folder: Path) -> list[Path]:
    """The files that may be flipped, in one order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def flips(files: list[Path], count: int | None, seed: int) -> Iterator[tuple[Path, int, int]]:
    """So many bits anywhere in some files, each byte alike likely; without a number a bit of every byte."""
    chance = random.Random(seed)  # noqa: S311 - where to look, not a secret
    sizes = [path.stat().st_size for path in files]
    if count is None:
        for path, size in zip(files, sizes, strict=True):
            yield from ((path, at, chance.randrange(8)) for at in range(size))
        return
    for path in chance.choices(files, weights=sizes, k=count):
        yield path, chance.randrange(path.stat().st_size), chance.randrange(8)


def fates(files: list[Path], count: int | None, seed: int, check: Check) -> Counter[str]:
    """What became of each flip; the file is put right again after it."""
    told: Counter[str] = Counter()
    for path, at, bit in flips(files, count, seed):
        whole = path.read_bytes()
        changed = bytearray(whole)
        changed[at] ^= 1 << bit
        path.write_bytes(changed)
        fate = check(path)
        path.write_bytes(whole)
        told[fate] += 1
        if fate in {DETECTED, MISSED}:
            print(f"{fate}: bit {bit} of byte {at} of {path.name}", file=sys.stderr)
    return told


def of_files(root: Path, verify: Callable[[], VerifiedFiles]) -> Check:
    """Every flip in a folder's file, or in a file of proofs, is a change of content: it is to be found, and the file named."""

    def check(path: Path) -> str:
        name = path.relative_to(root).as_posix()
        told = verify()
        if told.holds:
            return MISSED
        return LOCATED if any(name in damage.where for damage in told.damages) else DETECTED

    return check


def of_zip(verify: Callable[[], VerifiedFiles], place: Path) -> Check:
    """A zip holds things that are no content; whether a flip harmed any is decided by reading all of it with Python's own."""
    true = _contents(place)

    def check(path: Path) -> str:
        try:
            told = verify()
        except IntegrityError as error:
            return LOCATED if "zip" in str(error) else DETECTED  # its own table, the one place that cannot be read past
        if told.holds:
            return SAME if _contents(path) == true else MISSED
        return LOCATED if all(damage.where for damage in told.damages) else DETECTED

    return check


def _contents(place: Path) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(place) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError):
        return None


def of_backup(verify: Callable[[], object]) -> Check:
    """A backup is refused before anything of it is decrypted, and the file named, or the one that signs for it."""

    def check(path: Path) -> str:
        try:
            verify()
        except (IntegrityError, ConfigError) as error:
            return LOCATED if path.name.removesuffix(".minisig") in str(error) else DETECTED
        return MISSED

    return check


def bundles(home: Path, made: Centre) -> Iterator[tuple[str, list[Path], Check]]:
    """Everything that leaves the store: its name, its files, and how a flip in them is judged."""
    pack = made.written(home / "out")
    keys = made.key(Purpose.LOG), made.key(Purpose.EXPORT)
    yield "pack, folder", files_in(pack.folder), of_files(pack.folder, lambda: verify_pack(pack.folder, *keys))
    yield "pack, zip", [pack.archive], of_zip(lambda: verify_pack(pack.archive, *keys), pack.archive)
    bundle = handed(made, home / "bundles")
    folder, archive = bundle.written.folder, bundle.written.archive
    yield "bundle, folder", files_in(folder), of_files(folder, lambda: bundle.check(folder))
    yield "bundle, zip", [archive], of_zip(lambda: bundle.check(archive), archive)
    record = next(one for one in made.evidence.evidence_of(SERVICE).versions if one.stream == "enrolment").id
    proof = home / "proof" / "proof.json"
    proof.parent.mkdir()
    proof.write_bytes(document_bytes(prove_record(made.evidence, record, (), made.keyring, LATER)[0]))
    yield "one record's proof", [proof], of_files(proof.parent, lambda: verify_proof_file(proof, keys[0]))
    backup = make_backup(made.evidence, made.keyring, (), home / "backups", LATER + timedelta(days=1)).place
    yield "backup", files_in(backup), of_backup(lambda: read_signed(backup, made.keyring))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--every-byte", action="store_true")
    asked = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with open_evidence(f"sqlite:///{home / 'evidence.db'}", create=True) as evidence:
            for what, files, check in bundles(home, centre(evidence, home / "keys")):
                counts = fates(files, None if asked.every_byte else asked.flips, asked.seed, check)
                changed = counts.total() - counts[SAME]
                missed += counts[MISSED] + counts[DETECTED]
                print(
                    f"{what} ({sum(path.stat().st_size for path in files):,} bytes), seed {asked.seed}: {counts.total()} bits "
                    f"flipped one at a time, {changed} harmed the content: {counts[LOCATED]} detected and located, "
                    f"{counts[DETECTED]} detected, {counts[MISSED]} missed",
                    flush=True,
                )
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
