"""What licensed places bind: how many children at one time, and how much subsidy for places that children share.

A funded child hour is an occupied licensed place funded for an hour. Children may share a place during a day, never at the
same time. Their 20 Hours ECE is limited per child, their subsidy per place.

Source: ECE Funding Handbook 3-A-1 (child-places), 3-A-2 (six hours a day and thirty a week for a child-place), 4-2 (shared
places); policy switches ``fch.cap-trim-order``, ``licence.excess-permanent``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ecegateway.claim.clauses import LICENSED_PLACES, PLACE_LIMIT
from ecegateway.claim.portions import claimed_spans, fate, trim_last, turn_within
from ecegateway.claim.stake import Stake
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.claim import Category, Portion, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.period import age_on
from ecegateway.model.service import ServiceProfile
from ecegateway.model.spans import Span, overlap, union

SUBSIDY = frozenset({Category.UNDER_TWO, Category.TWO_AND_OVER})


def occupancy(day: Sequence[Stake], profile: ServiceProfile, handbook: Handbook) -> list[Stake]:
    """All children's stakes of one day: at no minute are more claimed than there are places, under two or in all."""
    kept = {found.child.key: found for found in _trim([f for f in day if _under_two(f, handbook)], profile.under_two_places)}
    return _trim([kept.get(found.child.key, found) for found in day], profile.places)


def _under_two(found: Stake, handbook: Handbook) -> bool:
    identity = found.child.identity
    limit = handbook.on("funded_hour.two_and_over", found.day)
    return identity is not None and age_on(identity.record.birth_date, found.day) < limit


def _trim(day: Sequence[Stake], places: int) -> list[Stake]:
    """The stakes with every claimed minute above ``places`` children taken away, those first to give way last in rank."""
    claimed = {found.child.key: claimed_spans(found.portions) for found in day}
    if len(claimed) <= places:
        return list(day)
    over: dict[str, list[Span]] = {}
    edges = sorted({edge for spans in claimed.values() for span in spans for edge in span})
    ranked = sorted(day, key=_rank)
    for moment in pairwise(edges):
        there = [found for found in ranked if any(overlap(span, moment) for span in claimed[found.child.key])]
        for found in there[places:]:
            over.setdefault(found.child.key, []).append(moment)
    return [
        replace(found, portions=turn_within(found.portions, union(over[found.child.key]), _excess(found)))
        if found.child.key in over
        else found
        for found in day
    ]


def _excess(found: Stake) -> Portion:
    """Permanent children above the licence are put before a person (A36); others are refused."""
    return fate(LICENSED_PLACES, Verdict.HELD if found.basis is Basis.PERMANENT else Verdict.REFUSED)


def _rank(found: Stake) -> tuple[bool, int, str]:
    """Who keeps a place first: permanent before casual and conditional, then the earlier arrival (A34)."""
    return found.basis is not Basis.PERMANENT, found.arrival, found.child.key


def limit_subsidy(stakes: Iterable[Stake], limit: int) -> list[Stake]:
    """Some stakes of a day or a week, with the subsidy minutes above ``limit`` in all refused: the latest day's first."""
    stakes = list(stakes)
    excess = sum(_subsidy(found) for found in stakes) - limit
    trimmed: dict[int, Stake] = {}
    order = sorted(range(len(stakes)), key=lambda n: (stakes[n].day, *_rank(stakes[n])), reverse=True)
    for n in order:
        taken = min(excess, _subsidy(stakes[n]))
        if taken <= 0:
            continue
        excess -= taken
        portions = trim_last(stakes[n].portions, taken, fate(PLACE_LIMIT, Verdict.REFUSED))
        trimmed[n] = replace(stakes[n], portions=portions)
    return [trimmed.get(n, found) for n, found in enumerate(stakes)]


def _subsidy(found: Stake) -> int:
    return sum(p.minutes for p in found.portions if p.verdict is Verdict.CLAIMED and p.category in SUBSIDY)
