"""The manifest: what the pack is of, and the digest of every file in it; canonical JSON (RFC 8785)."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

from ecegateway.export.document import head
from ecegateway.export.file_names import path_fault
from ecegateway.model.claim import Claim

INSPECTION_PACK, BUNDLE = "inspection-pack", "bundle"
"""The kinds of packs."""
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.minisig"
KEY = "export-key.pub"
_SAID = {INSPECTION_PACK: "an inspection pack", BUNDLE: "a bundle"}
UNLISTED = frozenset({MANIFEST, SIGNATURE})
"""Files of a pack that the manifest cannot list."""
LARGEST = 64 * 1024 * 1024
"""Bytes a manifest may have; one of a thousand files has some hundred thousand."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file by its digest (SHA-256, hexadecimal) and its size in bytes."""

    digest: str
    size: int


def manifest_bytes(kind: str, claim: Claim, checkpoint: str, records: int, files: Mapping[str, bytes]) -> bytes:
    """The manifest of a claim's pack of a kind; ``checkpoint`` is the signed note under which ``records`` rows are proved."""
    listed = [
        {"path": path, "sha256": sha256(content).hexdigest(), "size": len(content)} for path, content in sorted(files.items())
    ]
    document = {**head(kind, claim), "checkpoint": checkpoint, "proved": records, "files": listed}
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def format_of(kind: str) -> str:
    """What a manifest of a kind calls itself."""
    return f"urn:ecegateway:{kind}:1"


def read_manifest(kind: str, content: bytes) -> dict[str, Listed]:
    """The files that the manifest of a pack of a kind lists, by path.

    Raises:
        ValueError: the bytes are not a manifest, or one of its paths leads out of the pack.
    """
    try:
        said: Any = orjson.loads(content)
        if said["format"] != format_of(kind):
            raise ValueError("is of another format")
        found = {str(one["path"]): Listed(str(one["sha256"]), int(one["size"])) for one in said["files"]}
        plain = orjson.dumps(said, option=orjson.OPT_SORT_KEYS) == content and len(found) == len(said["files"])
    except (LookupError, TypeError, AttributeError, orjson.JSONDecodeError) as error:
        raise ValueError(f"is no manifest of {_SAID[kind]}") from error
    if not plain:
        raise ValueError("is not in canonical form")
    for path in found:
        if (fault := path_fault(path)) is not None:
            raise ValueError(f"lists {path!r}, and that {fault}")
    return found
