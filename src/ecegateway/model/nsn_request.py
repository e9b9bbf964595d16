"""A request for a National Student Number, as a value, with how far it has come and who decided what."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from ecegateway.model.ids import ChildKey, EvidenceId, ServiceNumber

DOCUMENT_WITHIN = timedelta(days=14)
"""Within which a family that was asked for an identity document is to bring it: two weeks.

Source: the Ministry's public pages for early learning services on National Student Numbers.
"""


class Likeness(StrEnum):
    """How like a record of the student index is to a child, as on the identity document."""

    EXACT = "exact"
    NEAR = "near"
    OTHER = "other"


class Stage(StrEnum):
    """How far the way to a child's number has come."""

    NOTHING = "nothing asked yet"
    EXACT = "exact match found"
    NEAR = "near matches found"
    NONE = "no match found"
    TOO_MANY = "too many results"
    UNCLEAR = "unclear answer of the index"
    ASKED = "unverified number asked of the Ministry"
    DOCUMENT_DUE = "document due"
    DOCUMENT_SIGHTED = "document sighted, to be verified"
    NUMBERED = "number on record"


@dataclass(frozen=True, slots=True)
class NsnCandidate:
    """A record the student index gave, weighed: how like it is to the child, and why.

    ``status`` is ``active``, ``inactive``, ``merged`` or ``deceased``; ``master`` the number that took over a merged one.
    """

    nsn: str
    family_name: str
    given_names: tuple[str, ...]
    birth_date: date
    gender: str
    score: int | None
    status: str
    verification: str
    master: str | None
    likeness: Likeness
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NsnDecision:
    """A step on the way: what was done, by whom, when and why; which number it gave, and which it took the place of."""

    step: str
    by: str
    why: str
    at: datetime
    nsn: str | None
    replaces: str | None
    document_sighted: str | None
    document_sighted_on: date | None


@dataclass(frozen=True, slots=True)
class NsnWay:
    """How far a request has come. ``candidates`` are those of the newest search, ``decisions`` all steps, oldest first.

    ``document_due`` is the last of the two weeks in which the family is to bring a document.
    """

    stage: Stage = Stage.NOTHING
    candidates: tuple[NsnCandidate, ...] = ()
    said: tuple[str, ...] = ()
    decisions: tuple[NsnDecision, ...] = ()
    document_due: date | None = None


@dataclass(frozen=True, slots=True)
class NsnRequest:
    """What the service asks the Ministry for one child: a number, or that an unverified one be verified.

    ``path`` is ``search`` when an identity document was sighted (search, then create only on no match), ``unverified``
    when none was: the service telephones for an unverified number and has the document follow. It is ``verify`` for a child
    whose number is unverified.
    ``given_names`` is ``("~",)`` for a person with a single name. ``problems`` lists what must be put right first.

    Source: ECE Funding Handbook 6-1.
    """

    service: ServiceNumber
    child: ChildKey
    path: Literal["search", "unverified", "verify"]
    family_name: str
    given_names: tuple[str, ...]
    birth_date: date
    gender: str | None
    document_sighted: str | None
    document_sighted_on: date | None
    hours_held_minutes: int
    problems: tuple[str, ...]
    evidence: tuple[EvidenceId, ...]
    way: NsnWay = NsnWay()
