"""A service's stays over some days. Each part is worked out when a rule first asks for it, and once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from ecegateway.facts.types import Operation, ServiceFacts, Stay
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange
from ecegateway.rules.attendance.habits.alike import Twins, alike
from ecegateway.rules.attendance.habits.bursts import bursts
from ecegateway.rules.attendance.habits.closes import by_no_parent, closes_learnt
from ecegateway.rules.attendance.habits.families import Families
from ecegateway.rules.attendance.habits.grain import Grain, grain_of
from ecegateway.rules.attendance.habits.traces import Near, Trace, Way, off_booking, traces_of

_ENOUGH, _ENOUGH_OWN, _FEW_OWN = 30, 20, 8
"""Times off the booking from which the grain of a way of marking, and of one child's times, is known.

From few of its own a child's grain may be coarser than that of others marked the same way, and never finer.
"""


class Habits:
    """What the stays of some days show together."""

    def __init__(self, facts: ServiceFacts, days: DateRange, operating: Mapping[date, Operation]) -> None:
        self._facts = facts
        self._days = days
        self._operating = operating

    @cached_property
    def stays(self) -> Mapping[ChildKey, tuple[Stay, ...]]:
        """Every child's stays on these days, by day and arrival."""
        first, after = self._days.first, self._days.after
        return {
            child.key: tuple(stay for day, found in child.stays.items() if first <= day < after for stay in found)
            for child in self._facts.children
        }

    @cached_property
    def traces(self) -> Mapping[ChildKey, tuple[Trace, ...]]:
        """Every child's stays beside their bookings."""
        return {child.key: tuple(traces_of(child, self._days)) for child in self._facts.children}

    @cached_property
    def timed(self) -> Mapping[ChildKey, tuple[tuple[Trace, Grain], ...]]:
        """Every child's traces, each with its grain: the child's own where its times show it, else of the ways it was marked.

        Where too few times are off the booking to tell how a way of marking rounds, the coarsest grain is assumed.
        """
        grains = self._grains
        return {child: tuple(_timed(traces, grains)) for child, traces in self.traces.items()}

    @cached_property
    def _grains(self) -> Mapping[Way, Grain]:
        off: defaultdict[Way, Counter[int]] = defaultdict(Counter)
        for traces in self.traces.values():
            for way, minute in off_booking(traces):
                off[way][minute] += 1
        return {way: grain_of(minutes, _ENOUGH) or Grain.QUARTER for way, minutes in off.items()}

    @cached_property
    def near_booking(self) -> Mapping[ChildKey, tuple[Near, ...]]:
        """Every child's stays that are timed by the minute and are not the booked times, by day."""
        return {
            child: tuple(
                Near(trace.stay, max(abs(trace.came), abs(trace.left)))
                for trace, grain in timed
                if grain is Grain.MINUTE and (trace.came or trace.left)
            )
            for child, timed in self.timed.items()
        }

    @cached_property
    def odd_minutes(self) -> Mapping[ChildKey, Mapping[date, Stay]]:
        """The same, the last of each day alone."""
        return {child: {near.stay.day: near.stay for near in found} for child, found in self.near_booking.items()}

    @cached_property
    def families(self) -> Families:
        """The guardians of every child."""
        return Families(self._facts, self._days)

    @cached_property
    def twins(self) -> Twins:
        """Unrelated children who came and left at the same minutes."""
        return alike(self.odd_minutes, self.families)

    @cached_property
    def bursts(self) -> Mapping[ChildKey, tuple[Stay, ...]]:
        """Stays marked together with those of many other families, faster than people do."""
        return bursts([(child, stay) for child, stays in self.stays.items() for stay in stays], self.families)

    @cached_property
    def closes(self) -> frozenset[int]:
        """The minutes of the day at which a system seems set to sign everybody out."""
        after_closing = (
            (child, stay)
            for child, stays in self.stays.items()
            for stay in stays
            if by_no_parent(stay, self._operating[stay.day], self._facts)
        )
        return closes_learnt(after_closing, self.families)


def _timed(traces: tuple[Trace, ...], grains: Mapping[Way, Grain]) -> Iterator[tuple[Trace, Grain]]:
    minutes = Counter(minute for _, minute in off_booking(traces))
    own = grain_of(minutes, _ENOUGH_OWN)
    at_least = grain_of(minutes, _FEW_OWN) or Grain.MINUTE
    for trace in traces:
        came_by, left_by = trace.ways
        yield trace, own or max(at_least, grains.get(came_by, Grain.QUARTER), grains.get(left_by, Grain.QUARTER))
