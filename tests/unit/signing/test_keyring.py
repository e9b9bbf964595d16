"""The folder of keys: who may read it, what is refused, and what a crash leaves."""

import shutil
import stat
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from ecegateway.errors import ConfigError
from ecegateway.signing import keyring as keyring_module
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Verifier, new_signer

MESSAGE = b"text\n"


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


def mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


def seen(keyring: Keyring) -> list[str]:
    return sorted(place.name for place in keyring.folder.iterdir() if place.name != ".lock")


def test_a_key_is_made_on_first_use_and_is_the_same_ever_after(keyring: Keyring) -> None:
    signer = keyring.signer(Purpose.LOG)
    assert signer.name == "ecegateway-log"
    assert signer.verifier == Keyring(keyring.folder).signer(Purpose.LOG).verifier == keyring.verifier(Purpose.LOG)
    assert signer.verifier.verify(keyring.signer(Purpose.LOG).sign(MESSAGE), MESSAGE)
    assert seen(keyring) == ["log.key", "log.pub"]


def test_folder_and_private_key_are_for_their_owner_only(keyring: Keyring) -> None:
    keyring.signer(Purpose.LOG)
    assert (mode(keyring.folder), mode(keyring.folder / "log.key")) == (0o700, 0o600)


def test_each_purpose_has_a_key_of_its_own(keyring: Keyring) -> None:
    assert len({keyring.signer(purpose).verifier.spki for purpose in Purpose}) == len(Purpose)


def test_files_are_pem_as_other_programs_read_them(keyring: Keyring) -> None:
    signer = keyring.signer(Purpose.EXPORT)
    assert (keyring.folder / "export.key").read_bytes() == signer.pem
    assert signer.pem.startswith(b"-----BEGIN PRIVATE KEY-----\n")
    assert (keyring.folder / "export.pub").read_bytes() == signer.verifier.pem
    assert signer.verifier.pem.startswith(b"-----BEGIN PUBLIC KEY-----\n")


def test_the_profile_of_the_keyring_is_for_keys_that_are_made(tmp_path: Path) -> None:
    assert Keyring(tmp_path, Profile.P384).signer(Purpose.LOG).verifier.profile is Profile.P384
    assert Keyring(tmp_path).signer(Purpose.LOG).verifier.profile is Profile.P384


@pytest.mark.parametrize("bits", [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o777])
def test_a_private_key_that_others_may_touch_is_refused_with_the_command_that_mends_it(keyring: Keyring, bits: int) -> None:
    keyring.signer(Purpose.LOG)
    place = keyring.folder / "log.key"
    place.chmod(bits)
    with pytest.raises(ConfigError, match=f"others may read this private key \\(mode {bits:o}\\); run: chmod 600 {place}"):
        keyring.signer(Purpose.LOG)
    place.chmod(0o600)
    keyring.signer(Purpose.LOG)


def test_a_key_its_owner_cannot_write_is_fine(keyring: Keyring) -> None:
    first = keyring.signer(Purpose.LOG)
    (keyring.folder / "log.key").chmod(0o400)
    assert keyring.signer(Purpose.LOG).verifier == first.verifier


@pytest.mark.parametrize("bits", [0o720, 0o702, 0o777])
def test_a_folder_that_others_may_write_into_is_refused(keyring: Keyring, bits: int) -> None:
    keyring.folder.mkdir()
    keyring.folder.chmod(bits)
    with pytest.raises(ConfigError, match=f"others may write into the folder of keys; run: chmod 700 {keyring.folder}"):
        keyring.signer(Purpose.LOG)
    keyring.folder.chmod(0o700)
    keyring.signer(Purpose.LOG)
    keyring.folder.chmod(bits)
    with pytest.raises(ConfigError, match="others may write into the folder"):
        keyring.signer(Purpose.LOG)


def test_a_damaged_key_is_refused_and_left_as_it_is(keyring: Keyring) -> None:
    pem = keyring.signer(Purpose.LOG).pem
    place = keyring.folder / "log.key"
    for damaged in (b"", pem[: len(pem) // 2], pem.replace(b"PRIVATE", b"PUBLIC")):
        place.write_bytes(damaged)
        with pytest.raises(ConfigError, match="the key 'ecegateway-log' is damaged, encrypted, or no key at all; put back"):
            keyring.signer(Purpose.LOG)
        assert place.read_bytes() == damaged
    (keyring.folder / "log.pub").write_bytes(b"")
    with pytest.raises(ConfigError, match="is damaged"):
        keyring.verifier(Purpose.LOG)


def test_a_key_copied_to_another_purpose_is_refused(keyring: Keyring) -> None:
    keyring.signer(Purpose.LOG)
    shutil.copy2(keyring.folder / "log.key", keyring.folder / "export.key")
    with pytest.raises(ConfigError, match=r"export\.key: this is the key for log; a key serves one purpose"):
        keyring.signer(Purpose.EXPORT)
    shutil.copy2(keyring.folder / "log.pub", keyring.folder / "export.pub")
    with pytest.raises(ConfigError, match=r"export\.key: this is the key for log"):
        keyring.signer(Purpose.EXPORT)


def test_a_private_key_beside_anothers_public_half_is_refused(keyring: Keyring) -> None:
    keyring.signer(Purpose.LOG)
    (keyring.folder / "log.key").write_bytes(new_signer("ecegateway-log").pem)
    with pytest.raises(ConfigError, match=r"log\.key: this private key is not the one of log\.pub"):
        keyring.signer(Purpose.LOG)


def test_a_lost_private_key_is_not_replaced_in_silence(keyring: Keyring) -> None:
    keyring.signer(Purpose.LOG)
    (keyring.folder / "log.key").unlink()
    with pytest.raises(ConfigError, match=r"log\.key: the private key to log\.pub is gone; put back a copy"):
        keyring.signer(Purpose.LOG)
    assert seen(keyring) == ["log.pub"]


def test_a_lost_public_half_is_written_again(keyring: Keyring) -> None:
    signer = keyring.signer(Purpose.LOG)
    (keyring.folder / "log.pub").unlink()
    assert keyring.signer(Purpose.LOG).verifier == signer.verifier == keyring.verifier(Purpose.LOG)


def test_verifying_needs_the_public_half_only_and_makes_nothing(keyring: Keyring) -> None:
    with pytest.raises(ConfigError, match=r"log\.pub: there is no such key file"):
        keyring.verifier(Purpose.LOG)
    assert not keyring.folder.exists()
    signer = keyring.signer(Purpose.LOG)
    (keyring.folder / "log.key").unlink()
    assert keyring.verifier(Purpose.LOG) == signer.verifier


def test_a_place_that_cannot_hold_keys_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="keys cannot be kept here"):
        Keyring(tmp_path / "file").signer(Purpose.LOG)
    (tmp_path / "log.pub").mkdir()
    with pytest.raises(ConfigError, match=r"log\.pub: cannot be read"):
        Keyring(tmp_path).verifier(Purpose.LOG)


def test_a_folder_that_may_not_be_looked_into_is_named(keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(place: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(place))

    monkeypatch.setattr(Path, "exists", shut)
    with pytest.raises(ConfigError, match=r"log\.key: cannot be read \(Permission denied\)"):
        keyring.signer(Purpose.LOG)


def test_a_failure_while_writing_leaves_no_half_a_key_and_no_litter(keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("ecegateway.signing.files.os.fsync", full)
        with pytest.raises(ConfigError, match=r"keys cannot be kept here \(No space left"):
            keyring.signer(Purpose.LOG)
    assert seen(keyring) == []
    keyring.signer(Purpose.LOG)


def test_many_first_uses_at_once_make_one_key(keyring: Keyring) -> None:
    found: list[Verifier] = []
    users = [Thread(target=lambda: found.append(keyring.signer(Purpose.LOG).verifier)) for _ in range(8)]
    for user in users:
        user.start()
    for user in users:
        user.join()
    assert found == [keyring.verifier(Purpose.LOG)] * 8


def test_a_new_key_waits_until_it_is_adopted_and_the_old_public_half_is_kept(keyring: Keyring) -> None:
    first = keyring.signer(Purpose.LOG).verifier
    old, new = keyring.new(Purpose.LOG, Profile.P384)
    assert (old.verifier, new.verifier.profile) == (first, Profile.P384)
    assert keyring.signer(Purpose.LOG).verifier == first
    assert keyring.adopt(Purpose.LOG).verifier == new.verifier
    assert keyring.signer(Purpose.LOG).verifier == keyring.verifier(Purpose.LOG) == new.verifier
    kept = f"log.{first.key_id.hex()}.pub"
    assert seen(keyring) == sorted(["log.key", "log.pub", kept])
    assert Verifier.from_pem("ecegateway-log", (keyring.folder / kept).read_bytes()) == first
    assert mode(keyring.folder / "log.key") == 0o600


def test_a_new_key_asked_for_again_is_the_one_that_waits(keyring: Keyring) -> None:
    """A rotation that was stored before a crash stays true."""
    old, new = keyring.new(Purpose.LOG, Profile.ED25519)
    again = keyring.new(Purpose.LOG, Profile.ED25519)
    assert [signer.verifier for signer in again] == [old.verifier, new.verifier]
    with pytest.raises(ConfigError, match=r"log\.next\.key: a new ed25519 key waits already"):
        keyring.new(Purpose.LOG, Profile.P384)


def test_nothing_is_adopted_where_nothing_waits(keyring: Keyring) -> None:
    first = keyring.signer(Purpose.LOG).verifier
    with pytest.raises(ConfigError, match="no new key waits; make one first"):
        keyring.adopt(Purpose.LOG)
    assert keyring.signer(Purpose.LOG).verifier == first


@pytest.mark.parametrize("step", ["write_whole", "move"])
@pytest.mark.parametrize("after", [1, 2])
def test_an_adoption_broken_off_anywhere_leaves_the_old_key_or_the_new_one(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch, step: str, after: int
) -> None:
    old, new = (signer.verifier for signer in keyring.new(Purpose.LOG, Profile.ED25519))
    real, calls = getattr(keyring_module, step), iter(range(1, 9))

    def killed(*arguments: object) -> None:
        if next(calls) == after:
            raise KeyboardInterrupt
        real(*arguments)

    with monkeypatch.context() as broken:
        broken.setattr(keyring_module, step, killed)
        with suppress(KeyboardInterrupt):
            keyring.adopt(Purpose.LOG)
    found = keyring.signer(Purpose.LOG).verifier
    if found == old:
        found = keyring.adopt(Purpose.LOG).verifier
    assert found == new == keyring.signer(Purpose.LOG).verifier == keyring.verifier(Purpose.LOG)
