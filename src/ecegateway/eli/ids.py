"""Ids of entities, from the vendor's keys: the same for life, nobody else's, and never longer than an id may be."""

import hashlib
import re

from ecegateway.model.eli import MAX_ENTITY_ID

_PLAIN = re.compile(r"[!-~\u00a1-\u02af\u1e00-\u1eff]+(?: [!-~\u00a1-\u02af\u1e00-\u1eff]+)*")
_OURS = re.compile("[#~]")
_DIGEST = 32


def entity_id(*parts: str) -> str:
    """The id of what these keys name, for instance ``kowhai:c-1015/agreement-1``.

    Keys with characters that XML does not take, or that are too long together, end in a digest of them all. Two entities
    never meet in one id: no plain id holds ``~`` or ``#``, and a ``/`` within a key is spelt ``%2F``.
    """
    joined = "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)
    if len(joined) <= MAX_ENTITY_ID - len("#000") and _PLAIN.fullmatch(joined) and not _OURS.search(joined):
        return joined
    digest = hashlib.sha256(joined.encode())
    kept = "".join(character for character in joined if _PLAIN.fullmatch(character) and not _OURS.match(character))
    return f"{kept[:180]}~{digest.hexdigest()[:_DIGEST]}"


def numbered(entity: str, number: int) -> str:
    """The id of the first, second ... of several entities that one record stands for."""
    return entity if number == 1 else f"{entity}#{number}"


def unnumbered(entity: str) -> str:
    """The id of the record that an id, numbered or not, stands for."""
    return entity.partition("#")[0]
