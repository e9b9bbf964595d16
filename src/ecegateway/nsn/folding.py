"""Names as they are compared and searched for: without macrons and capitals. Everywhere else they stay as they are.

Source: vendors' public help pages, not a Ministry specification: macrons are replaced by plain letters for the search alone.
"""

import re
import unicodedata
from collections.abc import Iterable

from ecegateway.outbound import Identity

SINGLE_NAME = "~"
"""Given name of a person with a single name."""
MOST_GIVEN_NAMES = 3
"""Given names an identity record holds (public transcription of the ELI schema, not Ministry-approved)."""
_DOUBLED_VOWEL = re.compile(r"([aeiou])\1+")
_BETWEEN_WORDS = re.compile(r"[\s\-\u2010-\u2015~]+")


def plain(name: str) -> str:
    """A name without the marks on its Latin letters; signs that other scripts write vowels with stay."""
    kept: list[str] = []
    latin = False
    for character in unicodedata.normalize("NFD", name):
        if unicodedata.combining(character) and latin:
            continue
        latin = unicodedata.name(character, "").startswith("LATIN ")
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def words(names: Iterable[str]) -> tuple[str, ...]:
    """The words of names, folded: no marks, no capitals, nothing but letters; hyphens and blanks divide."""
    parts = (part for name in names for part in _BETWEEN_WORDS.split(plain(name)))
    folded = ("".join(filter(_is_letter, plain(part.casefold()))) for part in parts)
    return tuple(word for word in folded if word)


def loose(word: str) -> str:
    """A folded word with doubled vowels written once: Maarama and Mārama are one name in two spellings."""
    return _DOUBLED_VOWEL.sub(r"\1", word)


def for_search(who: Identity) -> Identity:
    """The identity a search asks with: plain letters, ``~`` for a missing given name, as many given names as there is room."""
    given = tuple(plain(name) for name in who.given_names[:MOST_GIVEN_NAMES]) or (SINGLE_NAME,)
    return Identity(plain(who.family_name), given, who.birth_date, who.gender)


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"
