"""One child's day: from what is at stake to what may be claimed of it, step by step, each step with its reason.

The order of the steps is the order of this module: calendar, age, what findings hold back, absences, attended times, licensed
hours. What looks at sessions, limits or other children comes after (``places.py``, ``short_session.py``, ``limits.py``).
"""

from dataclasses import replace

from ecegateway.claim.absent import Rulings, without_absences, without_made_up, without_stopped
from ecegateway.claim.calendar_clauses import (
    CLOSED,
    EMERGENCY_ATTENDANCE_ONLY,
    EMERGENCY_CLOSURE,
    EMERGENCY_NOT_APPROVED,
    OUTSIDE_SESSIONS,
    PUBLIC_HOLIDAY,
)
from ecegateway.claim.clauses import ATTENDED_HOURS, ENROLLED_HOURS, NOT_ATTENDED, SIX_YEARS, TIMES_NOT_KNOWN
from ecegateway.claim.holds import Holds
from ecegateway.claim.portions import Fate, fate, turn, turn_within
from ecegateway.claim.stake import Stake
from ecegateway.facts.types import Operation
from ecegateway.handbook.lookup import Handbook
from ecegateway.handbook.policy import Policy
from ecegateway.model.claim import Portion, Verdict
from ecegateway.model.period import MINUTES_A_DAY, age_on
from ecegateway.model.spans import union, without
from ecegateway.rules.days import in_force
from ecegateway.rules.registry import Question


def judge(found: Stake, operation: Operation, holds: Holds, rulings: Rulings, asked: Question) -> Stake:
    """The day's portions after every step that looks at this child alone."""
    portions = _calendar(found, operation, holds, asked.policy)
    portions = _age(portions, found, asked.law)
    portions = _held(portions, found, holds)
    if operation.emergency:
        portions = without_stopped(portions, found, rulings)
    else:
        portions = without_absences(portions, found, rulings, holds)
        portions = without_made_up(portions, found, rulings)
        portions = _times_known(portions, found, holds)
    portions = _licensed(portions, found, operation, holds)
    return replace(found, portions=portions)


def _calendar(found: Stake, operation: Operation, holds: Holds, policy: Policy) -> tuple[Portion, ...]:
    """Source: ECE Funding Handbook 3-A-2 (public holidays, closures), 7-5 (emergency closure)."""
    if operation.emergency:
        return _emergency(found, operation, holds)
    if not operation.open:
        closure = (operation.closure.id,) if operation.closure is not None else ()
        why = PUBLIC_HOLIDAY if operation.holiday is not None else CLOSED
        return turn(found.portions, fate(why, Verdict.REFUSED, closure))
    if operation.holiday is not None and not found.came and not _enrolled_for_holiday(found, policy):
        return turn(found.portions, fate(PUBLIC_HOLIDAY, Verdict.REFUSED))
    return found.portions


def _emergency(found: Stake, operation: Operation, holds: Holds) -> tuple[Portion, ...]:
    """Booked hours of permanent enrolments, with the regional office's approval.

    Source: ECE Funding Handbook 7-5.
    """
    assert operation.closure is not None
    closure = (operation.closure.id,)
    approved = operation.closure.record.approval_reference is not None
    held = not approved and holds.by(EMERGENCY_NOT_APPROVED, found.child.key, found.day)
    booked = fate(EMERGENCY_NOT_APPROVED, Verdict.HELD) if held else fate(EMERGENCY_CLOSURE, Verdict.CLAIMED)
    what = {ENROLLED_HOURS.id: booked, ATTENDED_HOURS.id: fate(EMERGENCY_ATTENDANCE_ONLY, Verdict.REFUSED)}
    return tuple(
        turn((p,), replace(what[p.reason], evidence=(*p.evidence, *closure)))[0] if p.reason in what else p
        for p in found.portions
    )


def _enrolled_for_holiday(found: Stake, policy: Policy) -> bool:
    if policy["holiday.open-day-claims"] == "weekday-enrolment-counts":
        return True
    return any(found.day in known.record.holidays for known in in_force(found.child, found.day))


def _age(portions: tuple[Portion, ...], found: Stake, handbook: Handbook) -> tuple[Portion, ...]:
    """Source: ECE Funding Handbook 3-A-1: funded until the day before the sixth birthday."""
    identity = found.child.identity
    limit = handbook.on("funded_hour.age_limit", found.day)
    if identity is not None and age_on(identity.record.birth_date, found.day) >= limit:
        return turn(portions, fate(SIX_YEARS, Verdict.REFUSED, (identity.id,)))
    return portions


def _held(portions: tuple[Portion, ...], found: Stake, holds: Holds) -> tuple[Portion, ...]:
    for finding in holds.on(found.child.key, found.day):
        held = Fate(Verdict.HELD, finding.rule, finding.switch, finding.evidence)
        portions = turn(portions, held) if finding.within is None else turn_within(portions, finding.within, held)
    return portions


def _times_known(portions: tuple[Portion, ...], found: Stake, holds: Holds) -> tuple[Portion, ...]:
    """Hours funded on attendance need times that somebody saw; a booking does not stand in for them.

    Source: ECE Funding Handbook 6-4.
    """
    if found.attended or (found.came and not holds.by(TIMES_NOT_KNOWN, found.child.key, found.day)):
        return portions
    marks = tuple(known.id for known in found.child.absences.get(found.day, ()))
    what = fate(TIMES_NOT_KNOWN, Verdict.HELD) if found.came else fate(NOT_ATTENDED, Verdict.REFUSED, marks)
    return tuple(turn((p,), what)[0] if p.reason == ATTENDED_HOURS.id else p for p in portions)


def _licensed(portions: tuple[Portion, ...], found: Stake, operation: Operation, holds: Holds) -> tuple[Portion, ...]:
    """Hours outside the licensed sessions need the regional office's approval.

    Source: ECE Funding Handbook 7-6.
    """
    if not holds.by(OUTSIDE_SESSIONS, found.child.key, found.day):
        return portions
    outside = without(((0, MINUTES_A_DAY),), union(session.span for session in operation.sessions))
    return turn_within(portions, outside, fate(OUTSIDE_SESSIONS, Verdict.HELD))
