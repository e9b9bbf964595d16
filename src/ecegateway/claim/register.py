"""The attendance register of a funding period, week by week.

Source: ECE Funding Handbook 6-3 (records must include).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from ecegateway.claim.register_entries import entries, notes_on
from ecegateway.claim.register_rows import ChildRegister, says_anything
from ecegateway.facts.names import person_name
from ecegateway.facts.types import Operation, ServiceFacts
from ecegateway.model.finding import Finding
from ecegateway.model.period import DAYS_A_WEEK, DateRange, week_of
from ecegateway.model.register import (
    Marking,
    Register,
    RegisterDay,
    RegisterNote,
    RegisterRow,
    RegisterWeek,
    Section,
)
from ecegateway.model.spans import Spans, union
from ecegateway.model.verification import VerificationReport
from ecegateway.rules.attendance.recorded import no_record
from ecegateway.rules.register.marked import markings_shown
from ecegateway.rules.registry import Question

_WEEK = timedelta(days=DAYS_A_WEEK)
Notes = Mapping[date, tuple[RegisterNote, ...]]


def register(asked: Question, days: DateRange, findings: Iterable[Finding], confirmed: VerificationReport) -> Register:
    """The register of some days, up to the day of the newest evidence: of later days nothing is entered yet.

    ``findings`` say on which days a child who was expected has no entry, ``confirmed`` what parents said of the record.
    """
    facts = asked.facts
    shown = DateRange(days.first, min(days.after, confirmed.on + timedelta(days=1)))
    missing = {(found.child, day) for found in findings if found.rule == no_record.text.rule for day in found.days}
    spans = {one.child: one.spans for one in confirmed.children}
    two = asked.law.on("funded_hour.two_and_over", days.first)
    kept = [
        ChildRegister(child, entries(child, facts, shown), missing, spans=spans.get(child.key, ()), two=two)
        for child in facts.children
    ]
    notes = notes_on(facts)
    weeks = tuple(week for part in _weeks(shown) if (week := _week(asked, part, kept, notes)).days)
    return Register(days, weeks, markings_shown=markings_shown(facts))


def _weeks(days: DateRange) -> Iterator[DateRange]:
    """Weeks from Monday, as far as they lie within some days."""
    monday = week_of(days.first)
    while monday < days.after:
        yield DateRange(max(monday, days.first), min(monday + _WEEK, days.after))
        monday += _WEEK


def _week(asked: Question, days: DateRange, kept: list[ChildRegister], notes: Notes) -> RegisterWeek:
    """One week; a weekend day stands in it only where the service has a session or something is entered."""
    rows = [found for child in kept for found in child.rows(days, asked.operating)]
    entered = {cell.day for _, row in rows for cell in row.cells if says_anything(cell)}
    listed = [day for day in days if asked.operating[day].sessions or day in entered]
    return RegisterWeek(
        days=tuple(_day(asked.facts, day, asked.operating[day], notes.get(day, ())) for day in listed),
        sections=tuple(
            (section, tuple(_on(listed, row) for of, row in rows if of is section))
            for section in Section
            if any(of is section for of, _ in rows)
        ),
    )


def _on(listed: list[date], row: RegisterRow) -> RegisterRow:
    return replace(row, cells=tuple(cell for cell in row.cells if cell.day in listed))


def _day(facts: ServiceFacts, day: date, found: Operation, notes: tuple[RegisterNote, ...]) -> RegisterDay:
    sessions: Spans = union(session.span for session in found.sessions)
    return RegisterDay(day, found.open, sessions, _why_closed(found), _markings(facts, day), notes)


def _why_closed(found: Operation) -> str | None:
    if found.open:
        return None
    if found.holiday is not None:
        return found.holiday
    if found.closure is None:
        return "no session" if not found.sessions else "closed"
    kind = f"{found.closure.record.kind} closure"
    return f"{kind}: {found.closure.record.reason}" if found.closure.record.reason else kind


def _markings(facts: ServiceFacts, day: date) -> tuple[Marking, ...]:
    known = sorted(facts.register_markings.get(day, ()), key=lambda one: (one.record.at is None, one.record.at, one.id))
    return tuple(
        Marking(person_name(facts, one.record.by, one.source) if one.record.by else None, one.record.at) for one in known
    )
