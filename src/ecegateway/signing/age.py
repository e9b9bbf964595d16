"""Encryption of files to X25519 keys by age (age-encryption.org/v1), streamed, so that a file of any size takes no memory.

A key that signs cannot decrypt, so the key of backups has its own file, ``backup.age``, in the folder of keys: what
``age-keygen`` writes, and ``age --decrypt --identity`` takes.
"""

from collections.abc import Sequence
from io import BufferedIOBase
from pathlib import Path

import pyrage
from pyrage.x25519 import Identity, Recipient

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.signing.files import alone, read_private, stands, write_whole

IDENTITY_FILE = "backup.age"


def new_identity() -> Identity:
    """A fresh private key."""
    return Identity.generate()


def own_identity(folder: Path) -> Identity:
    """The private key by which this installation's backups are read, made on first use.

    Raises:
        ConfigError: others may read it, it is damaged, or the folder cannot be used.
    """
    place = folder / IDENTITY_FILE
    if not stands(place):
        with alone(folder):
            if not stands(place):
                write_whole(place, _identity_text(new_identity()))
    return read_identity(place)


def read_identity(place: Path) -> Identity:
    """A private key from a file as ``age-keygen`` writes it.

    Raises:
        ConfigError: there is none, others may read it, or it is damaged.
    """
    try:
        (line,) = (line for line in read_private(place).decode().splitlines() if line.strip() and not line.startswith("#"))
        return Identity.from_str(line.strip())
    except (ValueError, pyrage.IdentityError):  # the cause might quote the key
        raise ConfigError(f"{place}: this is not one private key of age; put back an undamaged copy of it") from None


def read_recipient(text: str) -> Recipient:
    """A public key, ``age1…``.

    Raises:
        ConfigError: it is none.
    """
    try:
        return Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise ConfigError(f"{text!r} is not a public key of age; copy it again from age-keygen: age1…") from error


def encrypt(reader: BufferedIOBase, writer: BufferedIOBase, recipients: Sequence[Recipient]) -> None:
    """Encrypt to several keys, each of which decrypts alone."""
    pyrage.encrypt_io(reader, writer, recipients)


def decrypt(reader: BufferedIOBase, writer: BufferedIOBase, identity: Identity) -> None:
    """Decrypt what the key opens.

    Raises:
        IntegrityError: it is not encrypted to that key, or damaged. Of a damaged file a part may have been written.
    """
    try:
        pyrage.decrypt_io(reader, writer, [identity])
    except pyrage.DecryptError as error:
        raise IntegrityError(f"the key {identity.to_public()} does not open it; give the key it was encrypted to") from error


def _identity_text(identity: Identity) -> bytes:
    return f"# public key: {identity.to_public()}\n{identity}\n".encode()
