"""What must be put right in a child's record before a request goes out, and what is worth a look."""

import re

from ecegateway.model.child import Child
from ecegateway.nsn.folding import MOST_GIVEN_NAMES

GENDERS = frozenset({"M", "F", "U", "D"})
"""Codes the index takes; D is stored there as U."""
_OFFICIAL_NAME = re.compile(r"[^\W\d_]+(?:[ '\u2018\u2019~-][^\W\d_]+)*", re.UNICODE)
_SINGLE = "~"


def official_name(name: str) -> bool:
    """Whether a name has only letters, hyphen, apostrophe or ``~``; marks on letters are part of them (vendors' help pages)."""
    return name == _SINGLE or _OFFICIAL_NAME.fullmatch(name) is not None


def name_problems(record: Child) -> tuple[str, ...]:
    """What a request stumbles over in names and gender, in words without personal data."""
    problems = []
    if not all(map(official_name, (record.family_name, *record.given_names))):
        problems.append("a name holds a character other than letters, hyphen, apostrophe or ~")
    if len(record.given_names) > MOST_GIVEN_NAMES:
        problems.append(f"there are more than {MOST_GIVEN_NAMES} given names; the request has room for {MOST_GIVEN_NAMES}")
    if record.gender is None:
        problems.append("the gender is not given; the request needs it as on the identity document")
    elif record.gender not in GENDERS:
        problems.append("the gender is none of M, F, U and D")
    return tuple(problems)
