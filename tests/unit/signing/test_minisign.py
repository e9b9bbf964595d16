"""Signatures beside files: one that minisign itself made, and ours, which it accepted when the format was last touched."""

from hashlib import blake2b

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keys import Signer, new_signer
from ecegateway.signing.minisign import MAX_COMMENT_BYTES, key_text, minisign_key, read_key, sign_file, verify_file

ROLL = blake2b("Kererū room, Wednesday: 21 children.\n".encode()).digest()
THEIR_KEY = """untrusted comment: minisign public key B53E6676E4562A91
RWSRKlbkdmY+tT0qY4++3trNJiZXh9sBjxHL/vl3TzzWFcUD1HvKrD++
"""
THEIRS = """untrusted comment: signature from minisign secret key
RUSRKlbkdmY+tdrx/K/59IZmzYZQCH9yMPk/HOt+QXensV6aQObqv01VhshIDkszHDuiY9McegPDPWpJyo22eNfXjVvPdeITjQQ=
trusted comment: timestamp:1795388346\tfile:roll.txt\thashed
qARkiif/N4tJlfInGChRkV8R7y5gX3DnxzhsU1qrgl1fV6NaT5wa97sEiPMGicIitLDX/PU1+9eQv3X2+y6aCw==
"""
"""Made with minisign 0.11."""

OUR_SIGNER = Signer("ecegateway-export", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OUR_KEY = """untrusted comment: minisign public key 4C476354A75A4756
RWRWR1qnVGNHTAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
"""
OURS = """untrusted comment: signature by ecegateway-export
RURWR1qnVGNHTKLKy/BZcTrObPpxz6qSpb8TpdnSzH7CRZ0oKO4wYGu4R6HuqNvNf/3czqXivEON/w2B9Wu2ru5frjKdzkCljws=
trusted comment: roll.txt of 10842, as known at 2026-03-04T20:15:00Z
yYdTtbrg6RmqntsIBAjfcUdpXTrXelViVOBKlBWgKRfeTjL6P3WHyQjDshfCYm9a/Ff/ACOKNmXH/RqxtDq2Ag==
"""
"""Made here and accepted by minisign 0.11."""

WORDS = "roll.txt of 10842, as known at 2026-03-04T20:15:00Z"


def test_a_signature_that_minisign_made_holds_and_gives_its_comment() -> None:
    assert verify_file(THEIRS, ROLL, read_key(THEIR_KEY)) == "timestamp:1795388346\tfile:roll.txt\thashed"


def test_a_key_file_of_minisigns_comes_back_letter_by_letter() -> None:
    assert key_text(read_key(THEIR_KEY)) == THEIR_KEY


def test_ours_are_letter_by_letter_those_that_minisign_accepted() -> None:
    assert key_text(minisign_key(OUR_SIGNER.verifier)) == OUR_KEY
    assert sign_file(OUR_SIGNER, ROLL, WORDS) == OURS
    assert verify_file(OURS, ROLL, read_key(OUR_KEY)) == WORDS


@given(st.binary(max_size=50), st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=50))
def test_any_file_and_comment_that_are_signed_are_verified(content: bytes, comment: str) -> None:
    signer, digest = new_signer("ecegateway-export"), blake2b(content).digest()
    assert verify_file(sign_file(signer, digest, comment), digest, minisign_key(signer.verifier)) == comment


def test_every_change_of_what_is_signed_is_refused() -> None:
    """Only the words after ``untrusted comment:`` may be any."""
    key = read_key(OUR_KEY)
    first = OURS.index("\n") + 1
    for place in range(first, len(OURS)):
        for letter in "A=\n\t~":
            changed = OURS[:place] + letter + OURS[place + 1 :]
            if changed != OURS:
                with pytest.raises(IntegrityError):
                    verify_file(changed, ROLL, key)
    assert verify_file("untrusted comment: anything\n" + OURS[first:], ROLL, key) == WORDS


def test_another_file_another_key_and_another_comment_are_told_apart() -> None:
    key = read_key(OUR_KEY)
    with pytest.raises(IntegrityError, match="the file was changed"):
        verify_file(OURS, blake2b(b"22 children").digest(), key)
    with pytest.raises(IntegrityError, match=f"signed by key 912a56e476663eb5, not by {key.id.hex()}"):
        verify_file(THEIRS, ROLL, key)
    with pytest.raises(IntegrityError, match="comment was changed"):
        verify_file(OURS.replace("10842", "10843"), ROLL, key)
    with pytest.raises(IntegrityError, match="comment was changed"):
        verify_file(OURS.replace("10842", "\ud800"), ROLL, key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        THEIRS[:-1],
        THEIRS + "\n",
        THEIRS.replace("\n", "\r\n"),
        THEIRS.replace("untrusted comment: ", "comment: ", 1),
        THEIRS.replace("trusted comment: timestamp", "timestamp"),
        THEIRS.replace("RUSR", "RWSR"),
        THEIRS.replace("RUSR", "RUSRKlbk"),
        THEIRS.replace("y6aCw==", "y6aCx=="),
    ],
)
def test_a_text_that_is_no_prehashed_signature_is_refused(text: str) -> None:
    """Among them the older kind, ``Ed``, made without a digest, which minisign refuses as well unless it is asked."""
    with pytest.raises(IntegrityError, match=r"this is not a minisign signature: it .*; fetch it again"):
        verify_file(text, ROLL, read_key(THEIR_KEY))


@pytest.mark.parametrize(
    "text", ["", THEIR_KEY[:-1], THEIR_KEY.replace("RWSR", "RUSR"), THEIR_KEY.replace("D++", "D+="), THEIRS]
)
def test_a_text_that_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=r"this is not a minisign public key: it .*; put back"):
        read_key(text)


@pytest.mark.parametrize("comment", ["", "two\nlines", "bell\a", "Pūāwai", "a" * (MAX_COMMENT_BYTES + 1)])
def test_a_comment_that_minisign_might_not_show_is_refused(comment: str) -> None:
    with pytest.raises(IntegrityError, match="comment must be one line"):
        sign_file(OUR_SIGNER, ROLL, comment)


def test_a_digest_of_another_length_is_refused() -> None:
    with pytest.raises(IntegrityError, match="BLAKE2b-512 digest of 64 bytes, not of 32"):
        sign_file(OUR_SIGNER, ROLL[:32], WORDS)


def test_a_p384_key_makes_no_minisign_signature() -> None:
    with pytest.raises(ConfigError, match="'ecegateway-export' is p384; minisign knows ed25519 only"):
        sign_file(new_signer("ecegateway-export", Profile.P384), ROLL, WORDS)
