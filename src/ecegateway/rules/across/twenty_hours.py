"""20 Hours ECE at several services: six hours a day and twenty a week are a child's, not a service's.

Source: ECE Funding Handbook 4-2 (maximums, at all services together).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ecegateway.facts.elsewhere import days_of
from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.period import week_of
from ecegateway.model.spans import minutes
from ecegateway.rules.across.presence import attested_of
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "across.twenty-hours",
    "20 Hours ECE at two services: too much together",
    message="With service {other} up to {day} hours of 20 Hours ECE fall on one day and {week} on one week; the most is "
    "{most_a_day} and {most_a_week}.",
    why="A child receives at most six hours of 20 Hours ECE a day and twenty a week, at all services together.",
    fix="Agree with the parent and the other service which hours are 20 Hours ECE where; have both attestations say so, signed "
    "and dated.",
    cites=cite("4-2", "maximums"),
    severity=Severity.WARNS,
    holds="Nothing: which of the services gives way is for the parent to say.",
    condition="The booked hours that signed attestations at this and other services of the store make 20 Hours ECE are "
    "together more than the day's or the week's limit, on a day or in a week in which this service has some.",
    examples=(
        found("Four hours of a Monday are attested here and three at another service."),
        found("Eleven hours of a week are attested here and ten at another service, on other days."),
        passes("Four hours of a Monday are attested here and two at another service."),
        passes("Ten hours of a week are attested here and ten at another service."),
        passes("The same hours are attested at two services that book them in alternate weeks."),
    ),
).of_each_child
def twenty_hours(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """One breach for each child, on the days over the day's limit and those of weeks over the week's."""
    elsewhere = days_of(asked.elsewhere.attested, child.key)
    if not elsewhere:
        return
    here = {day: spans for day in asked.days if (spans := tuple(attested_of(child, day, asked)))}
    by_day: defaultdict[date, int] = defaultdict(int)
    for day in {*here, *elsewhere}:
        by_day[day] = minutes(span for span, _ in here.get(day, ())) + minutes(one.span for one in elsewhere.get(day, ()))
    by_week: defaultdict[date, int] = defaultdict(int)
    for day, together in by_day.items():
        by_week[week_of(day)] += together
    over = [
        day for day in here if by_day[day] > _most("daily", day, asked) or by_week[week_of(day)] > _most("weekly", day, asked)
    ]
    if not over:
        return
    weeks = {week_of(day) for day in over}
    there = [one for day in sorted(elsewhere) if week_of(day) in weeks for one in elsewhere[day]]
    mine = [known for day in over for _, known in here[day]]
    yield Breach(
        days=tuple(over),
        evidence=tuple(dict.fromkeys((*mine, *(one.evidence for one in there)))),
        parameters=(
            ("other", " and ".join(sorted({one.service for one in there}))),
            ("day", _clock(max(by_day[day] for day in over))),
            ("week", _clock(max(by_week[week] for week in weeks))),
            ("most_a_day", _clock(_most("daily", over[0], asked))),
            ("most_a_week", _clock(_most("weekly", over[0], asked))),
        ),
    )


def _most(span: str, day: date, asked: Question) -> int:
    return asked.law.on(f"twenty_hours.{span}_limit", day)


def _clock(count: int) -> str:
    return f"{count // 60}:{count % 60:02}"
