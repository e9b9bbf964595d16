"""Requests for National Student Numbers: one for each enrolled child who has none.

Source: ECE Funding Handbook 6-1 (document sighted, unverified numbers). Name characters and the single-name rule follow
vendors' public help pages, not a Ministry specification.
"""

import re
from collections import defaultdict

from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.model.claim import Claim, Verdict
from ecegateway.model.ids import ChildKey
from ecegateway.model.nsn_request import NsnRequest
from ecegateway.rules.days import in_force

SINGLE_NAME = "~"
"""Given name of a person with a single name."""
MOST_GIVEN_NAMES = 3
"""Given names an identity record holds (public transcription of the ELI schema, not Ministry-approved)."""
_OFFICIAL_NAME = re.compile(r"[^\W\d_]+(?:[ '\u2019~-][^\W\d_]+)*", re.UNICODE)


def nsn_requests(facts: ServiceFacts, made: Claim) -> tuple[NsnRequest, ...]:
    """The requests to send, by child."""
    held: defaultdict[ChildKey, int] = defaultdict(int)
    for child_day in made.child_days:
        held[child_day.child] += sum(p.minutes for p in child_day.portions if p.verdict is Verdict.HELD)
    wanting = (child for child in facts.children if _wants_number(child, made))
    return tuple(request for child in wanting if (request := _request(child, facts, held[child.key])) is not None)


def _wants_number(child: ChildFacts, made: Claim) -> bool:
    has = child.number is not None and child.number.record.nsn is not None
    return not has and any(in_force(child, day) for day in made.period.days)


def _request(child: ChildFacts, facts: ServiceFacts, held_minutes: int) -> NsnRequest | None:
    if child.identity is None:
        return None
    record = child.identity.record
    sighted = child.number.record if child.number is not None else None
    document = sighted.document_sighted if sighted is not None else None
    given = record.given_names or (SINGLE_NAME,)
    return NsnRequest(
        service=facts.number,
        child=child.key,
        path="search" if document is not None else "unverified",
        family_name=record.family_name,
        given_names=given,
        birth_date=record.birth_date,
        gender=record.gender,
        document_sighted=document,
        document_sighted_on=sighted.document_sighted_on if sighted is not None else None,
        hours_held_minutes=held_minutes,
        problems=_problems(record.family_name, record.given_names, record.gender),
        evidence=tuple(known.id for known in (child.identity, child.number) if known is not None),
    )


def _problems(family_name: str, given_names: tuple[str, ...], gender: str | None) -> tuple[str, ...]:
    problems = []
    if not all(_OFFICIAL_NAME.fullmatch(name) for name in (family_name, *given_names)):
        problems.append("a name holds a character other than letters, hyphen, apostrophe or ~")
    if len(given_names) > MOST_GIVEN_NAMES:
        problems.append(f"there are more than {MOST_GIVEN_NAMES} given names; the request has room for {MOST_GIVEN_NAMES}")
    if gender is None:
        problems.append("the gender is not given; the request needs it as on the identity document")
    return tuple(problems)
