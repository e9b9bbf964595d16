"""Requests for National Student Numbers: one for each enrolled child who has none, or one that is not verified.

Source: ECE Funding Handbook 6-1 (document sighted, unverified numbers). Name characters and the single-name rule follow
vendors' public help pages, not a Ministry specification.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.model.claim import Claim, Verdict
from ecegateway.model.ids import ChildKey
from ecegateway.model.nsn_request import NsnRequest, NsnWay
from ecegateway.nsn.folding import SINGLE_NAME
from ecegateway.nsn.names import name_problems
from ecegateway.nsn.standing import document_due, is_unverified, number, sighted
from ecegateway.rules.days import in_force

Ways = Mapping[ChildKey, NsnWay]
NO_WAYS: Ways = MappingProxyType({})


def nsn_requests(facts: ServiceFacts, made: Claim, ways: Ways = NO_WAYS) -> tuple[NsnRequest, ...]:
    """The requests to send, by child; ``ways`` says how far each has come."""
    held: defaultdict[ChildKey, int] = defaultdict(int)
    for child_day in made.child_days:
        held[child_day.child] += sum(p.minutes for p in child_day.portions if p.verdict is Verdict.HELD)
    wanting = (child for child in facts.children if _is_wanting(child, made))
    found = (_request(child, facts, held[child.key], ways.get(child.key, NsnWay())) for child in wanting)
    return tuple(request for request in found if request is not None)


def _is_wanting(child: ChildFacts, made: Claim) -> bool:
    wanting = number(child) is None or is_unverified(child)
    return wanting and any(in_force(child, day) for day in made.period.days)


def _request(child: ChildFacts, facts: ServiceFacts, held_minutes: int, way: NsnWay) -> NsnRequest | None:
    if child.identity is None:
        return None
    record = child.identity.record
    document = sighted(child)
    path: Literal["search", "unverified", "verify"] = "search" if document is not None else "unverified"
    if is_unverified(child):
        path = "verify"
    return NsnRequest(
        service=facts.number,
        child=child.key,
        path=path,
        family_name=record.family_name,
        given_names=record.given_names or (SINGLE_NAME,),
        birth_date=record.birth_date,
        gender=record.gender,
        document_sighted=document.document if document is not None else None,
        document_sighted_on=document.on if document is not None else None,
        hours_held_minutes=0 if path == "verify" else held_minutes,
        problems=name_problems(record),
        evidence=tuple(known.id for known in (child.identity, child.number, *child.other_numbers) if known is not None),
        way=replace(way, document_due=document_due(child)),
    )
