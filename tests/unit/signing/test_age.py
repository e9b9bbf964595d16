"""Keys of age: made once, guarded, read as age-keygen writes them, and never printed."""

import io
from pathlib import Path

import pytest

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.signing.age import IDENTITY_FILE, decrypt, encrypt, new_identity, own_identity, read_identity, read_recipient


def file_of(folder: Path, text: str, mode: int = 0o600) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    place = folder / "key.txt"
    place.write_text(text, encoding="utf-8")
    place.chmod(mode)
    return place


def test_the_own_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    made = own_identity(folder)
    assert str(own_identity(folder)) == str(made)
    assert (folder / IDENTITY_FILE).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert f"# public key: {made.to_public()}" in (folder / IDENTITY_FILE).read_text()


def test_a_file_of_age_keygen_is_read_with_its_comments(tmp_path: Path) -> None:
    identity = new_identity()
    text = f"# created: 2026-06-02T12:00:00+12:00\n# public key: {identity.to_public()}\n{identity}\n\n"
    assert str(read_identity(file_of(tmp_path / "keys", text))) == str(identity)


@pytest.mark.parametrize("text", ["", "# nothing\n", "AGE-SECRET-KEY-1NOTONE\n", f"{new_identity()}\n{new_identity()}\n"])
def test_what_is_not_one_key_is_refused_unprinted(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"key\.txt: this is not one private key") as refused:
        read_identity(file_of(tmp_path / "keys", text))
    assert "AGE-SECRET" not in str(refused.value)


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="others may read this private key"):
        read_identity(file_of(tmp_path / "keys", f"{new_identity()}\n", mode=0o640))


def test_what_is_no_public_key_is_refused() -> None:
    identity = new_identity()
    assert str(read_recipient(str(identity.to_public()))) == str(identity.to_public())
    with pytest.raises(ConfigError, match="is not a public key of age"):
        read_recipient(str(identity.to_public())[:-1] + "b")


def test_each_recipient_decrypts_alone_and_nobody_else() -> None:
    one, other, stranger = new_identity(), new_identity(), new_identity()
    sealed = io.BytesIO()
    encrypt(io.BytesIO(b"kia ora"), sealed, [one.to_public(), other.to_public()])
    for identity in (one, other):
        opened = io.BytesIO()
        decrypt(io.BytesIO(sealed.getvalue()), opened, identity)
        assert opened.getvalue() == b"kia ora"
    with pytest.raises(IntegrityError, match="does not open it"):
        decrypt(io.BytesIO(sealed.getvalue()), io.BytesIO(), stranger)
