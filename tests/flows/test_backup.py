"""A backup is one moment of the store, made while others write, opened by the named keys alone, and verified first."""

import json
import subprocess
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from ecegateway.backup.manifest import MANIFEST, PACKED, SIGNATURE
from ecegateway.backup.packing import unpack
from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.evidence.rows import LOGGED, every_row
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.verify import verify_at
from ecegateway.signing.age import IDENTITY_FILE, new_identity, own_identity
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.files import write_whole
from ecegateway.signing.keyring import Purpose
from tests.support import operator
from tests.support.centre import Centre, litter, state_of
from tests.support.processes import run_code


@pytest.fixture
def centre(evidence: Evidence, tmp_path: Path) -> Centre:
    """Two signed pulls."""
    made = Centre(evidence, tmp_path / "home")
    made.pull(0, "n1", "n2", "n3")
    made.pull(1, "n4")
    return made


def unpacked(centre: Centre, backup: Path) -> Path:
    image = centre.home / f"{backup.name}.db"
    unpack(backup / PACKED, image, own_identity(centre.keyring.folder))
    return image


def rows_of(evidence: Evidence) -> dict[str, list[dict[str, object]]]:
    with evidence.inspecting() as connection:
        return {
            name: [{str(key): value for key, value in row.items()} for row in every_row(connection, table)]
            for name, table in LOGGED.items()
        }


def test_a_backup_holds_every_row_and_the_same_log_whatever_the_engine(centre: Centre) -> None:
    made = centre.back_up(2)
    with open_evidence(f"sqlite:///{unpacked(centre, made.place)}") as copy:
        assert rows_of(copy) == rows_of(centre.evidence)
        (now, then) = state_of(centre.evidence), state_of(copy)
    assert (now.origin, now.size, now.root) == (then.origin, then.size, then.root)
    assert made.verified.holds
    assert made.verified.outside == made.manifest.leaves == now.size


def test_it_is_a_folder_of_three_files_and_nothing_else_is_left_anywhere(centre: Centre) -> None:
    keys_before = set(litter(centre.home)) | {"backups"}
    made = centre.back_up(2)
    name = f"backups/{made.place.name}"
    added = set(litter(centre.home)) - keys_before
    assert added == {
        *(name, f"{name}/{PACKED}", f"{name}/{MANIFEST}", f"{name}/{SIGNATURE}"),
        *("keys/backup.age", "keys/backup.key", "keys/backup.pub"),
    }
    assert made.place.name == "evidence-2026-06-02T020000Z"


def test_its_manifest_says_what_it_holds_and_in_which_bytes(centre: Centre) -> None:
    made = centre.back_up(2)
    said = json.loads((made.place / MANIFEST).read_bytes())
    packed = (made.place / PACKED).read_bytes()
    assert (said["size"], said["sha256"]) == (len(packed), sha256(packed).hexdigest())
    assert said["engine"] == centre.evidence.engine
    assert said["rows"]["record_version"] == 4
    assert said["made_at"] == "2026-06-02T02:00:00+00:00"
    assert said["recipients"] == [str(own_identity(centre.keyring.folder).to_public())]
    assert state_of(centre.evidence).origin in said["checkpoint"]


def test_nothing_that_a_record_says_can_be_read_in_it(centre: Centre) -> None:
    made = centre.back_up(2)
    whole = b"".join(file.read_bytes() for file in made.place.iterdir())
    assert [word for word in (b"Mererangi", b"lunch", b"10842", b"kowhai") if word in whole] == []


def test_the_named_recipients_alone_can_open_it_this_machine_cannot(centre: Centre) -> None:
    office, board = new_identity(), new_identity()
    made = centre.back_up(2, str(office.to_public()), str(board.to_public()))
    assert not (centre.keyring.folder / IDENTITY_FILE).exists()
    for number, identity in enumerate((office, board)):
        image = centre.home / f"{number}.db"
        unpack(made.place / PACKED, image, identity)
        assert verify_at(f"sqlite:///{image}", None, ()).holds
    with pytest.raises(IntegrityError, match="does not open it"):
        unpack(made.place / PACKED, centre.home / "own.db", own_identity(centre.keyring.folder))


def test_a_recipient_that_is_none_is_refused_and_nothing_is_left(centre: Centre) -> None:
    with pytest.raises(ConfigError, match="is not a public key of age"):
        centre.back_up(2, "age1nobody")
    assert litter(centre.backups) == []


def test_a_backup_made_while_others_write_is_one_moment_of_the_store(centre: Centre, evidence_url: str) -> None:
    ended = threading.Event()

    def write() -> None:
        with open_evidence(evidence_url) as other:
            writer = Centre(other, centre.home)
            for number in range(1000):
                writer.pull(3, *(f"w{number}-{n}" for n in range(20)))
                if ended.is_set() and number >= 3:
                    return

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = [centre.back_up(hours) for hours in (4, 5, 6)]
    finally:
        ended.set()
        thread.join()
    sizes = [one.verified.size for one in made]
    assert all(one.verified.holds for one in made)
    assert sizes == sorted(sizes)
    assert sizes[-1] <= state_of(centre.evidence).size


def test_a_store_that_was_changed_behind_the_gateways_back_gets_no_backup(centre: Centre) -> None:
    operator.run(centre.evidence, "UPDATE record_version SET content = '{}' WHERE seq = 2")
    with pytest.raises(IntegrityError, match=r"no (backup|copy) of it is kept: edited: record_version 2"):
        centre.back_up(2)
    assert litter(centre.backups) == []


def test_two_backups_at_one_place_do_not_meet(centre: Centre) -> None:
    centre.back_up(2)
    with pytest.raises(ConfigError, match="there is something already"):
        centre.back_up(2)


def test_a_p384_log_is_backed_up_under_a_signature_minisign_knows(evidence: Evidence, tmp_path: Path) -> None:
    centre = Centre(evidence, tmp_path, Profile.P384)
    centre.pull(0, "n1")
    assert centre.back_up(2).verified.holds
    kinds = {purpose: centre.keyring.verifier(purpose).profile for purpose in (Purpose.LOG, Purpose.BACKUP)}
    assert kinds == {Purpose.LOG: Profile.P384, Purpose.BACKUP: Profile.ED25519}


KILLED = """
import os, signal, sys
from pathlib import Path
from ecegateway.backup import packing, workplace
from ecegateway.evidence.store import open_evidence
from tests.support.centre import Centre

url, home, count = sys.argv[1:]
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
Path.replace = dying(Path.replace)
Path.unlink = dying(Path.unlink)
Path.mkdir = dying(Path.mkdir)
Centre(open_evidence(url), Path(home)).back_up(2)
print(calls)
"""


def test_killed_at_any_step_it_leaves_nothing_under_a_final_name_and_the_next_one_clears_up(tmp_path: Path) -> None:
    url, home = f"sqlite:///{tmp_path / 'evidence.db'}", tmp_path / "home"
    with open_evidence(url, create=True) as evidence:
        Centre(evidence, home).pull(0, "n1")

    def run(count: int) -> subprocess.CompletedProcess[str]:
        return run_code(KILLED, url, str(home), str(count))

    kills = 0
    while (done := run(kills + 1)).returncode < 0:
        kills += 1
        if finals := list((home / "backups").glob("evidence-*")):
            break
    assert kills >= 10, done.stderr
    with open_evidence(url) as evidence:
        centre = Centre(evidence, home)
        assert [litter(one) for one in finals] == [[PACKED, MANIFEST, SIGNATURE]], (
            "what is left after the renaming is to sync it"
        )
        assert verify_at(f"sqlite:///{unpacked(centre, finals[0])}", None, ()).holds
        assert centre.back_up(3).verified.holds
    assert [name for name in litter(tmp_path) if ".ecegateway-" in name] == []


def test_its_private_key_is_refused_if_others_may_read_it(centre: Centre) -> None:
    centre.back_up(2)
    (centre.keyring.folder / IDENTITY_FILE).chmod(0o644)
    with pytest.raises(ConfigError, match="others may read this private key"):
        centre.back_up(3)


def test_a_private_key_that_is_damaged_is_not_printed(centre: Centre) -> None:
    centre.keyring.signer(Purpose.LOG)
    write_whole(centre.keyring.folder / IDENTITY_FILE, b"AGE-SECRET-KEY-1NOTONE\n")
    with pytest.raises(ConfigError, match="not one private key of age") as refused:
        centre.back_up(2)
    assert "NOTONE" not in str(refused.value)
