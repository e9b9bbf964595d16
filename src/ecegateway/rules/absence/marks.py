"""Each enrolled day of a child as the absence rules see it: present, short, absent, closed, unknown.

Source: ECE Funding Handbook 6-3 (an 'a' for each absence), 6-4 (permanently enrolled children), 6-7 (fewer hours than
enrolled).
"""

from datetime import date

from ecegateway.facts.types import ChildFacts, Known, Operation
from ecegateway.model.absence import DayMark, EnrolledDay
from ecegateway.model.attendance import Absence, Cause
from ecegateway.model.ids import EvidenceId
from ecegateway.model.service import Mode
from ecegateway.model.spans import minutes
from ecegateway.rules.absence.exemptions import exemption_on
from ecegateway.rules.absence.regimes import Regime
from ecegateway.rules.attendance.believed import believed_spans
from ecegateway.rules.registry import Question


def enrolled_days(
    child: ChildFacts, regimes: tuple[Regime, ...], doubted: frozenset[date], asked: Question
) -> tuple[EnrolledDay, ...]:
    """The days on which the child was permanently enrolled, ascending. ``doubted`` are days of presence nobody can believe."""
    return tuple(
        _enrolled_day(child, regime, day, booked, asked, doubted=day in doubted)
        for regime in regimes
        for day, booked in regime.booked()
    )


def _enrolled_day(child: ChildFacts, regime: Regime, day: date, booked: int, asked: Question, *, doubted: bool) -> EnrolledDay:
    operation = asked.operating[day]
    exempt = exemption_on(child, day) is not None
    attended: int | None = 0
    evidence: tuple[EvidenceId, ...] = ()
    mark = _without_operation(regime, operation, day, asked)
    if mark is None:
        stays, absences = child.stays.get(day, ()), child.absences.get(day, ())
        evidence = (*(stay.known.id for stay in stays), *(known.id for known in absences))
        if doubted:
            mark = DayMark.UNKNOWN
        elif stays:
            attended = minutes(believed_spans(stays, asked)) or None
            mark = DayMark.SHORT if _is_short(attended, booked, day, asked) else DayMark.PRESENT
        else:
            mark = _without_stay(regime, absences, day, asked, exempt=exempt)
    sessional = _is_sessional(operation, day, asked)
    return EnrolledDay(day, mark, booked, attended, sessional, exempt, regime.agreements[0].id, evidence)


def _without_operation(regime: Regime, operation: Operation, day: date, asked: Question) -> DayMark | None:
    """The mark of a day that nobody could attend, or that is a holiday the child is not enrolled for (A13, A41)."""
    if operation.emergency:
        return DayMark.EMERGENCY
    if not operation.open:
        return DayMark.CLOSED
    if operation.holiday is None or asked.policy["holiday.open-day-claims"] == "weekday-enrolment-counts":
        return None
    enrolled = any(day in known.record.holidays for known in regime.agreements)
    return None if enrolled else DayMark.CLOSED


def _is_short(attended: int | None, booked: int, day: date, asked: Question) -> bool:
    """Whether the child attended fewer hours than enrolled (A17, A18)."""
    if attended is None:
        return False
    allowed = int(asked.policy["frequent.rule3-grace-minutes"])
    if attended >= booked - allowed:
        return False
    reading, most = asked.policy["frequent.rule3-cap"], asked.law.on("funded_hour.daily_limit", day)
    if reading == "never-above-6" and booked > most:
        return False
    expected = booked if reading == "all-enrolled-hours" else min(booked, most)
    return attended < expected - allowed


def _without_stay(regime: Regime, absences: tuple[Known[Absence], ...], day: date, asked: Question, *, exempt: bool) -> DayMark:
    noted = any(day in known.record.school_visits for known in regime.agreements)
    if noted and asked.policy["absence.transitional-visit"] == "coded-visit-is-present-equivalent":
        return DayMark.VISIT
    if not absences:
        return DayMark.UNKNOWN
    if exempt:
        return DayMark.EXEMPT
    return DayMark.ON_HOLIDAY if any(known.record.cause is Cause.HOLIDAY for known in absences) else DayMark.ABSENT


def _is_sessional(operation: Operation, day: date, asked: Question) -> bool:
    """Whether fewer hours a day do not count on this day (A19)."""
    licence = asked.facts.profile(day).licence_class
    if licence != "mixed":
        return licence == "sessional"
    reading = asked.policy["frequent.rule3-mixed-services"]
    if reading == "by-mode-of-the-day":
        return all(session.mode is Mode.SESSIONAL for session in operation.sessions)
    return reading == "never"
