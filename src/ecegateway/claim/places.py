"""What licensed places bind: how many children at one time, and how much subsidy for places that children share.

A funded child hour is an occupied licensed place funded for an hour. Children may share a place during a day, never at the
same time. Their 20 Hours ECE is limited per child, their subsidy per place.

Source: ECE Funding Handbook 3-A-1 (child-places), 3-A-2 (six hours a day and thirty a week for a child-place), 4-2 (shared
places); policy switches ``fch.cap-trim-order``, ``licence.excess-permanent``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ecegateway.claim.place_clauses import LICENSED_PLACES, PLACE_FILLED, PLACE_GIVEN, PLACE_LIMIT, SUBSIDY_FOR_PLACE
from ecegateway.claim.portions import claimed_spans, fate, is_claimed, trim_last, turn_within
from ecegateway.claim.stake import Stake
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.claim import Category, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import age_on
from ecegateway.model.spans import Span, overlap, union
from ecegateway.rules.absence.reasons import EXEMPT
from ecegateway.rules.attested import attested_minutes
from ecegateway.rules.registry import Clause, Question

SUBSIDY = frozenset({Category.UNDER_TWO, Category.TWO_AND_OVER})


def occupancy(day: Sequence[Stake], asked: Question, on: date) -> list[Stake]:
    """All children's stakes of one day: at no minute are more claimed than there are places, under two or in all."""
    profile, door = asked.facts.profile(on), _Door(asked)
    kept = {
        found.child.key: found for found in door.trim([f for f in day if _under_two(f, asked.law)], profile.under_two_places)
    }
    return door.trim([kept.get(found.child.key, found) for found in day], profile.places)


def _under_two(found: Stake, handbook: Handbook) -> bool:
    identity = found.child.identity
    limit = handbook.on("funded_hour.two_and_over", found.day)
    return identity is not None and age_on(identity.record.birth_date, found.day) < limit


@dataclass(frozen=True, slots=True)
class _Door:
    """Who keeps a place when there are more children claimed than places, and what becomes of the others."""

    asked: Question

    def trim(self, day: Sequence[Stake], places: int) -> list[Stake]:
        """The stakes with every claimed minute above ``places`` children taken away, those first to give way last in rank."""
        claimed = {found.child.key: claimed_spans(found.portions) for found in day}
        if len(claimed) <= places:
            return list(day)
        fates: defaultdict[tuple[ChildKey, Clause, Verdict], list[Span]] = defaultdict(list)
        edges = sorted({edge for spans in claimed.values() for span in spans for edge in span})
        ranked = sorted(day, key=self._rank)
        for moment in pairwise(edges):
            there = [found for found in ranked if any(overlap(span, moment) for span in claimed[found.child.key])]
            for found, clause, verdict in self._fates(there[:places], there[places:]):
                fates[found.child.key, clause, verdict].append(moment)
        trimmed = {found.child.key: found for found in day}
        for (key, clause, verdict), spans in fates.items():
            found = trimmed[key]
            trimmed[key] = replace(found, portions=turn_within(found.portions, union(spans), fate(clause, verdict)))
        return [trimmed[found.child.key] for found in day]

    def _rank(self, found: Stake) -> tuple[bool, bool, int, str]:
        """Permanent before casual and conditional, then the earlier arrival (A34); absences last if a switch says so (A37)."""
        gives_way = self.asked.policy["absence.replacement"] == "keep-casual-drop-absence" and _absent(found)
        return gives_way, *_rank(found)

    def _fates(self, kept: Sequence[Stake], over: Sequence[Stake]) -> Iterator[tuple[Stake, Clause, Verdict]]:
        """What becomes of those above the places, and of 20 Hours ECE for an absence whose place a paying child fills.

        Permanent children above the licence are put before a person (A36); others are refused.

        Source: ECE Funding Handbook 6-4.
        """
        absent = [found for found in kept if _absent(found)]
        twenty = [f for f in absent if attested_minutes(f.child, f.day, self.asked.facts, self.asked.law) is not None]
        for found in over:
            if found.basis is Basis.PERMANENT:
                given = _absent(found) and any(other.basis is not Basis.PERMANENT for other in kept)
                yield (found, PLACE_GIVEN, Verdict.REFUSED) if given else (found, LICENSED_PLACES, Verdict.HELD)
                continue
            yield found, PLACE_FILLED if absent else LICENSED_PLACES, Verdict.REFUSED
            if twenty and self._paid(found):
                yield twenty.pop(), SUBSIDY_FOR_PLACE, Verdict.CLAIMED

    def _paid(self, found: Stake) -> bool:
        """Whether the family was charged for the day, as the record says or the switch assumes."""
        charged = {stay.record.fee_charged for stay in found.child.stays.get(found.day, ())}
        return True in charged or (None in charged and self.asked.policy["twenty-hours.replacement-fee"] == "assume-charged")


def _absent(found: Stake) -> bool:
    """Whether a permanent child's claimed hours are an absence that a casual child may stand in for; an exempt child's stay."""
    if found.basis is not Basis.PERMANENT or found.came:
        return False
    return all(p.reason != EXEMPT.id for p in found.portions if is_claimed(p))


def _rank(found: Stake) -> tuple[bool, int, str]:
    """Whose subsidy is trimmed last: permanent before casual and conditional, then the earlier arrival (A34)."""
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
