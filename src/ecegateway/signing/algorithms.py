"""The two algorithms, as the library has them: keys made and read, messages signed and verified.

Ed25519 (RFC 8032) is the default. ECDSA on P-384 with SHA-384 is for those bound by the New Zealand Information Security
Manual; its signatures are DER, as ``openssl dgst -sha384 -verify`` takes them.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP384R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)

PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey
PublicKey = Ed25519PublicKey | EllipticCurvePublicKey

_ECDSA = ECDSA(SHA384())
_Loaded = TypeVar("_Loaded")


class Profile(StrEnum):
    """Which algorithm a key is for."""

    ED25519 = "ed25519"
    P384 = "p384"


def new_key(profile: Profile) -> PrivateKey:
    """A fresh key from the system's randomness."""
    return Ed25519PrivateKey.generate() if profile is Profile.ED25519 else generate_private_key(SECP384R1())


def private_from_pem(pem: bytes) -> PrivateKey:
    """A private key.

    Raises:
        ValueError: it cannot be read, is encrypted, or is for no profile.
    """
    key = _read(lambda: load_pem_private_key(pem, password=None))
    if isinstance(key, Ed25519PrivateKey) or (isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP384R1)):
        return key
    raise ValueError(_OTHER)


def public_from_pem(pem: bytes) -> PublicKey:
    """A public key from a PEM SubjectPublicKeyInfo.

    Raises:
        ValueError: it cannot be read, or is for no profile.
    """
    return _public(_read(lambda: load_pem_public_key(pem)))


def public_from_der(spki: bytes) -> PublicKey:
    """A public key from the DER SubjectPublicKeyInfo that :func:`der_of` gives.

    Raises:
        ValueError: it cannot be read, is for no profile, or is written another way (a point can be compressed).
    """
    key = _public(_read(lambda: load_der_public_key(spki)))
    if der_of(key) != spki:
        raise ValueError("is written another way than its own")
    return key


def der_of(key: PublicKey) -> bytes:
    """A public key as DER SubjectPublicKeyInfo."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def pem_of(key: PublicKey) -> bytes:
    """A public key as PEM SubjectPublicKeyInfo."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def private_pem_of(key: PrivateKey) -> bytes:
    """A private key as PEM PKCS #8, not encrypted."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def sign(key: PrivateKey, message: bytes) -> bytes:
    """A signature: 64 bytes of Ed25519, or ECDSA in DER, which differs each time."""
    return key.sign(message) if isinstance(key, Ed25519PrivateKey) else key.sign(message, _ECDSA)


def holds(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether the signature is this key's on that message."""
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, message)
        else:
            key.verify(signature, message, _ECDSA)
    except InvalidSignature:
        return False
    return True


_OTHER = "is neither an Ed25519 nor a P-384 key"


def _public(key: object) -> PublicKey:
    if isinstance(key, Ed25519PublicKey) or (isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP384R1)):
        return key
    raise ValueError(_OTHER)


def _read(load: Callable[[], _Loaded]) -> _Loaded:
    try:
        return load()
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("is damaged, encrypted, or no key at all") from error
