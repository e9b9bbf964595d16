"""Each stay beside its booking."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ecegateway.facts.types import ChildFacts, Stay
from ecegateway.model.attendance import Mark, Method
from ecegateway.model.ids import SourceName
from ecegateway.model.period import DateRange
from ecegateway.rules.days import NO_PERSONS, bookings_on, in_force

Way = tuple[SourceName, Method]
"""A source's way of marking: each has habits of its own, such as how finely it is timed."""

_HOUR = 60
_FAR_OFF = 120
"""Minutes off the booking beyond which a time says nothing of people's habits: system sign-outs lie there."""


class Trace(NamedTuple):
    """A stay beside its booking: by how many minutes it began and ended after the booked times, and how it was marked."""

    stay: Stay
    came: int
    left: int
    ways: tuple[Way, Way]

    @property
    def exact(self) -> bool:
        """Whether both ends are the booked times to the minute."""
        return self.came == 0 == self.left

    def within(self, minutes: int) -> bool:
        """Whether both ends lie within so many minutes of the booking."""
        return -minutes <= self.came <= minutes and -minutes <= self.left <= minutes


class Near(NamedTuple):
    """A stay timed by the minute and not the booked times, and by how many minutes it is off them at the worse end."""

    stay: Stay
    off: int


def traces_of(child: ChildFacts, days: DateRange) -> Iterator[Trace]:
    """The child's stays that have both times, a booking, and marks that persons are said to have made; by day."""
    for day, stays in child.stays.items():
        booked = _booked(child, day) if day in days else ()
        for stay in stays if booked else ():
            if stay.arrives is None or stay.departs is None:
                continue
            record, source = stay.record, stay.known.source
            ways = (source, _method(record.sign_in)), (source, _method(record.sign_out))
            if ways[0][1] not in NO_PERSONS and ways[1][1] not in NO_PERSONS:
                came = min([stay.arrives - starts for starts, _ in booked], key=abs)
                left = min([stay.departs - ends for _, ends in booked], key=abs)
                yield Trace(stay, came, left, ways)


def _booked(child: ChildFacts, day: date) -> list[tuple[int, int]]:
    return [booking.span for known in in_force(child, day) for booking in bookings_on(known.record, day)]


def _method(mark: Mark | None) -> Method:
    return Method.NOT_SHOWN if mark is None else mark.method


def off_booking(traces: Iterable[Trace]) -> Iterator[tuple[Way, int]]:
    """The minutes of the hour of all ends that are not the booked ones, with the way each was marked."""
    for trace in traces:
        (came_by, left_by), stay = trace.ways, trace.stay
        if trace.came and abs(trace.came) <= _FAR_OFF and stay.arrives is not None:
            yield came_by, stay.arrives % _HOUR
        if trace.left and abs(trace.left) <= _FAR_OFF and stay.departs is not None:
            yield left_by, stay.departs % _HOUR
