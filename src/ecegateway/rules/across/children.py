"""One child in two places at once, and the same hours booked at two services.

Source: ECE Funding Handbook 3-A-1 (dual enrolment: only the service where the child was present may claim), 6-3 (services
must not state that a child attended when the child did not).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ecegateway.facts.elsewhere import There, days_of
from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId, ServiceNumber
from ecegateway.model.spans import Spans, minutes, overlap, union, within
from ecegateway.rules.across.people import TWO_PLACES
from ecegateway.rules.across.presence import booked_of, stays_of
from ecegateway.rules.registry import Breach, Question, found, passes, rule


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


@rule(
    "across.child-twice",
    "One child in two places at once",
    message="The child is recorded as attending here and at service {other} at the same time on {count} day(s).",
    why="One of the two records is false. A service must not state that a child attended when the child did not.",
    fix="Ask the family and the other service where the child was; have the false record corrected, with who and why.",
    cites=cite("6-3", "incorrect records"),
    severity=Severity.HOLDS,
    switch=TWO_PLACES,
    holds="The child's days at both services until it is settled, unless the switch `across.two-places` only warns.",
    condition="A stay here and a stay at another service of the store share at least as many minutes as the step to which "
    "times are recorded; a person saw both departures; and both are of one child, by the same key of one source or the same "
    "National Student Number.",
    examples=(
        found("A child is signed in here from 8:30 to 14:30 and at another service from 10:00 to 12:00."),
        found("The stays share a quarter of an hour."),
        found("Two sources know the child by different keys and the same National Student Number."),
        passes("The stays share fourteen minutes: no more than clocks and hands differ."),
        passes("The child leaves here at noon and arrives at another service at one."),
        passes("Two children of the same name and birth date attend two services."),
        passes("The departure from the other service was made by its system."),
    ),
).of_each_child
def child_twice(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """One breach for each other service."""
    elsewhere = days_of(asked.elsewhere.stays, child.key)
    if not elsewhere:
        return
    days: defaultdict[ServiceNumber, dict[date, None]] = defaultdict(dict)
    evidence: defaultdict[ServiceNumber, list[EvidenceId]] = defaultdict(list)
    for day, span, stay in stays_of(child, asked):
        for there in elsewhere.get(day, ()):
            if minutes(within((span,), (there.span,))) >= asked.law.on("attendance.time_step", day):
                days[there.service][day] = None
                evidence[there.service] += (stay, there.evidence)
    severity = Severity.WARNS if asked.policy[TWO_PLACES] == "warn" else None
    for other in sorted(days):
        parameters = (("other", other), ("count", str(len(days[other]))))
        yield Breach(tuple(days[other]), tuple(dict.fromkeys(evidence[other])), parameters, severity)


@rule(
    "across.same-hours",
    "The same hours booked at two services",
    message="The hours from {hours} are booked at service {other} as well, and the child was not here during them.",
    why="Two services may not claim the same hours. Where both have booked them, only the one where the child was present may.",
    fix="Claim these hours where the child was. Have one of the two agreements changed, signed and dated by a parent.",
    cites=cite("3-A-1", "dual enrolment"),
    severity=Severity.HOLDS,
    holds="The minutes booked at both services, on days on which the child was not here during any of them.",
    condition="Signed agreements of the same child book the same minutes of a day at this and another service of the store, "
    "each of which may claim enrolled hours on the day, and no stay here lies in them. A child is the same by the same key of "
    "one source or the same National Student Number.",
    examples=(
        found("Both services book the morning and the child is at the other one: the morning waits here."),
        found("Both services book the morning and the child is absent from both: it waits at both."),
        found("The bookings share one hour and the child is absent here: that hour waits and no other."),
        passes("Both services book the morning and the child is here."),
        passes("One service books the morning and the other the afternoon."),
        passes("The other service is closed on the day."),
        passes("The child is enrolled casually at the other service."),
    ),
).of_each_child
def same_hours(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """One breach for each set of double hours and the services that book them."""
    elsewhere = days_of(asked.elsewhere.booked, child.key)
    together: defaultdict[tuple[Spans, tuple[ServiceNumber, ...]], list[tuple[date, tuple[EvidenceId, ...]]]]
    together = defaultdict(list)
    for day, there in elsewhere.items():
        if day not in asked.days:
            continue
        here = tuple(booked_of(child, day, asked))
        double = within(union(span for span, _ in here), union(one.span for one in there))
        if double and not _was_here(child, day, double):
            others = tuple(sorted({one.service for one in there if _shares(one, double)}))
            evidence = (*(known for _, known in here), *(one.evidence for one in there if _shares(one, double)))
            together[double, others].append((day, evidence))
    for (double, others), found_days in sorted(together.items()):
        yield Breach(
            days=tuple(sorted(day for day, _ in found_days)),
            evidence=tuple(dict.fromkeys(item for _, evidence in sorted(found_days) for item in evidence)),
            parameters=(("hours", _words(double)), ("other", " and ".join(others))),
            within=double,
        )


def _shares(there: There, double: Spans) -> bool:
    return any(overlap(there.span, span) for span in double)


def _was_here(child: ChildFacts, day: date, double: Spans) -> bool:
    """Whether some stay here lies in the hours; a stay whose times are not known may."""
    return any(
        stay.arrives is None or stay.departs is None or any(overlap((stay.arrives, stay.departs), span) for span in double)
        for stay in child.stays.get(day, ())
    )


def _words(spans: Spans) -> str:
    return ", ".join(f"{_clock(start)} to {_clock(end)}" for start, end in spans)
