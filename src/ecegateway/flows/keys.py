"""The public keys of an installation, for people to hand on."""

from dataclasses import dataclass
from pathlib import Path

from ecegateway.signing.files import stands
from ecegateway.signing.keyring import Keyring, Purpose


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: what it is for, its id in hexadecimal, its kind, where it lies, and itself in PEM."""

    purpose: str
    id: str
    profile: str
    place: Path
    pem: str


def public_keys(keyring: Keyring) -> tuple[PublicKey, ...]:
    """Those there are; none is made.

    Raises:
        ConfigError: one is damaged.
    """
    found = []
    for purpose in Purpose:
        place = keyring.folder / f"{purpose}.pub"
        if stands(place):
            key = keyring.verifier(purpose)
            found.append(PublicKey(purpose, key.key_id.hex(), key.profile, place, key.pem.decode()))
    return tuple(found)
