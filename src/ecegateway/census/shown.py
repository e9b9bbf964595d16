"""What records show for an ECE Return: who worked in the week, for how long and when. What they do not show is asked."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta

from ecegateway.facts.types import ServiceFacts
from ecegateway.model.ids import PersonKey, ServiceNumber, SourceName
from ecegateway.model.period import DateRange, Weekday
from ecegateway.model.spans import Span, Spans, minutes, union

_HOUR, _HALF = 60, 30
_WEEK = timedelta(days=7)

Worker = tuple[SourceName, PersonKey]


@dataclass(frozen=True, slots=True)
class ShownStaff:
    """Someone who worked in the week: by key, with the name on record, the hours, and when on each weekday."""

    person: str
    name: str
    hours: int
    spans: tuple[tuple[Weekday, Span], ...]
    certificated: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What the records of a service show of a week; ``others`` are staff on record without a shift in it, by key and name."""

    service: ServiceNumber
    service_name: str
    date: date
    staff: tuple[ShownStaff, ...]
    others: tuple[tuple[str, str], ...]


def shown(facts: ServiceFacts, monday: date) -> Shown:
    """What is on record of the week that begins on a day."""
    spans: defaultdict[Worker, dict[date, list[Span]]] = defaultdict(dict)
    certificated: set[Worker] = set()
    for day in DateRange(monday, monday + _WEEK):
        for known in facts.shifts.get(day, ()):
            worker = facts.key_spaces[known.source], known.record.person
            spans[worker].setdefault(day, []).append(known.record.span)
            if known.record.certificated:
                certificated.add(worker)
    staff = tuple(_member(facts, worker, spans[worker], certificated=worker in certificated) for worker in sorted(spans))
    known_staff = {(facts.key_spaces[source], key) for source, key in facts.staff}
    others = tuple((_key(worker), _name(facts, worker)) for worker in sorted(known_staff - spans.keys()))
    return Shown(facts.number, facts.profile(monday).name, monday, staff, others)


def clock_of(minute: int) -> time:
    """A minute of the day as a time."""
    return time(minute // _HOUR, minute % _HOUR)


def _member(facts: ServiceFacts, worker: Worker, by_day: dict[date, list[Span]], *, certificated: bool) -> ShownStaff:
    worked: dict[date, Spans] = {day: union(found) for day, found in by_day.items()}
    total = sum(minutes(found) for found in worked.values())
    spans = tuple((Weekday.of(day), span) for day in sorted(worked) for span in worked[day])
    return ShownStaff(_key(worker), _name(facts, worker), (total + _HALF) // _HOUR, spans, certificated)


def _key(worker: Worker) -> str:
    return ":".join(worker)


def _name(facts: ServiceFacts, worker: Worker) -> str:
    space, key = worker
    for known in facts.people.get(key, ()):
        if facts.key_spaces[known.source] == space:
            return " ".join(part for part in (known.record.given_names, known.record.family_name) if part)
    return ""
