"""Keys against published vectors, and against what OpenSSL made of the same."""

import subprocess
import sys
from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.errors import ConfigError
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keys import Signer, Verifier, is_name, new_signer

BY_OPENSSL = b"""-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE/jnv2vKyqzq/g3bMhq4Rp1tu2Cbxs2JV
SvdZneUgrs8bJRkV07izFprE4SpgRrYDcyADliKjq/nN9WTY1bgUf9Z0kO0BabtD
CmscpeLEjvDtHZ9vCldFHupUFPYhwvp7
-----END PUBLIC KEY-----
"""
SIGNED_BY_OPENSSL = b64decode(
    "MGQCMGeEtUaQxC4rhaVXwvYxUvZgKDOoFmCcFkXc5tWF3Ywg63+PUWcilIis20aAUy1XNQIwNMQjRCKgOE2iCz6rDbatxyR9ehfYsuW/EOqxqGyGEYa20Hlc"
    "AvfPlXiWXeO48l9y"
)
"""``openssl dgst -sha384 -sign`` on the two lines below."""
MESSAGE = b"ecegateway-log\nhello\n"

EACH_PROFILE = pytest.mark.parametrize("profile", Profile)


def test_an_ed25519_key_signs_as_rfc_8032_prints_it() -> None:
    """Section 7.1, test 3."""
    secret = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
    signer = Signer("rfc8032", Ed25519PrivateKey.from_private_bytes(secret))
    signature = bytes.fromhex(
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )
    assert signer.verifier.spki.hex().endswith("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
    assert signer.sign(b"\xaf\x82") == signature
    assert signer.verifier.verify(signature, b"\xaf\x82")
    assert not signer.verifier.verify(signature, b"\xaf\x83")


def test_a_p384_signature_made_by_openssl_holds_and_the_key_id_is_what_openssl_hashes_it_to() -> None:
    verifier = Verifier.from_pem("ecegateway-log", BY_OPENSSL)
    assert verifier.profile is Profile.P384
    assert verifier.verify(SIGNED_BY_OPENSSL, MESSAGE)
    assert not verifier.verify(SIGNED_BY_OPENSSL, MESSAGE + b"\n")
    assert verifier.key_id.hex() == "3bd90432"


@EACH_PROFILE
def test_what_a_key_signs_its_public_half_verifies_and_no_other_key_does(profile: Profile) -> None:
    signer, other = new_signer("ecegateway-log", profile), new_signer("ecegateway-log", profile)
    signature = signer.sign(MESSAGE)
    assert signer.verifier.verify(signature, MESSAGE)
    assert not other.verifier.verify(signature, MESSAGE)
    assert not any(signer.verifier.verify(cut, MESSAGE) for cut in (b"", signature[:-1], signature + b"\0"))


@EACH_PROFILE
def test_keys_come_back_from_pem_as_they_went(profile: Profile) -> None:
    signer = new_signer("ecegateway-log", profile)
    assert Signer.from_pem("ecegateway-log", signer.pem).verifier == signer.verifier
    assert Verifier.from_pem("ecegateway-log", signer.verifier.pem) == signer.verifier
    assert hash(Verifier("ecegateway-log", signer.verifier.spki)) == hash(signer.verifier)
    assert signer.verifier.profile is profile


@EACH_PROFILE
def test_a_key_id_belongs_to_the_name_as_well_as_to_the_key(profile: Profile) -> None:
    verifier = new_signer("ecegateway-log", profile).verifier
    assert Verifier("ecegateway-export", verifier.spki).key_id != verifier.key_id


@EACH_PROFILE
def test_a_private_key_is_never_printed(profile: Profile) -> None:
    signer = new_signer("ecegateway-log", profile)
    assert repr(signer) == "Signer(name='ecegateway-log')"
    assert repr(signer.verifier) == "Verifier(name='ecegateway-log')"


@pytest.mark.parametrize(
    "name", ["", "two words", "a+b", "tab\there", "line\n", "no\u00a0break", "next\u0085line", "wide\u3000blank", "half\ud800"]
)
def test_a_name_that_cannot_stand_in_a_note_is_refused(name: str) -> None:
    spki = new_signer("ecegateway-log").verifier.spki
    with pytest.raises(ConfigError, match="cannot stand in a signed note"):
        new_signer(name)
    with pytest.raises(ConfigError, match="cannot stand in a signed note"):
        Verifier(name, spki)


@given(st.text(st.characters(min_codepoint=0x21, exclude_categories=["Z", "Cs"], exclude_characters="+\x85"), min_size=1))
def test_any_other_text_is_a_name(name: str) -> None:
    assert is_name(name)


def test_a_damaged_an_encrypted_and_a_foreign_key_are_refused_in_words() -> None:
    rsa = generate_rsa(65537, 2048)
    p256 = ec.generate_private_key(ec.SECP256R1())
    formats = Encoding.PEM, PrivateFormat.PKCS8
    locked = new_signer("ecegateway-log").key.private_bytes(*formats, BestAvailableEncryption(b"a"))
    for pem in (b"", new_signer("ecegateway-log").pem[:-40], locked):
        with pytest.raises(ConfigError, match="'ecegateway-log' is damaged, encrypted, or no key at all; put back"):
            Signer.from_pem("ecegateway-log", pem)
    for key in (rsa, p256):
        with pytest.raises(ConfigError, match="neither an Ed25519 nor a P-384 key"):
            Signer.from_pem("ecegateway-log", Signer("ecegateway-log", key).pem)  # type: ignore[arg-type]
        with pytest.raises(ConfigError, match="neither an Ed25519 nor a P-384 key"):
            Verifier.from_pem("ecegateway-log", key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def test_a_public_key_has_one_spelling() -> None:
    """A compressed point would be the same key with another key id."""
    verifier = Verifier.from_pem("ecegateway-log", BY_OPENSSL)
    point = verifier.spki[-97:]
    start = bytes([2 + point[-1] % 2]) + point[1:49]
    header = bytes.fromhex("3046301006072a8648ce3d020106052b81040022033200")
    with pytest.raises(ConfigError, match="written another way"):
        Verifier("ecegateway-log", header + start)
    with pytest.raises(ConfigError, match="damaged"):
        Verifier("ecegateway-log", verifier.spki + b"\0")


def test_signing_needs_neither_the_store_nor_the_network() -> None:
    """An auditor verifies with little: no database driver is loaded by it."""
    code = (
        "import sys; import ecegateway.signing.rotation, ecegateway.signing.checkpoint, ecegateway.signing.minisign; "
        "sys.exit(bool({'sqlalchemy', 'httpx', 'psycopg'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
