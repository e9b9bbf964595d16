"""The manifest: what the pack is of, and the digest of every file in it; canonical JSON (RFC 8785)."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

from ecegateway.export.document import head
from ecegateway.export.file_names import path_fault
from ecegateway.model.claim import Claim

FORMAT = "urn:ecegateway:inspection-pack:1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.minisig"
KEY = "export-key.pub"
UNLISTED = frozenset({MANIFEST, SIGNATURE})
"""Files of a pack that the manifest cannot list."""
LARGEST = 64 * 1024 * 1024
"""Bytes a manifest may have; one of a thousand files has some hundred thousand."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file by its digest (SHA-256, hexadecimal) and its size in bytes."""

    digest: str
    size: int


def manifest_bytes(claim: Claim, checkpoint: str, records: int, files: Mapping[str, bytes]) -> bytes:
    """The manifest of a claim's pack; ``checkpoint`` is the signed note under which ``records`` rows are proved."""
    listed = [
        {"path": path, "sha256": sha256(content).hexdigest(), "size": len(content)} for path, content in sorted(files.items())
    ]
    document = {**head("inspection-pack", claim), "checkpoint": checkpoint, "proved": records, "files": listed}
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def read_manifest(content: bytes) -> dict[str, Listed]:
    """The files a manifest lists, by path.

    Raises:
        ValueError: the bytes are not a manifest, or one of its paths leads out of the pack.
    """
    try:
        said: Any = orjson.loads(content)
        if said["format"] != FORMAT:
            raise ValueError("is of another format")
        found = {str(one["path"]): Listed(str(one["sha256"]), int(one["size"])) for one in said["files"]}
        plain = orjson.dumps(said, option=orjson.OPT_SORT_KEYS) == content and len(found) == len(said["files"])
    except (LookupError, TypeError, AttributeError, orjson.JSONDecodeError) as error:
        raise ValueError("is no manifest of an inspection pack") from error
    if not plain:
        raise ValueError("is not in canonical form")
    for path in found:
        if (fault := path_fault(path)) is not None:
            raise ValueError(f"lists {path!r}, and that {fault}")
    return found
