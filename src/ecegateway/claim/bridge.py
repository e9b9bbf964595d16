"""Where the hours went: from what a service expects of a day to what it claims, reason by reason.

*Expected* is what agreements and attendance put at stake, each child for at most six hours a day. Not expected are hours booked
on a closed day or a public holiday, and bookings of casual and conditional children who did not come: nothing was at stake.
Minutes the Handbook adds to a short session are expected where it adds them.

A child booked for eight hours, of which a rule refuses one, may still be funded for six: six are expected and none is lost.
So minutes above six hours are taken first from those refused by the six-hour limit itself, then from what was refused before
that limit, the last ones of the day first, and only what is left of a reason counts as its deduction.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ecegateway.claim.calendar_clauses import CLOSED, EMERGENCY_ATTENDANCE_ONLY, PUBLIC_HOLIDAY
from ecegateway.claim.clauses import DAILY_LIMIT, NOT_ATTENDED, WEEKLY_LIMIT
from ecegateway.claim.place_clauses import PLACE_LIMIT
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.bridge import Bridge, Bridges, Deduction, Figure, Part
from ecegateway.model.claim import Category, Cell, ChildDay, Claim, Portion, Verdict
from ecegateway.model.ids import ChildKey, RuleId

_NOT_EXPECTED = frozenset(clause.id for clause in (CLOSED, PUBLIC_HOLIDAY, NOT_ATTENDED, EMERGENCY_ATTENDANCE_ONLY))
_AFTER_THE_DAY = frozenset(clause.id for clause in (WEEKLY_LIMIT, PLACE_LIMIT))
"""Limits that take from the six hours a day, and so never lie above them."""

_Reason = tuple[RuleId, Verdict]


@dataclass(frozen=True, slots=True)
class _Share:
    """One child's part in a day's bridge: minutes expected and above six hours, and minutes lost or not expected by reason."""

    child: ChildKey
    expected: int
    over: int
    lost: Counter[_Reason]
    not_expected: Counter[_Reason]


def bridges(claim: Claim, law: Handbook) -> Bridges:
    """The bridge of each day of the claim's period, and of the period as a whole.

    Raises:
        ParameterNotInForceError: the period lies outside the verified dates of the law.
    """
    shares = {day: list[_Share]() for day in claim.period.days}
    for one in claim.child_days:
        shares[one.day].append(_share(one, law.on("funded_hour.daily_limit", one.day)))
    cells = {day: list[Cell]() for day in claim.period.days}
    for cell in claim.cells:
        cells[cell.day].append(cell)
    return Bridges(
        days={day: _bridge(found, cells[day]) for day, found in shares.items()},
        period=_bridge([share for found in shares.values() for share in found], claim.cells),
    )


def _share(one: ChildDay, limit: int) -> _Share:
    never = [p for p in one.portions if p.verdict is Verdict.REFUSED and p.reason in _NOT_EXPECTED]
    rest = [p for p in one.portions if p not in never]
    at_stake = sum(p.minutes for p in rest)
    over = min(max(0, at_stake - limit), sum(p.minutes for p in rest if p.verdict is Verdict.REFUSED))
    return _Share(one.child, at_stake - over, over, _counted(_lost(rest, over)), _counted((p, p.minutes) for p in never))


def _lost(portions: Sequence[Portion], over: int) -> Iterator[tuple[Portion, int]]:
    """Each portion that is not claimed, with its minutes less those above six hours."""
    by_limit = [p for p in portions if p.reason == DAILY_LIMIT.id]
    after = [p for p in portions if p.reason in _AFTER_THE_DAY]
    before = [p for p in portions if p.reason != DAILY_LIMIT.id and p.reason not in _AFTER_THE_DAY]
    for p in (*by_limit, *reversed(before), *after):
        if p.verdict is not Verdict.CLAIMED:
            above = min(over, p.minutes) if p.verdict is Verdict.REFUSED else 0
            over -= above
            yield p, p.minutes - above


def _counted(parts: Iterable[tuple[Portion, int]]) -> Counter[_Reason]:
    counted: Counter[_Reason] = Counter()
    for p, minutes in parts:
        counted[p.reason, p.verdict] += minutes
    return counted


def _bridge(shares: Sequence[_Share], cells: Sequence[Cell]) -> Bridge:
    over: Counter[ChildKey] = Counter()
    for share in shares:
        over[share.child] += share.over
    return Bridge(
        expected=sum(share.expected for share in shares),
        deductions=_deductions((share.child, share.lost) for share in shares),
        figures=tuple(_figure(category, cells) for category in Category),
        over_the_day=_parts(over),
        not_expected=_deductions((share.child, share.not_expected) for share in shares),
    )


def _figure(category: Category, cells: Sequence[Cell]) -> Figure:
    own = [cell for cell in cells if cell.category is category]
    return Figure(category, sum(cell.minutes for cell in own), sum(cell.hours for cell in own))


def _deductions(counts: Iterable[tuple[ChildKey, Counter[_Reason]]]) -> tuple[Deduction, ...]:
    by_reason: defaultdict[_Reason, Counter[ChildKey]] = defaultdict(Counter)
    for child, counted in counts:
        for reason, minutes in counted.items():
            by_reason[reason][child] += minutes
    found = [Deduction(reason, verdict, _parts(children)) for (reason, verdict), children in by_reason.items()]
    return tuple(sorted((one for one in found if one.parts), key=lambda one: (-one.minutes, one.reason, one.verdict)))


def _parts(children: Counter[ChildKey]) -> tuple[Part, ...]:
    parts = (Part(child, minutes) for child, minutes in children.items() if minutes)
    return tuple(sorted(parts, key=lambda part: (-part.minutes, part.child)))
