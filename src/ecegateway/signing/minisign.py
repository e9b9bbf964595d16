"""Signatures beside a file, as minisign writes and verifies them: prehashed (``ED``), with a comment that is signed too.

::

    untrusted comment: <words>
    base64("ED" || key id[8] || Ed25519 signature of the file's BLAKE2b-512 digest)
    trusted comment: <words>
    base64(Ed25519 signature of the signature above || the words of the trusted comment)

Whoever hashes the file hands the digest in, so that a file of any size is signed: ``hashlib.file_digest(file, "blake2b")``.
minisign draws its key ids by lot; ours are the first 8 bytes of the SHA-256 of the public key, so that a key has one.
"""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.signing.algorithms import holds
from ecegateway.signing.keys import Signer, Verifier
from ecegateway.signing.texts import base64_bytes, base64_text

PREHASHED_BYTES = 64
MAX_COMMENT_BYTES = 8000
"""Longest trusted comment; minisign itself stops a little later."""

_ID_BYTES, _RAW_BYTES, _SIGNATURE_BYTES = 8, 32, 64
_KEY, _SIGNATURE = b"Ed", b"ED"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "


@dataclass(frozen=True, slots=True)
class MinisignKey:
    """A public key as minisign has it: an id of 8 bytes, and 32 bytes of Ed25519."""

    id: bytes
    raw: bytes


def minisign_key(verifier: Verifier) -> MinisignKey:
    """A key of ours, for minisign.

    Raises:
        ConfigError: it is no Ed25519 key, and minisign knows no other.
    """
    key = verifier.key
    if not isinstance(key, Ed25519PublicKey):
        raise ConfigError(f"the key {verifier.name!r} is {verifier.profile}; minisign knows ed25519 only: use an ed25519 key")
    raw = key.public_bytes_raw()
    return MinisignKey(sha256(raw).digest()[:_ID_BYTES], raw)


def shown_id(key: MinisignKey) -> str:
    """A key's id as minisign shows it."""
    return f"{int.from_bytes(key.id, 'little'):016X}"


def key_text(key: MinisignKey) -> str:
    """A public key file; its second line is what ``minisign -P`` takes."""
    return f"{_UNTRUSTED}minisign public key {shown_id(key)}\n{base64_text(_KEY + key.id + key.raw)}\n"


def read_key(text: str) -> MinisignKey:
    """A public key from its file.

    Raises:
        ConfigError: the text is none.
    """
    try:
        (encoded,) = _lines(text, (_UNTRUSTED, ""))[1:]
        content = _content(encoded, _KEY, _ID_BYTES + _RAW_BYTES)
    except ValueError as error:
        raise ConfigError(f"this is not a minisign public key: it {error}; put back an undamaged copy") from error
    return MinisignKey(content[:_ID_BYTES], content[_ID_BYTES:])


def sign_file(signer: Signer, prehashed: bytes, comment: str) -> str:
    """The text of a signature file, named by custom as the signed file with ``.minisig`` after it.

    ``prehashed`` is the file's BLAKE2b-512 digest; ``comment`` are words that are signed and shown on verifying.

    Raises:
        ConfigError: the key is no Ed25519 key.
        IntegrityError: the digest has another length, or minisign might not show the comment.
    """
    key = minisign_key(signer.verifier)
    if len(prehashed) != PREHASHED_BYTES:
        raise IntegrityError(f"a file is signed by its BLAKE2b-512 digest of {PREHASHED_BYTES} bytes, not of {len(prehashed)}")
    if not _is_shown(comment):
        raise IntegrityError(
            f"a signature's comment must be one line of at most {MAX_COMMENT_BYTES} printable ASCII characters"
        )
    signature = signer.sign(prehashed)
    by_all = signer.sign(signature + comment.encode())
    return (
        f"{untrusted_line(signer.name)}{base64_text(_SIGNATURE + key.id + signature)}\n"
        f"{_TRUSTED}{comment}\n{base64_text(by_all)}\n"
    )


def untrusted_line(name: str) -> str:
    """The first line of a signature by a key of that name: no signature covers it, so it must be the very one we write."""
    return f"{_UNTRUSTED}signature by {name}\n"


def verify_file(text: str, prehashed: bytes, key: MinisignKey) -> str:
    """The comment of a signature file that holds: on a file with that BLAKE2b-512 digest, and on the comment.

    Raises:
        IntegrityError: the text is no signature file, is by another key, or does not hold.
    """
    try:
        _, first, comment, second = _lines(text, (_UNTRUSTED, "", _TRUSTED, ""))
        content, by_all = _content(first, _SIGNATURE, _ID_BYTES + _SIGNATURE_BYTES), _content(second, b"", _SIGNATURE_BYTES)
    except ValueError as error:
        raise IntegrityError(
            f"this is not a minisign signature: it {error}; fetch it again from where it was published"
        ) from error
    if not content.startswith(key.id):
        found = content[:_ID_BYTES].hex()
        raise IntegrityError(f"the file is signed by key {found}, not by {key.id.hex()}; check which key you trust")
    public, signature = Ed25519PublicKey.from_public_bytes(key.raw), content[_ID_BYTES:]
    if not holds(public, signature, prehashed):
        raise IntegrityError("the signature does not hold: the file was changed; fetch it again from where it was published")
    if not holds(public, by_all, signature + comment.encode(errors="surrogatepass")):
        raise IntegrityError("the signature's comment was changed; fetch the signature again from where it was published")
    return comment


def _lines(text: str, starts: tuple[str, ...]) -> list[str]:
    """What follows on each line after the words it must start with."""
    lines = text.split("\n")
    if len(lines) != len(starts) + 1 or lines.pop() != "" or not all(map(str.startswith, lines, starts)):
        raise ValueError(f"must have {len(starts)} lines, each ended, with the comments in their places")
    return [line.removeprefix(start) for line, start in zip(lines, starts, strict=True)]


def _content(encoded: str, algorithm: bytes, length: int) -> bytes:
    content = base64_bytes(encoded)
    if not content.startswith(algorithm) or len(content) != len(algorithm) + length:
        raise ValueError(f"must hold {length} bytes after {algorithm.decode()!r}")
    return content.removeprefix(algorithm)


def _is_shown(comment: str) -> bool:
    """Minisign refuses what it cannot print, its older versions more than its newer; it puts tabs in its own comments."""
    return comment.isascii() and comment.replace("\t", " ").isprintable() and 0 < len(comment) <= MAX_COMMENT_BYTES
