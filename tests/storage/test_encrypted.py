"""An encrypted store: another engine underneath, the same evidence; the wrong key opens nothing, and no byte goes unseen."""

import random
import sqlite3
from pathlib import Path

import pytest

from ecegateway.bootstrap import open_gateway
from ecegateway.errors import EvidenceError
from ecegateway.evidence.encrypted import cipher_driver
from ecegateway.evidence.sqlite import WRITE_AHEAD, journal_for
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.copying import move_store
from ecegateway.flows.restore import restore_backup
from ecegateway.flows.verify import verify_at
from tests.cli.running import run
from tests.storage.filling import SERVICE
from tests.support import operator
from tests.support.centre import Centre, noon_and, state_of

KEY = "0123456789abcdef" * 4
OTHER = "f" * 64
FLIPS, SEED = 150, 5


def url_of(place: Path) -> str:
    return f"sqlite+encrypted:///{place}"


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A signed, encrypted store of two pulls."""
    (tmp_path / "store").mkdir()
    evidence = open_evidence(url_of(tmp_path / "store" / "evidence.db"), create=True, key=KEY)
    made = Centre(evidence, tmp_path / "home")
    made.pull(0, *(f"n{number}" for number in range(200)))
    made.pull(1, "m1")
    return made


def test_it_holds_what_was_stored_and_verifies(centre: Centre) -> None:
    centre.evidence.close()
    with open_evidence(url_of(Path(str(centre.evidence.file))), key=KEY) as again:
        assert len(again.evidence_of(SERVICE).versions) == 201
    told = verify_at(url_of(Path(str(centre.evidence.file))), None, (), keyring=centre.keyring, store_key=KEY)
    assert told.holds
    assert told.outside == told.size


def test_nothing_that_was_stored_can_be_read_in_any_file(centre: Centre) -> None:
    whole = b"".join(file.read_bytes() for file in Path(str(centre.evidence.file)).parent.iterdir())
    assert len(whole) > 100_000
    assert [
        word for word in (b"Mererangi", b"lunch", b"10842", b"kowhai", b"SQLite format", b"record_version") if word in whole
    ] == []


@pytest.mark.parametrize("key", [OTHER, None, "a passphrase", KEY[:-1]])
def test_without_its_own_key_it_does_not_open_and_says_so_without_the_key(centre: Centre, key: str | None) -> None:
    with pytest.raises(EvidenceError, match="store_key") as refused:
        open_evidence(url_of(Path(str(centre.evidence.file))), key=key)
    assert key is None or key not in str(refused.value)


def test_a_plain_store_is_not_taken_for_an_encrypted_one_nor_the_other_way_round(centre: Centre, tmp_path: Path) -> None:
    open_evidence(f"sqlite:///{tmp_path / 'plain.db'}", create=True).close()
    with pytest.raises(EvidenceError, match="does not open"):
        open_evidence(url_of(tmp_path / "plain.db"), key=KEY)
    with pytest.raises(EvidenceError, match="SQLITE_NOTADB"):
        open_evidence(f"sqlite:///{centre.evidence.file}")


def test_its_engine_passes_the_same_gate(centre: Centre) -> None:
    driver = cipher_driver()
    assert driver is not sqlite3
    with centre.evidence.inspecting() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    assert mode.upper() == journal_for(driver.sqlite_version_info).mode
    assert journal_for(driver.sqlite_version_info) is WRITE_AHEAD


def test_a_flip_of_any_byte_is_refused_or_named(centre: Centre, tmp_path: Path) -> None:
    centre.evidence.close()
    source = Path(str(centre.evidence.file))
    by = random.Random(SEED)  # noqa: S311 - damages, not secrets
    whole = source.read_bytes()
    copy = tmp_path / "flipped.db"
    unseen = []
    for at in (*range(0, 96, 8), *(by.randrange(len(whole)) for _ in range(FLIPS))):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << by.randrange(8)
        copy.write_bytes(flipped)
        if verify_at(url_of(copy), None, (), store_key=KEY).holds:
            unseen.append(at)
    assert unseen == [], f"of {FLIPS} flips from seed {SEED}"


def test_what_the_owner_of_the_key_changes_is_named_as_in_any_store(centre: Centre) -> None:
    operator.run(centre.evidence, "UPDATE record_version SET content = '{}' WHERE seq = 2")
    told = verify_at(url_of(Path(str(centre.evidence.file))), None, (), keyring=centre.keyring, store_key=KEY)
    assert [damage.where for damage in told.damages] == ["record_version 2 (kowhai/10842/note/n1@1)"]


def test_it_is_backed_up_and_restored_encrypted_or_plain(centre: Centre, tmp_path: Path) -> None:
    made = centre.back_up(2)
    for name, url in (("a", url_of(tmp_path / "a" / "evidence.db")), ("b", f"sqlite:///{tmp_path / 'b' / 'evidence.db'}")):
        restore_backup(made.place, url, centre.keyring, None, noon_and(3), accept_older=False, key=KEY)
        assert verify_at(url, None, (), keyring=centre.keyring, store_key=KEY).holds
        plain = (tmp_path / name / "evidence.db").read_bytes().startswith(b"SQLite format 3")
        assert plain is (name == "b")


def test_a_plain_store_moves_into_an_encrypted_one(evidence: Evidence, tmp_path: Path) -> None:
    centre = Centre(evidence, tmp_path / "home")
    centre.pull(0, "n1")
    url = url_of(tmp_path / "encrypted" / "evidence.db")
    move_store(evidence, url, centre.keyring, noon_and(1), key=KEY)
    with open_evidence(url, key=KEY) as moved:
        assert state_of(moved).root == state_of(evidence).root
        Centre(moved, centre.home).pull(2, "n2")
    assert verify_at(url, None, (), keyring=centre.keyring, store_key=KEY).holds


def test_the_settings_name_its_key_and_every_command_opens_it(tmp_path: Path) -> None:
    (tmp_path / "store.key").write_text(f"{KEY}\n")
    (tmp_path / "ecegateway.toml").write_text(
        'store = "sqlite+encrypted:///evidence.db"\nstore_key = "file:store.key"\n', encoding="utf-8"
    )
    with open_gateway(tmp_path / "ecegateway.toml", create=True) as gateway:
        Centre(gateway.evidence, tmp_path).pull(0, "n1")
    for command in ("verify", "doctor", "backup"):
        done = run(command, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "store.key").write_text(OTHER)
    done = run("verify", cwd=tmp_path)
    assert done.returncode == 4
    assert "`store_key` is another than it was made with" in done.stdout
    assert not (tmp_path / "evidence.db").read_bytes().startswith(b"SQLite format 3")
