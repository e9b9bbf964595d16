"""How the rules of the package say what they found, and how much it weighs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ecegateway.facts.types import Stay
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId
from ecegateway.rules.attendance.default_present.chance import in_words, surprising
from ecegateway.rules.registry import Breach, Question

SWITCH = "register.suspected-default"
HOLDS = "none by default; with register.suspected-default = hold, the hours of the days named"
OF_NO_CHILD = "none: it is a suspicion of the service's register as a whole and names no child's day"
FAMILIES = 6
"""Families from which a service is judged as a whole: of fewer, one that lives by the clock would be too large a part."""
_SHOWN = 20
"""How many records a suspicion of a whole service points to; the numbers are of all of them."""


class Case(NamedTuple):
    """A stay a pattern was looked for in, whether it shows it, and the most of such stays that honest services would show."""

    stay: Stay
    hit: bool
    at_most: float


def weight(asked: Question) -> Severity | None:
    """A suspicion warns, unless the switch says that it holds."""
    return Severity.HOLDS if asked.policy[SWITCH] == "hold" else None


def of_a_child(cases: Iterable[Case], asked: Question) -> Iterator[Breach]:
    """The suspicion of one child's stays, if there are more hits than honest people could make."""
    found = list(cases)
    for at_most, (hits, of) in _counts(found).items():
        chance = surprising(hits, of, at_most)
        if chance is not None:
            stays = [case.stay for case in found if case.hit and case.at_most == at_most]
            yield Breach(
                _days(stays), tuple(stay.known.id for stay in stays), numbers(hits, of, at_most, chance), weight(asked)
            )


def of_the_register(cases: Iterable[Case], asked: Question) -> Iterator[Breach]:
    """The suspicion of the stays of all children: over all the days asked about, or over one month of them.

    A register copied from a day on shows in the months after it. Of several suspicions the least likely is told.
    """
    register = asked.habits
    if not register.families.unrelated((child for child, traces in register.traces.items() if traces), FAMILIES):
        return
    months: defaultdict[tuple[int, int], list[Case]] = defaultdict(list)
    for case in cases:
        day = case.stay.day
        months[day.year, day.month].append(case)
    found: list[tuple[float, Breach]] = []
    for part in _parts(months):
        for at_most, (hits, of) in _counts(part).items():
            chance = surprising(hits, of, at_most)
            if chance is not None:
                stays = [case.stay for case in part if case.hit and case.at_most == at_most]
                found.append((chance, Breach(_days(stays), shown(stays), numbers(hits, of, at_most, chance))))
    if found:
        yield min(found, key=lambda one: (one[0], -len(one[1].days), one[1].days))[1]


def _counts(cases: Iterable[Case]) -> dict[float, list[int]]:
    """Hits, and of how many, by ceiling."""
    counts: dict[float, list[int]] = {}
    for _, hit, at_most in cases:
        count = counts.get(at_most)
        if count is None:
            count = counts[at_most] = [0, 0]
        count[0] += hit
        count[1] += 1
    return counts


def _parts(months: Mapping[tuple[int, int], list[Case]]) -> Iterator[list[Case]]:
    yield from months.values()
    if len(months) > 1:
        yield [case for month in months.values() for case in month]


def _days(stays: Iterable[Stay]) -> tuple[date, ...]:
    return tuple(sorted({stay.day for stay in stays}))


def numbers(hits: int, of: int, at_most: float, chance: float) -> tuple[tuple[str, str], ...]:
    """The parameters of a suspicion: how many of how many, the most to be expected, and how unlikely it is."""
    return (("hits", str(hits)), ("of", str(of)), ("at_most", str(round(of * at_most))), ("chance", in_words(chance)))


def shown(stays: Iterable[Stay]) -> tuple[EvidenceId, ...]:
    """The records a suspicion of a whole service points to."""
    return tuple(sorted(stay.known.id for stay in stays)[:_SHOWN])
