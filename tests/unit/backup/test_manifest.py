"""The manifest of a backup: one text, and every byte of it and of its signature counts."""

import json
from dataclasses import replace

import pytest
import rfc8785

from ecegateway.backup.manifest import Manifest, manifest_bytes, read_manifest, refuse_unsigned, sign_manifest
from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keys import new_signer

MANIFEST = Manifest(
    format=1,
    made_at="2026-06-02T02:00:00+00:00",
    program="0.1.0",
    engine="sqlite",
    schema="0003",
    rows={"record_version": 4, "body": 2},
    leaves=9,
    checkpoint="ecegateway/evidence/1\n9\n",
    size=1234,
    sha256="0" * 64,
    recipients=("age1one", "age1two"),
)
SIGNER = new_signer("ecegateway-backup")


def test_it_is_canonical_json_and_reads_back_as_it_was() -> None:
    content = manifest_bytes(MANIFEST)
    assert content == rfc8785.dumps(json.loads(content))
    assert read_manifest(content) == MANIFEST


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format":1}', b"null", b'{"format":1,"recipients":[],"more":1}'])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(IntegrityError, match="was not made by ecegateway"):
        read_manifest(content)


def test_a_format_of_the_future_is_named() -> None:
    with pytest.raises(IntegrityError, match="of format 2, this version knows 1"):
        read_manifest(manifest_bytes(replace(MANIFEST, format=2)))


def test_a_flip_of_any_bit_of_manifest_or_signature_is_refused() -> None:
    content = manifest_bytes(MANIFEST)
    signature = sign_manifest(content, SIGNER, "evidence-2026-06-02T020000Z")
    refuse_unsigned(content, signature, SIGNER.verifier)
    unnoticed = []
    for name, whole in (("manifest", content), ("signature", signature)):
        for bit in range(len(whole) * 8):
            flipped = bytearray(whole)
            flipped[bit // 8] ^= 1 << bit % 8
            pair = (flipped, signature) if name == "manifest" else (content, flipped)
            try:
                refuse_unsigned(bytes(pair[0]), bytes(pair[1]), SIGNER.verifier)
            except IntegrityError:
                continue
            unnoticed.append((name, bit))
    assert unnoticed == []


def test_another_key_is_told_from_a_changed_text() -> None:
    content = manifest_bytes(MANIFEST)
    signature = sign_manifest(content, SIGNER, "words")
    with pytest.raises(IntegrityError, match="is signed by key"):
        refuse_unsigned(content, signature, new_signer("ecegateway-backup").verifier)
    with pytest.raises(IntegrityError, match="does not hold: the file was changed"):
        refuse_unsigned(content + b" ", signature, SIGNER.verifier)


def test_a_key_that_minisign_does_not_know_signs_no_manifest() -> None:
    with pytest.raises(ConfigError, match="minisign knows ed25519 only"):
        sign_manifest(b"{}", new_signer("ecegateway-backup", Profile.P384), "words")
