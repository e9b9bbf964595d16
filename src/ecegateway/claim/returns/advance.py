"""Advance days: at most as many as the calendar and the licence let the service run.

Source: ECE Funding Handbook 9-5; the receiving side's own caps as public code shows them (low confidence).
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.claim.returns.declare import Asked, Objection, return_rule
from ecegateway.facts.calendar import public_holidays
from ecegateway.facts.types import ServiceFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.claim import AdvanceMonth
from ecegateway.model.period import DateRange, Weekday
from ecegateway.model.return_check import Place, Sure, Weight
from ecegateway.model.service import Mode, ServiceProfile, ServiceType
from ecegateway.rules.registry import found, passes

_HOLIDAYS = cite("9-5", "public holidays are left out")
_COUNTED_APART = cite("9-5", "all-day and sessional days are counted separately")
_CENTRES = frozenset(
    {
        ServiceType.EDUCATION_AND_CARE,
        ServiceType.CASUAL_EDUCATION_AND_CARE,
        ServiceType.HOSPITAL_BASED,
        ServiceType.KINDERGARTEN,
    }
)
_MODES = {"all-day": Mode.ALL_DAY, "sessional": Mode.SESSIONAL, "parent-led": Mode.SESSIONAL}


@return_rule(
    "return.advance-holidays",
    "More advance days than the month has",
    message="{days} {kind} days stand for a month that has {most} days without public holidays.",
    why="Public holidays and the regional anniversary day are left out of the advance days even when the service will open.",
    fix="Leave the holidays out of the month's advance days.",
    cites=_HOLIDAYS,
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    condition="Advance days of a month and kind exceed the days of the month less its public holidays, as observed, the "
    "anniversary day of the service's region among them.",
    examples=(
        found("A service open every day gives 31 advance days for a month with a public holiday."),
        passes("A service open every day gives 30 advance days for a month of 31 days with one public holiday."),
    ),
)
def advance_holidays(asked: Asked) -> Iterator[Objection]:
    """Days that even a service open every day could not expect."""
    for month, days in _months(asked):
        most = len(days) - len(_observed(asked.facts, days))
        for kind, number in _kinds(month):
            if number > most:
                yield Objection(_place(month, kind), (("days", str(number)), ("kind", kind), ("most", str(most))))


@return_rule(
    "return.advance-licence",
    "More advance days than the licence lets the service run",
    message="{days} {kind} days stand for a month with {most} such days by the licence, public holidays left out.",
    why="The receiving side is said to take at most the days on whose weekday the licence has a session of the kind.",
    fix="Correct the advance days, or the licensed sessions in the system the records come from.",
    cites=_HOLIDAYS,
    weight=Weight.WARNING,
    sure=Sure.OVERHEARD,
    condition="Advance days of a month and kind exceed the days of the month whose weekday has a licensed session of that "
    "kind, less public holidays and the regional anniversary day. Sessional sessions of a playcentre are parent-led. Of a "
    "kind the service does not have at all another check speaks.",
    examples=(
        found("A service licensed on weekdays gives 23 all-day days for a month of 23 weekdays, one a holiday."),
        passes("A service licensed on weekdays gives 22 all-day days for such a month."),
    ),
)
def advance_licence(asked: Asked) -> Iterator[Objection]:
    """Days the licence has no session for."""
    for month, days in _months(asked):
        kinds = kinds_of(asked.facts.profile(month.month))
        for kind, number in _kinds(month):
            most = _licensed(asked.facts, days, _MODES[kind])
            if kind in kinds and number > most:
                yield Objection(_place(month, kind), (("days", str(number)), ("kind", kind), ("most", str(most))))


@return_rule(
    "return.advance-kind",
    "Advance days of a kind the service does not have",
    message="{days} {kind} days stand for a month; a service of this type and licence class is not known to have any.",
    why="The receiving side is said to take all-day days of centres that are not sessional and of home-based services, "
    "sessional days of centres that are not all-day, and parent-led days of playcentres alone.",
    fix="See that the type of service and the licence class are right in the system the records come from.",
    cites=_COUNTED_APART,
    weight=Weight.WARNING,
    sure=Sure.OVERHEARD,
    condition="A month has all-day days though the service is a playcentre, or a centre with a sessional licence; sessional "
    "days though it is a playcentre, home-based, or a centre with an all-day licence; or parent-led days though it is no "
    "playcentre. Centres are education and care, casual education and care, hospital-based and kindergarten. Te kōhanga reo "
    "may have all-day and sessional days.",
    examples=(
        found("An education and care service with an all-day licence gives sessional days."),
        found("A home-based service gives sessional days."),
        found("A kindergarten gives parent-led days."),
        passes("A playcentre gives parent-led days."),
        passes("A te kōhanga reo gives all-day and sessional days."),
    ),
)
def advance_kind(asked: Asked) -> Iterator[Objection]:
    """Days in a column that is not the service's."""
    for month, _ in _months(asked):
        kinds = kinds_of(asked.facts.profile(month.month))
        for kind, number in _kinds(month):
            if number > 0 and kind not in kinds:
                yield Objection(_place(month, kind), (("days", str(number)), ("kind", kind)))


def kinds_of(profile: ServiceProfile) -> frozenset[str]:
    """The kinds of advance days a service of its type and licence class is said to have.

    A source has mixed playcentres left out of parent-led days. It leaves them no column at all, so that is not carried out.
    """
    kind, licence = profile.service_type, profile.licence_class
    kohanga = kind is ServiceType.KOHANGA_REO
    if kind is ServiceType.PLAYCENTRE:
        return frozenset({"parent-led"})
    all_day = kohanga or kind is ServiceType.HOME_BASED or (kind in _CENTRES and licence != "sessional")
    sessional = kohanga or (kind in _CENTRES and licence != "all-day")
    return frozenset(word for word, has in (("all-day", all_day), ("sessional", sessional)) if has)


def _months(asked: Asked) -> Iterator[tuple[AdvanceMonth, DateRange]]:
    """The advance months that are the period's, with their days."""
    days = {month.first: month for month in asked.made.period.advance_months}
    yield from ((month, days[month.month]) for month in asked.made.advance if month.month in days)


def _kinds(month: AdvanceMonth) -> tuple[tuple[str, int], ...]:
    return (("all-day", month.all_day), ("sessional", month.sessional), ("parent-led", month.parent_led))


def _observed(facts: ServiceFacts, days: DateRange) -> frozenset[date]:
    return frozenset(day for day in days if day in public_holidays(days, facts.profile(day).region))


def _licensed(facts: ServiceFacts, days: DateRange, mode: Mode) -> int:
    observed = _observed(facts, days)
    running = (
        day for day in days if any(one.weekday is Weekday.of(day) and one.mode is mode for one in facts.profile(day).sessions)
    )
    return sum(day not in observed for day in running)


def _place(month: AdvanceMonth, kind: str) -> Place:
    return Place(month=month.month, column=kind)


RULES = (advance_holidays, advance_licence, advance_kind)
