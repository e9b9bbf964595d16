"""A pack as it was signed holds anywhere; a changed byte, a file too many or too few, or a hostile name is found and named."""

import hashlib
import io
import os
import random
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import orjson
import pytest

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.evidence.damage import Harm
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.packing import WrittenPack
from ecegateway.flows.verify_pack import VerifiedFiles, verify_pack, verify_proof_file
from ecegateway.inspection.archive import zip_bytes
from ecegateway.inspection.manifest import MANIFEST, SIGNATURE
from ecegateway.proof.document import document_bytes, read_document
from ecegateway.signing.keyring import Purpose
from ecegateway.signing.keys import Verifier, new_signer
from ecegateway.signing.minisign import key_text, minisign_key, sign_file
from tests.cli.running import run
from tests.support.packs import centre

SEED = 20260602


@dataclass(frozen=True)
class Signed:
    """A pack on disk, and the two keys as they were handed over."""

    written: WrittenPack
    log_key: Verifier
    export_key: Verifier

    def check(self, place: Path) -> VerifiedFiles:
        return verify_pack(place, self.log_key, self.export_key)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    home = tmp_path_factory.mktemp("centre")
    with open_evidence(f"sqlite:///{home / 'evidence.db'}", create=True) as evidence:
        made = centre(evidence, home / "keys")
        return Signed(made.written(home / "out"), made.key(Purpose.LOG), made.key(Purpose.EXPORT))


@pytest.fixture
def folder(signed: Signed, tmp_path: Path) -> Path:
    """A copy of the pack to do things to."""
    return Path(shutil.copytree(signed.written.folder, tmp_path / "pack"))


def found(told: VerifiedFiles) -> set[tuple[Harm, str]]:
    return {(damage.harm, damage.where) for damage in told.damages}


def paths(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_an_untouched_pack_holds_as_folder_and_as_zip(signed: Signed) -> None:
    for place in (signed.written.folder, signed.written.archive):
        told = signed.check(place)
        assert (told.damages, told.holds) == ([], True)
        assert told.files == len(paths(signed.written.folder)) - 2
        assert told.rows > 30
        assert told.log_keys == (signed.log_key.key_id.hex(),)
        assert not any("proves nothing about itself" in limit for limit in told.limits)


def test_keys_that_came_with_the_pack_are_told_as_a_limit(signed: Signed) -> None:
    told = verify_pack(signed.written.folder, None, None)
    assert told.holds
    assert any("proves nothing about itself" in limit for limit in told.limits)


def test_a_flipped_byte_in_any_file_is_found_and_located(signed: Signed, folder: Path) -> None:
    chance, tried, unnamed = random.Random(SEED), 0, []  # noqa: S311 - places to try
    for path in paths(folder):
        content = (folder / path).read_bytes()
        for at in sorted({0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(2))}):
            changed = bytearray(content)
            changed[at] ^= 1 << chance.randrange(8)
            (folder / path).write_bytes(changed)
            tried += 1
            if not any(path in damage.where for damage in signed.check(folder).damages):
                unnamed.append((path, at))
        (folder / path).write_bytes(content)
    assert unnamed == []
    assert tried > 150
    assert signed.check(folder).holds


def test_a_flipped_byte_of_the_zip_changes_no_content_unseen(signed: Signed, tmp_path: Path) -> None:
    content, place = signed.written.archive.read_bytes(), tmp_path / "pack.zip"
    true, unseen, located = _contents(signed.written.archive), [], 0
    chance = random.Random(SEED)  # noqa: S311 - places to try
    for at in [*range(60), *range(len(content) - 60, len(content)), *(chance.randrange(len(content)) for _ in range(150))]:
        changed = bytearray(content)
        changed[at] ^= 1 << chance.randrange(8)
        place.write_bytes(changed)
        try:
            told = signed.check(place)
        except IntegrityError:
            located += 1
            continue
        if told.holds and _contents(place) != true:
            unseen.append(at)
        located += not told.holds
    assert unseen == []
    assert located > 150


def _contents(place: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(place) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_files_too_many_and_too_few_are_named(signed: Signed, folder: Path) -> None:
    (folder / "return" / "rs7.html").unlink()
    (folder / "proofs" / "more.json").write_bytes((folder / "proofs" / "note.json").read_bytes())
    assert found(signed.check(folder)) == {(Harm.REMOVED, "return/rs7.html"), (Harm.ADDED, "proofs/more.json")}


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE, "export-key.pub"])
def test_a_pack_without_what_vouches_for_it_does_not_hold(signed: Signed, folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert (Harm.REMOVED, name) in found(signed.check(folder))


def test_a_pack_signed_anew_by_somebody_else_is_found_by_whoever_has_the_key(signed: Signed, folder: Path) -> None:
    page = folder / "records" / "note.html"
    page.write_bytes(page.read_bytes().replace("Ngāio".encode(), b"Ngaio"))
    thief = new_signer("ecegateway-export")
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    (folder / "export-key.pub").write_text(key_text(minisign_key(thief.verifier)), encoding="utf-8")
    for one in manifest["files"]:
        content = (folder / one["path"]).read_bytes()
        one.update(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    written = orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS)
    (folder / MANIFEST).write_bytes(written)
    (folder / SIGNATURE).write_text(sign_file(thief, hashlib.blake2b(written).digest(), "x"), encoding="utf-8")
    assert found(signed.check(folder)) == {(Harm.FORGED, f"{MANIFEST} or {SIGNATURE}")}
    told = verify_pack(folder, None, None)
    assert told.holds
    assert told.export_key != signed.check(folder).export_key, "the id gives it away"


def test_the_first_line_of_a_signature_which_nothing_covers_is_the_one_we_write(signed: Signed, folder: Path) -> None:
    place = folder / SIGNATURE
    place.write_text(place.read_text(encoding="utf-8").replace("signature by", "signature of"), encoding="utf-8")
    assert found(signed.check(folder)) == {(Harm.FORGED, SIGNATURE)}


def test_another_logs_key_is_told(signed: Signed) -> None:
    told = verify_pack(signed.written.folder, new_signer("ecegateway-log").verifier, signed.export_key)
    assert {harm for harm, _ in found(told)} == {Harm.ANOTHER}


def test_one_record_is_handed_on_alone_and_names_itself_when_changed(signed: Signed, tmp_path: Path) -> None:
    document = read_document((signed.written.folder / "proofs" / "note.json").read_bytes())
    place = tmp_path / "note.json"
    place.write_bytes(document_bytes(document))
    told = verify_proof_file(place, signed.log_key)
    assert (told.holds, told.rows) == (True, 3)
    version = next(one for one in document.records if one.table == "record_version")
    changed = replace(version, columns={**version.columns, "version": 2})
    others = tuple(one for one in document.records if one is not version)
    place.write_bytes(document_bytes(replace(document, records=(*others, changed))))
    (damage,) = verify_proof_file(place, signed.log_key).damages
    assert (damage.harm, damage.where) == (Harm.EDITED, f"note.json: record_version {version.row} (kowhai/10842/note/n1@2)")
    place.write_bytes(document_bytes(replace(document, records=(version,))))
    (damage,) = verify_proof_file(place, signed.log_key).damages
    assert damage.said == "no series stands beside it"
    place.write_bytes(document_bytes(replace(document, keys=())))
    (damage,) = verify_proof_file(place, signed.log_key).damages
    assert damage.said == "the file holds no key of the log"
    place.write_bytes(place.read_bytes() + b"\n")
    assert verify_proof_file(place, signed.log_key).damages[0].said == "it is not in canonical form"


def links(folder: Path) -> None:
    (folder / "records" / "note.html").unlink()
    (folder / "records" / "note.html").symlink_to("/etc/hostname")


def pipe(folder: Path) -> None:
    (folder / "records" / "note.html").unlink()
    os.mkfifo(folder / "records" / "note.html")


def linked_folder(folder: Path) -> None:
    (folder / "proofs").rename(folder.parent / "elsewhere")
    (folder / "proofs").symlink_to(folder.parent / "elsewhere")


def deep(folder: Path) -> None:
    (folder / "a" / "b" / "c" / "d" / "e" / "f").mkdir(parents=True)


@pytest.mark.parametrize("attack", [links, pipe, linked_folder, deep])
def test_links_pipes_and_depths_in_a_folder_are_named_and_not_followed(
    signed: Signed, folder: Path, attack: Callable[[Path], None]
) -> None:
    attack(folder)
    told = signed.check(folder)
    assert any(damage.said == "it is a link, a pipe or a folder where a pack has plain files" for damage in told.damages)


HOSTILE_NAMES = [
    "../evil.txt",
    "pack/../../evil.txt",
    "/etc/evil.txt",
    "C:/evil.txt",
    "pack/C:evil.txt",
    "pack/a\\..\\evil.txt",
    "\\\\server\\share\\evil.txt",
    "pack/nul\x00.txt",
    "pack/\u202etxt.exe",
    "pack/a\u200bb.txt",
    "pack/CON",
    "pack/aux.txt",
    "pack/COM1.html",
    "pack/name.",
    "pack/name ",
    "pack/.hidden",
    "pack/./a",
    "pack//a",
    "pack/" + "x" * 300,
    "pack/a\nb",
    "pack/e\u0301.txt",
    "pack/what?.txt",
    "pack/return/",
    "start.html",
]


def zipped(signed: Signed, place: Path) -> Path:
    files = {path: (signed.written.folder / path).read_bytes() for path in paths(signed.written.folder)}
    place.write_bytes(zip_bytes("pack", files))
    return place


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_in_a_zip_is_named_and_touches_nothing(signed: Signed, tmp_path: Path, name: str) -> None:
    place = zipped(signed, tmp_path / "pack.zip")
    before = sorted(tmp_path.parent.rglob("*"))
    with zipfile.ZipFile(place, "a") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, b"" if name.endswith("/") else b"evil")
    told = signed.check(place)
    assert {damage.harm for damage in told.damages} == {Harm.ADDED}
    assert sorted(tmp_path.parent.rglob("*")) == before
    assert all(damage.where.isprintable() and damage.where.isascii() for damage in told.damages)


def test_a_file_twice_in_a_zip_a_link_and_a_secret_are_named(signed: Signed, tmp_path: Path) -> None:
    place = zipped(signed, tmp_path / "pack.zip")
    link = zipfile.ZipInfo("pack/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(place, "a") as archive:
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("pack/start.html", b"another")
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("pack/packed.bin", b"x", zipfile.ZIP_LZMA)
    assert {damage.where for damage in signed.check(place).damages} == {"start.html", "link", "packed.bin"}


def test_a_zip_that_grows_without_end_is_read_no_further_than_its_list_says(signed: Signed, tmp_path: Path) -> None:
    files = {path: (signed.written.folder / path).read_bytes() for path in paths(signed.written.folder)}
    place = tmp_path / "pack.zip"
    place.write_bytes(zip_bytes("pack", {**files, "start.html": bytes(1 << 28)}))
    assert found(signed.check(place)) == {(Harm.EDITED, "start.html")}


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a/../b", "C:x", "nul", "a\\b"])
def test_a_list_that_leads_out_of_the_pack_is_refused(signed: Signed, folder: Path, path: str) -> None:
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    manifest["files"][0]["path"] = path
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS))
    said = [damage.said for damage in signed.check(folder).damages if damage.where == MANIFEST]
    assert any("lists" in one for one in said)


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_pack_is_told(signed: Signed, tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "pack.zip"
    place.write_bytes(content)
    with pytest.raises(IntegrityError, match="is no zip"):
        signed.check(place)
    with pytest.raises(ConfigError, match="cannot be read"):
        signed.check(tmp_path / "nothing.zip")


def test_an_empty_zip_lacks_everything(signed: Signed, tmp_path: Path) -> None:
    place = tmp_path / "pack.zip"
    place.write_bytes(b"PK\x05\x06" + bytes(18))
    assert found(signed.check(place)) > {(Harm.REMOVED, MANIFEST), (Harm.REMOVED, SIGNATURE)}


def pem(signed: Signed, home: Path) -> Iterator[str]:
    for name, key in (("key", signed.log_key), ("export-key", signed.export_key)):
        (home / f"{name}.pem").write_bytes(key.pem)
        yield f"--{name}={name}.pem"


def test_the_command_says_what_holds_and_ends_with_4_when_something_does_not(signed: Signed, folder: Path) -> None:
    keys, home = list(pem(signed, folder.parent)), folder.parent
    done = run("verify", str(folder), *keys, cwd=home)
    assert (done.returncode, "Holds." in done.stdout) == (0, True), done.stderr
    (folder / "start.html").write_bytes(b"changed")
    done = run("verify", str(folder), *keys, cwd=home)
    assert done.returncode == 4
    assert "edited: start.html: it is not the file that was listed" in done.stdout
    done = run("verify", str(folder / "proofs" / "note.json"), "--json", cwd=home)
    assert done.returncode == 0
    assert orjson.loads(done.stdout)["verified"]["rows"] == 3
    (home / "broken.zip").write_bytes(io.BytesIO(signed.written.archive.read_bytes()).read(5000))
    done = run("verify", "broken.zip", cwd=home)
    assert (done.returncode, "is no zip" in done.stderr) == (4, True)
