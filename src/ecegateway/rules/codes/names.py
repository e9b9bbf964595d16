"""Characters that official names are not made of, as a vendor's manual has them.

Source: ECE Funding Handbook 6-1 (official names); which characters, by a third party alone: it warns and no more.
"""

import unicodedata
from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.codes.values import enrolled_days
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_BESIDES_LETTERS = frozenset(" -'\u2019\u2018`\u02bb\u02bc~")
"""Blank, hyphen, apostrophes of every shape, and the sign that stands where somebody has no given name."""


@rule(
    "child.name-characters",
    "A character that official names are not made of",
    message="The official name holds {characters}.",
    why="A number is searched for by the name as on the document; by a vendor's manual the Ministry takes letters, with their "
    "macrons and accents, hyphens and apostrophes.",
    fix="Compare the name with the identity document and correct it; what is no part of it (a nickname, a remark) belongs "
    "elsewhere.",
    cites=cite("6-1", "records: official name"),
    severity=Severity.WARNS,
    holds="Nothing.",
    condition="A signed agreement is in force on the day, and the family name or a given name on the child's record holds a "
    "character other than letters with or without macrons and accents, blanks, hyphens, apostrophes and ~.",
    examples=(
        found("A given name is followed by a nickname in brackets."),
        found("A family name ends in a digit."),
        passes("A name has macrons, a hyphen and an apostrophe."),
        passes("A given name is ~ because there is none."),
    ),
).of_each_child
def name_characters(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The days enrolled of a child whose name holds such a character; the message names characters, never the name."""
    known = child.identity
    if known is None:
        return
    letters = "".join((known.record.family_name, *known.record.given_names))
    odd = sorted({one for one in letters if one not in _BESIDES_LETTERS and unicodedata.category(one)[0] not in "LM"})
    days = enrolled_days(child, asked) if odd else ()
    if days:
        yield Breach(days, (known.id,), (("characters", ", ".join(_shown(one) for one in odd)),))


def _shown(character: str) -> str:
    printable = character.isprintable() and not character.isspace()
    return f"“{character}”" if printable else unicodedata.name(character, f"U+{ord(character):04X}")
