"""A backup is put in place whole and verified, or not at all; damaged ones and strangers' are refused, old ones known."""

import random
import shutil
import signal
from pathlib import Path

import pytest

from ecegateway.backup.manifest import MANIFEST, PACKED, SIGNATURE, manifest_bytes, read_manifest, sign_manifest
from ecegateway.backup.packing import measure, pack
from ecegateway.errors import ConfigError, EvidenceError, IntegrityError
from ecegateway.evidence.migrate import SCHEMAS
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.backup import Backup
from ecegateway.flows.restore import Restored, restore_backup
from ecegateway.flows.seal import change_key, seal, witness_place
from ecegateway.flows.verify import Outside, verify_store
from ecegateway.signing.age import IDENTITY_FILE, new_identity, own_identity
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.files import write_whole
from ecegateway.signing.keyring import Keyring, Purpose
from tests.support import operator
from tests.support.centre import Centre, litter, noon_and, state_of
from tests.support.processes import run_code

DAMAGES, SEED = 100, 20260602


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A signed SQLite store of two pulls; it may be lost."""
    made = Centre(open_evidence(f"sqlite:///{tmp_path / 'lost.db'}", create=True), tmp_path / "home")
    made.pull(0, "n1", "n2", "n3")
    made.pull(1, "n4")
    return made


@pytest.fixture
def backup(centre: Centre) -> Backup:
    return centre.back_up(2)


def restored(centre: Centre, backup: Path, url: str, *, identity: Path | None = None, accept_older: bool = False) -> Restored:
    return restore_backup(backup, url, centre.keyring, identity, noon_and(9), accept_older=accept_older)


def in_place(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new' / 'evidence.db'}"


@pytest.mark.usefixtures("empty_url")
def test_the_restored_store_has_the_root_that_was_signed_and_goes_on(centre: Centre, backup: Backup, empty_url: str) -> None:
    before = state_of(centre.evidence)
    done = restored(centre, backup.place, empty_url)
    assert (done.lacks, done.set_aside) == (0, None)
    with open_evidence(empty_url) as evidence:
        after = state_of(evidence)
        assert (after.origin, after.size, after.root) == (before.origin, before.size, before.root)
        Centre(evidence, centre.home).pull(10, "n5")
    assert centre.verify(empty_url).holds


def test_nothing_but_the_store_is_left(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    restored(centre, backup.place, in_place(tmp_path))
    assert litter(tmp_path / "new") == ["evidence.db"]


def test_a_new_machine_needs_the_backup_and_the_folder_of_keys(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    machine = tmp_path / "machine"
    shutil.copytree(backup.place, machine / "backup")
    shutil.copytree(centre.keyring.folder, machine / "keys")
    done = restore_backup(
        machine / "backup", in_place(machine), Keyring(machine / "keys"), None, noon_and(9), accept_older=False
    )
    assert done.verified.holds


def test_a_recipients_key_opens_it(centre: Centre, tmp_path: Path) -> None:
    office = new_identity()
    (tmp_path / "office").mkdir(mode=0o700)
    write_whole(tmp_path / "office" / "key.txt", f"# created: 2026-06-02\n{office}\n".encode())
    made = centre.back_up(2, str(office.to_public()))
    with pytest.raises(ConfigError, match=r"backup\.age: there is no such key file"):
        restored(centre, made.place, in_place(tmp_path))
    assert restored(centre, made.place, in_place(tmp_path), identity=tmp_path / "office" / "key.txt").verified.holds


def test_a_wrong_key_is_named_as_such(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    (centre.keyring.folder / IDENTITY_FILE).unlink()
    own_identity(centre.keyring.folder)
    with pytest.raises(IntegrityError, match="does not open it; give the key it was encrypted to"):
        restored(centre, backup.place, in_place(tmp_path))
    assert litter(tmp_path / "new") == []


def test_a_backup_signed_by_a_stranger_is_refused(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    stranger = Keyring(tmp_path / "stranger").signer(Purpose.BACKUP)
    content = (backup.place / MANIFEST).read_bytes()
    (backup.place / SIGNATURE).write_bytes(sign_manifest(content, stranger, "words"))
    with pytest.raises(IntegrityError, match="is signed by key"):
        restored(centre, backup.place, in_place(tmp_path))


def test_a_store_changed_inside_a_backup_that_was_signed_again_is_refused(
    centre: Centre, backup: Backup, tmp_path: Path
) -> None:
    """Whoever holds the key of backups cannot change the evidence: the log's own key signed what it is."""
    image = tmp_path / "image.db"
    shutil.copy(str(centre.evidence.file), image)
    with open_evidence(f"sqlite:///{image}") as changed:
        operator.run(changed, "UPDATE record_version SET content = '{}' WHERE seq = 2")
    (backup.place / PACKED).unlink()
    packed = pack(image, backup.place / PACKED, [own_identity(centre.keyring.folder).to_public()])
    said = read_manifest((backup.place / MANIFEST).read_bytes())
    content = manifest_bytes(
        type(said)(**{name: getattr(said, name) for name in said.__slots__} | {"size": packed.size, "sha256": packed.sha256})
    )
    (backup.place / MANIFEST).write_bytes(content)
    (backup.place / SIGNATURE).write_bytes(sign_manifest(content, centre.keyring.signer(Purpose.BACKUP), "words"))
    with pytest.raises(IntegrityError, match="the store in it does not verify: edited: record_version 2"):
        restored(centre, backup.place, in_place(tmp_path))
    assert litter(tmp_path / "new") == []


def damage(backup: Path, by: random.Random) -> str:
    """One damage to one of the three files; says which."""
    place = backup / by.choice((PACKED, PACKED, MANIFEST, SIGNATURE))
    content = bytearray(place.read_bytes())
    at = by.randrange(len(content))
    kind = by.choice(("bit", "byte", "cut", "hole", "twice", "longer"))
    if kind == "bit":
        content[at] ^= 1 << by.randrange(8)
    elif kind == "byte":
        content[at] = (content[at] + by.randrange(1, 256)) % 256
    elif kind == "cut":
        del content[at:]
    elif kind == "hole":
        del content[at : at + by.randrange(1, 600)]
    elif kind == "twice":
        content[at:at] = content[at : at + by.randrange(1, 600)]
    else:
        content += by.randbytes(by.randrange(1, 600))
    place.write_bytes(content)
    return f"{kind} at {at} of {place.name}"


def test_every_one_of_a_hundred_random_damages_is_refused_and_nothing_is_put_in_place(
    centre: Centre, backup: Backup, tmp_path: Path
) -> None:
    by = random.Random(SEED)  # noqa: S311 - damages, not secrets
    passed = []
    for number in range(DAMAGES):
        damaged = tmp_path / f"damaged-{number}"
        shutil.copytree(backup.place, damaged)
        said = damage(damaged, by)
        try:
            restored(centre, damaged, in_place(tmp_path))
        except IntegrityError:
            continue
        passed.append(said)
    assert passed == [], f"of {DAMAGES} damages from seed {SEED}"
    assert litter(tmp_path / "new") == []


@pytest.mark.parametrize("missing", [PACKED, MANIFEST, SIGNATURE])
def test_a_backup_that_lacks_a_file_says_which(centre: Centre, backup: Backup, tmp_path: Path, missing: str) -> None:
    (backup.place / missing).unlink()
    with pytest.raises(ConfigError, match=f"{missing}: there is no such file"):
        restored(centre, backup.place, in_place(tmp_path))


def test_without_the_key_of_backups_it_says_what_to_put_back(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    (centre.keyring.folder / "backup.pub").unlink()
    with pytest.raises(ConfigError, match="put back a copy of the folder of keys"):
        restored(centre, backup.place, in_place(tmp_path))


def test_a_backup_of_a_schema_this_version_does_not_know_names_the_version_to_use(
    centre: Centre, backup: Backup, tmp_path: Path
) -> None:
    known = f'"schema":"{SCHEMAS[-1]}"'.encode()
    content = (backup.place / MANIFEST).read_bytes().replace(known, b'"schema":"9999"')
    (backup.place / MANIFEST).write_bytes(content)
    (backup.place / SIGNATURE).write_bytes(sign_manifest(content, centre.keyring.signer(Purpose.BACKUP), "words"))
    with pytest.raises(IntegrityError, match=r"restore it with ecegateway 0\.1\.0"):
        restored(centre, backup.place, in_place(tmp_path))


def test_a_store_that_stands_is_not_written_over(centre: Centre, backup: Backup, evidence_url: str) -> None:
    with open_evidence(evidence_url) as standing:
        before = state_of(standing)
    with pytest.raises((ConfigError, EvidenceError), match=r"(nothing|none) is written over"):
        restored(centre, backup.place, evidence_url)
    with open_evidence(evidence_url) as standing:
        assert state_of(standing) == before


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_what_sqlite_left_of_the_lost_store_is_not_mixed_into_the_new_one(
    centre: Centre, backup: Backup, tmp_path: Path, ending: str
) -> None:
    """SQLite would take a journal that lies there for the restored store's, and play it back into it."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / f"evidence.db{ending}").write_bytes(b"left behind")
    with pytest.raises(ConfigError, match="put it away first"):
        restored(centre, backup.place, in_place(tmp_path))


def test_an_older_backup_is_known_by_what_was_signed_since(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    before = state_of(centre.evidence).size
    centre.pull(5, "n5", "n6")
    lacks = state_of(centre.evidence).size - before
    with pytest.raises(IntegrityError, match=rf"older copy: it lacks {lacks} rows .* 2026-06-02 05:00 UTC.*--accept-older"):
        restored(centre, backup.place, in_place(tmp_path))
    assert litter(tmp_path / "new") == []


def test_an_older_backup_that_is_accepted_can_be_signed_again_and_the_witness_is_kept(
    centre: Centre, backup: Backup, empty_url: str
) -> None:
    centre.pull(5, "n5", "n6")
    witness = witness_place(centre.keyring, state_of(centre.evidence).origin)
    seen = witness.read_bytes()
    done = restored(centre, backup.place, empty_url, accept_older=True)
    assert done.lacks > 0
    assert done.set_aside is not None
    assert done.set_aside.read_bytes() == seen
    with open_evidence(empty_url) as evidence:
        Centre(evidence, centre.home).pull(10, "n7")
    assert centre.verify(empty_url).holds
    assert not centre.verify(f"sqlite:///{centre.evidence.file}").holds, "the lost store, found again, is another one now"


def test_the_store_found_changed_points_to_the_way_back(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    """An older file copied in by hand is not signed; the message names the command that says so on purpose."""
    shutil.copy(str(centre.evidence.file), tmp_path / "old.db")
    centre.pull(5, "n5")
    with (
        open_evidence(f"sqlite:///{tmp_path / 'old.db'}") as old,
        pytest.raises(IntegrityError, match="ecegateway restore --accept-older"),
    ):
        seal(old, centre.keyring, noon_and(6))
    assert backup.verified.holds


def test_a_backup_from_before_the_logs_key_changed_is_still_believed(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    change_key(centre.evidence, centre.keyring, centre.keyring.profile, noon_and(3))
    done = restored(centre, backup.place, in_place(tmp_path), accept_older=True)
    assert done.verified.holds


@pytest.mark.usefixtures("empty_url")
def test_a_backup_from_before_two_changes_of_the_key_is_signed_on(centre: Centre, backup: Backup, empty_url: str) -> None:
    first, earlier = centre.keyring.verifier(Purpose.LOG), kept_elsewhere(centre)
    change_key(centre.evidence, centre.keyring, Profile.P384, noon_and(3))
    change_key(centre.evidence, centre.keyring, centre.keyring.profile, noon_and(4))
    restored(centre, backup.place, empty_url, accept_older=True)
    assert centre.verify(empty_url).holds, "before anything more is stored, as after"
    with open_evidence(empty_url) as evidence:
        again = Centre(evidence, centre.home)
        again.pull(10, "n7")
        for trusted in (first, centre.keyring.verifier(Purpose.LOG)):
            told = verify_store(evidence, trusted, [earlier])
            assert (told.holds, len(told.keys), told.size) == (True, 3, told.signed)
        change_key(evidence, centre.keyring, centre.keyring.profile, noon_and(11))
        assert len(verify_store(evidence, first, [earlier]).keys) == 4
        assert again.back_up(12).verified.holds


def kept_elsewhere(centre: Centre) -> Outside:
    return Outside("an e-mail", witness_place(centre.keyring, state_of(centre.evidence).origin).read_bytes())


def test_without_what_is_kept_of_the_change_it_is_put_in_place_and_says_which_key_it_needs(
    centre: Centre, backup: Backup, tmp_path: Path
) -> None:
    change_key(centre.evidence, centre.keyring, centre.keyring.profile, noon_and(3))
    (chain,) = centre.keyring.folder.glob("*.keys")
    chain.write_bytes(b"[]")
    assert restored(centre, backup.place, in_place(tmp_path), accept_older=True).verified.holds
    with open_evidence(in_place(tmp_path)) as evidence, pytest.raises(ConfigError, match="signed with another key"):
        seal(evidence, centre.keyring, noon_and(10))


@pytest.mark.parametrize("spoilt", [b"{", b'[{"public_key":1}]', None])
def test_another_logs_keys_are_not_taken_for_this_ones(
    centre: Centre, backup: Backup, tmp_path: Path, spoilt: bytes | None
) -> None:
    change_key(centre.evidence, centre.keyring, centre.keyring.profile, noon_and(3))
    (chain,) = centre.keyring.folder.glob("*.keys")
    chain.write_bytes(spoilt or chain.read_bytes().replace(b'"signatures": "', b'"signatures": "AAAA', 2))
    if spoilt is None:
        with pytest.raises(ConfigError, match="signed with another key"):
            restored(centre, backup.place, in_place(tmp_path), accept_older=True)
        assert litter(tmp_path / "new") == []
    else:
        assert restored(centre, backup.place, in_place(tmp_path), accept_older=True).verified.holds


def test_how_a_key_took_over_is_kept_for_a_store_that_changed_it_long_ago(centre: Centre) -> None:
    change_key(centre.evidence, centre.keyring, centre.keyring.profile, noon_and(3))
    (chain,) = centre.keyring.folder.glob("*.keys")
    before = chain.read_bytes()
    chain.unlink()
    centre.pull(5, "n9")
    assert chain.read_bytes() == before


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from ecegateway.flows.restore import restore_backup
from ecegateway.signing.keyring import Keyring

backup, url, keys, count = sys.argv[1:]
calls = 0

def dying(call):
    def wrapped(*given, **named):
        global calls
        calls += 1
        if calls == int(count):
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)
    return wrapped

os.fsync = dying(os.fsync)
Path.rename = dying(Path.rename)
Path.mkdir = dying(Path.mkdir)
Path.open = dying(Path.open)
restore_backup(Path(backup), url, Keyring(Path(keys)), None, datetime(2026, 6, 2, tzinfo=UTC), accept_older=False)
"""


def test_killed_at_any_step_it_leaves_no_store_or_a_whole_one(centre: Centre, backup: Backup, tmp_path: Path) -> None:
    place = tmp_path / "new" / "evidence.db"

    def run(count: int) -> int:
        return run_code(KILLED, str(backup.place), in_place(tmp_path), str(centre.keyring.folder), str(count)).returncode

    kills = 0
    while not place.exists():
        code = run(kills + 1)
        kills += code == -signal.SIGKILL
        assert code in (0, -signal.SIGKILL)
    assert kills >= 10
    assert centre.verify(in_place(tmp_path)).holds
    assert measure(place).size == (tmp_path / "lost.db").stat().st_size
