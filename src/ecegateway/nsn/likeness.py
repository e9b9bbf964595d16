"""Whether a record of the student index is the child's: exact, near, or somebody else's, each with its reasons.

*Exact*: the same birth date, and the same family and given names letter by letter once capitals and marks are folded and
divisions into words ignored; and no other gender.

*Near*, whatever the index itself scores: a person could take it for the child's. That is

- the same birth date, and names that are the same but for their order, a missing middle name or an initial; or that differ
  by a slip of the pen; or the same first given name beside another family name;
- a birth date that is a slip of the pen away (day and month swapped, one digit other, two neighbouring digits swapped), and
  names that are the same but for order, middle names or initials;
- an exact match but for the gender; and any record the index itself scores as definite.

A slip of the pen is one letter more, less, other or swapped with its neighbour in a name of up to five letters, two in a
longer one. The definition is the project's own, made so that nobody is created beside a record of their own.
"""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from ecegateway.model.nsn_request import Likeness, NsnCandidate
from ecegateway.nsn.folding import loose, words
from ecegateway.outbound import Candidate, Identity

DEFINITE = 100
"""The score by which a client of the index, seen in public, took a record for a definite match."""
_SHORT_NAME = 5
_KNOWN_GENDERS = frozenset({"M", "F"})
Words = tuple[str, ...]


class _Names(IntEnum):
    SAME = 0
    NEARLY = 1
    SIMILAR = 2
    DIFFERENT = 3


class _Birth(IntEnum):
    SAME = 0
    SLIP = 1
    DIFFERENT = 2


_NAMES_SAY = {
    _Names.SAME: "the same names",
    _Names.NEARLY: "the same names but for order, a middle name or an initial",
    _Names.SIMILAR: "similar names",
    _Names.DIFFERENT: "other names",
}
_BIRTH_SAYS = {
    _Birth.SAME: "the same birth date",
    _Birth.SLIP: "a birth date a slip of the pen away",
    _Birth.DIFFERENT: "another birth date",
}
_NEAR = frozenset(
    {
        (_Birth.SAME, _Names.NEARLY),
        (_Birth.SAME, _Names.SIMILAR),
        (_Birth.SLIP, _Names.SAME),
        (_Birth.SLIP, _Names.NEARLY),
    }
)


def weighed(who: Identity, candidates: Iterable[Candidate]) -> tuple[NsnCandidate, ...]:
    """Candidates with how like each is to the child; the exact ones first, then the near, each in the index's own order."""
    found = [_weigh(who, candidate) for candidate in candidates]
    return tuple(sorted(found, key=lambda one: list(Likeness).index(one.likeness)))


def likeness(who: Identity, candidate: Candidate) -> tuple[Likeness, tuple[str, ...]]:
    """How like a candidate is to the child, and why."""
    other = candidate.identity
    names, birth = _names(who, other), birth_dates(who.birth_date, other.birth_date)
    reasons = [_NAMES_SAY[names], _BIRTH_SAYS[birth]]
    other_gender = {who.gender, other.gender} == _KNOWN_GENDERS
    if other_gender:
        reasons.append("another gender")
    definite = candidate.score is not None and candidate.score >= DEFINITE
    if definite:
        reasons.append(f"the index scores it {candidate.score}")
    if (birth, names) == (_Birth.SAME, _Names.SAME):
        return (Likeness.NEAR if other_gender else Likeness.EXACT), tuple(reasons)
    near = definite or (birth, names) in _NEAR
    return (Likeness.NEAR if near else Likeness.OTHER), tuple(reasons)


def _weigh(who: Identity, candidate: Candidate) -> NsnCandidate:
    alike, reasons = likeness(who, candidate)
    other = candidate.identity
    return NsnCandidate(
        nsn=candidate.nsn,
        family_name=other.family_name,
        given_names=other.given_names,
        birth_date=other.birth_date,
        gender=other.gender,
        score=candidate.score,
        status=candidate.status,
        verification=candidate.verification,
        master=candidate.master,
        likeness=alike,
        reasons=reasons,
    )


def birth_dates(one: date, other: date) -> _Birth:
    """Whether two birth dates are the same, or one a slip of the pen for the other."""
    if one == other:
        return _Birth.SAME
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return _Birth.SLIP
    digits = [place for place, (a, b) in enumerate(zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) if a != b]
    if len(digits) == 1:
        return _Birth.SLIP
    swapped = len(digits) == 2 and digits[1] == digits[0] + 1 and _crossed(f"{one:%Y%m%d}", f"{other:%Y%m%d}", digits[0])  # noqa: PLR2004 - two neighbours
    return _Birth.SLIP if swapped else _Birth.DIFFERENT


def _crossed(one: str, other: str, at: int) -> bool:
    return one[at] == other[at + 1] and one[at + 1] == other[at]


def _names(who: Identity, other: Identity) -> _Names:
    family, their_family = words([who.family_name]), words([other.family_name])
    given, their_given = words(who.given_names), words(other.given_names)
    if ("".join(family), "".join(given)) == ("".join(their_family), "".join(their_given)):
        return _Names.SAME
    family, their_family = _loosely(family), _loosely(their_family)
    given, their_given = _loosely(given), _loosely(their_given)
    if sorted((*family, *given)) == sorted((*their_family, *their_given)):
        return _Names.NEARLY
    if "".join((*given, *family)) == "".join((*their_given, *their_family)):
        return _Names.NEARLY
    same_family = "".join(family) == "".join(their_family)
    if same_family and _shortened(given, their_given):
        return _Names.NEARLY
    first, their_first = given[:1], their_given[:1]
    if first and first == their_first:
        return _Names.SIMILAR
    slips = _is_slip("".join(family), "".join(their_family)) and _is_slip("".join(first), "".join(their_first))
    return _Names.SIMILAR if slips else _Names.DIFFERENT


def _loosely(found: Words) -> Words:
    return tuple(map(loose, found))


def _shortened(one: Words, other: Words) -> bool:
    """Whether the shorter list of given names begins the longer, a letter standing for a name that begins with it."""
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(one, other, strict=False))


def _is_slip(one: str, other: str) -> bool:
    allowed = 1 if min(len(one), len(other)) <= _SHORT_NAME else 2
    return abs(len(one) - len(other)) <= allowed and _distance(one, other) <= allowed


def _distance(one: str, other: str) -> int:
    """Letters more, less, other or swapped with a neighbour between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row, above = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
