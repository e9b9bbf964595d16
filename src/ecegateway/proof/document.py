"""Proofs as a file to hand on: canonical JSON with the signed checkpoint they are proved under, and the log's public keys.

::

    {"checkpoint":"<the signed note>","format":"urn:ecegateway:proof:1",
     "keys":[{"public_key":"<PEM>","signatures":"","statement":""},…],
     "records":[{"columns":{…},"content":"…","entry":"…","index":7,"path":["<hex>",…],"row":3,"salt":"<hex>","table":"…"},…]}

One record or thousands, the file is of one kind. Where it also shows that the checkpoint is of one log with others, there is
``"others":[{"path":["<hex>",…],"root":"<hex>","size":7},…]``. Equal proofs give equal bytes, and no other bytes are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ecegateway.proof.consistency import OtherSize
from ecegateway.proof.record import RecordProof

FORMAT = "urn:ecegateway:proof:1"


@dataclass(frozen=True, slots=True)
class KeyText:
    """A public key of the log: PEM, and the statement by which it took over with its signatures (both empty for the first)."""

    public_key: str
    statement: str
    signatures: str


@dataclass(frozen=True, slots=True)
class ProofDocument:
    """Proofs under one checkpoint: a signed note. ``keys`` are the log's, oldest first. Nobody has verified either.

    ``others`` lead to other sizes of the log, for whoever kept a checkpoint of one of them.
    """

    checkpoint: str
    keys: tuple[KeyText, ...]
    records: tuple[RecordProof, ...]
    others: tuple[OtherSize, ...] = ()


def document_bytes(document: ProofDocument) -> bytes:
    """The file."""
    return _bytes(
        {
            "checkpoint": document.checkpoint,
            "format": FORMAT,
            "keys": [
                {"public_key": key.public_key, "signatures": key.signatures, "statement": key.statement}
                for key in document.keys
            ],
            "records": [_written(proof) for proof in document.records],
            **({"others": [_other(one) for one in document.others]} if document.others else {}),
        }
    )


def read_document(content: bytes) -> ProofDocument:
    """The proofs of a file.

    Raises:
        ValueError: the bytes are not ones that :func:`document_bytes` writes.
    """
    try:
        said: Any = orjson.loads(content)
        if said["format"] != FORMAT:
            raise ValueError("is of another format")
        keys = tuple(KeyText(key["public_key"], key["statement"], key["signatures"]) for key in said["keys"])
        others = tuple(map(_read_other, said.get("others", ())))
        document = ProofDocument(said["checkpoint"], keys, tuple(map(_read, said["records"])), others)
        plain = document_bytes(document) == content
    except (LookupError, TypeError, AttributeError, orjson.JSONDecodeError, orjson.JSONEncodeError) as error:
        raise ValueError("is no file of proofs") from error
    if not plain:
        raise ValueError("is not in canonical form")
    return document


def _written(proof: RecordProof) -> Mapping[str, Any]:
    return {
        "columns": dict(proof.columns),
        "content": proof.content,
        "entry": proof.entry.decode(),
        "index": proof.index,
        "path": [node.hex() for node in proof.path],
        "row": proof.row,
        "salt": proof.salt.hex(),
        "table": proof.table,
    }


def _read(said: Mapping[str, Any]) -> RecordProof:
    path: Sequence[str] = said["path"]
    return RecordProof(
        table=_text(said["table"]),
        row=said["row"] if isinstance(said["row"], int) else _text(said["row"]),
        columns=dict(said["columns"]),
        content=None if said["content"] is None else _text(said["content"]),
        salt=bytes.fromhex(said["salt"]),
        entry=_text(said["entry"]).encode(),
        index=_number(said["index"]),
        path=tuple(map(bytes.fromhex, path)),
    )


def _other(one: OtherSize) -> Mapping[str, Any]:
    return {"path": [node.hex() for node in one.path], "root": one.root.hex(), "size": one.size}


def _read_other(said: Mapping[str, Any]) -> OtherSize:
    return OtherSize(_number(said["size"]), bytes.fromhex(said["root"]), tuple(map(bytes.fromhex, said["path"])))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def _number(value: Any) -> int:
    if type(value) is not int:  # a truth value would pass for a number
        raise TypeError("a whole number is expected")
    return value


def _bytes(document: Mapping[str, Any]) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
