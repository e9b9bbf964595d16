"""What is said of a backup: canonical JSON beside the packed store, and who signed it.

The checkpoint inside is the log's own signed note, so that whoever holds the log's public key can tell what the backup must
hold without opening it.
"""

from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from typing import Any

import orjson

from ecegateway.errors import IntegrityError
from ecegateway.signing.keys import Signer, Verifier
from ecegateway.signing.minisign import minisign_key, sign_file, verify_file

PACKED, MANIFEST, SIGNATURE = "evidence.db.gz.age", "manifest.json", "manifest.json.minisig"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup in words.

    ``made_at`` is UTC in ISO 8601; ``program`` the version that made it; ``engine`` the one that the store was on, ``schema``
    the schema of its tables; ``rows`` counts each table's, ``leaves`` the log's; ``checkpoint`` is the newest signed note it
    holds; ``size`` in bytes and ``sha256`` are the packed file's; ``recipients`` are the public keys that open it.
    """

    format: int
    made_at: str
    program: str
    engine: str
    schema: str
    rows: dict[str, int]
    leaves: int
    checkpoint: str
    size: int
    sha256: str
    recipients: tuple[str, ...]


def manifest_bytes(manifest: Manifest) -> bytes:
    """As canonical JSON (RFC 8785): it holds no fractions and only ASCII names."""
    return orjson.dumps(asdict(manifest), option=orjson.OPT_SORT_KEYS)


def read_manifest(content: bytes) -> Manifest:
    """From its bytes; whoever calls has seen to the signature.

    Raises:
        IntegrityError: they are not what :func:`manifest_bytes` writes, or of a format this version does not know.
    """
    try:
        said: dict[str, Any] = orjson.loads(content)
        if said["format"] != FORMAT:
            raise IntegrityError(
                f"the backup is of format {said['format']}, this version knows {FORMAT}; use the version that made it"
            )
        manifest = Manifest(**said | {"recipients": tuple(said["recipients"])})
    except (ValueError, TypeError, KeyError) as error:
        names = ", ".join(field.name for field in fields(Manifest))
        raise IntegrityError(f"{MANIFEST} does not hold {names}; it was not made by ecegateway") from error
    return manifest


def sign_manifest(content: bytes, signer: Signer, comment: str) -> bytes:
    """The signature file beside a manifest, as minisign writes it.

    Raises:
        ConfigError: the key is no Ed25519 key.
    """
    return sign_file(signer, blake2b(content).digest(), comment).encode()


def refuse_unsigned(content: bytes, signature: bytes, verifier: Verifier) -> None:
    """Refuse a manifest that key has not signed. The one line of a signature that nobody signs must be as it is written.

    Raises:
        IntegrityError: the signature is by another key, or does not hold.
    """
    text = signature.decode(errors="replace")
    verify_file(text, blake2b(content).digest(), minisign_key(verifier))
    if not text.startswith(f"untrusted comment: signature by {verifier.name}\n"):
        raise IntegrityError("the signature's first line was changed; take another copy of the backup")
