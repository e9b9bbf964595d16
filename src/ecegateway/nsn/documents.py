"""Identity documents, by the words in which they are noted.

Source: the Ministry's public pages for early learning services: a number is created with a birth certificate, a passport or a
New Zealand citizenship certificate; for families from the Cook Islands, Niue and Tokelau with one of three more papers.
"""

from collections.abc import Mapping

from ecegateway.nsn.folding import words

_ALLOWED: Mapping[str, str] = {
    "birth certificate": "birth certificate",
    "new zealand birth certificate": "birth certificate",
    "nz birth certificate": "birth certificate",
    "passport": "passport",
    "new zealand passport": "passport",
    "nz passport": "passport",
    "new zealand citizenship certificate": "other",
    "nz citizenship certificate": "other",
    "citizenship certificate": "other",
    "certificate of naturalisation": "other",
    "certificate of registration": "other",
    "letter of confirmation": "other",
}
"""By how a document is noted: the word by which a number that rests on it is verified."""
ACCEPTED = (
    "birth certificate, passport, New Zealand citizenship certificate; for the Cook Islands, Niue and Tokelau: certificate of "
    "naturalisation, certificate of registration, letter of confirmation"
)
"""The documents with which a number may be created."""


def verifies(document: str) -> str | None:
    """The word by which a number that rests on a document is verified; ``None`` for one with which none may be created."""
    return _ALLOWED.get(" ".join(words([document])))
