"""How a child's official name reads, how it is spelt for a second search, and how a key goes into a file's name.

Source: vendors' public help pages, not a Ministry specification: a single name is sent with ``~`` for the given name, and a
search by plain letters may find what one with macrons does not.
"""

import hashlib
import re
import unicodedata

from ecegateway.model.ids import ChildKey
from ecegateway.model.nsn_request import NsnRequest

SINGLE_NAME = "~"
"""Stands for the given name of a person who has a single name."""
_UNSAFE = re.compile(rb"[^a-z0-9-]")
_LONGEST = 120


def full_name(request: NsnRequest) -> str:
    """Given names, then family name; a single name stands alone."""
    return " ".join((*(name for name in request.given_names if name != SINGLE_NAME), request.family_name))


def plain_spelling(request: NsnRequest) -> str | None:
    """The full name without macrons and other marks, for a second search; ``None`` where it is the same."""
    name = full_name(request)
    apart = unicodedata.normalize("NFD", name)
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return None if plain == unicodedata.normalize("NFC", name) else plain


def file_safe(key: str) -> str:
    """A key as part of a file's name: ``kowhai:c-1015`` becomes ``kowhai.c-1015``.

    Two keys never meet in one name, not even where capitals do not count: every letter but ``a-z``, ``0-9``, ``-`` and ``:``
    is spelt out in hex, and a name too long for a disk ends in its digest.
    """
    raw = key.encode()
    safe = _UNSAFE.sub(lambda found: b"." if found[0] == b":" else b"_%02x" % found[0][0], raw).decode()
    return safe if len(safe) <= _LONGEST else f"{safe[:_LONGEST]}~{hashlib.sha256(raw).hexdigest()[:16]}"


def form_name(child: ChildKey) -> str:
    """The name of the form by which a child's agreement is reconfirmed."""
    return f"reconfirmation-{file_safe(child)}.html"
