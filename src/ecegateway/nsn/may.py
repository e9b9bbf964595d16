"""What may be done next on the way to a child's number. Each question gives the reasons against it; none means it may.

Source: the Ministry's public pages for early learning services on National Student Numbers (a document is sighted before a
search; a match is used; a number is created on no match, with listed documents; without a document the Ministry gives an
unverified number). That a search is for enrolled children under six is how public clients do it, and a policy switch here.
That nothing is created beside a near match is the project's own rule, and stricter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.model.nsn_request import Likeness, NsnCandidate, Stage
from ecegateway.model.period import birthday
from ecegateway.nsn.documents import ACCEPTED, verifies
from ecegateway.nsn.standing import Sighted, identity, is_unverified, number, others_with, sighted
from ecegateway.nsn.steps import NsnStep
from ecegateway.nsn.way import last_search, search_stage
from ecegateway.rules.days import in_force

Reasons = tuple[str, ...]
_LIMIT_YEARS = 6
_SEARCH_FIRST = "the index was not searched for the child as its record says now; search first"
_BLOCKS = {
    Stage.EXACT: "the search found an exact match; choose it",
    Stage.NEAR: "the search found a near match, and nobody is created beside one; choose it if it is the child, "
    "else ask the Ministry",
    Stage.UNCLEAR: "the index's answer to the search is unclear; search again",
    Stage.TOO_MANY: "the search found too many to show, and the child may be among them; ask the Ministry",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A child about whom something is to be done: the facts around it, its steps so far, and the day."""

    facts: ServiceFacts
    child: ChildFacts
    steps: tuple[NsnStep, ...]
    today: date


def against_search(asked: Asked) -> Reasons:
    """Why the index may not be searched for the child."""
    return (*_unknown(asked), *_has_number(asked), *_no_document(asked))


def search_doubts(asked: Asked) -> Reasons:
    """What speaks against a search in vendors' clients: the child is not enrolled, or six or older."""
    reasons = []
    record = asked.child.identity.record if asked.child.identity is not None else None
    if not in_force(asked.child, asked.today):
        reasons.append("the child is not enrolled under a signed agreement today")
    if record is not None and asked.today >= birthday(record.birth_date, _LIMIT_YEARS):
        reasons.append("the child is six or older")
    return tuple(reasons)


def against_choice(asked: Asked, nsn: str, why: str) -> tuple[Reasons, NsnCandidate | None]:
    """Why a record of the last search may not be chosen, and the record itself."""
    search = _search(asked)
    if search is None:
        return (*_unknown(asked), *_has_number(asked), _SEARCH_FIRST), None
    chosen = next((one for one in search.candidates if one.nsn == nsn), None)
    if chosen is None:
        return ("the last search did not give this number",), None
    reasons = [*_has_number(asked), *_unusable(chosen, search.candidates)]
    if chosen.likeness is Likeness.OTHER:
        reasons.append("it is neither an exact nor a near match; if the child's record is wrong, correct it and search again")
    if chosen.likeness is Likeness.NEAR and not why.strip():
        reasons.append("a near match is chosen by a person who says why; give --why")
    reasons += against_number(asked, number_of(chosen))
    return tuple(reasons), chosen


def number_of(chosen: NsnCandidate) -> str:
    """The number a choice gives: the master's, where the record was merged."""
    return chosen.master if chosen.master is not None else chosen.nsn


def against_number(asked: Asked, nsn: str) -> Reasons:
    """Why a number may not be this child's. Its check digit is not public, and is never a reason."""
    reasons = []
    if others_with(asked.facts, nsn, asked.child.key, asked.today):
        reasons.append("another enrolled child of the service has this number; if they are one child, have its records joined")
    if any(step.replaces == nsn for step in asked.steps):
        reasons.append("the number was replaced before, merged into another or taken back as wrong")
    return tuple(reasons)


def against_creation(asked: Asked) -> Reasons:
    """Why no new record may be made for the child, by what is known before the index is asked once more."""
    return (*_unknown(asked), *_has_number(asked), *_document_that_creates(asked))


def against_creation_after(search: NsnStep) -> Reasons:
    """Why no new record may be made, by what the index gave just now."""
    block = _BLOCKS.get(search_stage(search))
    return () if block is None else (block,)


def against_unverified(asked: Asked) -> Reasons:
    """Why the Ministry is not to be asked for an unverified number."""
    search = _search(asked)
    stuck = search is not None and search_stage(search) in (Stage.NEAR, Stage.TOO_MANY)
    reasons = list(_has_number(asked))
    document = sighted(asked.child)
    if document is not None and verifies(document.document) is not None and not stuck:
        reasons.append("a document was sighted; search with it instead")
    return tuple(reasons)


def against_record(asked: Asked, nsn: str, how: str) -> Reasons:
    """Why a number a person brings may not be recorded: ``how`` is ``found``, ``created`` or ``unverified``."""
    reasons = [*against_number(asked, nsn)]
    if how == "found":
        reasons += _no_document(asked)
    if how == "created":
        reasons += _document_that_creates(asked)
        search = _search(asked)
        if search is not None:
            reasons += against_creation_after(search)
    if number(asked.child) == nsn:
        reasons.append("the child has this number already")
    return tuple(reasons)


def against_document(asked: Asked, document: Sighted) -> Reasons:
    """Why a document cannot be noted as sighted."""
    return ("the day it was sighted lies ahead",) if document.on is not None and document.on > asked.today else ()


def against_verified(asked: Asked) -> Reasons:
    """Why a number cannot be noted as verified by the Ministry."""
    return () if is_unverified(asked.child) else ("the child has no unverified number",)


def number_doubts(nsn: str) -> Reasons:
    """What is odd about a number, and no reason against it: how long one may be is not public either."""
    return () if len(nsn) in (9, 10) else ("most numbers seen have 9 or 10 digits; compare it with what the Ministry wrote",)


def _search(asked: Asked) -> NsnStep | None:
    who = identity(asked.child)
    return None if who is None else last_search(asked.steps, who)


def _unknown(asked: Asked) -> Reasons:
    if asked.child.identity is None:
        return ("there is no record of the child with names and birth date",)
    record = asked.child.identity.record
    if record.birth_date > asked.today:
        return ("the child's birth date lies ahead",)
    return ("the gender is not given; the index asks for it as on the document",) if record.gender is None else ()


def _has_number(asked: Asked) -> Reasons:
    if number(asked.child) is None:
        return ()
    return ("the child has a number already, and keeps it for life; report a duplicate to the Ministry",)


def _no_document(asked: Asked) -> Reasons:
    document = sighted(asked.child)
    if document is None:
        return ("no identity document is on record as sighted; sight one first, or ask for an unverified number",)
    return against_document(asked, document)


def _document_that_creates(asked: Asked) -> Reasons:
    document = sighted(asked.child)
    if document is None:
        return _no_document(asked)
    if verifies(document.document) is None:
        return (f"a number is created only with one of these sighted: {ACCEPTED}",)
    if document.on is None:
        return ("the day the document was sighted is not on record",)
    return against_document(asked, document)


def _unusable(chosen: NsnCandidate, candidates: Sequence[NsnCandidate]) -> Reasons:
    if chosen.status == "merged" and chosen.master is None:
        return ("the record was merged into another and does not say which; ask the Ministry",)
    if chosen.master is not None:
        master = next((one for one in candidates if one.nsn == chosen.master), None)
        return _unusable(master, ()) if master is not None and master.master is None else ()
    if chosen.status != "active":
        return (f"the record is {chosen.status} and cannot be used; ask the Ministry",)
    return ()
