"""The public keys of an installation, for people to hand on."""

from dataclasses import dataclass
from pathlib import Path

from ecegateway.signing.algorithms import Profile
from ecegateway.signing.files import stands
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Verifier
from ecegateway.signing.minisign import minisign_key, shown_id


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: what it is for, its id in hexadecimal, its kind, where it lies, and itself in PEM.

    ``minisign`` is the id by which minisign and the inspection pack know the key that signs exports; empty for other keys.
    """

    purpose: str
    id: str
    profile: str
    place: Path
    pem: str
    minisign: str


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
            found.append(PublicKey(purpose, key.key_id.hex(), key.profile, place, key.pem.decode(), _minisign(purpose, key)))
    return tuple(found)


def _minisign(purpose: Purpose, key: Verifier) -> str:
    signs_files = purpose is Purpose.EXPORT and key.profile is Profile.ED25519
    return shown_id(minisign_key(key)) if signs_files else ""
