"""Keys with their names: who signs, and how anybody verifies it.

Key ids follow C2SP signed-note: ``SHA-256(name || 0x0A || type || public key)[:4]``. Ed25519 has type ``0x01`` and its 32
bytes. The type ``0x02``, ECDSA, is defined by an implementation that takes SHA-256 whatever the curve, and its id leaves out
the name. P-384 with SHA-384 is therefore a type without an assigned byte: ``0xff``, then a long identifier of our own, as
the specification recommends, then the DER SubjectPublicKeyInfo.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ecegateway.errors import ConfigError
from ecegateway.signing import algorithms
from ecegateway.signing.algorithms import PrivateKey, Profile, PublicKey
from ecegateway.signing.texts import is_plain

ED25519_TYPE = b"\x01"
P384_TYPE = b"\xffecegateway/ecdsa-p384-sha384"
KEY_ID_BYTES = 4


def is_name(name: str) -> bool:
    """Whether a note takes the name for a key's: some letters, no blank of any kind, no plus, no control character."""
    return is_plain(name) and "+" not in name and not any(map(str.isspace, name))


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key and the name it signs under. ``spki`` is its DER SubjectPublicKeyInfo, so that equal keys are equal.

    Raises:
        ConfigError: the name cannot stand in a note, or the bytes are not a public key of one of the profiles.
    """

    name: str
    spki: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _refuse_name(self.name)
        try:
            algorithms.public_from_der(self.spki)
        except ValueError as error:
            raise _unreadable(self.name, error) from error

    @classmethod
    def from_pem(cls, name: str, pem: bytes) -> Self:
        """From a PEM SubjectPublicKeyInfo.

        Raises:
            ConfigError: it is none, or a key of another kind.
        """
        try:
            return cls(name, algorithms.der_of(algorithms.public_from_pem(pem)))
        except ValueError as error:
            raise _unreadable(name, error) from error

    @property
    def key(self) -> PublicKey:
        """The key as the library knows it."""
        return algorithms.public_from_der(self.spki)

    @property
    def profile(self) -> Profile:
        """Which algorithm it is for."""
        return Profile.ED25519 if isinstance(self.key, Ed25519PublicKey) else Profile.P384

    @property
    def key_id(self) -> bytes:
        """The four bytes that, with the name, say in a note which key signed."""
        key = self.key
        typed = ED25519_TYPE + key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else P384_TYPE + self.spki
        return sha256(self.name.encode() + b"\n" + typed).digest()[:KEY_ID_BYTES]

    @property
    def pem(self) -> bytes:
        """As a PEM SubjectPublicKeyInfo."""
        return algorithms.pem_of(self.key)

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature is this key's on that message."""
        return algorithms.holds(self.key, signature, message)


@dataclass(frozen=True, slots=True, eq=False)
class Signer:
    """A private key and the name it signs under; the key is never printed.

    Raises:
        ConfigError: the name cannot stand in a note.
    """

    name: str
    key: PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        _refuse_name(self.name)

    @classmethod
    def from_pem(cls, name: str, pem: bytes) -> Self:
        """From a PEM private key.

        Raises:
            ConfigError: it is none, is encrypted, or is a key of another kind.
        """
        try:
            return cls(name, algorithms.private_from_pem(pem))
        except ValueError as error:
            raise _unreadable(name, error) from error

    @property
    def pem(self) -> bytes:
        """As PEM PKCS #8, not encrypted: whoever keeps it guards it."""
        return algorithms.private_pem_of(self.key)

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, algorithms.der_of(self.key.public_key()))

    def sign(self, message: bytes) -> bytes:
        """A signature on the message."""
        return algorithms.sign(self.key, message)


def new_signer(name: str, profile: Profile = Profile.ED25519) -> Signer:
    """A fresh key from the system's randomness.

    Raises:
        ConfigError: the name cannot stand in a note.
    """
    return Signer(name, algorithms.new_key(profile))


def _refuse_name(name: str) -> None:
    if not is_name(name):
        raise ConfigError(f"the key name {name!r} cannot stand in a signed note; use letters, digits, hyphens and dots")


def _unreadable(name: str, error: ValueError) -> ConfigError:
    return ConfigError(f"the key {name!r} {error}; put back an undamaged copy of it")
