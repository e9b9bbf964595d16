"""What was made here to be handed over, or came back in answer: bytes kept under their SHA-256."""

import zlib
from hashlib import sha256

from sqlalchemy import Connection, select

from ecegateway.errors import EvidenceError, EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending

_COMPRESSION = 6


def keep_document(appending: Appending, content: bytes) -> bytes:
    """Keep bytes, once however often they come; gives their SHA-256 digest."""
    digest = sha256(content).digest()
    size = schema.DOCUMENT.c.size
    if appending.connection.scalar(select(size).where(schema.DOCUMENT.c.digest == digest)) is None:
        compressed = zlib.compress(content, _COMPRESSION)
        appending.insert_all(schema.DOCUMENT, [{"digest": digest, "content": compressed, "size": len(content)}])
    return digest


def document(connection: Connection, digest: bytes) -> bytes:
    """The bytes kept under a digest.

    Raises:
        EvidenceMissingError: there are none, or they were erased after their time.
        EvidenceError: they are not the ones kept.
    """
    row = connection.execute(select(schema.DOCUMENT).where(schema.DOCUMENT.c.digest == digest)).one_or_none()
    if row is None or not row.content:
        raise EvidenceMissingError(f"the store has no document {digest.hex()}, or it was erased after its time")
    try:
        content = zlib.decompress(row.content)
    except zlib.error:
        content = None
    if content is None or len(content) != row.size or sha256(content).digest() != digest:
        raise EvidenceError(f"document {digest.hex()} is not the one kept; the store was changed or damaged: restore a backup")
    return content
