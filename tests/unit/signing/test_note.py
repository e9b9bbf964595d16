"""Signed notes against the specification's own example and those of its first implementation."""

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.errors import IntegrityError
from ecegateway.signing.algorithms import Profile, der_of
from ecegateway.signing.keys import Signer, Verifier, new_signer
from ecegateway.signing.note import MAX_SIGNATURES, Note, Signature, note_bytes, opened, read_note, sign_note, signed_by

EXAMPLE = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
""".encode()
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
"""C2SP signed-note, "Verifier keys": the example there."""

PETER_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_SIGNED = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ENOCH_SIGNED = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
PETER_SECRET = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
"""The package golang.org/x/mod/sumdb/note, its documentation and tests."""

SIGNER = new_signer("ecegateway-log")
ONE_LINE = st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), max_size=12)
TEXTS = st.lists(ONE_LINE, max_size=5).map(lambda lines: "".join(f"{line}\n" for line in ["", *lines]))


def published(key: str) -> Verifier:
    """The verifier of a C2SP verifier key, and a check that its key id is the one printed there."""
    name, key_id, encoded = key.split("+", 2)
    content = b64decode(encoded)
    verifier = Verifier(name, der_of(Ed25519PublicKey.from_public_bytes(content[1:])))
    assert (content[0], verifier.key_id.hex()) == (1, key_id)
    return verifier


def peter() -> Signer:
    return Signer("PeterNeumann", Ed25519PrivateKey.from_private_bytes(PETER_SECRET))


def test_the_specifications_example_is_signed_by_its_key() -> None:
    note = read_note(EXAMPLE)
    assert note.text == "This is an example message.\n"
    assert signed_by(note, published(EXAMPLE_KEY))
    assert note_bytes(note) == EXAMPLE


def test_a_note_is_signed_letter_by_letter_as_its_first_implementation_signs_it() -> None:
    assert note_bytes(sign_note(PETER_TEXT, peter())).decode() == f"{PETER_TEXT}\n{PETER_SIGNED}"


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    whole = f"{PETER_TEXT}\n{PETER_SIGNED}{ENOCH_SIGNED}".encode()
    enoch = published(ENOCH_KEY)
    assert opened(whole, peter().verifier) == opened(whole, enoch) == opened(whole, enoch, SIGNER.verifier)
    with pytest.raises(IntegrityError, match=r"signed by no trusted key \(signed by: EnochRoot, PeterNeumann\)"):
        opened(whole, SIGNER.verifier)
    with pytest.raises(IntegrityError, match="signed by no trusted key"):
        opened(whole)


def test_a_key_that_shares_the_name_or_the_id_but_not_both_is_unknown() -> None:
    note = sign_note("text\n", SIGNER)
    (signature,) = note.signatures
    namesake = new_signer("ecegateway-log").verifier
    assert not signed_by(note, namesake)
    renamed = Note(note.text, (Signature("ecegateway-export", signature.key_id, signature.signature),))
    assert not signed_by(renamed, SIGNER.verifier)
    assert not signed_by(renamed, Verifier("ecegateway-export", SIGNER.verifier.spki))


def test_one_signature_that_does_not_hold_in_the_name_of_a_trusted_key_spoils_the_note() -> None:
    note = sign_note("text\n", SIGNER)
    forged = Signature("ecegateway-log", SIGNER.verifier.key_id, b"\0" * 64)
    for signatures in ((*note.signatures, forged), (forged, *note.signatures)):
        spoilt = Note(note.text, signatures)
        assert not signed_by(spoilt, SIGNER.verifier)
        with pytest.raises(IntegrityError, match=r"'ecegateway-log' \([0-9a-f]{8}\) does not hold: the note was changed"):
            opened(note_bytes(spoilt), SIGNER.verifier)


@pytest.mark.parametrize("profile", Profile)
def test_a_note_with_any_bit_changed_is_refused(profile: Profile) -> None:
    signer = new_signer("ecegateway-log", profile)
    content = note_bytes(sign_note("Pūāwai\n\n21\n", signer))
    assert opened(content, signer.verifier).text == "Pūāwai\n\n21\n"
    for place in range(len(content)):
        for bit in range(8):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            with pytest.raises(IntegrityError):
                opened(bytes(changed), signer.verifier)


def test_a_note_with_any_byte_lost_doubled_or_added_behind_is_refused() -> None:
    content = note_bytes(sign_note("Pūāwai\n21\n", SIGNER))
    for place in range(len(content)):
        for changed in (content[:place] + content[place + 1 :], content[: place + 1] + content[place:]):
            with pytest.raises(IntegrityError):
                opened(changed, SIGNER.verifier)
    for more in (b"\n", b" ", b"x\n", b"\0"):
        with pytest.raises(IntegrityError):
            opened(content + more, SIGNER.verifier)


@given(TEXTS, st.sampled_from(Profile))
def test_a_note_of_any_text_comes_back_and_is_signed(text: str, profile: Profile) -> None:
    signer = new_signer("ecegateway-log", profile)
    note = sign_note(text, signer, SIGNER)
    assert read_note(note_bytes(note)) == note
    assert signed_by(note, signer.verifier)
    assert signed_by(note, SIGNER.verifier)


@given(st.binary(max_size=200))
def test_bytes_that_are_read_as_a_note_are_written_back_the_same(content: bytes) -> None:
    try:
        note = read_note(content + f"\n\n{PETER_SIGNED}".encode())
    except IntegrityError:
        return
    assert note_bytes(note) == content + f"\n\n{PETER_SIGNED}".encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        PETER_TEXT.encode(),
        f"{PETER_TEXT}\n".encode(),
        f"{PETER_TEXT}\n{PETER_SIGNED[:-1]}".encode(),
        f"{PETER_TEXT}{PETER_SIGNED}".encode(),
        f"\x01{PETER_TEXT}\n{PETER_SIGNED}".encode(),
        f"{PETER_TEXT}\n{PETER_SIGNED}".replace("\n", "\r\n").encode(),
        b"\xff" + f"{PETER_TEXT}\n{PETER_SIGNED}".encode(),
        f"{PETER_TEXT}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pA==\n".encode(),
        f"{PETER_TEXT}\n—  x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pA==\n".encode(),
        f"{PETER_TEXT}\n— PeterNeumann x08goA==\n".encode(),
        f"{PETER_TEXT}\n— PeterNeumann x08g\n".encode(),
        f"{PETER_TEXT}\n— PeterNeumann \n".encode(),
        f"{PETER_TEXT}\n{PETER_SIGNED}Unexpected line.\n".encode(),
        f"{PETER_TEXT}\n{PETER_SIGNED}\n".encode(),
        f"{PETER_TEXT}\n{PETER_SIGNED.replace('—', '-')}".encode(),
        f"{PETER_TEXT}\n{PETER_SIGNED.replace('nAM=', 'nAN=')}".encode(),
    ],
)
def test_bytes_that_are_not_a_note_are_refused_whoever_is_trusted(content: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"this is not a signed note: .*; fetch it again"):
        opened(content, peter().verifier)


def test_sixteen_signatures_are_read_and_too_many_are_not() -> None:
    sixteen = f"{PETER_TEXT}\n{PETER_SIGNED * 16}".encode()
    assert len(opened(sixteen, peter().verifier).signatures) == 16
    with pytest.raises(IntegrityError, match=f"has {MAX_SIGNATURES + 1} signatures"):
        read_note(f"{PETER_TEXT}\n{PETER_SIGNED * (MAX_SIGNATURES + 1)}".encode())
    with pytest.raises(IntegrityError, match="more than 1000000"):
        read_note(b"a" * 999_999 + f"\n\n{PETER_SIGNED}".encode())


@pytest.mark.parametrize("text", ["", "no end", "tab\there\n", "return\r\n", "half\ud800\n"])
def test_a_text_that_cannot_stand_in_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(IntegrityError, match="lines without control characters"):
        sign_note(text, SIGNER)


def test_a_note_that_nobody_signs_is_none() -> None:
    with pytest.raises(IntegrityError, match="has 0 signatures"):
        sign_note("text\n")
