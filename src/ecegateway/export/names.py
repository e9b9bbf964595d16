"""How a child's official name reads, and how it is spelt for a second search.

Source: vendors' public help pages, not a Ministry specification: a single name is sent with ``~`` for the given name, and a
search by plain letters may find what one with macrons does not.
"""

import unicodedata

from ecegateway.model.nsn_request import NsnRequest

SINGLE_NAME = "~"
"""Stands for the given name of a person who has a single name."""


def full_name(request: NsnRequest) -> str:
    """Given names, then family name; a single name stands alone."""
    return " ".join((*(name for name in request.given_names if name != SINGLE_NAME), request.family_name))


def plain_spelling(request: NsnRequest) -> str | None:
    """The full name without macrons and other marks, for a second search; ``None`` where it is the same."""
    name = full_name(request)
    apart = unicodedata.normalize("NFD", name)
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return None if plain == unicodedata.normalize("NFC", name) else plain
