"""Staff shifts: hours on the floor, counted in the ratio, by people with and without a certificate."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from ecegateway.demo.identities import Place
from ecegateway.demo.season import dice, instant
from ecegateway.model.ids import PersonKey, RecordKey
from ecegateway.model.people import StaffShift


@dataclass(frozen=True, slots=True)
class Roster:
    """When a staff member works: spans of the local day in minutes, on weekdays counted from Monday as 0."""

    person: str
    certificated: bool
    spans: tuple[tuple[int, int], ...]
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)


def shifts(place: Place, rosters: Sequence[Roster], days: Iterable[date]) -> Iterator[StaffShift]:
    """The shifts of some days: a few minutes early or late, and somebody ill now and then."""
    for day in days:
        chance = dice(place.seed, "staff", day)
        for roster in rosters:
            ill = chance.random() < 0.04  # noqa: PLR2004
            if ill or day.weekday() not in roster.weekdays:
                continue
            for number, (starts, ends) in enumerate(roster.spans, 1):
                first, last = starts + chance.randint(-4, 6), ends + chance.randint(-6, 8)
                yield StaffShift(
                    service=place.service,
                    key=RecordKey(f"shift-{roster.person}-{day}-{number}"),
                    recorded_at=instant(day, last, 30),
                    person=PersonKey(roster.person),
                    day=day,
                    starts=time(first // 60, first % 60),
                    ends=time(last // 60, last % 60),
                    certificated=roster.certificated,
                )
