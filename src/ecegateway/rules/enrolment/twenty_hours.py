"""The 20 Hours ECE attestation: what it allocates, against the limits, the bookings and the child's age.

The claim never takes more than the limits allow (``claim/limits.py``); these rules say where the paper itself is wrong.

Source: ECE Funding Handbook 4-1, 4-2, 6-1 (records for children receiving 20 Hours ECE).
"""

from collections.abc import Callable, Iterator

from ecegateway.facts.types import ChildFacts, Known
from ecegateway.handbook.citation import cite
from ecegateway.model.enrolment import Enrolment, TwentyHours
from ecegateway.model.finding import Severity
from ecegateway.model.period import DateRange, Weekday, birthday
from ecegateway.model.spans import minutes, union
from ecegateway.rules.enrolment.stretches import newest_in_force
from ecegateway.rules.registry import Breach, ChildCheck, Question, found, passes, rule

_MAXIMUMS = cite("4-2", "maximums")
_ATTESTATION = cite("6-1", "records for children receiving 20 Hours ECE")
_NOTHING = "Nothing: the claim takes no more than the limits allow."
_WEEKDAYS = tuple(Weekday)

Parameters = tuple[tuple[str, str], ...]
Judge = Callable[[Known[Enrolment], TwentyHours, DateRange, Question], Parameters | None]


def _clock(count: int) -> str:
    return f"{count // 60}:{count % 60:02}"


def _attested(judge: Judge) -> ChildCheck:
    """Each attested agreement in force of which ``judge`` has something to say."""

    def check(child: ChildFacts, asked: Question) -> Iterator[Breach]:
        for known, stretch in newest_in_force(child, asked.days):
            attested = known.record.twenty_hours
            said = judge(known, attested, stretch, asked) if attested is not None else None
            if said is not None:
                yield Breach(tuple(stretch), (known.id,), said)

    return check


def _over_a_day(known: Known[Enrolment], attested: TwentyHours, stretch: DateRange, asked: Question) -> Parameters | None:
    del known
    most, limit = max(attested.minutes), asked.law.on("twenty_hours.daily_limit", stretch.first)
    return (("most", _clock(most)), ("limit", _clock(limit))) if most > limit else None


day_limit = rule(
    "twenty-hours.day-limit",
    "20 Hours ECE attested for more than six hours a day",
    message="The attestation allocates {most} hours to one day; the most is {limit}.",
    why="A child receives at most six hours of 20 Hours ECE a day, at all services together.",
    fix="Have the parent allocate the hours anew, sign and date them.",
    cites=_MAXIMUMS,
    severity=Severity.WARNS,
    holds=_NOTHING,
    condition="An attestation in force allocates more minutes to a weekday than the day's limit.",
    examples=(
        found("The attestation allocates six hours and a minute to Mondays."),
        passes("The attestation allocates six hours to Mondays."),
    ),
).of_each_child(_attested(_over_a_day))


def _over_a_week(known: Known[Enrolment], attested: TwentyHours, stretch: DateRange, asked: Question) -> Parameters | None:
    here, elsewhere = sum(attested.minutes), known.record.other_service_minutes or 0
    limit = asked.law.on("twenty_hours.weekly_limit", stretch.first)
    if here + elsewhere <= limit:
        return None
    return (("here", _clock(here)), ("elsewhere", _clock(elsewhere)), ("limit", _clock(limit)))


week_limit = rule(
    "twenty-hours.week-limit",
    "20 Hours ECE: more than twenty hours a week, with the other service",
    message="The attestation allocates {here} hours a week here, and {elsewhere} hours are attested at another service; "
    "together at most {limit} can be 20 Hours ECE.",
    why="A child receives at most twenty hours of 20 Hours ECE a week, at all services together.",
    fix="Ask the parent which hours are 20 Hours ECE at which service; have the attestation say so, signed and dated.",
    cites=_MAXIMUMS,
    severity=Severity.WARNS,
    holds=_NOTHING,
    condition="The week's minutes of an attestation in force, and the weekly minutes attested at another service, are together "
    "more than the week's limit. How many of those at the other service are 20 Hours ECE its own record says.",
    examples=(
        found("The attestation allocates twenty hours and a minute to the week."),
        found("The attestation allocates eighteen hours, and three are attested at another service."),
        passes("The attestation allocates twenty hours, and none are attested at another service."),
        passes("The attestation allocates seventeen hours, and three are attested at another service."),
    ),
).of_each_child(_attested(_over_a_week))


def _over_the_booking(known: Known[Enrolment], attested: TwentyHours, stretch: DateRange, asked: Question) -> Parameters | None:
    del stretch, asked
    if not known.record.bookings:
        return None
    over = [
        f"{weekday} {_clock(given)} of {_clock(booked)}"
        for weekday, given in zip(_WEEKDAYS, attested.minutes, strict=True)
        if given > (booked := _booked(known.record, weekday))
    ]
    return (("days", ", ".join(over)),) if over else None


def _booked(record: Enrolment, weekday: Weekday) -> int:
    """The minutes booked on a weekday, in a week in which every booking of it falls."""
    return minutes(union(booking.span for booking in record.bookings if booking.weekday is weekday))


more_than_booked = rule(
    "twenty-hours.more-than-booked",
    "20 Hours ECE attested for more hours than booked",
    message="The attestation allocates more than is booked: {days}.",
    why="The attestation and the booked times are one agreement; hours the child is not expected cannot be 20 Hours ECE.",
    fix="Have the parent allocate the hours to the days and times booked, sign and date them.",
    cites=_ATTESTATION,
    severity=Severity.WARNS,
    holds=_NOTHING,
    condition="An attestation in force allocates more minutes to a weekday than its agreement books on it. An agreement that "
    "books nothing at all has a rule of its own.",
    examples=(
        found("The attestation allocates four hours to a day on which three are booked."),
        found("The attestation allocates hours to a day that is not booked."),
        passes("The attestation allocates the hours booked."),
        passes("The attestation allocates hours to a day booked every second week."),
    ),
).of_each_child(_attested(_over_the_booking))


@rule(
    "twenty-hours.under-three",
    "20 Hours ECE attested for a child who is not yet three",
    message="The attestation counts from the third birthday, {birthday}; hours before it are claimed as subsidy.",
    why="A child receives 20 Hours ECE from the third birthday.",
    fix="Nothing to do; see that no fee is waived for 20 Hours ECE before the birthday.",
    cites=cite("4-1", "eligible children"),
    severity=Severity.INFORMS,
    holds="Nothing: the hours are subsidy until the birthday.",
    condition="An attestation is in force on days before the child's third birthday.",
    examples=(
        found("A child who turns three next month has an attestation in force."),
        passes("The attestation takes effect on the third birthday."),
    ),
).of_each_child
def under_three(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The days before the birthday on which an attestation is in force."""
    if child.identity is None:
        return
    three = birthday(child.identity.record.birth_date, asked.law.on("twenty_hours.from_age", asked.days.first))
    for known, stretch in newest_in_force(child, asked.days):
        if known.record.twenty_hours is not None and stretch.first < three:
            days = tuple(DateRange(stretch.first, min(stretch.after, three)))
            yield Breach(days, (known.id, child.identity.id), (("birthday", str(three)),))


@rule(
    "twenty-hours.signed-later",
    "20 Hours ECE: days before the attestation was signed",
    message="The attestation was signed on {signed}; hours before that day are claimed as subsidy, not as 20 Hours ECE.",
    why="20 Hours ECE is claimed from the day the parent signed the attestation, never backwards.",
    fix="Nothing to do; the attestation counts from the day it was signed.",
    cites=_ATTESTATION,
    severity=Severity.INFORMS,
    holds="Nothing: the hours are subsidy until the attestation is signed.",
    condition="An agreement is in force on days before the day its 20 Hours ECE attestation was signed.",
    examples=(
        found("The attestation was signed a week after the agreement took effect."),
        passes("The attestation was signed on the day the agreement took effect."),
    ),
).of_each_child
def signed_later(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The days in force before the attestation's own signature."""
    for known, stretch in newest_in_force(child, asked.days):
        attested = known.record.twenty_hours
        if attested is not None and stretch.first < attested.signed_on:
            days = tuple(DateRange(stretch.first, min(stretch.after, attested.signed_on)))
            yield Breach(days, (known.id,), (("signed", str(attested.signed_on)),))


TWENTY_HOURS_RULES = (day_limit, week_limit, more_than_booked, under_three, signed_later)
