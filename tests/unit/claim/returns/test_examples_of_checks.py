"""Every example of every check of a return, played: a return that is clean but for the one thing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from ecegateway.claim.rs7_return import rs7_return, zero_return
from ecegateway.facts.types import ServiceFacts
from ecegateway.model.claim import Claim
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.people import Note
from ecegateway.model.period import DateRange
from ecegateway.model.rs7 import DayCounts, OtherPart, ReturnKind, Rs7Return
from ecegateway.model.service import Closure, ServiceType
from tests.support.records import (
    MONDAY,
    PERIOD,
    SERVICE,
    agreement,
    child,
    facts_of,
    prepared,
    profile,
    shift,
    stay,
)
from tests.support.returns import (
    DECLARED,
    IN_TIME,
    SALARIES,
    SINCE_APRIL,
    TO_MARCH,
    Case,
    clean,
    facts_with,
    of_type,
    part_of_period,
    play,
    revised,
    with_advance,
    with_hours,
)

SUNDAY = MONDAY - timedelta(days=1)
WAITANGI = date(2026, 2, 6)
LATE, CLOSED = date(2026, 6, 15), date(2026, 9, 1)
EVERY_DAY = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def counts_without(*days: date) -> Rs7Return:
    return replace(clean(), counts=tuple(one for one in clean().counts if one.day not in days))


def counts_and(day: date) -> Rs7Return:
    return replace(clean(), counts=(*clean().counts, DayCounts(day, 0, 0, 0, 0, 0, 0)))


def shut(kind: str) -> ServiceFacts:
    closure = Closure(service=SERVICE, key="shut", first_day=MONDAY, last_day=MONDAY, kind=kind)
    return facts_of(profile(), shift(MONDAY), closure)


def without_staff(*records: Note) -> ServiceFacts:
    return facts_of(profile(), *records)


@cache
def claimed(*, signed: bool = True, times: str = "08:30-14:28") -> Claim:
    """One child's Monday: claimed, or held back because nobody signed; what is above six hours is refused."""
    booked = agreement(times=times, since=MONDAY, last_day=MONDAY)
    return prepared(profile(), shift(MONDAY), *child(), booked, stay(MONDAY, times, by="g1" if signed else None)).claim


def of_claim(made: Claim, **hours: Any) -> Case:
    returned = rs7_return(made)
    return Case(with_hours(made=returned, **hours) if hours else returned, claim=made)


def since(day: date, to: date) -> Rs7Return:
    part = OtherPart(DateRange(PERIOD.first, to + timedelta(days=1)), "paper")
    return part_of_period(None, DateRange(day, PERIOD.days.after), part)


def column_of(hours: int) -> Rs7Return:
    return with_hours(two_and_over=hours)


FIGURES = [
    pytest.param(
        lambda: Case(counts_without(date(2026, 3, 4))),
        marks=pytest.mark.example("return.every-date-once", "The counts of 4 March are missing."),
    ),
    pytest.param(
        lambda: Case(counts_and(date(2026, 3, 4))),
        marks=pytest.mark.example("return.every-date-once", "The counts of 4 March stand twice."),
    ),
    pytest.param(
        lambda: Case(counts_and(PERIOD.days.after)),
        marks=pytest.mark.example("return.every-date-once", "Counts stand for the day after the period."),
    ),
    pytest.param(
        Case,
        marks=pytest.mark.example(
            "return.every-date-once", "Each date of February to May has its counts once, weekends among them."
        ),
    ),
    pytest.param(
        lambda: Case(replace(clean(), advance=(replace(clean().advance[0], month=date(2026, 6, 1)), *clean().advance[:3]))),
        marks=pytest.mark.example(
            "return.advance-months", "A return for February to May gives advance days for June to September."
        ),
    ),
    pytest.param(
        Case,
        marks=pytest.mark.example(
            "return.advance-months", "A return for February to May gives advance days for July to October."
        ),
    ),
    pytest.param(
        lambda: Case(with_hours(plus_ten=10_000)),
        marks=pytest.mark.example("return.hours-range", "A day's count is 10000."),
    ),
    pytest.param(
        lambda: Case(with_hours(other_teachers=-1)),
        marks=pytest.mark.example("return.hours-range", "A day's count is below nought."),
    ),
    pytest.param(
        lambda: Case(with_hours(under_two=9999)),
        marks=pytest.mark.example("return.hours-range", "A day's count is 9999."),
    ),
    pytest.param(
        lambda: Case(with_advance(all_day=100)),
        marks=pytest.mark.example("return.advance-range", "A month has 100 advance days."),
    ),
    pytest.param(
        lambda: Case(with_advance(all_day=0)),
        marks=pytest.mark.example("return.advance-range", "A month has no advance days."),
    ),
    pytest.param(
        lambda: of_claim(claimed(), two_and_over=5),
        marks=pytest.mark.example("return.rounding", "The day's total is 5 hours and 58 minutes, and the return says 5."),
    ),
    pytest.param(
        lambda: of_claim(claimed()),
        marks=pytest.mark.example("return.rounding", "The day's total is 5 hours and 58 minutes, and the return says 6."),
    ),
    pytest.param(
        lambda: of_claim(claimed(signed=False)),
        marks=pytest.mark.example("return.held-hours", "A child's six hours are held back for want of a signature."),
    ),
    pytest.param(
        lambda: of_claim(claimed(times="08:30-17:00")),
        marks=pytest.mark.example("return.held-hours", "Hours of the claim are refused, and none is held back."),
    ),
]
ADVANCE = [
    pytest.param(
        lambda: Case(with_advance(3, all_day=31), facts_of(profile(weekdays=EVERY_DAY), shift(MONDAY))),
        marks=pytest.mark.example(
            "return.advance-holidays",
            "A service open every day gives 31 advance days for a month with a public holiday.",
        ),
    ),
    pytest.param(
        lambda: Case(with_advance(3, all_day=30), facts_of(profile(weekdays=EVERY_DAY), shift(MONDAY))),
        marks=pytest.mark.example(
            "return.advance-holidays",
            "A service open every day gives 30 advance days for a month of 31 days with one public holiday.",
        ),
    ),
    pytest.param(
        lambda: Case(with_advance(0, all_day=23)),
        marks=pytest.mark.example(
            "return.advance-licence",
            "A service licensed on weekdays gives 23 all-day days for a month of 23 weekdays, one a holiday.",
        ),
    ),
    pytest.param(
        lambda: Case(with_advance(0, all_day=22)),
        marks=pytest.mark.example(
            "return.advance-licence", "A service licensed on weekdays gives 22 all-day days for such a month."
        ),
    ),
    pytest.param(
        lambda: Case(with_advance(sessional=1)),
        marks=pytest.mark.example(
            "return.advance-kind", "An education and care service with an all-day licence gives sessional days."
        ),
    ),
    pytest.param(
        lambda: Case(with_advance(sessional=1), of_type(ServiceType.HOME_BASED)),
        marks=pytest.mark.example("return.advance-kind", "A home-based service gives sessional days."),
    ),
    pytest.param(
        lambda: Case(with_advance(parent_led=1), of_type(ServiceType.KINDERGARTEN)),
        marks=pytest.mark.example("return.advance-kind", "A kindergarten gives parent-led days."),
    ),
    pytest.param(
        lambda: Case(with_advance(parent_led=9), of_type(ServiceType.PLAYCENTRE, "sessional")),
        marks=pytest.mark.example("return.advance-kind", "A playcentre gives parent-led days."),
    ),
    pytest.param(
        lambda: Case(with_advance(all_day=9, sessional=2), of_type(ServiceType.KOHANGA_REO)),
        marks=pytest.mark.example("return.advance-kind", "A te kōhanga reo gives all-day and sessional days."),
    ),
]
DAYS = [
    pytest.param(
        lambda: Case(with_hours(SUNDAY, two_and_over=6)),
        marks=pytest.mark.example(
            "return.closed-day", "Child hours stand for a Sunday, and no session is licensed on Sundays."
        ),
    ),
    pytest.param(
        lambda: Case(with_hours(WAITANGI, twenty_hours=6)),
        marks=pytest.mark.example(
            "return.closed-day", "Child hours stand for Waitangi Day, and the service does not open on it."
        ),
    ),
    pytest.param(
        lambda: Case(with_hours(two_and_over=0), shut("planned")),
        marks=pytest.mark.example(
            "return.closed-day", "Staff hours alone stand for a day of a planned closure: somebody should look."
        ),
    ),
    pytest.param(
        lambda: Case(clean(), shut("emergency")),
        marks=pytest.mark.example("return.closed-day", "Child hours stand for a day of an emergency closure."),
    ),
    pytest.param(Case, marks=pytest.mark.example("return.closed-day", "Child hours stand for an ordinary Monday.")),
    pytest.param(
        lambda: Case(with_hours(certificated=0), without_staff()),
        marks=pytest.mark.example(
            "return.no-staff-hours", "Six child hours stand for a Monday on which nobody's shift is on record."
        ),
    ),
    pytest.param(
        lambda: Case(
            with_hours(certificated=0),
            without_staff(Note(service=SERVICE, key="n", day=MONDAY, about="staff-hours", text="On paper")),
        ),
        marks=pytest.mark.example("return.no-staff-hours", "A note about the staff hours of that Monday explains it."),
    ),
    pytest.param(
        lambda: Case(with_hours(certificated=0), facts_of(profile(service_type=ServiceType.HOME_BASED))),
        marks=pytest.mark.example("return.no-staff-hours", "The service is home-based."),
    ),
    pytest.param(
        lambda: Case(with_hours(two_and_over=0)),
        marks=pytest.mark.example(
            "return.staff-without-children", "Eight staff hours stand for a Monday for which no child is claimed."
        ),
    ),
    pytest.param(
        Case,
        marks=pytest.mark.example("return.staff-without-children", "Eight staff hours and six child hours stand for a Monday."),
    ),
    pytest.param(
        lambda: Case(with_hours(two_and_over=250)),
        marks=pytest.mark.example("return.place-limit", "Forty places, and 250 hours of subsidy on a day."),
    ),
    pytest.param(
        lambda: Case(with_hours(two_and_over=100, twenty_hours=150)),
        marks=pytest.mark.example(
            "return.place-limit",
            "Forty places, and 250 hours of subsidy and 20 Hours ECE together: somebody should look.",
        ),
    ),
    pytest.param(
        lambda: Case(with_hours(under_two=21, two_and_over=220)),
        marks=pytest.mark.example("return.place-limit", "Forty places, and 241 hours in two columns, each rounded up."),
    ),
    pytest.param(
        lambda: Case(with_hours(under_two=6), facts_with(under_two_places=0)),
        marks=pytest.mark.example(
            "return.under-two-places", "Six hours under two, and the licence has forty places, none for children under two."
        ),
    ),
    pytest.param(
        lambda: Case(with_hours(under_two=6)),
        marks=pytest.mark.example("return.under-two-places", "Six hours under two, and ten places for children under two."),
    ),
    pytest.param(
        lambda: Case(with_hours(twenty_hours=6), facts_with(offers_twenty_hours=False)),
        marks=pytest.mark.example(
            "return.twenty-hours-not-offered",
            "Six hours of 20 Hours ECE stand for a day, and the service does not offer it.",
        ),
    ),
    pytest.param(
        lambda: Case(with_hours(twenty_hours=6)),
        marks=pytest.mark.example(
            "return.twenty-hours-not-offered", "Six hours of 20 Hours ECE stand for a day, and the service offers it."
        ),
    ),
    pytest.param(
        lambda: Case(clean(), of_type(ServiceType.HOME_BASED)),
        marks=pytest.mark.example("return.staff-not-asked", "A home-based service gives staff hours."),
    ),
    pytest.param(Case, marks=pytest.mark.example("return.staff-not-asked", "An education and care service gives staff hours.")),
]
PEOPLE = [
    pytest.param(
        lambda: Case(replace(clean(), attestation=None)),
        marks=pytest.mark.example("return.attestation-missing", "An education and care service's return has no attestation."),
    ),
    pytest.param(
        lambda: Case(replace(clean(), attestation=None), of_type(ServiceType.CASUAL_EDUCATION_AND_CARE)),
        marks=pytest.mark.example(
            "return.attestation-missing",
            "A casual education and care service's return has none: somebody should look.",
        ),
    ),
    pytest.param(
        lambda: Case(replace(clean(), attestation=None), of_type(ServiceType.KINDERGARTEN)),
        marks=pytest.mark.example("return.attestation-missing", "A kindergarten's return has no attestation."),
    ),
    pytest.param(
        lambda: Case(
            replace(clean(), attestation=replace(SALARIES, salaries=False, parity=None, parity_code=None)),
            of_type(ServiceType.HOSPITAL_BASED),
        ),
        marks=pytest.mark.example(
            "return.attestation-missing", "A hospital-based service says that salaries are not attested."
        ),
    ),
    pytest.param(
        lambda: Case(clean(), of_type(ServiceType.KINDERGARTEN)),
        marks=pytest.mark.example("return.attestation-not-asked", "A kindergarten's return attests salaries."),
    ),
    pytest.param(
        Case,
        marks=pytest.mark.example("return.attestation-not-asked", "An education and care service's return attests salaries."),
    ),
    pytest.param(
        lambda: Case(replace(clean(), attestation=replace(SALARIES, parity_code="STEP2"))),
        marks=pytest.mark.example("return.parity-code", "The code is STEP2."),
    ),
    pytest.param(
        lambda: Case(replace(clean(), attestation=replace(SALARIES, parity_code="STEP1"))),
        marks=pytest.mark.example("return.parity-code", "The code is STEP1."),
    ),
    pytest.param(
        lambda: Case(replace(clean(), attestation=replace(SALARIES, parity_code=None))),
        marks=pytest.mark.example("return.parity-code", "No code is given."),
    ),
    pytest.param(
        lambda: Case(replace(clean(), declaration=replace(DECLARED, name="T"))),
        marks=pytest.mark.example("return.declaration-words", "The name is one letter."),
    ),
    pytest.param(
        lambda: Case(replace(clean(), declaration=replace(DECLARED, phone="0" * 51))),
        marks=pytest.mark.example("return.declaration-words", "The contact number has 51 characters."),
    ),
    pytest.param(
        lambda: Case(replace(clean(), declaration=replace(DECLARED, designation="M" * 100))),
        marks=pytest.mark.example("return.declaration-words", "The designation has 100 characters."),
    ),
    pytest.param(Case, marks=pytest.mark.example("return.declaration-words", "The return is a draft.")),
    pytest.param(
        lambda: Case(replace(clean(), service=ServiceNumber("1084"))),
        marks=pytest.mark.example("return.service-number", "The service number has four digits."),
    ),
    pytest.param(Case, marks=pytest.mark.example("return.service-number", "The service number has five digits.")),
]
SERIES = [
    pytest.param(
        lambda: Case(since(date(2026, 4, 1), date(2026, 4, 1))),
        marks=pytest.mark.example(
            "return.day-claimed-twice", "The return claims from 1 April, and the old system claims to 1 April."
        ),
    ),
    pytest.param(
        lambda: Case(since(date(2026, 4, 1), date(2026, 3, 31))),
        marks=pytest.mark.example(
            "return.day-claimed-twice", "The return claims from 1 April, and the old system claims to 31 March."
        ),
    ),
    pytest.param(
        lambda: Case(since(date(2026, 4, 2), date(2026, 3, 31))),
        marks=pytest.mark.example(
            "return.day-not-claimed", "The return claims from 2 April, and the old system claims to 31 March."
        ),
    ),
    pytest.param(Case, marks=pytest.mark.example("return.day-not-claimed", "The return claims for the whole period.")),
    pytest.param(
        lambda: Case(with_hours(date(2026, 3, 31), part_of_period(None, SINCE_APRIL, TO_MARCH), two_and_over=6)),
        marks=pytest.mark.example("return.hours-outside-part", "The return claims from 1 April and has six hours on 31 March."),
    ),
    pytest.param(
        lambda: Case(part_of_period(None, SINCE_APRIL, TO_MARCH)),
        marks=pytest.mark.example("return.hours-outside-part", "The return claims from 1 April and has noughts before it."),
    ),
    pytest.param(
        lambda: Case(since(date(2026, 4, 15), date(2026, 4, 14))),
        marks=pytest.mark.example("return.part-of-month", "The return claims from 15 April."),
    ),
    pytest.param(
        lambda: Case(part_of_period(None, SINCE_APRIL, TO_MARCH)),
        marks=pytest.mark.example("return.part-of-month", "The return claims for April and May."),
    ),
    pytest.param(
        lambda: Case(revised(), others=(clean(),)),
        marks=pytest.mark.example("return.unchanged", "A revised return has the figures and the attestation of the first."),
    ),
    pytest.param(
        lambda: Case(with_hours(made=revised(), two_and_over=7), others=(clean(),)),
        marks=pytest.mark.example("return.unchanged", "A revised return has one hour more on one day."),
    ),
    pytest.param(
        lambda: Case(revised(attestation=replace(SALARIES, parity_code="STEP1")), others=(clean(),)),
        marks=pytest.mark.example("return.unchanged", "A revised return differs in its parity attestation alone."),
    ),
    pytest.param(
        lambda: Case(replace(clean(), revision=2), others=(clean(),)),
        marks=pytest.mark.example("return.sequence", "A first return, and a first return of the period is on record."),
    ),
    pytest.param(
        lambda: Case(revised()),
        marks=pytest.mark.example("return.sequence", "A revised return, and no other of the period is on record."),
    ),
    pytest.param(
        lambda: Case(revised(), others=(clean(),)),
        marks=pytest.mark.example("return.sequence", "A revised return after the first."),
    ),
    pytest.param(
        lambda: Case(zero_return(claimed(), revision=2), others=(clean(),)),
        marks=pytest.mark.example("return.sequence", "A zero return that takes the place of a first one."),
    ),
    pytest.param(
        lambda: Case(replace(column_of(111), revision=2), others=(column_of(100),)),
        marks=pytest.mark.example("return.changed-much", "A column had 100 hours and has 111."),
    ),
    pytest.param(
        lambda: Case(replace(column_of(110), revision=2), others=(column_of(100),)),
        marks=pytest.mark.example("return.changed-much", "A column had 100 hours and has 110."),
    ),
]
TIMING = [
    pytest.param(
        lambda: Case(with_hours(date(2026, 5, 28), two_and_over=6), on=date(2026, 5, 20)),
        marks=pytest.mark.example(
            "return.before-window",
            "A return for February to May on 20 May, with hours up to 28 May: it cannot be signed.",
        ),
    ),
    pytest.param(
        lambda: Case(with_hours(date(2026, 5, 10), two_and_over=6), on=date(2026, 5, 20)),
        marks=pytest.mark.example(
            "return.before-window",
            "A return for February to May on 20 May, with hours up to 10 May: somebody should look.",
        ),
    ),
    pytest.param(
        lambda: Case(on=date(2026, 6, 1)),
        marks=pytest.mark.example("return.before-window", "A return for February to May on 1 June."),
    ),
    pytest.param(
        lambda: Case(on=LATE),
        marks=pytest.mark.example(
            "return.late-without-reason",
            "A first return a week after the window, without a reason: somebody should look.",
        ),
    ),
    pytest.param(
        lambda: Case(revised(), others=(clean(),), on=LATE),
        marks=pytest.mark.example(
            "return.late-without-reason",
            "A revised return a week after the window, without a reason: it cannot be signed.",
        ),
    ),
    pytest.param(
        lambda: Case(revised(reason="A register was found."), others=(clean(),), on=LATE),
        marks=pytest.mark.example("return.late-without-reason", "A revised return a week after the window, with a reason."),
    ),
    pytest.param(
        lambda: Case(revised(), others=(clean(),), on=IN_TIME),
        marks=pytest.mark.example("return.late-without-reason", "A revised return within the window, without a reason."),
    ),
    pytest.param(
        lambda: Case(on=CLOSED),
        marks=pytest.mark.example("return.no-longer-taken", "A return for February to May on 1 September."),
    ),
    pytest.param(
        lambda: Case(on=CLOSED - timedelta(days=1)),
        marks=pytest.mark.example("return.no-longer-taken", "A return for February to May on 31 August."),
    ),
    pytest.param(
        lambda: Case(replace(clean(), kind=ReturnKind.ZERO)),
        marks=pytest.mark.example("return.zero-claims", "A zero return has six hours on one day."),
    ),
    pytest.param(
        lambda: Case(zero_return(claimed())),
        marks=pytest.mark.example("return.zero-claims", "A zero return has noughts alone."),
    ),
    pytest.param(
        lambda: Case(with_hours(two_and_over=0)),
        marks=pytest.mark.example("return.nothing-claimed", "A first return has noughts alone."),
    ),
    pytest.param(Case, marks=pytest.mark.example("return.nothing-claimed", "A first return has six hours on one day.")),
]


@pytest.mark.parametrize("case", [*FIGURES, *ADVANCE, *DAYS, *PEOPLE, *SERIES, *TIMING])
def test_example(request: pytest.FixtureRequest, case: Callable[[], Case]) -> None:
    play(request, case)


def test_nothing_stands_against_the_clean_return() -> None:
    assert Case().checks() == ()
